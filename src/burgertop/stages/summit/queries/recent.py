"""What a process keeps in memory between requests: the things asked for last, up to so many."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Recent"]

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Recent(Generic[Key, Kept]):
    """Things under keys; what was not asked for longest goes first. Many threads may use it at once.

    >>> recent = Recent[str, int](2)
    >>> for number, name in enumerate("abc"):
    ...     recent.put(name, number)
    >>> recent.get("a"), recent.get("c"), recent.get_or_make("d", lambda: 7)
    (None, 2, 7)
    """

    def __init__(self, most: int) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[Key, Kept](), threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """What is kept under a key."""
        with self._lock:
            return self._found(key)

    def put(self, key: Key, kept: Kept) -> None:
        """Keep something."""
        with self._lock:
            self._keep(key, kept)

    def get_or_make(self, key: Key, make: Callable[[], Kept]) -> Kept:
        """What is kept under a key; made, quickly, when there is nothing."""
        with self._lock:
            kept = self._found(key)
            if kept is None:
                kept = make()
                self._keep(key, kept)
            return kept

    def _found(self, key: Key) -> Kept | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _keep(self, key: Key, kept: Kept) -> None:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
