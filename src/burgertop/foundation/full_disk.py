"""A full disk: how to know it among the errors, and saying it once to the operator."""

import errno
import logging
import sqlite3
import threading
import time

import psycopg
from django.conf import settings

__all__ = ["is_full", "note_full"]

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What SQLite says when the system takes no more bytes: of the database itself, or of one of the files beside it.
UNWRITTEN = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
SILENT_SECONDS = 600.0

log = logging.getLogger("burgertop.disk")
_turn = threading.Lock()
_said: list[float] = []


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that nothing more can be written.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError(errno.EACCES, "Permission denied"))
    (True, False)
    """
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull):
            return True
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", None) in UNWRITTEN:
            return True
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__
    return False


def note_full(error: BaseException | None) -> bool:
    """Tell the operator in plain words when an error says that the disk is full, every ten minutes at most.

    Returns whether it says so.
    """
    if not is_full(error):
        return False
    now = time.monotonic()
    with _turn:
        is_new = not _said or now - _said[-1] > SILENT_SECONDS
        if is_new:
            _said[:] = [now]
    if is_new:
        log.error(
            "The disk is full: nothing can be written where %s stands (%s). Make room. Until then pages can be read, "
            "and whoever sends something is asked to send it again; nothing that was confirmed is lost.",
            settings.HOME,
            error,
        )
    return True
