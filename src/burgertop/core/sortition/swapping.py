"""Panels that swap seats: the moves of ``dealing``, for many pairs of panels at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.rounds import dealt_in_rounds, homes_of
from burgertop.core.sortition.target import Target

__all__ = ["GUMBEL", "Spread"]

Ints = NDArray[np.signedinteger[Any]]
Singles = NDArray[np.float32]
SAMPLE, KEPT = 160, 40  # seats of a panel looked at, and those of them tried in all pairs
FORBIDDEN = np.float32(1e6)
FAR = 1 << 20
TOGETHER, AMONG, TAKEN = 500, 1000, -1.0  # bad panels that look for partners at once, and among how many
DENSE = 2000  # kinds up to which costs are worked out for all kinds at once
GRAIN = 1024  # chance is counted in parts of a seat as small as 1 / GRAIN, so that sums of it are exact
PLACES = 256  # more than SAMPLE
GUMBEL: Singles = (np.rint(-GRAIN * np.log(-np.log((np.arange(1 << 16) + 0.5) / (1 << 16)))) / GRAIN).astype(np.float32)


class Spread:
    """The seats of all panels, and how far every panel is from its rows.

    The rows of features are kept as counts per panel; the rows of alike households, which may be
    thousands, apart, because a swap touches two of them at most.

    Args:
        kinds: the kinds of people.
        target: seats of each kind over all panels, and the rows as tight as on average.
        rng: all chance.
    """

    def __init__(self, kinds: Kinds, target: Target, rng: np.random.Generator) -> None:
        """Deal the seats round."""
        self.kinds, self.target, self.rng = kinds, target, rng
        self.panels, self.rows = target.panels, len(kinds.quotas)
        self.codes = kinds.rows_of[:, : len({row.feature for row in kinds.quotas})].astype(np.int32)
        self.home_of, self.home_most = homes_of(kinds)
        self.whole = kinds.matrix[: self.rows].toarray().astype(np.float32) if len(kinds) <= DENSE else None
        self.low, self.high = target.row_lower[: self.rows], target.row_upper[: self.rows]
        self.totals = target.totals.copy()
        self.is_loose = False
        self.seats = dealt_in_rounds(kinds, target, rng)
        self.counts = self._counted(np.arange(len(kinds))[:, None], len(kinds))
        self.sums = self._counted(self.codes, self.rows)
        self.home_sums = self._counted(self.home_of[:, None], len(self.home_most))
        self.noise = GUMBEL[rng.integers(0, len(GUMBEL), 1 << 21, dtype=np.uint16)]

    def _counted(self, code_of: Ints, number: int) -> NDArray[np.int32]:
        counts = np.zeros(self.panels * number, dtype=np.int64)
        first = np.arange(self.panels)[:, None] * number
        for column in code_of.T:
            counts += np.bincount((first + column[self.seats]).ravel(), minlength=len(counts))
        return counts.reshape(self.panels, number).astype(np.int32)

    def _far(self, sums: NDArray[np.int32]) -> NDArray[np.int32]:
        """Square by how much sums leave their rows."""
        far = np.maximum(self.low - sums, 0) + np.maximum(sums - self.high, 0)
        return np.asarray(far * far)

    def misses(self, low: Ints, high: Ints) -> NDArray[np.bool_]:
        """Tell which panels miss one of the rows of features, or of households."""
        is_missed = ((self.sums < low[: self.rows]) | (self.sums > high[: self.rows])).any(axis=1)
        if self.home_sums.shape[1] > 1:
            is_missed |= (self.home_sums > self.home_most).any(axis=1)
        return np.asarray(is_missed)

    def bad_panels(self) -> Ints:
        """List the panels that miss a row."""
        return np.flatnonzero(self.misses(self.low, self.high))

    def missed(self, groups: Ints) -> Ints:
        """Tell by how much groups of panels, shape (groups, size), miss each row in sum, whatever they swap."""
        size = groups.shape[1]
        sums = self.sums[groups].sum(axis=1)
        crowd = np.maximum(self.home_sums[groups].sum(axis=1) - size * self.home_most, 0)
        return np.hstack([np.maximum(size * self.low - sums, 0) + np.maximum(sums - size * self.high, 0), crowd])

    def bounds(self) -> tuple[Ints, Ints]:
        """Give the least and the most of all rows, those of the seats and the households too."""
        low, high = self.kinds.row_lower.copy(), self.kinds.row_upper.copy()
        low[: self.rows], high[: self.rows] = self.low, self.high
        return low, high

    def loosen(self) -> bool:
        """Go over to the rows of the draw; tell whether that is new."""
        is_new = not self.is_loose
        self.low, self.high = self.kinds.row_lower[: self.rows], self.kinds.row_upper[: self.rows]
        self.is_loose = True
        return is_new

    def paired(self, bad: Ints, tries: int = 1) -> tuple[Ints, Ints]:
        """Give each bad panel partners that can mend what it misses, or that it can mend; all are different.

        A row that is missed is mended by a panel that can take somebody of it (or give somebody away); where a row
        has no play only a panel that misses it the other way can. Which comes first is up to chance.
        """
        is_free = np.ones(self.panels, dtype=np.bool_)
        one, other = [], []
        for some in np.array_split(self.rng.permutation(bad), len(bad) // TOGETHER + 1):
            mine = some[is_free[some]]
            among = self.rng.permutation(np.flatnonzero(is_free))[:AMONG]
            scores = self._mended(mine, among) + self.rng.random((len(mine), len(among)), dtype=np.float32)
            column_of = dict(zip(among.tolist(), range(len(among)), strict=True))
            for panel, score in zip(mine.tolist(), scores, strict=True):
                if not is_free[panel]:
                    continue
                if panel in column_of:
                    scores[:, column_of[panel]] = TAKEN
                best = np.argsort(-score, kind="stable")[:tries] if tries > 1 else np.array([score.argmax()])
                if len(best) < tries or score[best[-1]] <= TAKEN:
                    continue
                is_free[panel] = is_free[among[best]] = False
                scores[:, best] = TAKEN
                one.append(panel)
                other.append(among[best])
        return np.repeat(np.array(one, dtype=np.int64), tries), np.concatenate([bad[:0], *other])

    def _mended(self, mine: Ints, theirs: Ints) -> Singles:
        """Count the missed rows that two panels could mend in each other."""
        lacks, has_too_many = self.sums < self.low, self.sums > self.high
        takes, gives = self.sums < self.high, self.sums > self.low
        asked = np.hstack([has_too_many, lacks, takes, gives]).astype(np.float32)
        offered = np.hstack([takes, gives, has_too_many, lacks]).astype(np.float32)
        return np.asarray(asked[mine] @ offered[theirs].T)

    def swap(self, one: Ints, other: Ints, heat: float, tries: int = 1) -> None:
        """Let each pair of panels swap one seat, chosen by chance, the better the likelier.

        Args:
            one: shape (pairs,): panels; each stands ``tries`` times in a row.
            other: shape (pairs,): the other panel of each pair, all different.
            heat: temperature.
            tries: of so many partners each panel swaps with one.
        """
        if not len(one):
            return
        off_one, on_one = self._steps(one)
        off_other, on_other = self._steps(other)
        leave, enter = off_one + on_other, on_one + off_other
        at_one, kinds_one, cost_one = self._seats_to_try(one, other, leave)
        at_other, kinds_other, cost_other = self._seats_to_try(other, one, enter)
        change = cost_one[:, :, None] + cost_other[:, None, :] - self._shared(kinds_one, kinds_other, leave + enter)
        change[kinds_one[:, :, None] == kinds_other[:, None, :]] = FORBIDDEN
        row, first, second = self._chosen(change, heat, tries)
        self.put(one[row], at_one[row, first], kinds_other[row, second])
        self.put(other[row], at_other[row, second], kinds_one[row, first])

    def trade(self, panels: Ints, heat: float) -> None:
        """Let panels change a seat for a kind whose total may rise, out of one whose total may fall."""
        rising = np.flatnonzero(self.totals < self.target.highest)
        if not len(panels) or not len(rising):
            return
        rising = self.rng.permutation(rising)[: 2 * KEPT]
        leave, enter = self._steps(panels)
        at, kinds, cost = self._seats_to_try(panels, None, leave)
        cost = np.where(self.totals[kinds] > self.target.lowest[kinds], cost, FORBIDDEN)
        taken = np.broadcast_to(rising, (len(panels), len(rising)))
        gain = self._costs(taken, enter) + self._home_costs(panels, taken, entering=True)
        gain += np.where(self.counts[panels[:, None], taken] < self.kinds.most[taken], 0, FORBIDDEN).astype(np.float32)
        change = cost[:, :, None] + gain[:, None, :] - self._shared(kinds, taken, leave + enter)
        change[kinds[:, :, None] == taken[:, None, :]] = FORBIDDEN
        for row, first, second in zip(*self._chosen(change, heat), strict=True):
            old, new = kinds[row, first], taken[row, second]
            if self._may_trade(old, new):
                self.totals[old] -= 1
                self.totals[new] += 1
                self.put(panels[row : row + 1], at[row, first : first + 1], taken[row, second : second + 1])

    def _may_trade(self, old: int, new: int) -> bool:
        """Tell whether the totals allow it: rounded down or up, and enough for all panels together."""
        if self.totals[old] <= self.target.lowest[old] or self.totals[new] >= self.target.highest[new]:
            return False
        seated = self.sums.sum(axis=0)
        for out, into in zip(self.codes[old], self.codes[new], strict=True):
            if out != into and (
                seated[out] <= self.panels * self.low[out] or seated[into] >= self.panels * self.high[into]
            ):
                return False
        return True

    def _steps(self, panels: Ints) -> tuple[Singles, Singles]:
        """Tell what one seat less, and one more, in each row would change."""
        sums = self.sums[panels]
        here = self._far(sums)
        less, more = self._far(sums - 1) - here, self._far(sums + 1) - here
        return less.astype(np.float32), more.astype(np.float32)

    def _costs(self, kinds: Ints, by_row: Singles) -> Singles:
        if self.whole is not None:
            return np.asarray(np.take_along_axis(by_row @ self.whole, kinds, axis=1))
        at = np.arange(len(kinds))[:, None]
        costs = np.zeros(kinds.shape, dtype=np.float32)
        for codes in self.codes.T:
            costs += by_row[at, codes[kinds]]
        return np.asarray(costs, dtype=np.float32)

    def _home_costs(self, panels: Ints, kinds: Ints, *, entering: bool) -> Singles:
        if self.home_sums.shape[1] == 1:
            return np.zeros(kinds.shape, dtype=np.float32)
        homes = self.home_of[kinds]
        beyond = self.home_sums[panels[:, None], homes] - self.home_most[homes]
        return (
            np.where(beyond >= 0, 1, 0).astype(np.float32)
            if entering
            else np.where(beyond > 0, -2, 0).astype(np.float32)
        )

    def _seats_to_try(self, panels: Ints, partners: Ints | None, by_row: Singles) -> tuple[Ints, Ints, Singles]:
        """Choose seats of each panel: where they stand, their kinds, and what giving them away changes."""
        number = self.seats.shape[1]
        places = np.arange(number)
        if number > SAMPLE:
            places = self.rng.permutation(number)[:SAMPLE]
        at = np.broadcast_to(places, (len(panels), len(places)))
        kinds = self.seats[panels[:, None], at]
        costs = self._costs(kinds, by_row) + self._home_costs(panels, kinds, entering=False)
        if partners is not None:
            costs += self._home_costs(partners, kinds, entering=True)
            has_room = self.counts[partners[:, None], kinds] < self.kinds.most[kinds]
            costs = np.where(has_room, costs, FORBIDDEN)
        if len(places) <= KEPT:
            return at, kinds, costs
        scores = np.clip(costs - self._some_noise(costs.shape), -FAR, FAR) * GRAIN
        ranks = scores.astype(np.int64) * PLACES + np.arange(len(places))  # no two alike: the same on any processor
        kept = np.sort(np.partition(ranks, KEPT, axis=1)[:, :KEPT], axis=1) % PLACES
        rows = np.arange(len(panels))[:, None]
        return at[rows, kept], kinds[rows, kept], costs[rows, kept]

    def _shared(self, kinds: Ints, others: Ints, by_row: Singles) -> Singles:
        """Tell what was counted twice: rows that both kinds of a swap stand in do not change."""
        pairs, rows = by_row.shape
        at = np.arange(pairs)[:, None, None]
        mine = np.zeros((pairs, kinds.shape[1], rows), dtype=np.float32)
        theirs = np.zeros((pairs, rows, others.shape[1]), dtype=np.float32)
        codes = self.codes[kinds]
        mine[at, np.arange(kinds.shape[1])[:, None], codes] = by_row[at, codes]
        theirs[at, self.codes[others], np.arange(others.shape[1])[:, None]] = 1
        return np.asarray(mine @ theirs)

    def _some_noise(self, shape: tuple[int, ...]) -> Singles:
        size = int(np.prod(shape))
        if size >= len(self.noise):
            return np.asarray(GUMBEL[self.rng.integers(0, len(GUMBEL), shape, dtype=np.uint16)])
        start = int(self.rng.integers(0, len(self.noise) - size))
        return self.noise[start : start + size].reshape(shape)

    def _chosen(self, change: Singles, heat: float, tries: int = 1) -> tuple[Ints, Ints, Ints]:
        """Choose a swap for each pair by chance (or none): the largest of gain plus Gumbel noise."""
        flat = change.reshape(len(change), -1)
        scored = flat - np.float32(heat) * self._some_noise(flat.shape)
        best = scored.argmin(axis=1)
        every = np.arange(len(flat))
        stays = -np.float32(heat) * self._some_noise((len(flat),))
        score = np.where(flat[every, best] < FORBIDDEN / 2, scored[every, best] - stays, np.inf)
        if tries > 1:
            every = np.arange(0, len(flat), tries) + score.reshape(-1, tries).argmin(axis=1)
        row = every[score[every] < 0]
        return row, best[row] // change.shape[2], best[row] % change.shape[2]

    def put(self, panels: Ints, at: Ints, kinds: Ints) -> None:
        """Seat other kinds at some places of panels, all different, and keep the counts in step."""
        old = self.seats[panels, at]
        self.seats[panels, at] = kinds
        for table, codes in ((self.sums, self.codes), (self.home_sums, self.home_of[:, None])):
            for column in codes.T:
                table[panels, column[old]] -= 1
                table[panels, column[kinds]] += 1
        self.counts[panels, old] -= 1
        self.counts[panels, kinds] += 1

    def reseat(self, panels: Ints, counts: Ints) -> None:
        """Give panels other people altogether, as many of each kind as ``counts`` says, shape (panels, T)."""
        kinds = np.arange(len(self.kinds))
        for panel, count in zip(panels.tolist(), counts, strict=True):
            self.seats[panel] = np.repeat(kinds, count)
            self.counts[panel] = count
            seated = self.kinds.matrix @ count
            self.sums[panel] = seated[: self.rows]
            self.home_sums[panel, :-1] = seated[self.rows + 1 :]
