"""One reader of the outbox for all listeners of this process.

The hub asks the database every ``POLL_SECONDS`` while somebody listens, keeps the
last messages in memory so that a thousand returning phones cost no query, and
hands each message as ready bytes to the queues of those who listen to its topic.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connections

from burgertop.foundation.live.queries import Told, latest, told_after

__all__ = ["HEARTBEAT", "Hub", "Listener", "frame"]

POLL_SECONDS = 0.2
KEPT_MESSAGES = 5_000
BATCH = 500
QUEUE_LENGTH = 64
HEARTBEAT_SECONDS = 15.0
LINGER_SECONDS = 30.0
GAP_SECONDS = 2.0
HEARTBEAT = b": still here\n\n"

log = logging.getLogger("burgertop.live")
T = TypeVar("T")


def frame(told: Told, event: str = "changed") -> bytes:
    """Return a message as the lines of a server-sent event."""
    return f'id: {told.number}\nevent: {event}\ndata: {{"topic":"{told.topic}","body":{told.body}}}\n\n'.encode()


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream. A reader so slow that the queue fills is told to go and come back."""

    topics: frozenset[str]
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    is_dropped: bool = False

    def give(self, piece: bytes | None) -> None:
        """Queue a piece, or drop this listener: it returns and is replayed what it missed."""
        try:
            self.queue.put_nowait(piece)
        except asyncio.QueueFull:
            self.is_dropped = True
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)


class Hub:
    """The reader, the last messages, and who listens to what."""

    def __init__(self) -> None:
        self.last = 0
        self._kept: deque[Told] = deque(maxlen=KEPT_MESSAGES)
        self._listeners: dict[frozenset[str], set[Listener]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-reader")
        self._used_at = 0.0
        self._gap_seen_at: float | None = None

    async def open(self) -> None:
        """Start reading, unless the hub reads already; knows the last messages afterwards."""
        self._used_at = time.monotonic()
        async with self._opening:
            if self._reader is not None and not self._reader.done():
                return
            kept = await self._ask(lambda: latest(KEPT_MESSAGES))
            self._kept = deque(kept, maxlen=KEPT_MESSAGES)
            self.last = kept[-1].number if kept else 0
            self._gap_seen_at = None
            self._reader = asyncio.create_task(self._read_on())

    def join(self, topics: Iterable[str]) -> Listener:
        """Begin to listen; everything after ``last`` comes through the queue."""
        listener = Listener(frozenset(topics))
        self._listeners.setdefault(listener.topics, set()).add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening."""
        self._used_at = time.monotonic()
        alike = self._listeners.get(listener.topics, set())
        alike.discard(listener)
        if not alike:
            self._listeners.pop(listener.topics, None)

    def missed(self, topics: frozenset[str], after: int) -> list[Told] | None:
        """What was told after a number; ``None`` when that is not known any more (read the page anew)."""
        first = self._kept[0].number if self._kept else self.last + 1
        if after > self.last or after < first - 1:
            return None
        return newest_of_each(told for told in self._kept if told.number > after and told.topic in topics)

    async def close(self) -> None:
        """Let everyone go and stop reading."""
        self._give_all(None)
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._ask(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _read_on(self) -> None:
        heard_at = time.monotonic()
        while self._listeners or time.monotonic() - self._used_at < LINGER_SECONDS:
            await asyncio.sleep(POLL_SECONDS)
            try:
                self._take(await self._ask(lambda: told_after(self.last, BATCH)))
            except Exception:
                log.exception("The outbox could not be read; trying again.")
                await self._ask(connections.close_all)
                await asyncio.sleep(1)
            if time.monotonic() - heard_at >= HEARTBEAT_SECONDS:
                heard_at = time.monotonic()
                self._give_all(HEARTBEAT)

    def _take(self, found: Sequence[Told]) -> None:
        """Remember and hand out a batch, without overtaking a number that is still to come."""
        whole = self._without_gap(found)
        if not whole:
            return
        self._kept.extend(whole)
        self.last = whole[-1].number
        frames = [(told.topic, frame(told)) for told in newest_of_each(whole)]
        for topics, alike in tuple(self._listeners.items()):
            piece = b"".join(ready for topic, ready in frames if topic in topics)
            for listener in tuple(alike) if piece else ():
                listener.give(piece)

    def _give_all(self, piece: bytes | None) -> None:
        for alike in tuple(self._listeners.values()):
            for listener in tuple(alike):
                listener.give(piece)

    def _without_gap(self, found: Sequence[Told]) -> Sequence[Told]:
        """On PostgreSQL a lower number may be committed later: wait for it a little, then go on."""
        expected = self.last
        for place, told in enumerate(found):
            expected += 1
            if told.number != expected:
                now = time.monotonic()
                self._gap_seen_at = self._gap_seen_at or now
                if now - self._gap_seen_at < GAP_SECONDS:
                    return found[:place]
                break
        self._gap_seen_at = None
        return found

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)


def newest_of_each(messages: Iterable[Told]) -> list[Told]:
    """Keep the newest of messages that say the same: a hundred votes are told once."""
    newest = {(told.topic, told.body): told for told in messages}
    return sorted(newest.values(), key=lambda told: told.number)
