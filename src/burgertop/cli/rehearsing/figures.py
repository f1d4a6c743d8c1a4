"""Figures of a rehearsal: what was measured, what is allowed, and whether the measuring itself was too slow."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Figure", "LagMeter", "percentile"]

BEAT_SECONDS = 0.01


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share lies; 0 when there is none.

    >>> percentile([1, 2, 3, 4], 0.5), percentile([], 0.5)
    (3, 0.0)
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured.

    ``most`` is what it may be at most, ``least`` at least; ``lag`` how late the measuring itself was (p99).
    """

    name: str
    value: float
    unit: str
    p50: float = 0.0
    most: float = 0.0
    least: float = 0.0
    lag: float = 0.0
    wanted: int = 0
    came: int = 0

    @property
    def is_met(self) -> bool:
        """Whether it is within its bound and nothing was lost."""
        is_within = (not self.most or self.value <= self.most) and (not self.least or self.value >= self.least)
        return is_within and self.came == self.wanted

    @property
    def is_void(self) -> bool:
        """Whether it says more of the measuring than of the server: it misses its bound, and half of it is our own lag.

        >>> Figure("card", 900, "ms", most=500, lag=600).is_void, Figure("card", 400, "ms", most=500, lag=300).is_void
        (True, False)
        """
        return bool(self.most) and not self.is_met and self.came == self.wanted and self.lag * 2 >= self.value


class LagMeter:
    """How late this process wakes up when it wanted to: its own slowness, not the server's."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin anew."""
        self.stop()
        self._late = []
        self._task = asyncio.get_running_loop().create_task(self._beat())

    def stop(self) -> float:
        """End, and return the 99th percentile in milliseconds."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        return percentile(self._late, 0.99) * 1000

    async def _beat(self) -> None:
        while True:
            wanted = time.perf_counter() + BEAT_SECONDS
            await asyncio.sleep(BEAT_SECONDS)
            self._late.append(max(0.0, time.perf_counter() - wanted))
