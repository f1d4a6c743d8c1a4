"""``burgertop rehearse``: play a live day against a server and say whether this machine carries it."""

import argparse
import asyncio
import importlib
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from burgertop.cli.house import Problem, open_house
from burgertop.cli.rehearsing.audience import Audience, Heard, allow_files
from burgertop.cli.rehearsing.figures import Figure, LagMeter, percentile
from burgertop.cli.rehearsing.report import as_json, as_text, exit_code_of
from burgertop.cli.rehearsing.wire import Line, Place

__all__ = ["add_arguments", "run"]

TURNS = 5
TURN_SECONDS = 1.0
LINES = 16
MESSAGES = 8
PAUSE_SECONDS = 0.6
CARD_MS, DESK_MS, RESTART_MS = 1000, 500, 4000
CACHED_SHARE, PAGE_SHARE, CARD_SHARE = 0.05, 0.012, 0.02


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--tables", type=int, default=100, help="how many tables write (100)")
    parser.add_argument("--viewers", type=int, default=3000, help="how many pages listen (3000)")
    parser.add_argument("--seconds", type=float, default=20, help="how long the tables write (20)")
    parser.add_argument("--pause", type=float, default=10, help="seconds between two cards of a table (10)")
    parser.add_argument(
        "--turns", type=int, default=TURNS, help="how often pages are compared with the bare server (5)"
    )
    parser.add_argument("--address", help="a server that runs already, in the folder BURGERTOP_HOME")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")


def run(chosen: argparse.Namespace) -> int:
    """Rehearse; 0 when all is well, 1 when a bound is missed, 3 when the measuring itself was too slow."""
    with ExitStack() as stack:
        servers = importlib.import_module("burgertop.cli.rehearsing.servers")
        own = None if chosen.address else stack.enter_context(servers.own_server())
        if own is not None:
            _tell("A server of its own is set up ...")
            own.start()
        else:
            servers.use_server(chosen.address)
        open_house()
        preparing = importlib.import_module("burgertop.cli.rehearsing.preparing")  # needs the models
        _tell("Tables, a round and a theme desk are prepared ...")
        venue = preparing.prepare(max(1, chosen.tables), now=datetime.now(UTC))
        stack.callback(preparing.tidy_up)
        floor = stack.enter_context(servers.floor())
        allow_files(chosen.tables + 500)
        place = Place.of(own.address if own is not None else chosen.address)
        figures = asyncio.run(Rehearsal(place, venue, chosen, own, preparing).play(Place("127.0.0.1", floor)))
    say = as_json if chosen.json else as_text
    print(say(figures, tables=chosen.tables, viewers=chosen.viewers))
    return exit_code_of(figures)


