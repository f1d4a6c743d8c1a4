"""Turns at the one pen: who asked first writes first."""

import threading
from collections import deque

__all__ = ["Turn"]


class Turn:
    """A lock that is handed on in the order in which it was asked for. Many threads may ask at once.

    >>> turn = Turn()
    >>> turn.take(0.0), turn.take(0.0)
    (True, False)
    >>> turn.leave()
    >>> turn.take(0.0)
    True
    """

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn so long at most; says whether it came."""
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Lock()
            mine.acquire()  # released by whoever hands the turn on
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0.0, seconds)):
            return True
        with self._door:
            if mine not in self._waiting:  # handed on in this very moment
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Hand the turn to who has waited longest."""
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    @property
    def waiting(self) -> int:
        """How many wait for it now."""
        return len(self._waiting)
