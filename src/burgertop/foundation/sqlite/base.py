"""Django's SQLite, in which writers queue before they ask for the lock of the file.

SQLite lets one write at a time. Who finds the lock taken looks again after a pause that grows to a tenth of a second,
so with many writers the lock lies idle most of the time and whoever is unlucky waits for seconds. Here the threads of a
process and the processes of a server take turns; only somebody else's lock is looked for again and again.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from burgertop.foundation.sqlite.turns import Turn

__all__ = ["DatabaseWrapper"]

LOOK_SECONDS = (0.0005, 0.002)
TAKEN = "database is locked"
MOST_STATEMENTS = 1024

_turns: dict[str, Turn] = {}  # of this process, by database


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that writes the marks of a statement (``%s``) in SQLite's way once, and not each time it is asked."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Return the statement with SQLite's own marks."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _marked(query)


@lru_cache(MOST_STATEMENTS)
def _marked(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before it begins to write."""

    _short_seconds: float | None = None
    _turn: Turn | None = None

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of this connection."""
        return self.connection.cursor(factory=Cursor)

    @contextmanager
    def waiting_at_most(self, seconds: float) -> Iterator[None]:
        """Let what begins inside wait no longer than this for others who write."""
        before, self._short_seconds = self._short_seconds, seconds
        try:
            yield
        finally:
            self._short_seconds = before

    @property
    def patience_seconds(self) -> float:
        """How long a write waits for others."""
        return self._usual_seconds if self._short_seconds is None else self._short_seconds

    @property
    def _usual_seconds(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5.0))

    def _start_transaction_under_autocommit(self) -> None:
        until = time.monotonic() + self.patience_seconds
        turn = self._turn_at()
        if not turn.take(self.patience_seconds):
            raise OperationalError(TAKEN)
        self._turn = turn
        try:
            self._begin(until)
        except BaseException:
            self._leave()
            raise

    def _turn_at(self) -> Turn:
        """The turn of this database; a database in memory is of this process alone."""
        name = str(self.settings_dict["NAME"])
        known = _turns.get(name)
        return known or _turns.setdefault(name, Turn(None if self.is_in_memory_db() else Path(f"{name}-turn")))

    def _begin(self, until: float) -> None:
        """Begin as soon as no other process writes."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]  # stubs leave it out
                except OperationalError as error:
                    if not _is_taken(error) or time.monotonic() >= until:
                        raise
                    time.sleep(random.uniform(*LOOK_SECONDS))  # noqa: S311  # no two in step
                else:
                    return
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(self._usual_seconds * 1000)}")

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # stubs leave it out
        finally:
            self._leave_when_done()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # stubs leave it out
        finally:
            self._leave_when_done()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # stubs leave it out
        finally:
            self._leave()

    def _leave_when_done(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._leave()

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()


def _is_taken(error: OperationalError) -> bool:
    """Whether another connection writes, and nothing worse."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
