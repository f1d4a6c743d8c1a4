"""Ratings of ideas: counts, intervals for the share that agrees, a ranking with its ties."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from burgertop.core.errors import InputError, ShapeError

__all__ = [
    "IdeaRanking",
    "Intervals",
    "Prior",
    "RatingCounts",
    "agreement_interval",
    "fit_prior",
    "rank_ideas",
    "wilson_interval",
]


@dataclass(frozen=True, slots=True, eq=False)
class RatingCounts:
    """How often each idea was agreed with, disagreed with, passed.

    Args:
        agree: shape (ideas,), whole numbers of 0 or more.
        disagree: the same.
        passed: the same.

    Raises:
        ShapeError: ``opinion.ragged_counts``.
        InputError: ``opinion.negative_count``.

    >>> RatingCounts(np.array([8, 0]), np.array([1, 0]), np.array([1, 0])).rated
    array([10,  0])
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    passed: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse counts that do not fit each other."""
        shapes = {self.agree.shape, self.disagree.shape, self.passed.shape}
        if len(shapes) != 1 or self.agree.ndim != 1:
            raise ShapeError(
                "opinion.ragged_counts",
                agree=self.agree.size,
                disagree=self.disagree.size,
                passed=self.passed.size,
            )
        for counts in (self.agree, self.disagree, self.passed):
            if (counts < 0).any():
                raise InputError("opinion.negative_count", idea=int(np.argmax(counts < 0)))

    @property
    def rated(self) -> NDArray[np.int64]:
        """All ratings of each idea, passes too. Shape (ideas,)."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class Prior:
    """What is taken for granted of an idea before its first rating: a beta distribution.

    Args:
        agree: first parameter, above 0; as if so many people had agreed.
        other: second parameter, above 0; as if so many had not.
        is_fitted: False when there were too few ratings to learn from: the uniform prior.

    >>> Prior(1.0, 1.0, is_fitted=False).mean
    0.5
    """

    agree: float
    other: float
    is_fitted: bool

    @property
    def mean(self) -> float:
        """The expected share of an idea nobody has rated, in 0..1."""
        return self.agree / (self.agree + self.other)


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Lower end, middle and upper end of the share that agrees, each of shape (ideas,).

    >>> Intervals(np.zeros(1), np.ones(1) / 2, np.ones(1)).middle
    array([0.5])
    """

    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class IdeaRanking:
    """Ideas from best to worst with the intervals that decided.

    Args:
        order: groups of ideas, numbered from 0; ideas with equal ratings stand together.
        intervals: what the order follows from.
        prior: the prior used.

    >>> rank_ideas(RatingCounts(np.array([8, 1]), np.array([1, 8]), np.array([1, 1]))).order
    ((0,), (1,))
    """

    order: tuple[tuple[int, ...], ...]
    intervals: Intervals
    prior: Prior


def fit_prior(counts: RatingCounts) -> Prior:
    """Learn from all ideas how shares of agreement are spread (empirical Bayes, by moments).

    The mean m is the share of all ratings that agree. With v the variance between ideas that is
    left after the chance of few ratings, the prior is worth m (1 - m) / v - 1 ratings, kept
    within 2 and 1,000.

    Args:
        counts: ratings of the ideas.

    Returns:
        The prior; the uniform one, marked as not fitted, when fewer than two ideas are rated
        or all ratings are alike.

    Cost: O(ideas).
    Source: Kleinman (1973), Proportions with extraneous variance: single and independent
    samples, Journal of the American Statistical Association 68(341), 46-54.

    >>> many = RatingCounts(np.array([9, 5, 1]), np.array([1, 5, 9]), np.zeros(3, dtype=np.int64))
    >>> prior = fit_prior(many)
    >>> round(prior.mean, 6), prior.is_fitted
    (0.5, True)
    """
    rated = counts.rated
    has_ratings = rated > 0
    number, total = int(has_ratings.sum()), int(rated.sum())
    mean = float(counts.agree.sum()) / max(1, total)
    if number < 2 or mean in (0.0, 1.0):
        return Prior(1.0, 1.0, is_fitted=False)
    share = counts.agree[has_ratings] / rated[has_ratings]
    weight = rated[has_ratings] / total
    scatter = float((weight * (share - mean) ** 2).sum())
    by_chance = mean * (1 - mean) * float((weight * (1 - weight) / rated[has_ratings]).sum())
    room = float((weight * (1 - weight) * (1 - 1 / rated[has_ratings])).sum())
    between = (scatter - by_chance) / room if room > 0 else 0.0
    worth = mean * (1 - mean) / between - 1 if between > 0 else np.inf
    worth = float(np.clip(worth, 2.0, 1000.0))
    return Prior(mean * worth, (1 - mean) * worth, is_fitted=True)


def agreement_interval(counts: RatingCounts, prior: Prior, *, level: float = 0.9) -> Intervals:
    """Tell between which shares the agreement with each idea probably lies.

    Args:
        counts: ratings; a pass is a rating that does not agree.
        prior: from ``fit_prior``.
        level: chance that the interval holds the true share, in 0..1.

    Returns:
        Ends that leave out the same chance on both sides, and the mean, of the beta posterior.

    Raises:
        InputError: ``opinion.bad_level``.

    Cost: O(ideas).
    Source: Gelman et al. (2013), Bayesian Data Analysis, third edition, chapter 2.

    >>> counts = RatingCounts(np.array([8, 0]), np.array([1, 0]), np.array([1, 0]))
    >>> agreement_interval(counts, Prior(1.0, 1.0, is_fitted=False)).low.round(3)
    array([0.53, 0.05])
    """
    _check_level(level)
    yes, no = prior.agree + counts.agree, prior.other + counts.rated - counts.agree
    tail = (1 - level) / 2
    low = np.asarray(betaincinv(yes, no, tail), dtype=np.float64)
    high = np.asarray(betaincinv(yes, no, 1 - tail), dtype=np.float64)
    return Intervals(low, yes / (yes + no), high)


def wilson_interval(counts: RatingCounts, *, level: float = 0.9) -> Intervals:
    """Tell the same without a prior: Wilson's interval.

    Args:
        counts: ratings; a pass is a rating that does not agree.
        level: share of such intervals that hold the true share, in 0..1.

    Returns:
        The ends and the plain share; 0, NaN and 1 for an idea nobody rated.

    Raises:
        InputError: ``opinion.bad_level``.

    Cost: O(ideas).
    Source: Wilson (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22(158), 209-212.

    >>> counts = RatingCounts(np.array([81]), np.array([19]), np.array([0]))
    >>> found = wilson_interval(counts, level=0.95)
    >>> found.low.round(4), found.high.round(4)
    (array([0.7222]), array([0.8749]))
    """
    _check_level(level)
    z = float(ndtri(1 - (1 - level) / 2))
    rated = np.maximum(counts.rated, 1)
    share = counts.agree / rated
    center = (share + z**2 / (2 * rated)) / (1 + z**2 / rated)
    half = z / (1 + z**2 / rated) * np.sqrt(share * (1 - share) / rated + z**2 / (4 * rated**2))
    is_rated = counts.rated > 0
    return Intervals(
        np.where(is_rated, center - half, 0.0),
        np.where(is_rated, share, np.nan),
        np.where(is_rated, center + half, 1.0),
    )


def rank_ideas(counts: RatingCounts, *, level: float = 0.9) -> IdeaRanking:
    """Rank ideas by the lower end of the interval of their agreement.

    An idea stands high when we can be fairly sure that many agree: many ratings help, but only
    if they agree. Ideas with the same lower end (to 12 decimals) are tied.

    Args:
        counts: ratings.
        level: of the interval, in 0..1.

    Returns:
        The ranking, with its ties.

    Raises:
        InputError: ``opinion.bad_level``, ``opinion.no_ideas``.

    Cost: O(ideas log ideas).
    Source: Miller (2009), How not to sort by average rating, for the lower end; the prior as
    in ``fit_prior``.

    >>> counts = RatingCounts(np.array([90, 1, 0, 0]), np.array([10, 0, 0, 0]), np.zeros(4, int))
    >>> rank_ideas(counts).order
    ((0,), (1,), (2, 3))
    """
    if counts.agree.size == 0:
        raise InputError("opinion.no_ideas")
    prior = fit_prior(counts)
    intervals = agreement_interval(counts, prior, level=level)
    return IdeaRanking(_tied_order(intervals.low.round(12).tolist()), intervals, prior)


def _tied_order(values: Sequence[float]) -> tuple[tuple[int, ...], ...]:
    ideas: dict[float, list[int]] = {}
    for idea, value in enumerate(values):
        ideas.setdefault(value, []).append(idea)
    return tuple(tuple(ideas[value]) for value in sorted(ideas, reverse=True))


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise InputError("opinion.bad_level", level=level)
