"""Rates of one kind (groups of a process, processes of the past) learn from each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln

from burgertop.core.errors import InputError
from burgertop.core.recruitment.rates import RATES, Belief, Floats, Interval, first_where, need_share, tails_of

__all__ = ["Hierarchy", "Total", "hierarchy_of"]

_MEANS = RATES[::2]
_SPREADS: Floats = np.geomspace(0.1, 1.2, 12)
_SPREADS.setflags(write=False)
_SURPRISE = 1e-12  # no rate is impossible, so that no count can leave a cell without weight
_FORGET = 1e-7  # share of the heaviest cell below which a cell changes no digit that is shown


@dataclass(frozen=True, eq=False)
class Total:
    """The forecast of a sum over groups: for every cell a beta on 0 .. most, with its mean and spread.

    Args:
        most: what the sum cannot exceed.
        weights: shape (cells,), 1 in all.
        means: shape (cells,), the mean of the sum in each cell.
        variances: shape (cells,), its variance in each cell.
    """

    most: int
    weights: Floats
    means: Floats
    variances: Floats

    @property
    def mean(self) -> float:
        """The expected sum."""
        return float(self.weights @ self.means)

    def at_most(self, number: int) -> float:
        """Tell how likely it is that the sum is at most this."""
        if number >= self.most:
            return 1.0
        return float(self.weights @ self._below(number + 0.5, 0)) if number >= 0 else 0.0

    def lacking(self, places: int) -> float:
        """Tell the expected number of places that stay empty."""
        if places >= self.most:
            return places - self.mean
        part = places * self._below(places, 0) - self.means * self._below(places, 1)
        return float(self.weights @ part)

    def counts(self, share: float = 0.8) -> Interval:
        """Give the mean of the sum and the interval that holds it with this share.

        Raises:
            InputError: ``recruitment.bad_share``.
        """
        need_share(share)
        tails = (1 - share) / 2, (1 + share) / 2
        low, high = (first_where(partial(self._reaches, tail), self.most) for tail in tails)
        return Interval(self.mean, low, high)

    def _reaches(self, tail: float, most: int) -> bool:
        return self.at_most(most) >= tail

    def _below(self, number: float, moment: int) -> Floats:
        # For one person the variance is the largest there can be, and the beta would fall into two points.
        size = np.maximum(self.means * (self.most - self.means) / self.variances - 1, 1e-3)
        first = self.means / self.most * size
        return np.asarray(betainc(first + moment, size - first, number / self.most), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """Rates of several members, and of one not seen yet, after all their counts.

    A cell is a pair of the mean rate of all members and the spread between them. Given the cell the
    members are independent: a beta with that mean and spread, times what their own counts say.

    Args:
        members: their names.
        kernel: shape (cells, 561), each row 1 in all: the rate of a member before its own counts.
        chances: shape (members, 561): how likely the counts of a member are at each rate.
        weights: shape (cells,), 1 in all.
        rows: shape (cells,), where each cell stands among all cells.
    """

    members: tuple[str, ...]
    kernel: Floats
    chances: Floats
    weights: Floats
    rows: NDArray[np.intp]

    def newcomer(self, *, within: float = 0.0) -> Belief:
        """Tell what is known of a member without counts.

        Args:
            within: a variance of log-odds that is left out of the spread between members, because whoever
                asks adds it again: parts of the newcomer differ from each other. The spread stays above 0.1.

        Cost: O(cells * points).
        """
        means, spreads = np.divmod(self.rows, _SPREADS.size)
        narrow = np.sqrt(np.maximum(_SPREADS**2 - within, _SPREADS[0] ** 2))
        nearest = np.abs(np.log(narrow[:, None] / _SPREADS)).argmin(axis=1)
        return Belief(self.weights @ _kernel()[means * _SPREADS.size + nearest[spreads]])

    def belief(self, member: str) -> Belief:
        """Tell what is known of the rate of a member.

        Raises:
            InputError: ``recruitment.unknown_group``.
        """
        chances = self._chances_of(member)
        return Belief(chances * ((self.weights / (self.kernel @ chances)) @ self.kernel))

    def together(self, asked: Mapping[str, int], least: Mapping[str, int]) -> float:
        """Tell how likely it is that in every group named at least so many of the asked say yes.

        Raises:
            InputError: ``recruitment.unknown_group``.

        Cost: O(groups * cells * points).
        """
        chance = self.weights.copy()
        for member, number in asked.items():
            chance *= self._mean_in_cells(member, tails_of(number, least[member]))
        return float(chance.sum())

    def total(self, asked: Mapping[str, int]) -> Total:
        """Forecast how many of the asked of all groups named say yes together.

        Within a cell the sum over groups is taken as a beta with the right mean and variance.

        Raises:
            InputError: ``recruitment.unknown_group``.

        Cost: O(groups * cells * points).
        """
        means, variances = np.zeros_like(self.weights), np.zeros_like(self.weights)
        for member, number in asked.items():
            rate, square = self._mean_in_cells(member, RATES), self._mean_in_cells(member, RATES**2)
            means += number * rate
            variances += number * (rate - square) + number**2 * np.maximum(square - rate**2, 0.0)
        return Total(sum(asked.values()), self.weights, means, variances)

    def _chances_of(self, member: str) -> Floats:
        if member not in self.members:
            raise InputError("recruitment.unknown_group", group=member)
        chances: Floats = self.chances[self.members.index(member)]
        return chances

    def _mean_in_cells(self, member: str, values: Floats) -> Floats:
        """The expected value in every cell of something that depends on the rate of the member."""
        chances = self._chances_of(member)
        mean: Floats = (self.kernel @ (chances * values)) / (self.kernel @ chances)
        return mean


def hierarchy_of(chances: Mapping[str, Floats], *, spread: float, mean: Belief | None = None) -> Hierarchy:
    """Let the rates of several members learn from each other, by an exact sum over a grid.

    The mean of all members is even in log-odds before anything is known, or as handed in. The spread
    between members (about the standard deviation of their log-odds) is one of twelve values from 0.1
    to 1.2, weighted by a half-normal.

    Args:
        chances: how likely the counts of each member are at every rate of the grid: ``chances_of``.
        spread: scale of the half-normal; in two cases of three the spread is below it.
        mean: what is known of the mean of all members.

    Raises:
        InputError: ``recruitment.bad_spread``.

    Cost: O(3,400 cells * 561 points * members); 0.05 s for ten members, the first time 0.1 s.
    Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd edition, sections 5.3 and 5.7; the prior of
    the spread: Gelman (2006), Bayesian Analysis 1(3).

    >>> from burgertop.core.recruitment.rates import Tally, chances_of
    >>> towns = {"a": chances_of(Tally(1000, 115)), "b": chances_of(Tally(2000, 148))}
    >>> round(hierarchy_of(towns, spread=0.35).newcomer().mean, 3)
    0.099
    """
    if not 0 < spread <= 2:
        raise InputError("recruitment.bad_spread", spread=spread)
    on_means = np.ones(_MEANS.size) if mean is None else _thinned(mean.weights)
    on_spreads = _SPREADS * np.exp(-0.5 * (_SPREADS / spread) ** 2)
    weights = np.outer(on_means, on_spreads).ravel()
    rows = np.flatnonzero(weights > _FORGET * weights.max())
    kernel, weights = _kernel()[rows], np.log(weights[rows])
    likely = np.array(list(chances.values())).reshape(len(chances), RATES.size)
    weights = weights + np.log(kernel @ likely.T).sum(axis=1)
    weights = np.exp(weights - weights.max())
    kept = weights > _FORGET
    return Hierarchy(tuple(chances), kernel[kept], likely, weights[kept] / weights[kept].sum(), rows[kept])


def _thinned(weights: Floats) -> Floats:
    """Bring weights from the grid of rates to every second point of it."""
    thin = weights[::2].copy()
    thin[:-1] += weights[1::2] / 2
    thin[1:] += weights[1::2] / 2
    return thin


@lru_cache(maxsize=1)
def _kernel() -> Floats:
    """For every cell the weights of a beta whose log-odds have about the spread of the cell."""
    means, spreads = (grid.ravel()[:, None] for grid in np.meshgrid(_MEANS, _SPREADS, indexing="ij"))
    size = 1 / (spreads**2 * means * (1 - means)) - 1
    first, second = means * size, (1 - means) * size
    kernel: Floats = first * np.log(RATES) + second * np.log1p(-RATES) - betaln(first, second)
    kernel = np.maximum(np.exp(kernel - kernel.max(axis=1, keepdims=True)), _SURPRISE)
    kernel /= kernel.sum(axis=1, keepdims=True)
    kernel.setflags(write=False)
    return kernel
