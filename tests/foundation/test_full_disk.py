"""A full disk is known by what the system itself says, and said once."""

import errno
import logging
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError
from psycopg.errors import DiskFull, LockNotAvailable

from burgertop.foundation import full_disk
from burgertop.foundation.full_disk import is_full, note_full


@pytest.fixture
def full(tmp_path: Path) -> OperationalError:
    """What Django makes of a database that may not grow any more."""
    with sqlite3.connect(tmp_path / "small.sqlite3") as database:
        database.execute("CREATE TABLE card (text)")
        database.execute("PRAGMA max_page_count = 4")
        try:
            database.execute("INSERT INTO card VALUES (?)", ["x" * 100_000])
        except sqlite3.OperationalError as error:
            made = OperationalError(str(error))
            made.__cause__ = error
            return made
    raise AssertionError("there was room")


def test_a_full_disk_is_known_from_other_troubles(full: OperationalError) -> None:
    errors = (full, DiskFull(), OSError(errno.ENOSPC, ""), OSError(errno.EFBIG, ""))
    others = (OSError(errno.EACCES, ""), OperationalError("database is locked"), LockNotAvailable(), None)

    assert [is_full(error) for error in errors] == [True] * 4
    assert [is_full(error) for error in others] == [False] * 4


def test_the_operator_hears_of_it_once(
    full: OperationalError, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_disk, "_said", [])
    with caplog.at_level(logging.ERROR):
        noted = [note_full(one) for one in (OperationalError("database is locked"), full, full)]

    said = [record.getMessage() for record in caplog.records]
    assert (noted, len(said)) == ([False, True, True], 1)
    assert said[0].startswith("The disk is full: nothing can be written where ")
    assert "(database or disk is full). Make room." in said[0]
