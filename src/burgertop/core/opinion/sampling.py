"""A blind sample of cards for a second coder, spread over the clusters."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError

__all__ = ["Sample", "sample_spread"]

Card = TypeVar("Card", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sample(Generic[Card]):
    """Cards drawn for a second coder.

    Args:
        cards: the cards in an order by chance, which gives away nothing about their clusters.
        chances: for each of them the chance it had to be drawn, in 0..1; one in k means it
            stands for k cards.

    >>> Sample(("a", "b"), (0.5, 0.5)).cards
    ('a', 'b')
    """

    cards: tuple[Card, ...]
    chances: tuple[float, ...]


def sample_spread(clusters: Mapping[Hashable, Sequence[Card]], size: int, rng: np.random.Generator) -> Sample[Card]:
    """Draw cards so that every cluster is seen and large ones more often.

    If the sample has room, each cluster gives at least one card and the rest goes by their
    sizes; a sample smaller than the number of clusters goes by sizes alone. What is not a whole
    number is rounded by chance, so that each card has exactly the chance told. Within a cluster
    all cards have the same chance.

    Args:
        clusters: cluster to its cards; empty clusters are passed over.
        size: how many cards to draw; all if there are not so many.
        rng: source of chance.

    Returns:
        The sample, ``size`` cards or all.

    Raises:
        InputError: ``opinion.bad_sample_size``, ``opinion.doubled_card``.

    Cost: O(cards + clusters^2).
    Source: rounding by systematic draws: Madow (1949), On the theory of systematic sampling,
    II, Annals of Mathematical Statistics 20(3), 333-354.

    >>> drawn = sample_spread({"care": range(100, 108), "rail": [1, 2]}, 5, np.random.default_rng(4))
    >>> drawn.cards, drawn.chances
    ((106, 105, 2, 104, 100), (0.5, 0.5, 0.5, 0.5, 0.5))
    """
    if size < 1:
        raise InputError("opinion.bad_sample_size", size=size)
    filled = [list(cards) for cards in clusters.values() if len(cards)]
    everything = [card for cards in filled for card in cards]
    if len(set(everything)) < len(everything):
        raise InputError("opinion.doubled_card")
    if size >= len(everything):
        return Sample(tuple(everything[place] for place in rng.permutation(len(everything))), (1.0,) * len(everything))
    sizes = np.array([len(cards) for cards in filled])
    shares = _shares(sizes, size)
    order = rng.permutation(len(filled))
    ends = np.floor(np.concatenate(([0.0], shares[order].cumsum())).round(9) + rng.random())
    counts = np.diff(ends).astype(np.int64)
    drawn = [
        (filled[cluster][place], float(shares[cluster] / sizes[cluster]))
        for cluster, count in zip(order.tolist(), counts.tolist(), strict=True)
        for place in rng.choice(len(filled[cluster]), count, replace=False).tolist()
    ]
    mixed = [drawn[place] for place in rng.permutation(len(drawn))]
    return Sample(tuple(card for card, _ in mixed), tuple(chance for _, chance in mixed))


def _shares(sizes: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """How many cards each cluster gives on average, adding up to the size. Shape (clusters,).

    By size, but one at least where there is room for it: clusters too small for their one are
    set to one, and the others share what is left, until none is too small.
    """
    if size < sizes.size:
        by_size: NDArray[np.float64] = sizes * (size / sizes.sum())
        return by_size
    shares = np.ones(sizes.size)
    is_open = np.ones(sizes.size, dtype=np.bool_)
    while is_open.any():
        rate = (size - (~is_open).sum()) / sizes[is_open].sum()
        is_small = is_open & (sizes * rate < 1)
        if not is_small.any():
            shares[is_open] = sizes[is_open] * rate
            break
        is_open &= ~is_small
    return shares
