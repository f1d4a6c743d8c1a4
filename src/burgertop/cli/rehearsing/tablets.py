"""The tablet of a table, as the script of its page is: it makes the ids, brings each change by its key, hears news."""

import asyncio
import random
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from burgertop.cli.rehearsing.preparing import TableDoor
from burgertop.cli.rehearsing.wire import Ear, Line, Place

__all__ = ["Kept", "Tablet"]

BEAT_SECONDS = 15.0  # as static/js/offline/beat.js, with its jitter
BEAT_JITTER = (0.6, 1.4)
NEWS = tuple(f'"kind":"{kind}"'.encode() for kind in ("card", "round", "device", "photo"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A card that the server has: its id, and the key of its words, which are read aloud before it is sent."""

    card: str
    head: str


@dataclass(eq=False)
class Tablet:
    """The bound device of one table.

    ``took`` are the seconds from a change to its answer; ``refused`` how many changes were not taken.
    """

    table: TableDoor
    line: Line
    took: list[float] = field(default_factory=list)
    refused: int = 0
    round: str = ""
    number: int = 0
    ear: Ear | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def wake(self, place: Place) -> None:
        """Open the page's stream and begin its beat; the server says which round is open."""
        await self.ask()
        ours = f'"device":{self.number}}}'.encode()  # its own changes it knows
        self.ear = Ear(place, self.table.stream, news=asyncio.Event(), kinds=NEWS, ours=ours)
        await self.ear.open()
        self._tasks = [asyncio.create_task(self._beat()), asyncio.create_task(self._hear(self.ear.news))]

    async def sleep(self) -> None:
        """Close the page."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self.ear is not None:
            await self.ear.close()

    async def ask(self) -> None:
        """Bring nothing, and hear how the table stands."""
        await self._bring([])

    async def write(self, text: str) -> Kept | None:
        """Write a card; what is returned is what the server says of it, nothing when it did not take it."""
        card = str(uuid.uuid4())
        words = {"text": text, "reasons": "", "language": self.table.language, "support": None, "is_dissent": False}
        there = await self._change({"kind": "write", "card": card, "base": None, "round": self.round, **words}, card)
        return Kept(card, there["head"]) if there.get("state") == "draft" else None

    async def send(self, kept: Kept) -> bool:
        """Send a card that was read aloud; says whether the desk has it."""
        there = await self._change({"kind": "send", "picked": [{"card": kept.card, "base": kept.head}]}, kept.card)
        return there.get("state") == "sent"

    async def _change(self, change: dict[str, object], card: str) -> dict[str, Any]:
        """Bring one change; how its card stands then, nothing when the change was not taken."""
        once = str(uuid.uuid4())
        began_at = time.perf_counter()
        told = await self._bring([{"once": once, "at": int(time.time() * 1000), **change}])
        there: dict[str, Any] = next((one for one in told.get("cards", []) if one["id"] == card), {})
        is_taken = [(one["once"], one["outcome"]) for one in told.get("answers", [])] == [(once, "taken")]
        if not is_taken or not there:
            self.refused += 1
            return {}
        self.took.append(time.perf_counter() - began_at)
        return there

    async def _bring(self, changes: list[dict[str, object]]) -> dict[str, Any]:
        async with self._busy:  # a device brings one thing at a time
            batch = {"now": int(time.time() * 1000), "waiting": 0, "changes": changes}
            answer = await self.line.post_json(self.table.sync, batch)
        if answer.status != HTTPStatus.OK:
            return {}
        told = answer.told()
        self.round = (told.get("round") or {}).get("id", self.round)
        self.number = (told.get("device") or {}).get("number", self.number)
        return told

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS * random.uniform(*BEAT_JITTER))  # noqa: S311  # not all at once
            await self.ask()

    async def _hear(self, news: asyncio.Event | None) -> None:
        while news is not None:
            await news.wait()
            news.clear()
            await self.ask()
