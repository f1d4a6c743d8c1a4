"""What is the same for everybody, read once for many pages.

A page that only shows may take from a shelf what another page read a moment ago: the process and its words, the script
of the day. Whoever opens a shelf (``opened``) vouches that it is forgotten when something changes; without one every
reader asks the database. Nothing that depends on who asks, on their language or on the time may lie there, and what
lies there is not changed. Who decides upon something reads it afresh.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

__all__ = ["Shelf", "kept", "opened"]

KEPT_SECONDS = 1.0
MOST_KEPT = 500

T = TypeVar("T")


class Shelf:
    """What was read within the last moment. May be used by many threads at once."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def forget(self) -> None:
        """Something has changed: what is read from now on is read anew, also by who is just reading."""
        self._kept = {}

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        """Return what lies under a key, or read it and lay it there."""
        here, now = self._kept, self._clock()
        at, found = here.get(key, (0.0, None))
        if key in here and now - at < KEPT_SECONDS:
            return found  # type: ignore[no-any-return]  # each key has one reader
        read_now = read()
        if len(here) >= MOST_KEPT:
            here.clear()
        here[key] = (now, read_now)  # a shelf that was forgotten meanwhile is another one
        return read_now


_open: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def opened(shelf: Shelf | None) -> Iterator[None]:
    """Let what is read inside lie on this shelf; ``None`` reads everything afresh."""
    token = _open.set(shelf)
    try:
        yield
    finally:
        _open.reset(token)


def kept(key: Hashable, read: Callable[[], T]) -> T:
    """Return what another page read a moment ago under this key, or read it.

    >>> with opened(Shelf()):
    ...     [kept("tables", lambda: 81), kept("tables", lambda: 82)]
    [81, 81]
    >>> kept("tables", lambda: 82)
    82
    """
    shelf = _open.get()
    return read() if shelf is None else shelf.get(key, read)
