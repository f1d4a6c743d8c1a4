"""Which idea to show next: half to the ideas few have rated, half to those likely agreed with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion.ratings import RatingCounts, fit_prior

__all__ = ["FEW_RATINGS", "LIKELY_AGREED", "NextIdea", "next_idea"]

FEW_RATINGS, LIKELY_AGREED = "few_ratings", "likely_agreed"


@dataclass(frozen=True, slots=True)
class NextIdea:
    """The idea to show and why: ``"few_ratings"`` or ``"likely_agreed"``.

    >>> NextIdea(3, FEW_RATINGS).reason
    'few_ratings'
    """

    index: int
    reason: str


def next_idea(
    counts: RatingCounts,
    seen_by_me: NDArray[np.bool_],
    rng: np.random.Generator,
    *,
    floor: int = 3,
) -> NextIdea | None:
    """Choose the idea one person rates next.

    Among the ideas the person has not seen: while one has fewer than ``floor`` ratings, one of
    the least rated. Otherwise the toss of a coin decides between one of the least rated, each
    equally likely, and Thompson sampling: every idea gets a share drawn from its posterior, the
    largest is shown. So no idea is starved, and ideas near the top are known best.

    Args:
        counts: ratings so far; ideas that were shown and not rated do not count.
        seen_by_me: shape (ideas,); True for ideas this person rated, wrote or must not see.
        rng: all the chance there is.
        floor: least ratings of every idea before agreement decides anything.

    Returns:
        The idea and the reason; None when the person has seen all.

    Raises:
        ShapeError: ``opinion.ragged_mask``.
        InputError: ``opinion.negative_floor``.

    Cost: O(ideas).
    Source: Thompson (1933), On the likelihood that one unknown probability exceeds another,
    Biometrika 25(3/4), 285-294.

    >>> counts = RatingCounts(np.array([9, 2]), np.array([1, 0]), np.array([0, 0]))
    >>> nobody = np.zeros(2, dtype=np.bool_)
    >>> next_idea(counts, nobody, np.random.Generator(np.random.PCG64(1)))
    NextIdea(index=1, reason='few_ratings')
    """
    if seen_by_me.shape != counts.agree.shape:
        raise ShapeError("opinion.ragged_mask", ideas=counts.agree.size, mask=seen_by_me.size)
    if floor < 0:
        raise InputError("opinion.negative_floor", floor=floor)
    open_ideas = np.flatnonzero(~seen_by_me)
    if not len(open_ideas):
        return None
    rated = counts.rated[open_ideas]
    if rated.min() < floor or rng.random() < 0.5:
        least = open_ideas[rated == rated.min()]
        return NextIdea(int(rng.choice(least)), FEW_RATINGS)
    prior = fit_prior(counts)
    agree = counts.agree[open_ideas]
    drawn = rng.beta(prior.agree + agree, prior.other + rated - agree)
    return NextIdea(int(open_ideas[drawn.argmax()]), LIKELY_AGREED)
