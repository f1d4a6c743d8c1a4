"""Chances that are best by a smooth measure: an interior point method for sums of convex functions of single kinds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.sortition.kinds import Floats, Kinds
from burgertop.core.sortition.steady import solved_by, triangle_of

__all__ = ["Balanced", "balanced"]

STEPS, CLOSE = 150, 1e-10


@dataclass(frozen=True, eq=False)
class Balanced:
    """The best averages and the prices of the rows.

    Args:
        average: shape (T,): seats of each kind on average.
        prices: shape (R,): how much the sum of the functions falls when a row may be one seat more.
    """

    average: Floats
    prices: Floats


def balanced(
    kinds: Kinds,
    least: Floats,
    most: Floats,
    slope: Callable[[Floats], Floats],
    bend: Callable[[Floats], Floats],
) -> Balanced:
    """Minimize a sum of convex functions, one for the seats of each kind, within all rows.

    Args:
        kinds: the kinds of people.
        least: shape (T,): least seats of each kind on average.
        most: shape (T,): most seats of each kind.
        slope: first derivatives at given seats, shape (T,) to (T,).
        bend: second derivatives, nonnegative.

    Returns:
        The averages, to some eight digits, and the prices.

    Raises:
        CoreError: ``sortition.solver_stopped``.

    Cost: some thirty steps of O(T * R * features).
    Source: Mehrotra (1992), On the implementation of a primal-dual interior point method, SIAM Journal
    on Optimization 2(4), 575-601 (here with one corrector and separable convex functions).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> kinds = kinds_of(pool, Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))), Limits())
    >>> balanced(kinds, np.zeros(2), kinds.sizes.astype(float), lambda x: x, np.ones_like).average.round(6).tolist()
    [0.5, 0.5]
    """
    state = _State(kinds, least, most)
    for _ in range(STEPS):
        if state.is_done(slope):
            break
        state.step(slope, bend)
    else:
        if state.error(slope) > 1e-6:
            raise CoreError("sortition.solver_stopped", state="convex")
    return Balanced(np.clip(state.values[: len(kinds)], least, most), -state.prices)


class _State:
    """Values of the kinds and of the rows between their bounds, with a multiplier for each bound."""

    def __init__(self, kinds: Kinds, least: Floats, most: Floats) -> None:
        self.matrix, self.by_kind = kinds.matrix, kinds.by_kind
        self.kinds, self.homes = len(kinds), len(kinds.row_lower) - len(kinds.quotas) - 1
        low = np.concatenate([least, kinds.row_lower]).astype(np.float64)
        high = np.concatenate([most, kinds.row_upper]).astype(np.float64)
        self.is_fixed = high - low < CLOSE
        self.low, self.high = low, np.where(self.is_fixed, low + 1, high)
        middle = (self.low + self.high) / 2
        share = np.clip(kinds.seats / kinds.sizes.sum(), 0.05, 0.95)
        self.values = np.where(
            self.is_fixed, low, np.where(np.arange(len(low)) < self.kinds, low + share * (high - low), middle)
        )
        self.prices = np.zeros(len(kinds.row_lower))
        self.at_low = np.where(self.is_fixed, 0.0, 1.0)
        self.at_high = self.at_low.copy()

    def _slopes(self, slope: Callable[[Floats], Floats]) -> Floats:
        return np.concatenate([slope(self.values[: self.kinds]), np.zeros(len(self.prices))])

    def _turned(self, prices: Floats) -> Floats:
        return np.concatenate([self.by_kind @ prices, -prices])

    def _off(self) -> Floats:
        return np.asarray(self.matrix @ self.values[: self.kinds] - self.values[self.kinds :])

    def error(self, slope: Callable[[Floats], Floats]) -> float:
        """Tell how far the conditions of the best answer are from being met."""
        dual = np.where(self.is_fixed, 0, self._slopes(slope) - self._turned(self.prices) - self.at_low + self.at_high)
        scale = 1 + float(np.abs(self._slopes(slope)).max())
        return max(float(np.abs(self._off()).max()), float(np.abs(dual).max()) / scale, self._mean() / scale)

    def _mean(self) -> float:
        room = np.where(
            self.is_fixed, 0, self.at_low * (self.values - self.low) + self.at_high * (self.high - self.values)
        )
        return float(room.sum() / max(1, 2 * int((~self.is_fixed).sum())))

    def is_done(self, slope: Callable[[Floats], Floats]) -> bool:
        return self.error(slope) < CLOSE

    def step(self, slope: Callable[[Floats], Floats], bend: Callable[[Floats], Floats]) -> None:
        below, above = self.values - self.low, self.high - self.values
        below, above = np.where(self.is_fixed, 1, below), np.where(self.is_fixed, 1, above)
        curve = np.concatenate([bend(self.values[: self.kinds]), np.zeros(len(self.prices))])
        weight = np.where(self.is_fixed, 0, 1 / (curve + self.at_low / below + self.at_high / above + 1e-14))
        square = (self.matrix.multiply(weight[: self.kinds]) @ self.by_kind).toarray()
        square[np.diag_indices(len(square))] += weight[self.kinds :] + 1e-14 * (1 + np.trace(square) / len(square))
        factor = triangle_of(square[::-1, ::-1], apart=self.homes)  # households come last, and meet none of each other
        residual = self._slopes(slope) - self._turned(self.prices) - self.at_low + self.at_high
        mean, center, move = self._mean(), 0.0, (np.zeros(0),) * 4
        for _ in range(2):
            to_low = center * mean / below - self.at_low
            to_high = center * mean / above - self.at_high
            pull = np.where(self.is_fixed, 0, residual - to_low + to_high)
            right = self.matrix @ (weight * pull)[: self.kinds] - (weight * pull)[self.kinds :] - self._off()
            price = solved_by(factor, right[::-1])[::-1]
            value = weight * (self._turned(price) - pull)
            low, high = to_low - self.at_low / below * value, to_high + self.at_high / above * value
            move = value, price, np.where(self.is_fixed, 0, low), np.where(self.is_fixed, 0, high)
            if center == 0:
                length = min(
                    _length(below, value),
                    _length(above, -value),
                    _length(self.at_low, move[2]),
                    _length(self.at_high, move[3]),
                )
                center = max((1 - length) ** 2, 0.05)
        far = 0.99 * min(1 / 0.99, _length(below, move[0]), _length(above, -move[0]))
        far = min(far, 0.99 * _length(self.at_low, move[2]), 0.99 * _length(self.at_high, move[3]), 1.0)
        self.values = self.values + far * move[0]
        self.prices = self.prices + far * move[1]
        self.at_low, self.at_high = self.at_low + far * move[2], self.at_high + far * move[3]


def _length(room: Floats, move: Floats) -> float:
    """Tell how far a move can go until room is used up."""
    is_down = move < 0
    return float((room[is_down] / -move[is_down]).min(initial=1e9))
