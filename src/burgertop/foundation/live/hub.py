"""One reader of the outbox for all listeners of this process.

While somebody listens, one thread waits for news (``outbox``) and hands each batch to the loop.
The hub keeps the last messages in memory, so that a thousand returning phones cost no query, and
passes each message as ready bytes to those who listen to its topic. Passing on never waits: the
server keeps what a browser has not taken yet, and the system ends the connection of one that takes
nothing for a while (``cli/web_process``). A stream that was given a lot is ended, so that nothing
can pile up behind a browser that the system believes to be well; it comes back by itself.
"""

import asyncio
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import connections

from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.outbox import Batch, Bell, Outbox, bell_of
from burgertop.foundation.live.queries import Told

__all__ = ["HEARTBEAT", "Hub", "Listener", "frame"]

KEPT_MESSAGES = 5_000
MOST_BYTES = 512 * 1024
HEARTBEAT_SECONDS = (10.0, 20.0)
LINGER_SECONDS = 30.0
BROKEN_SECONDS = 1.0
OPENING_SECONDS = 15.0
REST_SECONDS_EACH, LONGEST_REST_SECONDS = 30e-6, 0.25  # what one piece costs the server, and as much again
LEAST_REST_SECONDS = 0.01  # when many write, their messages are read together
SPREAD_MS_EACH, LEAST_SPREAD_MS, MOST_SPREAD_MS = 2, 80, 8_000
HEARTBEAT = b"event: beat\ndata: {}\n\n"

log = logging.getLogger("burgertop.live")


def frame(told: Told, cursor: Cursor | None = None, listeners: int = 1) -> bytes:
    """Return a message as the lines of a server-sent event.

    ``cursor`` is where one stands after it. How many listen says over how many milliseconds their pages
    should spread what they fetch because of it.
    """
    number = f"id: {cursor}\n" if cursor is not None else ""
    spread = max(LEAST_SPREAD_MS, min(MOST_SPREAD_MS, listeners * SPREAD_MS_EACH))
    data = f'{{"topic":"{told.topic}","body":{told.body},"spread":{spread}}}'
    return f"{number}event: changed\ndata: {data}\n\n".encode()


