"""Agreement by origin: the drawn, the self-selected, the hall ... each apart, never added up."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion.ratings import RatingCounts

__all__ = ["agreement_share", "lowest_share"]


def agreement_share(
    ratings_by_origin: Mapping[str, RatingCounts], *, least_ratings: int = 10
) -> dict[str, NDArray[np.float64]]:
    """Tell for each origin which share of its ratings agrees with each idea.

    Args:
        ratings_by_origin: ratings of the same ideas, by where the people come from.
        least_ratings: an idea with fewer ratings from an origin has no share there.

    Returns:
        Origin to shape (ideas,), in 0..1, NaN where there are too few ratings. A pass is a
        rating that does not agree.

    Raises:
        ShapeError: ``opinion.ragged_origins``.
        InputError: ``opinion.bad_least_ratings``.

    Cost: O(origins * ideas).

    >>> drawn = RatingCounts(np.array([8, 2]), np.array([1, 0]), np.array([1, 0]))
    >>> agreement_share({"drawn": drawn})
    {'drawn': array([0.8, nan])}
    """
    if least_ratings < 1:
        raise InputError("opinion.bad_least_ratings", least=least_ratings)
    sizes = {counts.agree.size for counts in ratings_by_origin.values()}
    if len(sizes) > 1:
        raise ShapeError("opinion.ragged_origins", origins=tuple(sorted(ratings_by_origin)))
    return {
        origin: np.where(counts.rated >= least_ratings, counts.agree / np.maximum(counts.rated, 1), np.nan)
        for origin, counts in ratings_by_origin.items()
    }


def lowest_share(share_by_origin: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Tell for each idea the lowest of its shares: at least this share agrees everywhere.

    Args:
        share_by_origin: as from ``agreement_share``.

    Returns:
        Shape (ideas,); NaN where some origin has too few ratings, for then it is not known.

    Raises:
        InputError: ``opinion.no_origins``.

    Cost: O(origins * ideas).

    >>> lowest_share({"drawn": np.array([0.8, np.nan]), "online": np.array([0.6, 0.9])})
    array([0.6, nan])
    """
    if not share_by_origin:
        raise InputError("opinion.no_origins")
    lowest: NDArray[np.float64] = np.stack(list(share_by_origin.values())).min(axis=0)
    return lowest
