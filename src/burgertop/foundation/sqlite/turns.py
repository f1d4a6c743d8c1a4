"""Turns at the one pen: in a process who asked first writes first, and processes take turns."""

import fcntl
import os
import random
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

__all__ = ["Turn"]

LOOK_SECONDS = (0.0001, 0.0003)
PEN, NEXT = 0, 1  # bytes of the file: who writes, and which process is the next one


class Turn:
    """A lock that is handed on in the order in which it was asked for. Many threads may ask at once.

    With a ``path`` it is shared with all processes that have the same: when one lets go of it, another one that waits
    goes first. The system lets go of it for a process that ends, however it ends.

    >>> turn = Turn()
    >>> turn.take(0.0), turn.take(0.0)
    (True, False)
    >>> turn.leave()
    >>> turn.take(0.0)
    True
    """

    def __init__(self, path: Path | None = None) -> None:
        self._door = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False
        self._path, self._file, self._process = path, -1, 0

    @property
    def waiting(self) -> int:
        """How many threads wait for it now."""
        return len(self._waiting)

    def take(self, seconds: float) -> bool:
        """Wait for the turn so long at most; says whether it came."""
        until = time.monotonic() + seconds
        if not self._take_here(seconds):
            return False
        if self._path is None:
            return True
        try:
            is_ours = self._lock(NEXT, until) and self._lock(PEN, until)
            self._unlock(NEXT)
        except BaseException:
            self._leave_here()
            raise
        if not is_ours:
            self._leave_here()
        return is_ours

    def leave(self) -> None:
        """Hand the turn to another process that waits, and here to who has waited longest."""
        try:
            if self._path is not None:
                self._unlock(PEN)
        finally:
            self._leave_here()

    def _take_here(self, seconds: float) -> bool:
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0.0, seconds)):
            return True
        with self._door:
            if mine not in self._waiting:  # handed on in this very moment
                return True
            self._waiting.remove(mine)
            return False

    def _leave_here(self) -> None:
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _lock(self, place: int, until: float) -> bool:
        """Look for a lock of the file again and again; the system has no wait that ends.

        Where there can be no such file, SQLite's own lock has to do.
        """
        while True:
            try:
                fcntl.lockf(self._open_file(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(random.uniform(*LOOK_SECONDS))  # noqa: S311  # no two in step
            except OSError:
                return True
            else:
                return True

    def _unlock(self, place: int) -> None:
        with suppress(OSError):
            fcntl.lockf(self._open_file(), fcntl.LOCK_UN, 1, place)

    def _open_file(self) -> int:
        """The file, opened once in each process: closing it anywhere would let go of its locks."""
        if self._file < 0 or self._process != os.getpid():
            self._file = os.open(str(self._path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._process = os.getpid()
        return self._file
