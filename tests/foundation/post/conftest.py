"""A database in a file, for two who send at once."""

from tests.foundation.ballotbox.databases import empty_file, file_database

__all__ = ["empty_file", "file_database"]