class Rehearsal:
    """One rehearsal, from the empty hall to the restart."""

    def __init__(self, place: Place, venue: Any, chosen: argparse.Namespace, own: Any, hall: Any) -> None:
        self._place, self._venue, self._chosen, self._own, self._hall = place, venue, chosen, own, hall
        self._acts: Any = importlib.import_module("burgertop.cli.rehearsing.acts")  # knows the models' names
        self._turn = 0
        self.figures: list[Figure] = []

    async def play(self, floor: Place) -> list[Figure]:
        """Play every act; return what was measured."""
        tablets = await self._acts.bound(self._place, self._venue)
        _tell("Pages and cards are asked, and a bare server beside them ...")
        await self._compare(floor, tablets)
        audience = Audience(self._place, self._venue.hall_stream, self._chosen.viewers)
        before = self._own.memory() if self._own is not None else 0.0
        _tell(f"{self._chosen.viewers:,} viewers come in ...")
        there = sum(await audience.ask("open"))
        if there < self._chosen.viewers:
            raise Problem(f"only {there} of {self._chosen.viewers} streams could be opened. See BURGERTOP_STREAMS.")
        if self._own is not None and there:
            grown = (self._own.memory() - before) * 1024 / there
            self.figures.append(Figure("memory for one stream", grown, "KB", most=50))
        await self._message_to_all(audience)
        await self._tables_write(audience, tablets)
        if self._own is not None:
            await self._restart(audience)
        await audience.close()
        return self.figures

    async def _compare(self, floor: Place, tablets: list[Any]) -> None:
        """Ask pages and cards in turns with the bare server; the middle of five ratios counts."""
        venue, some = self._venue, tablets[:LINES]
        bare = [Line(floor) for _ in range(LINES)]
        nobody = [Line(self._place) for _ in range(LINES)]
        somebody = [Line(self._place, {"bt_visitor": "0" * 32}) for _ in range(LINES)]
        taken = 0
        tables = {id(tablet.line): tablet.table for tablet in some}

        async def page(line: Line) -> bool:
            return (await line.get(venue.public_page)).status == HTTPStatus.OK

        async def day(line: Line) -> bool:
            return (await line.get(venue.day_page)).status == HTTPStatus.OK

        async def hello(line: Line) -> bool:
            return (await line.get("/")).status == HTTPStatus.OK

        async def card(line: Line) -> bool:
            nonlocal taken
            is_taken = await self._acts.by_form(line, tables[id(line)], "Card of the rehearsal")
            taken += is_taken
            return bool(is_taken)

        asked: dict[str, tuple[list[Line], Callable[[Line], Awaitable[bool]], float]] = {
            "a public page, kept": (nobody, page, CACHED_SHARE),
            "a page with database and template": (somebody, day, PAGE_SHARE),
            "a card, on the disk": ([tablet.line for tablet in some], card, CARD_SHARE),
        }
        ratios: dict[str, list[float]] = {name: [] for name in asked}
        a_second: dict[str, list[float]] = {name: [] for name in asked}
        await page(nobody[0])
        for _ in range(max(1, self._chosen.turns)):
            for name, (lines, ask, _least) in asked.items():
                ground = await self._acts.asked_a_second(bare, hello, TURN_SECONDS / 2)
                reached = await self._acts.asked_a_second(lines, ask, TURN_SECONDS)
                ground = (ground + await self._acts.asked_a_second(bare, hello, TURN_SECONDS / 2)) / 2
                ratios[name].append(reached / ground)
                a_second[name].append(reached)
        for name, (_lines, _ask, least) in asked.items():
            reached = statistics.median(a_second[name])
            told = f"{name} ({reached:,.0f} a second)"
            self.figures.append(Figure(told, statistics.median(ratios[name]), "of the floor", least=least))
        await self._add_kept("acknowledged cards, by form", taken, is_sent=False)
        for line in (*bare, *nobody, *somebody):
            line.close()

    async def _message_to_all(self, audience: Audience) -> None:
        most = max(50.0, 50.0 + 250.0 * (audience.count - 1000) / 4000)  # 1,000 in 50 ms, 5,000 in 300
        await audience.ask("begin")
        first = self._turn
        for _ in range(MESSAGES):
            await self._tell_everybody()
            await asyncio.sleep(PAUSE_SECONDS)
        heard = await self._heard(audience, first)
        self._add_heard(f"a message to {audience.count:,} streams", heard, most)

    async def _tables_write(self, audience: Audience, tablets: list[Any]) -> None:
        _tell(f"{len(tablets)} tables write for {self._chosen.seconds:g} seconds ...")
        await asyncio.to_thread(self._hall.next_round, self._venue.stage, now=datetime.now(UTC))
        desk, meter = self._acts.Desk(self._place, self._venue), LagMeter()
        await desk.open()
        await audience.ask("begin")
        meter.start()
        first = self._turn
        writing = asyncio.create_task(
            self._acts.write_for(self._place, tablets, desk, self._chosen.seconds, pause=self._chosen.pause)
        )
        while not writing.done():
            await self._tell_everybody()
            await asyncio.wait({writing}, timeout=2.0)
        sent = await writing
        unseen, lag = await desk.close(), meter.stop()
        took = [one * 1000 for tablet in tablets for one in tablet.took]
        late = [one * 1000 for one in desk.late]
        there, half = len(took) + sum(tablet.refused for tablet in tablets), percentile(took, 0.5)
        name = "a change of a table is on the disk"
        self.figures.append(Figure(name, percentile(took, 0.99), "ms", half, CARD_MS, 0, lag, there, len(took)))
        there, half = len(late) + unseen, percentile(late, 0.5)
        name = "a new card is at the theme desk"
        self.figures.append(Figure(name, percentile(late, 0.99), "ms", half, DESK_MS, 0, lag, there, len(late)))
        await self._add_kept("acknowledged cards, by tablet", sent, is_sent=True)
        self._add_heard("a message to all meanwhile", await self._heard(audience, first), 1000.0)

    async def _restart(self, audience: Audience) -> None:
        _tell("The web process is killed; everybody comes back ...")
        first, began_at = self._turn, time.time()
        await audience.ask("begin")
        await asyncio.to_thread(self._own.kill_web)
        await self._tell_everybody()
        until = time.monotonic() + 60
        while sum(await audience.ask("count", first)) < audience.count and time.monotonic() < until:
            await asyncio.sleep(0.1)
        heard = await audience.heard(first, first)
        back = [one * 1000 for one in heard.late]
        name = f"restart with {audience.count:,} streams: all back and caught up"
        longest = max((heard.back_at - began_at) * 1000, max(back, default=0.0))
        came = heard.wanted - heard.lost - heard.twice
        half = percentile(back, 0.5)
        self.figures.append(Figure(name, longest, "ms", half, RESTART_MS, 0, heard.lag, heard.wanted, came))

    async def _tell_everybody(self) -> None:
        await asyncio.to_thread(self._hall.tell_all, self._venue, time.time(), self._turn)
        self._turn += 1

    async def _heard(self, audience: Audience, first: int) -> Heard:
        """What was heard since ``first``, after waiting for the last one."""
        for _ in range(100):
            if sum(await audience.ask("count", self._turn - 1)) >= audience.count:
                break
            await asyncio.sleep(0.1)
        return await audience.heard(first, self._turn - 1)

    async def _add_kept(self, name: str, wanted: int, *, is_sent: bool) -> None:
        """Whether the database has what the server said it took."""
        there = await asyncio.to_thread(self._hall.cards_there, self._venue.stage, is_sent=is_sent)
        self.figures.append(Figure(name, there, "in the database", wanted=wanted, came=there))

    def _add_heard(self, name: str, heard: Heard, most: float) -> None:
        late = [one * 1000 for one in heard.late]
        came = heard.wanted - heard.lost - heard.twice
        self.figures.append(
            Figure(name, percentile(late, 0.99), "ms", percentile(late, 0.5), most, 0, heard.lag, heard.wanted, came)
        )


def _tell(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
