"""What can be wrong with a file, as a code with values; the sentences stand in ``sentences``."""

from burgertop.foundation.wording import HouseError

__all__ = ["FileError"]


class FileError(HouseError):
    """A file that cannot be taken in: the code says why, the values say where."""
