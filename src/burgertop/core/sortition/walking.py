"""A walk of exchanges through numbered panels, until everybody sits as often as the chance says."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition.exchanging import Exchanges
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.swapping import GUMBEL

__all__ = ["BEYOND", "SHORT", "Walk", "wanted_of"]

CLOSE = 1e-6
SHORT, BEYOND = 1.5, 1.0  # how bad a seat too few is, and one too many
HOT, COOL, COOLING = 0.8, 0.3, 10_000  # temperatures, and steps from one to the other
ROAMING = 0.3  # share of exchanges that begin with any kind, not with one that is off
STEPS, LOOKED_AT, MANY = 20_000, 40, 2000  # exchanges in all, and of one kind that are looked at
ASKED = 200


def wanted_of(average: Floats, panels: int) -> tuple[Ints, Ints]:
    """Tell how often each kind should sit, rounded down and up.

    Args:
        average: shape (T,): people of each kind on one panel.
        panels: number of panels.

    Cost: O(T).

    >>> [one.tolist() for one in wanted_of(np.array([0.25, 0.5]), 10)]
    [[2, 5], [3, 5]]
    """
    wanted = panels * average
    whole = np.rint(wanted)
    wanted = np.where(np.abs(wanted - whole) < CLOSE, whole, wanted)
    return np.floor(wanted).astype(np.int64), np.ceil(wanted).astype(np.int64)


class Walk:
    """The panels, and how often each kind sits in all; costs change with every exchange.

    A step takes a kind that sits too often or not often enough (sometimes any), and of the exchanges that
    help it one by chance, the better the likelier, on a panel by chance. For each kind whole numbers, as
    wide as there are panels, tell by their bits on which panels one of it may leave or enter, and on
    which two may.

    Args:
        face: the kinds, narrowed by ``face_kinds``.
        exchanges: those of the face.
        counts: shape (M, T): people of each kind on each panel.
        average: shape (T,): people of each kind on one panel, as it should be.
        rng: all chance.

    Cost: 0.1 ms a step.
    Source: Selman, Kautz and Cohen (1994), Noise strategies for improving local search, AAAI-94, 337-343.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.exchanging import exchanges_of
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> kinds, same = kinds_of(pool, Quotas(2, rows), Limits()), np.array([[1, 0, 0, 1], [1, 0, 0, 1]])
    >>> walk = Walk(kinds, exchanges_of(kinds), same, np.full(4, 0.5), np.random.default_rng(1))
    >>> walk.run()
    >>> walk.totals.tolist()
    [1, 1, 1, 1]
    """

    def __init__(
        self, face: Kinds, exchanges: Exchanges, counts: Ints, average: Floats, rng: np.random.Generator
    ) -> None:
        """Count what is there."""
        self.face, self.exchanges, self.rng = face, exchanges, rng
        self.table = np.ascontiguousarray(counts.T).astype(np.int16)
        self.low, self.high = wanted_of(average, len(counts))
        self.totals = counts.sum(axis=0)
        self.more, self.less = np.zeros(len(face)), np.zeros(len(face))
        self._weigh(np.arange(len(face)))
        self.into, self.out_of = self._by_kind(exchanges.entering), self._by_kind(exchanges.leaving)
        seated, room = self.table - face.least[:, None], face.most[:, None] - self.table
        self.may_leave = [[_bits(row) for row in seated > beyond] for beyond in (0, 1)]
        self.may_enter = [[_bits(row) for row in room > beyond] for beyond in (0, 1)]

    def _by_kind(self, kinds: Ints) -> list[Ints]:
        """List the exchanges of each kind."""
        ends = np.cumsum(np.bincount(kinds.ravel(), minlength=len(self.face)))[:-1]
        return np.split(np.argsort(kinds.ravel(), kind="stable") % kinds.shape[1], ends) if kinds.size else []

    def off(self) -> NDArray[np.bool_]:
        """Tell which kinds sit too often or not often enough."""
        return np.asarray((self.totals < self.low) | (self.totals > self.high))

    def is_done(self) -> bool:
        """Tell whether every kind sits as often as it should."""
        return not self.off().any()

    def loss(self) -> float:
        """Add up how bad it is."""
        short, beyond = np.maximum(self.low - self.totals, 0), np.maximum(self.totals - self.high, 0)
        return float(SHORT * short.sum() + BEYOND * beyond.sum())

    def _weigh(self, kinds: Ints) -> None:
        """Tell what one seat more, and one less, costs."""
        totals, low, high = self.totals[kinds], self.low[kinds], self.high[kinds]
        self.more[kinds] = np.where(totals < low, -SHORT, np.where(totals >= high, BEYOND, 0))
        self.less[kinds] = np.where(totals > high, -BEYOND, np.where(totals <= low, SHORT, 0))

    def run(self, step: Callable[[float], None] | None = None) -> None:
        """Exchange seats until no kind is off; otherwise go back to the best that was met.

        Args:
            step: called some times a second with the share of kinds that are not off.
        """
        done: list[tuple[int, int]] = []
        least, best = self.loss(), 0
        for number in range(STEPS if self.into else 0):
            off = np.flatnonzero(self.off())
            if not len(off):
                return
            if step is not None and number % ASKED == 0:
                step(1 - len(off) / len(self.face))
            found = self._next(off, max(COOL, HOT * (1 - number / COOLING)))
            if found is None:
                continue
            self._exchange(*found)
            done.append(found)
            if (loss := self.loss()) < least:
                least, best = loss, len(done)
        for panel, exchange in reversed(done[best:]):
            self._exchange(panel, exchange, back=True)

    def _next(self, off: Ints, heat: float) -> tuple[int, int] | None:
        """Choose an exchange, and a panel for it."""
        chance = self.rng.integers(0, 1 << 30, 5).tolist()
        kind = int(off[chance[0] % len(off)])
        is_more = bool(self.totals[kind] < self.low[kind])
        if chance[1] % 1000 < 1000 * ROAMING:
            kind, is_more = chance[2] % len(self.face), bool(chance[1] & 1024)
        some = self.into[kind] if is_more else self.out_of[kind]
        if not len(some):
            return None
        some = some[:MANY]
        leaving, entering = self.exchanges.leaving[:, some], self.exchanges.entering[:, some]
        costs = self.more[entering].sum(axis=0) + self.less[leaving].sum(axis=0)
        costs -= heat * GUMBEL[(start := chance[3] % (len(GUMBEL) - MANY)) : start + len(some)]
        for at in np.argsort(costs, kind="stable")[:LOOKED_AT].tolist():
            if costs[at] > heat:
                return None
            panels = self._panels(*leaving[:, at].tolist(), *entering[:, at].tolist())
            if panels:
                return _some_bit(panels, chance[4], self.table.shape[1]), int(some[at])
        return None

    def _panels(self, one: int, other: int, third: int, fourth: int) -> int:
        """Tell, as bits, on which panels the first two may leave and the others enter."""
        panels = self.may_leave[0][one] & self.may_leave[one == other][other]
        return panels & self.may_enter[0][third] & self.may_enter[third == fourth][fourth]

    def _exchange(self, panel: int, exchange: int, *, back: bool = False) -> None:
        leaving, entering = self.exchanges.leaving[:, exchange], self.exchanges.entering[:, exchange]
        if back:
            leaving, entering = entering, leaving
        for one in (0, 1):
            for kind, change in ((int(leaving[one]), -1), (int(entering[one]), 1)):
                self.table[kind, panel] += change
                self.totals[kind] += change
                self._mark(kind, panel)
        self._weigh(np.concatenate([leaving, entering]))

    def _mark(self, kind: int, panel: int) -> None:
        """Keep the bits of a kind and a panel in step."""
        seated, bit = int(self.table[kind, panel]), 1 << panel
        for bits, left in (
            (self.may_leave, seated - int(self.face.least[kind])),
            (self.may_enter, int(self.face.most[kind]) - seated),
        ):
            for beyond in (0, 1):
                there = bits[beyond][kind]
                bits[beyond][kind] = there | bit if left > beyond else there & ~bit

    def seat(self, panel: int, count: Ints) -> None:
        """Make a panel anew."""
        self.totals += count - self.table[:, panel]
        self.table[:, panel] = count
        self._weigh(np.arange(len(self.face)))


def _bits(row: NDArray[np.bool_]) -> int:
    """Write a row of yes and no as the bits of a number, the first as the lowest."""
    return int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little")


def _some_bit(bits: int, chance: int, width: int) -> int:
    """Choose one of the bits that are set."""
    every = np.unpackbits(np.frombuffer(bits.to_bytes((width + 7) // 8, "little"), np.uint8), bitorder="little")
    places = np.flatnonzero(every)
    return int(places[chance % len(places)])
