"""Groups of texts that say much the same in much the same words."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.opinion.similar import TextIndex

__all__ = ["Pair", "alike_groups", "alike_pairs"]

_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are alike: their numbers, the lower first, and how like, in 0..1.

    >>> Pair(1, 4, 0.8).share
    0.8
    """

    first: int
    second: int
    share: float


def alike_pairs(
    index: TextIndex, *, least_share: float = 0.5, among: Collection[int] | None = None
) -> tuple[Pair, ...]:
    """Find all pairs of texts that are at least so like each other.

    Args:
        index: the texts.
        least_share: how like at least, above 0 and at most 1.
        among: look at the texts with these numbers only; None: at all.

    Returns:
        The pairs, the most like first; equal ones by their numbers.

    Raises:
        InputError: ``opinion.bad_share``.

    Cost: O(texts * entries): every two texts are compared, 4.5 million pairs in about 1 s.

    >>> alike_pairs(TextIndex(["More trees", "Fewer cars", "more trees!"]))
    (Pair(first=0, second=2, share=1.0),)
    """
    if not 0 < least_share <= 1:
        raise InputError("opinion.bad_share", share=least_share)
    numbers = np.array(
        index.numbers if among is None else sorted({number for number in among if number in index}), dtype=np.int64
    )
    rows = index.vectors()[:, numbers].T.tocsr()
    found: list[Pair] = []
    for start in range(0, numbers.size, _CHUNK):
        shares = (rows[start : start + _CHUNK] @ rows[start:].T).tocoo()
        likeness = shares.data.round(12).clip(0.0, 1.0)
        is_pair = (shares.row < shares.col) & (likeness >= least_share)
        first, second = numbers[start + shares.row[is_pair]], numbers[start + shares.col[is_pair]]
        found += map(Pair, first.tolist(), second.tolist(), likeness[is_pair].tolist())
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.first, pair.second)))


def alike_groups(
    index: TextIndex, *, least_share: float = 0.5, among: Collection[int] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Group texts so that any two of a group are at least so like each other.

    Pairs are gone through from the most like on; two groups become one when each text of the
    one is like each text of the other. So there are no chains, in which the ends have nothing
    in common. A text stands in one group at most.

    Args:
        index: the texts.
        least_share: how like any two must be at least, above 0 and at most 1.
        among: look at the texts with these numbers only, such as the cards in no cluster yet;
            None: at all.

    Returns:
        Groups of two texts or more, the largest first, then by their lowest number; numbers
        ascending.

    Raises:
        InputError: ``opinion.bad_share``.

    Cost: that of ``alike_pairs`` + O(pairs * groups a group touches).
    Source: complete linkage: Sorensen (1948), A method of establishing groups of equal amplitude
    in plant sociology, Biologiske Skrifter 5(4); here pair by pair and without looking back.

    >>> texts = ["More trees here", "More trees there", "Fewer cars", "More trees", "Fewer cars, please"]
    >>> alike_groups(TextIndex(texts))
    ((0, 1, 3), (2, 4))
    """
    members = {copies[0]: copies for copies in _copies(index, among)}
    pairs = alike_pairs(index, least_share=least_share, among=members)
    group_of = {number: number for number in members}
    links: dict[int, dict[int, int]] = defaultdict(dict)  # how many pairs lie between two groups
    for pair in pairs:
        count = len(members[pair.first]) * len(members[pair.second])
        links[pair.first][pair.second] = links[pair.second][pair.first] = count
    for pair in pairs:
        kept, gone = sorted((group_of[pair.first], group_of[pair.second]))
        if kept == gone or links[kept][gone] < len(members[kept]) * len(members[gone]):
            continue
        for number in members[gone]:
            group_of[number] = kept
        members[kept] += members.pop(gone)
        del links[kept][gone]
        for other, count in links.pop(gone).items():
            if other != kept:
                del links[other][gone]
                links[kept][other] = links[other][kept] = links[kept].get(other, 0) + count
    groups = [tuple(sorted(group)) for group in members.values() if len(group) > 1]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _copies(index: TextIndex, among: Collection[int] | None) -> list[list[int]]:
    """Put texts with the same vector together, so that one sent in a thousand times is compared once.

    Texts without letters are left out: they are like nothing.
    """
    vectors = index.vectors().tocsc()
    copies: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for number in index.numbers if among is None else sorted({number for number in among if number in index}):
        entries = slice(vectors.indptr[number], vectors.indptr[number + 1])
        if entries.start < entries.stop:
            copies[vectors.indices[entries].tobytes(), vectors.data[entries].tobytes()].append(number)
    return list(copies.values())
