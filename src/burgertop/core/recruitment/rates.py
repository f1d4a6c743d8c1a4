"""Rates, such as the share who say yes or who come: what is known of one, kept as weights on a grid."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, expit, logit, xlog1py, xlogy

from burgertop.core.errors import InputError

__all__ = [
    "LOG_ODDS",
    "RATES",
    "Belief",
    "Floats",
    "Interval",
    "Tally",
    "chances_of",
    "first_where",
    "need_number",
    "need_share",
    "tails_of",
]

Floats = NDArray[np.float64]

LOG_ODDS: Floats = np.linspace(-7.0, 7.0, 561)
RATES: Floats = expit(LOG_ODDS)
LOG_ODDS.setflags(write=False)
RATES.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked, and how many of them said yes (or came).

    Raises:
        InputError: ``recruitment.bad_tally``.
    """

    asked: int
    yes: int

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.asked:
            raise InputError("recruitment.bad_tally", asked=self.asked, yes=self.yes)


@dataclass(frozen=True, slots=True)
class Interval:
    """A forecast of a count: its mean, and the two ends that hold it with the share asked for."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Belief:
    """What is known of one rate.

    Args:
        weights: shape (561,), 1 in all: a weight for every rate of the grid ``RATES``, which is even
            in log-odds from 0.09 % to 99.91 %.
    """

    weights: Floats

    @property
    def mean(self) -> float:
        """The expected rate."""
        return float(self.weights @ RATES)

    def quantile(self, share: float) -> float:
        """Tell the rate below which so much of the weight lies.

        Cost: O(points).

        >>> round(Belief(np.full(RATES.size, 1 / RATES.size)).quantile(0.5), 3)
        0.5
        """
        middle = np.cumsum(self.weights) - self.weights / 2
        return float(expit(np.interp(share, middle, LOG_ODDS)))

    def counts(self, asked: int, share: float = 0.8) -> Interval:
        """Forecast how many of so many people will say yes.

        Args:
            asked: how many are asked.
            share: how much the interval holds; as much is left out below as above.

        Returns:
            The mean and the interval of the binomial, mixed over the rates.

        Raises:
            InputError: ``recruitment.bad_share``, ``recruitment.negative_number``.

        Cost: O(points * log(asked)).

        >>> chances = chances_of(Tally(1000, 704))
        >>> forecast = Belief(chances / chances.sum()).counts(100)
        >>> forecast.low, forecast.high
        (64, 76)
        """
        need_share(share)
        need_number(asked)
        tails = (1 - share) / 2, (1 + share) / 2
        low, high = (first_where(partial(self._reaches, asked, tail), asked) for tail in tails)
        return Interval(asked * self.mean, low, high)

    def _reaches(self, asked: int, tail: float, most: int) -> bool:
        return self.at_most(asked, most) >= tail

    def at_most(self, asked: int, most: int) -> float:
        """Tell how likely it is that at most so many of the asked say yes."""
        if most < 0:
            return 0.0
        return 1.0 if most >= asked else float(self.weights @ bdtr(float(most), asked, RATES))

    def at_least(self, asked: int, least: int) -> float:
        """Tell how likely it is that at least so many of the asked say yes."""
        return float(self.weights @ tails_of(asked, least))

    def and_then(self, other: "Belief") -> "Belief":
        """Multiply two rates that know nothing of each other: who says yes, and of those who comes.

        Cost: O(points ** 2).

        >>> even = Belief((np.arange(RATES.size) == 280).astype(np.float64))
        >>> round(even.and_then(even).mean, 3)
        0.25
        """
        last = LOG_ODDS.size - 1
        place = (logit(np.outer(RATES, RATES)) - LOG_ODDS[0]) * last / (LOG_ODDS[-1] - LOG_ODDS[0])
        place = np.clip(place, 0.0, last).ravel()
        below = np.minimum(place.astype(np.intp), last - 1)
        weights = np.outer(self.weights, other.weights).ravel()
        found = np.zeros_like(RATES)
        np.add.at(found, below + 1, weights * (place - below))
        np.add.at(found, below, weights * (below + 1 - place))
        return Belief(found)


def chances_of(tally: Tally) -> Floats:
    """Tell how likely a tally is at every rate of the grid, up to a constant factor.

    Returns:
        Shape (561,), at most 1.

    Cost: O(points).

    >>> float(chances_of(Tally(0, 0)).min())
    1.0
    """
    log_chances = xlogy(tally.yes, RATES) + xlog1py(tally.asked - tally.yes, -RATES)
    chances: Floats = np.exp(log_chances - log_chances.max())
    return chances


def tails_of(asked: int, least: int) -> Floats:
    """Tell at every rate of the grid how likely it is that at least so many of the asked say yes.

    >>> float(tails_of(10, 0).min()), float(tails_of(10, 11).max())
    (1.0, 0.0)
    """
    if least <= 0:
        return np.ones_like(RATES)
    if least > asked:
        return np.zeros_like(RATES)
    tails: Floats = bdtrc(float(least - 1), asked, RATES)
    return tails


def first_where(holds: Callable[[int], bool], most: int) -> int:
    """Find the least number from 0 to most at which something holds that goes on to hold; most if it never does.

    Cost: O(log(most)) calls.

    >>> first_where(lambda number: number * number >= 50, 100)
    8
    """
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def need_share(share: float) -> None:
    """Refuse a share that is not between 0 and 1: ``recruitment.bad_share``."""
    if not 0 < share < 1:
        raise InputError("recruitment.bad_share", share=share)


def need_number(number: int) -> None:
    """Refuse a count below 0: ``recruitment.negative_number``."""
    if number < 0:
        raise InputError("recruitment.negative_number", number=number)