def next_beat() -> float:
    return time.monotonic() + random.uniform(*HEARTBEAT_SECONDS)  # noqa: S311  # not all at once, nothing more


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream: how to pass a piece on, how to end it."""

    topics: frozenset[str]
    send: Callable[[bytes], object]
    end: Callable[[], object]
    given_bytes: int = 0
    beat_at: float = field(default_factory=next_beat)

    def give(self, piece: bytes) -> None:
        """Pass a piece on without waiting; end the stream when it was given enough."""
        self.send(piece)
        self.given_bytes += len(piece)
        self.beat_at = next_beat()
        if self.given_bytes > MOST_BYTES:
            self.end()


class Hub:
    """The reader, the last messages, and who listens to what. Belongs to one loop."""

    def __init__(self, *, before_news: Callable[[], object] | None = None) -> None:
        self.cursor = Cursor()
        self._before_news = before_news
        self._is_ready = False
        self._first = 0
        self._kept: deque[Told] = deque()
        self._listeners: dict[frozenset[str], set[Listener]] = {}
        self._count = 0
        self._opening = asyncio.Lock()
        self._reader: threading.Thread | None = None
        self._gate = threading.Lock()
        self._is_reading = False
        self._is_failing = False
        self._beating: asyncio.Task[None] | None = None
        self._bell: Bell | None = None
        self._looked: asyncio.Future[None] | None = None
        self._used_at = 0.0
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many listen."""
        return self._count

    async def open(self) -> None:
        """Start reading, unless the hub reads already; knows the last messages afterwards."""
        async with self._opening:
            with self._gate:
                self._used_at = time.monotonic()
                if self._is_reading:
                    return
                self._is_reading = True
                self._is_ready = False
            loop, ready = asyncio.get_running_loop(), Future[Batch]()
            self._reader = threading.Thread(target=self._read_on, args=(loop, ready), name="live-reader", daemon=True)
            self._reader.start()
            batch = await asyncio.wrap_future(ready)
            self._kept = deque(batch.messages, maxlen=KEPT_MESSAGES)
            self.cursor = batch.cursor
            self._first = self._kept[0].number if self._kept else self.cursor.last + 1
            self._is_ready = True
            self._beating = self._beating or asyncio.create_task(self._beat())

    def is_ready(self) -> bool:
        """Whether the hub reads; being asked keeps it awake."""
        if not (self._is_ready and self._is_reading and not self._is_failing):
            return False
        self._used_at = time.monotonic()
        return True

    async def look(self) -> None:
        """Read the outbox now: somebody knows more than we do."""
        if self._bell is None:
            return
        looked = self._looked = self._looked or asyncio.get_running_loop().create_future()
        self._bell.ring()
        with suppress(TimeoutError):
            async with asyncio.timeout(BROKEN_SECONDS):
                await asyncio.shield(looked)

    def join(self, topics: Iterable[str], send: Callable[[bytes], object], end: Callable[[], object]) -> Listener:
        """Begin to listen; everything after ``cursor`` is passed on."""
        listener = Listener(frozenset(topics), send, end)
        self._listeners.setdefault(listener.topics, set()).add(listener)
        self._count += 1
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening."""
        self._used_at = time.monotonic()
        alike = self._listeners.get(listener.topics, set())
        if listener in alike:
            alike.discard(listener)
            self._count -= 1
        if not alike:
            self._listeners.pop(listener.topics, None)

    def missed(self, topics: frozenset[str], seen: Cursor) -> list[Told] | None:
        """What was told since; ``None`` when that is not known any more (read the page anew)."""
        oldest = min(seen.holes, default=seen.last + 1)
        if seen.last > self.cursor.last or oldest < self._first:
            return None
        return newest_of_each(told for told in self._kept if told.topic in topics and not seen.has_read(told.number))

    async def close(self) -> None:
        """Let everyone go and stop reading."""
        self._is_closed = True
        for listener in self._everyone():
            listener.end()
        if self._beating is not None:
            self._beating.cancel()
        if self._bell is not None:
            self._bell.ring()
        if self._reader is not None:
            await asyncio.to_thread(self._reader.join, OPENING_SECONDS)

    def _everyone(self) -> list[Listener]:
        return [listener for alike in self._listeners.values() for listener in alike]

    def _take(self, batch: Batch) -> int:
        """Remember and hand out a batch; return how many pieces went out."""
        if self._before_news is not None and batch.messages:
            self._before_news()
        seen, self.cursor = self.cursor, batch.cursor
        self._kept.extend(batch.messages)
        self._first = max(self._first, self._kept[0].number if len(self._kept) == KEPT_MESSAGES else 0)
        frames = self._framed(batch.messages, seen)
        given = 0
        for topics, alike in tuple(self._listeners.items()):
            piece = b"".join(ready for topic, ready in frames if topic in topics)
            if piece:
                given += len(alike)
                for listener in tuple(alike):
                    listener.give(piece)
        if self._looked is not None and not self._looked.done():
            self._looked.set_result(None)
        self._looked = None
        return given

    def _framed(self, messages: Sequence[Told], seen: Cursor) -> list[tuple[str, bytes]]:
        """The frames of a batch with their topics, each with where one stands after it: a piece may be cut anywhere."""
        told_last = {told.number for told in newest_of_each(messages)}
        frames, read = [], []
        for told in messages:
            read.append(told.number)
            listeners = sum(len(alike) for topics, alike in self._listeners.items() if told.topic in topics)
            if listeners and told.number in told_last:
                seen, read = seen.after(read), []
                frames.append((told.topic, frame(told, seen, listeners)))
        return frames

    def _is_wanted(self) -> bool:
        with self._gate:
            is_used = self._count > 0 or time.monotonic() - self._used_at < LINGER_SECONDS
            self._is_reading = self._is_reading and is_used and not self._is_closed
            return self._is_reading

    def _read_on(self, loop: asyncio.AbstractEventLoop, ready: "Future[Batch]") -> None:
        """Wait and read, again and again; runs in a thread of its own, with a connection of its own."""
        outbox = Outbox()
        bell = self._bell = bell_of()
        try:
            ready.set_result(outbox.begin(KEPT_MESSAGES))
            while self._is_wanted():
                try:
                    if bell.wait():
                        self._read_once(outbox, loop)
                    self._is_failing = False
                except Exception:
                    self._is_failing = True
                    if self._is_closed or loop.is_closed():
                        return
                    log.exception("The outbox could not be read; trying again.")
                    connections.close_all()
                    time.sleep(BROKEN_SECONDS)
        except Exception as error:
            ready.set_exception(error)
            self._is_reading = False
        finally:
            bell.close()
            connections.close_all()

    def _read_once(self, outbox: Outbox, loop: asyncio.AbstractEventLoop) -> None:
        """Hand out what is new; then rest as long as that kept the server busy, so that pages get their turn."""
        batch = outbox.read()
        if not batch.messages and self._looked is None:
            loop.call_soon_threadsafe(self._stand, batch.cursor)
            return
        done = Future[int]()
        loop.call_soon_threadsafe(lambda: done.set_result(self._take(batch)))
        while not self._is_closed:
            with suppress(NotYetError):
                rest = done.result(BROKEN_SECONDS) * REST_SECONDS_EACH
                time.sleep(min(LONGEST_REST_SECONDS, max(LEAST_REST_SECONDS, rest)))
                break

    def _stand(self, cursor: Cursor) -> None:
        self.cursor = cursor

    async def _beat(self) -> None:
        """Give a sign of life to streams on which nothing came for a while, not to all at once."""
        while not self._is_closed:
            await asyncio.sleep(1)
            now = time.monotonic()
            for listener in self._everyone():
                if listener.beat_at <= now:
                    listener.give(HEARTBEAT)


def newest_of_each(messages: Iterable[Told]) -> list[Told]:
    """Keep the newest of messages that say the same: a hundred votes are told once."""
    newest: dict[tuple[str, str], Told] = {}
    for told in messages:
        newest.pop((told.topic, told.body), None)
        newest[told.topic, told.body] = told
    return list(newest.values())
