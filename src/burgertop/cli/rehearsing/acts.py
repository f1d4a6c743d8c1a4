"""What happens at a rehearsal: tables that write, a theme desk that reads, pages asked again and again."""

import asyncio
import itertools
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from burgertop.cli.house import Problem
from burgertop.cli.rehearsing.preparing import TableDoor, Venue
from burgertop.cli.rehearsing.tablets import Tablet
from burgertop.cli.rehearsing.wire import Ear, Line, Place

__all__ = ["Desk", "asked_a_second", "bound", "by_form", "write_for"]

WAIT_SECONDS = (0.02, 0.08)  # what a page waits when it hears news and few listen


async def by_form(line: Line, table: TableDoor, text: str) -> bool:
    """Write a card by the form of the table page; says whether the server took it."""
    once = str(uuid.uuid4())
    fields = {"text": text, "language": table.language, "card": once, "once": once, "revision": "0"}
    answer = await line.post(table.write, fields)
    return answer.leads_to(table.page)  # a form with a mistake comes back with 200


async def bound(place: Place, venue: Venue) -> list[Tablet]:
    """Bind a device to each table by its printed square."""
    tablets = [Tablet(table, Line(place)) for table in venue.tables]
    for tablet in tablets:
        answer = await tablet.line.post(tablet.table.door, {})
        if not answer.leads_to(tablet.table.page):
            raise Problem(
                f"a table's square was answered with {answer.status}. Is this server's folder BURGERTOP_HOME?"
            )
    return tablets


class Desk:
    """Somebody at the theme desk: hears news, fetches the list, sees which cards are new."""

    def __init__(self, place: Place, venue: Venue) -> None:
        self._line = Line(place, dict([venue.session]))
        self._address = venue.desk
        self._ear = Ear(place, venue.desk_stream, news=asyncio.Event())
        self._sent: dict[str, float] = {}
        self._taken: dict[str, tuple[float, float]] = {}
        self._task: asyncio.Task[None] | None = None
        self.late: list[float] = []
        self.fetched: list[float] = []

    async def open(self) -> None:
        """Open the page and its stream."""
        answer = await self._line.get(self._address)
        if answer.status != HTTPStatus.OK:
            raise Problem(f"the theme desk was answered with {answer.status}.")
        await self._ear.open()
        self._task = asyncio.create_task(self._read())

    def expect(self, word: str) -> None:
        """A table sends a card with this word now."""
        self._sent[word] = time.perf_counter()

    async def close(self) -> int:
        """Wait a little for the last cards; return how many never came."""
        for _ in range(100):
            if not self._taken:
                break
            await asyncio.sleep(0.05)
        if self._task is not None:
            self._task.cancel()
        await self._ear.close()
        self._line.close()
        return len(self._taken)

    def answered(self, word: str, *, is_taken: bool) -> None:
        """The server has answered this card."""
        sent = self._sent.pop(word)
        if is_taken:
            self._taken[word] = (sent, time.perf_counter())

    async def _read(self) -> None:
        news = self._ear.news
        while news is not None:
            await news.wait()
            news.clear()
            await asyncio.sleep(random.uniform(*WAIT_SECONDS))  # noqa: S311  # as a page does
            asked_at = time.perf_counter()
            page = (await self._line.get(self._address, is_fragment=True)).body
            seen_at = time.perf_counter()
            self.fetched.append(seen_at - asked_at)
            # The desk shows the oldest cards only: whatever was taken when we asked is in its numbers.
            for word, (sent, taken_at) in tuple(self._taken.items()):
                if taken_at <= asked_at or word.encode() in page:
                    self.late.append(seen_at - sent)
                    del self._taken[word]


async def write_for(place: Place, tablets: list[Tablet], desk: Desk, seconds: float, *, pause: float) -> int:
    """Let every table write a card and send it every ``pause`` seconds on average; return how many were sent.

    A card is read aloud between the two, for half of the pause.
    """
    count, sent = itertools.count(), 0
    await asyncio.gather(*(tablet.wake(place) for tablet in tablets))
    until = time.perf_counter() + seconds

    async def one(tablet: Tablet) -> None:
        nonlocal sent
        await asyncio.sleep(random.uniform(0, pause))  # noqa: S311  # not all at once
        while time.perf_counter() < until:
            word = f"word{next(count):06d}x"
            kept = await tablet.write(f"Card with the {word}: more room for bicycles")
            await asyncio.sleep(random.uniform(0.25, 0.75) * pause)  # noqa: S311  # people read unevenly
            if kept is not None:
                desk.expect(word)
                is_sent = await tablet.send(kept)
                desk.answered(word, is_taken=is_sent)
                sent += is_sent
            await asyncio.sleep(random.uniform(0.25, 0.75) * pause)  # noqa: S311  # and write unevenly

    await asyncio.gather(*(one(tablet) for tablet in tablets))
    for tablet in tablets:
        await tablet.sleep()
    return sent


async def asked_a_second(lines: list[Line], ask: Callable[[Line], Awaitable[bool]], seconds: float) -> float:
    """Ask over all lines without a pause; return how many good answers came a second."""
    until = time.perf_counter() + seconds
    began_at = time.perf_counter()
    good = 0

    async def one(line: Line) -> None:
        nonlocal good
        while time.perf_counter() < until:
            is_good = await ask(line)  # awaited first: a sum taken before it would be of yesterday
            good += is_good

    await asyncio.gather(*(one(line) for line in lines))
    return good / (time.perf_counter() - began_at)
