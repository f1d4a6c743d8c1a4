"""Weights for panels, so that every kind of people sits exactly as often as it should on average."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from burgertop.core.sortition.kinds import Floats
from burgertop.core.sortition.steady import smallest_step

__all__ = ["Mixture", "counts_of", "mixture_of"]

ROUNDS = 40  # of leaving out panels with negative weights


@dataclass(frozen=True, eq=False)
class Mixture:
    """Weights of panels.

    Args:
        weights: shape (panels,): nonnegative, of sum 1.
        gap: largest relative difference between what a kind gets and what it should get.
    """

    weights: Floats
    gap: float


def counts_of(seats: NDArray[np.int32], kinds: int) -> csr_array:
    """Count the kinds on each panel, shape (panels, kinds).

    Args:
        seats: shape (panels, seats): kind of every seat.
        kinds: number of kinds.

    Cost: O(panels * seats).

    >>> counts_of(np.array([[0, 2], [1, 1]], dtype=np.int32), 3).toarray().astype(int).tolist()
    [[1, 0, 1], [0, 2, 0]]
    """
    panels, number = seats.shape
    indptr = np.arange(0, panels * number + 1, number)
    counts = csr_array((np.ones(panels * number), seats.ravel(), indptr), shape=(panels, kinds))
    counts.sum_duplicates()
    return counts


def mixture_of(counts: csr_array, average: Floats, is_usable: NDArray[np.bool_]) -> Mixture:
    """Find weights close to equal ones that give every kind its average exactly.

    Start from equal weights of the panels that are usable; their averages are off by the
    rounding of the totals only. Add the smallest correction (in the sum of squares) that mends
    this. Panels whose weight would turn negative are left out, and again.

    Args:
        counts: shape (panels, kinds).
        average: shape (kinds,): seats each kind should have on average.
        is_usable: shape (panels,): panels that may have a weight above 0.

    Returns:
        The weights and how far they are from the averages.

    Cost: that of ``smallest_step`` per round, one round as a rule.

    >>> counts = counts_of(np.array([[0, 1], [0, 2], [1, 2]], dtype=np.int32), 3)
    >>> mixture_of(counts, np.array([0.75, 0.75, 0.5]), np.ones(3, dtype=bool)).weights.round(6).tolist()
    [0.5, 0.25, 0.25]
    """
    scale = np.where(average > 0, average, 1)
    kept = np.flatnonzero(is_usable)
    best = Mixture(np.full(counts.shape[0], 1 / counts.shape[0]), np.inf)
    for _ in range(ROUNDS):
        if not len(kept):
            break
        seats = csr_array(csr_array(counts[kept]).T.multiply(1 / scale[:, None]))
        rows = csr_array(vstack([seats, csr_array(np.ones((1, len(kept))))]))
        equal = np.full(len(kept), 1 / len(kept))
        weights = equal + smallest_step(rows, np.append(average / scale, 1.0) - rows @ equal)
        whole = np.zeros(counts.shape[0])
        whole[kept] = np.maximum(weights, 0) / np.maximum(weights, 0).sum()
        gap = float((np.abs(counts.T @ whole - average) / scale).max())
        if gap < best.gap:
            best = Mixture(whole, gap)
        if not (weights < 0).any():
            break
        kept = kept[weights >= 0]
    return best
