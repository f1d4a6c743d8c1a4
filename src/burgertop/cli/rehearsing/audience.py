"""Viewers in a process of their own, so that those who write are not held up by those who listen."""

import asyncio
import multiprocessing
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from burgertop.cli.rehearsing.figures import LagMeter
from burgertop.cli.rehearsing.wire import Ear, Place, opened

__all__ = ["Audience", "Heard", "allow_files"]

EACH = 2500  # streams one process listens to without being late itself


@dataclass(frozen=True, slots=True)
class Heard:
    """What an audience heard of some messages."""

    late: list[float]
    wanted: int
    lost: int
    twice: int
    lag: float
    back_at: float


class Audience:
    """Many open streams, spread over a few processes; asked and answered through pipes."""

    def __init__(self, place: Place, address: str, count: int) -> None:
        self.count = count
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection[Any, Any]] = []
        self._processes = []
        parts = max(1, -(-count // EACH))
        for part in range(parts):
            ours, theirs = context.Pipe()
            share = count // parts + (part < count % parts)
            process = context.Process(target=_listen, args=(theirs, place, address, share), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)

    async def ask(self, what: str, *words: object) -> list[Any]:
        """Ask every part the same and wait for all answers."""
        for pipe in self._pipes:
            pipe.send((what, *words))
        return [await asyncio.to_thread(pipe.recv) for pipe in self._pipes]

    async def heard(self, first: int, last: int) -> Heard:
        """Tell what was heard of the messages ``first`` to ``last``."""
        parts: list[Heard] = await self.ask("heard", first, last)
        return Heard(
            [one for part in parts for one in part.late],
            sum(part.wanted for part in parts),
            sum(part.lost for part in parts),
            sum(part.twice for part in parts),
            max(part.lag for part in parts),
            max(part.back_at for part in parts),
        )

    async def close(self) -> None:
        """Send everybody home."""
        for pipe in self._pipes:
            pipe.send(("close",))
        for process in self._processes:
            await asyncio.to_thread(process.join, 10)


def allow_files(wanted: int) -> None:
    """Raise the number of open files as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


def _listen(pipe: "Connection[Any, Any]", place: Place, address: str, count: int) -> None:
    allow_files(count + 200)
    asyncio.run(_serve(pipe, [Ear(place, address) for _ in range(count)]))


async def _serve(pipe: "Connection[Any, Any]", ears: list[Ear]) -> None:
    meter = LagMeter()
    while True:
        what, *words = await asyncio.to_thread(pipe.recv)
        for ear in ears:
            ear.read()
        if what == "open":
            await opened(ears)
            pipe.send(sum(1 for ear in ears if ear.ready_at))
        elif what == "begin":
            meter.start()
            pipe.send(None)
        elif what == "heard":
            pipe.send(_heard(ears, words[0], words[1], meter.stop()))
        elif what == "count":
            pipe.send(sum(1 for ear in ears if words[0] in ear.late))
        else:
            for ear in ears:
                await ear.close()
            return


def _heard(ears: list[Ear], first: int, last: int, lag: float) -> Heard:
    """What was heard of these messages; where the system tells when each came, our own lag is in no figure."""
    came = [ear.late.get(turn, []) for ear in ears for turn in range(first, last + 1)]
    return Heard(
        late=[one[0] for one in came if one],
        wanted=len(came),
        lost=sum(1 for one in came if not one),
        twice=sum(1 for one in came if len(one) > 1),
        lag=0.0 if all(ear.is_stamped for ear in ears) else lag,
        back_at=max((ear.ready_at for ear in ears), default=0.0),
    )
