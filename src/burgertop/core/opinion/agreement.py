"""How far coders agree who put the same cards into clusters, each without seeing the other: Krippendorff's alpha."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError, ShapeError

__all__ = ["MISSING", "Agreement", "agreement_of", "codes_of", "krippendorff_alpha", "pair_agreement"]

MISSING = -1
_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Agreement:
    """What coders agree on, with how sure it is.

    Args:
        alpha: Krippendorff's alpha: 1 they always agree, 0 as often as by chance, below 0 less
            often; None when every code is the same, for then chance explains everything and
            nothing at all.
        low, high: the interval of alpha; None when alpha is None.
        share: the share of pairs of codes on one card that agree, in 0..1, chance included.
        share_by_code: for each code the share of its pairs with another coder's code that
            agree; NaN for a code that is in no pair.
        cards: how many cards have two codes or more.
        codes: how many codes stand on these cards.

    >>> agreement_of(np.array([[0, 1, 1, 0], [0, 1, 0, 0]]), rng=np.random.default_rng(1)).share
    0.75
    """

    alpha: float | None
    low: float | None
    high: float | None
    share: float
    share_by_code: tuple[float, ...]
    cards: int
    codes: int


def codes_of(labels: Sequence[Sequence[Hashable | None]]) -> tuple[NDArray[np.int64], list[Hashable]]:
    """Number labels of any kind, such as the ids of clusters.

    Args:
        labels: for each coder a label for each card; None where the coder gave none.

    Returns:
        Codes of shape (coders, cards), ``MISSING`` where there is none, and the labels in the
        order of their numbers: as they are first met.

    Raises:
        ShapeError: ``opinion.ragged_codes``.

    Cost: O(codes).

    >>> codes_of([["care", "rail", None], ["care", "care", "rail"]])
    (array([[ 0,  1, -1],
           [ 0,  0,  1]]), ['care', 'rail'])
    """
    if len({len(row) for row in labels}) > 1:
        raise ShapeError("opinion.ragged_codes", lengths=tuple(str(len(row)) for row in labels))
    number_of: dict[Hashable, int] = {}
    codes = [
        [MISSING if label is None else number_of.setdefault(label, len(number_of)) for label in row] for row in labels
    ]
    return np.array(codes, dtype=np.int64).reshape(len(labels), -1), list(number_of)


def krippendorff_alpha(codes: NDArray[np.int64]) -> float | None:
    """Measure how far coders agree beyond chance; codes are names without an order.

    Alpha is 1 - observed / expected disagreement. Cards with fewer than two codes are left out.
    On a card with m codes each pair of codes counts 1 / (m - 1), so each code weighs the same.

    Args:
        codes: shape (coders, cards); numbers from 0, ``MISSING`` where a coder gave none.

    Returns:
        Alpha, at most 1; None when all codes that can be paired are the same.

    Raises:
        InputError: ``opinion.bad_code``, ``opinion.nothing_to_pair``.

    Cost: O(coders * cards + cards * codes).
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of
    Pennsylvania; Hayes and Krippendorff (2007), Answering the call for a standard reliability
    measure for coding data, Communication Methods and Measures 1(1), 77-89.

    >>> krippendorff_alpha(np.array([[0, 1, 1, 0], [0, 1, 0, 0]])).__round__(3)
    0.533
    """
    return _alpha_of(_paired(codes))


def pair_agreement(codes: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
    """Tell which share of the pairs of codes on one card agree, over all and for each code.

    Args:
        codes: as for ``krippendorff_alpha``.

    Returns:
        The share of all pairs, and shape (highest code + 1,): for each code the chance that
        another coder of the same card gives it too; NaN for a code that is in no pair.

    Raises:
        InputError: ``opinion.bad_code``, ``opinion.nothing_to_pair``.

    Cost: O(coders * cards + cards * codes).
    Source: the diagonal of the coincidences over their rows, Krippendorff (2011); for each code
    as Spitzer and Fleiss (1974), A re-analysis of the reliability of psychiatric diagnosis,
    British Journal of Psychiatry 125, 341-347.

    >>> share, by_code = pair_agreement(np.array([[0, 1, 1, 0], [0, 1, 0, 0]]))
    >>> share, by_code.round(3)
    (0.75, array([0.8  , 0.667]))
    """
    counts = _paired(codes)
    weights = 1 / (counts.sum(axis=1) - 1)
    agree = (weights[:, None] * counts * (counts - 1)).sum(axis=0)
    totals = counts.sum(axis=0)
    by_code = np.divide(agree, totals, out=np.full(totals.size, np.nan), where=totals > 0)
    return float(agree.sum() / totals.sum()), by_code


def agreement_of(
    codes: NDArray[np.int64], *, rng: np.random.Generator, draws: int = 2000, level: float = 0.95
) -> Agreement:
    """Measure agreement and how sure it is, by drawing the cards anew with replacement.

    The interval spans the middle of the alphas of many redrawn sets of cards; sets in which all
    codes are the same have none and are left out. With few cards it is a little too narrow, and
    when the coders agree on every card it has no width at all: then tell the number of cards.

    Args:
        codes: as for ``krippendorff_alpha``.
        rng: source of chance.
        draws: how many sets are drawn.
        level: share of the alphas inside the interval, between 0 and 1.

    Raises:
        InputError: ``opinion.bad_code``, ``opinion.nothing_to_pair``, ``opinion.bad_draws``,
            ``opinion.bad_level``.

    Cost: O(draws * cards * codes).
    Source: cards as the units drawn: Zapf, Castell, Morawietz and Karch (2016), Measuring
    inter-rater reliability for nominal data: which coefficients and confidence intervals are
    appropriate?, BMC Medical Research Methodology 16, 93. The way of Hayes and Krippendorff
    (2007) draws pairs of codes as if those on one card had nothing to do with each other.

    >>> found = agreement_of(np.array([[0, 1, 1, 0, 1] * 9, [0, 1, 0, 0, 1] * 9]), rng=np.random.default_rng(1))
    >>> round(found.alpha, 2), found.low < found.alpha < found.high, found.cards
    (0.6, True, 45)
    """
    if draws < 1:
        raise InputError("opinion.bad_draws", draws=draws)
    if not 0 < level < 1:
        raise InputError("opinion.bad_level", level=level)
    counts = _paired(codes)
    share, by_code = pair_agreement(codes)
    alpha = _alpha_of(counts)
    low = high = None
    if alpha is not None:
        ends = np.nanquantile(_redrawn(counts, draws, rng), [(1 - level) / 2, (1 + level) / 2])
        low, high = float(ends[0]), float(ends[1])
    return Agreement(alpha, low, high, share, tuple(by_code.tolist()), counts.shape[0], int(counts.sum()))


def _redrawn(counts: NDArray[np.int64], draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Alphas of sets of cards drawn with replacement. Shape (draws,); NaN where all codes are the same."""
    cards = counts.shape[0]
    agree = (counts * (counts - 1)).sum(axis=1) / (counts.sum(axis=1) - 1)
    alphas = np.empty(draws)
    for start in range(0, draws, _CHUNK):
        times = rng.multinomial(cards, np.full(cards, 1 / cards), size=min(_CHUNK, draws - start))
        alphas[start : start + _CHUNK] = _alphas(times @ agree, (times @ counts).astype(np.float64))
    return alphas


