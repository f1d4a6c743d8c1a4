"""The outbox seen by its reader: what is new since the last look, and when to look again.

SQLite: whoever commits in this process wakes the reader; of other processes it sees a counter
that the database keeps for everybody (``PRAGMA data_version``), which costs no read. PostgreSQL:
whoever commits says so (``NOTIFY``) and every reader of every host hears it; while its connection
is broken the reader looks by itself. Both look now and then without being told.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

import psycopg
from django.db import connection, transaction

from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.queries import Told, latest, told_since

__all__ = ["Batch", "Bell", "Outbox", "bell_of", "ring_after_commit"]

CHANNEL = "burgertop_live"
LOOK_SECONDS = 0.01
SURE_SECONDS = 3.0
WAIT_SECONDS = 0.5
BROKEN_SECONDS = 0.25
HOLE_SECONDS = 120.0
AT_ONCE = 8  # who may be writing the first messages at the same moment

log = logging.getLogger("burgertop.live")


@dataclass(frozen=True, slots=True)
class Batch:
    """What a look found, and where the reader stands after it."""

    messages: tuple[Told, ...]
    cursor: Cursor


class Outbox:
    """Reads on from where it stands; belongs to one thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.cursor = Cursor()
        self._clock = clock
        self._seen: dict[int, float] = {}

    def begin(self, count: int) -> Batch:
        """Read the last messages; what is missing between them may still come."""
        messages = latest(count)
        numbers = [told.number for told in messages]
        before = numbers[0] - 1 if numbers else 0
        return self._moved(messages, Cursor(before).after(numbers))

    def read(self) -> Batch:
        """Read what is new, late messages too; call again when it gives many."""
        messages = told_since(self.cursor)
        numbers = [told.number for told in messages]
        before = self.cursor
        if before.last == 0 and numbers:  # it was empty: what was ever deleted does not come any more
            before = Cursor(max(0, numbers[0] - 1 - AT_ONCE))
        return self._moved(messages, before.after(numbers))

    def _moved(self, messages: list[Told], cursor: Cursor) -> Batch:
        now = self._clock()
        self._seen = {number: self._seen.get(number, now) for number in cursor.holes}
        self.cursor = cursor.without(number for number, at in self._seen.items() if now - at > HOLE_SECONDS)
        return Batch(tuple(messages), self.cursor)


class Bell(Protocol):
    """Says when to look."""

    def wait(self) -> bool:
        """Wait a little; return whether there may be something new."""

    def ring(self) -> None:
        """End the waiting; from any thread."""

    def close(self) -> None:
        """Let go of what the waiting needed."""


class CounterBell:
    """SQLite: rung by this process, and told by the counter of the database of any other."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._counter = -1
        self._sure_at = 0.0
        BELLS.append(self)

    def wait(self) -> bool:
        """Wait until somebody here commits, or the counter moves."""
        is_rung = self._rung.wait(LOOK_SECONDS)
        self._rung.clear()
        connection.ensure_connection()
        counter = int(
            connection.connection.execute("PRAGMA data_version").fetchone()[0]
        )  # plainly: a hundred times a second
        is_moved, self._counter = counter != self._counter, counter
        now = time.monotonic()
        if is_rung or is_moved or now >= self._sure_at:
            self._sure_at = now + SURE_SECONDS
            return True
        return False

    def ring(self) -> None:
        """Look now."""
        self._rung.set()

    def close(self) -> None:
        """Be rung no more."""
        BELLS.remove(self)


class NotifyBell:
    """PostgreSQL: a connection of its own that listens; while it is broken, time says when to look."""

    def __init__(self) -> None:
        self._line: psycopg.Connection[object] | None = None
        self._rung = threading.Event()
        self._sure_at = 0.0
        self._again_at = 0.0

    def wait(self) -> bool:
        """Wait for a word of whoever committed, anywhere."""
        try:
            line = self._listening()
        except psycopg.Error:
            self._again_at = time.monotonic() + SURE_SECONDS
            line = None
        if line is None:
            self._rung.wait(BROKEN_SECONDS)
            self._rung.clear()
            return True
        try:
            is_told = any(True for _ in line.notifies(timeout=WAIT_SECONDS, stop_after=1))
        except psycopg.Error:
            self.close()
            return True
        is_rung, now = self._rung.is_set(), time.monotonic()
        self._rung.clear()
        if is_told or is_rung or now >= self._sure_at:
            self._sure_at = now + SURE_SECONDS
            return True
        return False

    def ring(self) -> None:
        """Look at the end of this wait."""
        self._rung.set()

    def close(self) -> None:
        """Hang up."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(psycopg.Error):
                line.close()

    def _listening(self) -> "psycopg.Connection[object] | None":
        if self._line is None and time.monotonic() >= self._again_at:
            told = connection.get_connection_params()
            self._line = cast("psycopg.Connection[object]", psycopg.connect(**told, autocommit=True))
            self._line.execute(f"LISTEN {CHANNEL}")
            self._sure_at = 0.0  # something may have been said before
        return self._line


BELLS: "list[CounterBell]" = []  # of this process


def bell_of() -> Bell:
    """Return the bell for the database in use; whoever commits here rings it."""
    return NotifyBell() if connection.vendor == "postgresql" else CounterBell()


def ring_after_commit() -> None:
    """Tell the readers when this transaction is committed, once however much it publishes.

    Not inside the transaction: PostgreSQL lets transactions that notify commit one after
    the other only, each waiting for the disk of the one before.
    """
    if not any(call is _ring for _, call, *_ in connection.run_on_commit):
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
        return
    for bell in tuple(BELLS):
        bell.ring()
