"""Writers of one process queue, those of others are waited for, and a wait has an end; on a file, with real locks."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import OperationalError

from burgertop.foundation.sqlite.base import DatabaseWrapper
from burgertop.web.knobs import database_of, read_knobs

LONG = 30.0


@pytest.fixture
def place(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A database of one table in a file."""
    with closing(sqlite3.connect(tmp_path / "burgertop.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE note (number INTEGER)")
    with django_db_blocker.unblock():
        yield tmp_path


def opened(place: Path) -> DatabaseWrapper:
    """A connection as a thread of a server has it."""
    told = {**connections.configure_settings({"default": database_of(read_knobs({"BURGERTOP_HOME": str(place)}))})}
    return DatabaseWrapper(deepcopy(told["default"]), "default")


@pytest.fixture
def stranger(place: Path) -> Iterator[sqlite3.Connection]:
    """Another process, as far as SQLite can tell: it writes and does not come to an end."""
    with closing(sqlite3.connect(place / "burgertop.sqlite3", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO note VALUES (-1)")
        yield other


def write(here: DatabaseWrapper, number: int) -> None:
    """Write one row as ``transaction.atomic`` does."""
    here.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with here.cursor() as cursor:
            cursor.execute("INSERT INTO note VALUES (%s)", [number])
        here.commit()
    except BaseException:
        here.rollback()
        raise
    finally:
        here.set_autocommit(True)


def rows(place: Path) -> list[int]:
    """What is in the file."""
    with closing(sqlite3.connect(place / "burgertop.sqlite3")) as database:
        return [number for (number,) in database.execute("SELECT number FROM note ORDER BY number")]


def test_many_writers_lose_nothing_and_nobody_is_refused(place: Path) -> None:
    refused: list[OperationalError] = []

    def work(first: int) -> None:
        here = opened(place)
        for number in range(first, first + 20):
            try:
                write(here, number)
            except OperationalError as error:
                refused.append(error)
        here.close()

    threads = [threading.Thread(target=work, args=(20 * one,)) for one in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)

    assert refused == []
    assert rows(place) == list(range(200))


def test_a_wait_for_another_process_has_an_end_and_harms_nobody(place: Path, stranger: sqlite3.Connection) -> None:
    here, other = opened(place), opened(place)

    for one in (here, other, here):
        with one.waiting_at_most(0.02), pytest.raises(OperationalError, match="locked"):
            write(one, 1)
    stranger.execute("COMMIT")
    write(other, 2)
    write(here, 3)

    assert rows(place) == [-1, 2, 3]
    here.close()
    other.close()


def test_whoever_waits_writes_as_soon_as_the_other_process_is_done(place: Path, stranger: sqlite3.Connection) -> None:
    here = opened(place)
    here.inc_thread_sharing()
    thread = threading.Thread(target=write, args=(here, 5))
    thread.start()
    stranger.execute("COMMIT")
    thread.join(LONG)
    here.close()

    assert rows(place) == [-1, 5]


def test_a_write_that_failed_hands_its_turn_on(place: Path) -> None:
    here, other = opened(place), opened(place)

    here.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with here.waiting_at_most(0.02), pytest.raises(OperationalError, match="no such table"), here.cursor() as cursor:
        cursor.execute("INSERT INTO missing VALUES (1)")
    with other.waiting_at_most(0.02), pytest.raises(OperationalError, match="locked"):
        write(other, 1)
    here.rollback()
    write(other, 2)
    here.close()
    other.close()

    assert rows(place) == [2]


def test_a_connection_that_is_closed_in_the_middle_hands_its_turn_on(place: Path) -> None:
    here, other = opened(place), opened(place)

    here.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    here.close()
    write(other, 7)
    other.close()

    assert rows(place) == [7]


def test_the_usual_patience_comes_back(place: Path) -> None:
    here = opened(place)

    with here.waiting_at_most(3):
        short = here.patience_seconds
    write(here, 1)
    with here.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        milliseconds = cursor.fetchone()[0]
    here.close()

    assert (short, here.patience_seconds, milliseconds) == (3, 20.0, 20_000)


@pytest.mark.parametrize("times", [1, 2])
def test_a_statement_is_written_in_the_marks_of_sqlite_however_often(place: Path, times: int) -> None:
    here = opened(place)

    for _ in range(times):
        with here.cursor() as cursor:
            plain = cursor.execute("SELECT %s, '5 %%', 'why?', '%%s'", [1]).fetchone()
            named = cursor.execute("SELECT %(one)s, %(one)s", {"one": 2}).fetchone()
            bare = cursor.execute("SELECT '%s', '%%'").fetchone()
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS pairs (a, b)")
            cursor.executemany("INSERT INTO pairs VALUES (%s, %s)", [(3, 4), (5, 6)])
            many = cursor.execute("SELECT a, b FROM pairs ORDER BY a").fetchall()
            cursor.execute("DELETE FROM pairs")

    assert (plain, named, bare) == ((1, "5 %", "why?", "%s"), (2, 2), ("%s", "%%"))
    assert many == [(3, 4), (5, 6)]
    here.close()