def _alpha_of(counts: NDArray[np.int64]) -> float | None:
    agree = ((counts * (counts - 1)).sum(axis=1) / (counts.sum(axis=1) - 1)).sum()
    alpha = float(_alphas(np.array([agree]), counts.sum(axis=0, keepdims=True).astype(np.float64))[0])
    return None if np.isnan(alpha) else alpha


def _alphas(agree: NDArray[np.float64], totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha from the agreeing coincidences, shape (sets,), and how often each code stands there, (sets, codes)."""
    codes = totals.sum(axis=1)
    differing = codes - agree
    expected = (codes**2 - (totals**2).sum(axis=1)) / (codes - 1)
    alphas: NDArray[np.float64] = 1 - np.divide(
        differing, expected, out=np.full(codes.size, np.nan), where=expected > 0
    )
    return alphas


def _paired(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often each code stands on each card that has two or more. Shape (such cards, highest code + 1)."""
    if codes.ndim != 2 or not np.issubdtype(codes.dtype, np.integer) or (codes < MISSING).any():
        raise InputError("opinion.bad_code")
    cards = codes.shape[1]
    width = max(0, int(codes.max(initial=MISSING))) + 1
    is_given = codes != MISSING
    places = np.broadcast_to(np.arange(cards), codes.shape)[is_given] * width + codes[is_given]
    counts: NDArray[np.int64] = np.bincount(places, minlength=cards * width).reshape(cards, width)
    counts = counts[counts.sum(axis=1) >= 2]
    if not counts.size:
        raise InputError("opinion.nothing_to_pair")
    return counts
