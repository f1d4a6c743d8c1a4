"""The record stands on a database that threads can share."""

from tests.foundation.ballotbox.databases import empty_file, file_database

__all__ = ["empty_file", "file_database"]
