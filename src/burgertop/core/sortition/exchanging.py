"""Exchanges: two seats of a panel go to two other kinds of people who stand in the same rows in sum."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from burgertop.core.sortition.kinds import Floats, Ints, Kinds

__all__ = ["GRAIN", "Exchanges", "climbed", "climbers_of", "exchanges_of", "grained"]

MOST_KINDS, LARGEST = 2000, 40  # kinds in pairs; alike pairs kept of each
CELLS, FEW = 4_000_000, 1000  # panels times exchanges that are looked at in one step; never fewer exchanges
GRAIN = 1 << 30  # worth is counted in whole numbers up to this, so that sums of it are exact in whatever order
CLIMBS = 6
AT_ONCE, CLOSE = 40, 1e-9  # new panels taken in at once, or an eighth of the kinds


@dataclass(frozen=True, eq=False)
class Exchanges:
    """What two seats can turn into without changing a row.

    Args:
        leaving: shape (2, n): the kinds of the two who leave.
        entering: shape (2, n): the kinds of the two who enter, in the same rows as those who leave.
    """

    leaving: Ints
    entering: Ints


def exchanges_of(kinds: Kinds) -> Exchanges:
    """List the exchanges of two seats that change no row.

    Args:
        kinds: the kinds of people; those whose number is fixed exchange nothing.

    Returns:
        The exchanges; of more than 2,000 kinds only the first take part, and of more than 40 pairs
        that are alike only the first 40.

    Cost: O(T squared * log(T)): 0.01 s for 300 kinds, 1 s for 2,000.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> found = exchanges_of(kinds_of(pool, Quotas(2, rows), Limits()))
    >>> found.leaving.T.tolist(), found.entering.T.tolist()
    ([[0, 3], [1, 2]], [[1, 2], [0, 3]])
    """
    live = np.flatnonzero(kinds.least < kinds.most)[:MOST_KINDS]
    one, other = (live[side] for side in np.triu_indices(len(live)))
    one, other = _without_doubles(kinds, one, other)
    rng = np.random.Generator(np.random.PCG64(0))
    mark_of = rng.integers(0, 1 << 62, len(kinds.row_lower) + 1, dtype=np.uint64)
    marks = mark_of[kinds.rows_of].sum(axis=1, dtype=np.uint64)
    marks = marks[one] + marks[other]
    order = np.argsort(marks, kind="stable")
    one, other, marks = one[order], other[order], marks[order]
    first = np.flatnonzero(np.append(True, marks[1:] != marks[:-1])) if len(marks) else order
    sizes = np.minimum(np.diff(np.append(first, len(marks))), LARGEST)
    leaving, entering = [first[:0]], [first[:0]]
    for size in np.unique(sizes[sizes > 1]):
        alike = first[sizes == size][:, None] + np.arange(size)
        here, there = np.nonzero(~np.eye(size, dtype=np.bool_))
        leaving.append(alike[:, here].ravel())
        entering.append(alike[:, there].ravel())
    out, into = np.concatenate(leaving), np.concatenate(entering)
    is_exact = _rows_of_pairs(kinds, one[out], other[out]) == _rows_of_pairs(kinds, one[into], other[into])
    out, into = out[is_exact.all(axis=(0, 2))], into[is_exact.all(axis=(0, 2))]
    return Exchanges(np.stack([one[out], other[out]]), np.stack([one[into], other[into]]))


def _without_doubles(kinds: Kinds, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Leave out pairs of one kind that has only one seat."""
    is_pair = (one != other) | (kinds.most[one] > 1)
    return one[is_pair], other[is_pair]


def _rows_of_pairs(kinds: Kinds, one: Ints, other: Ints) -> Ints:
    """List the rows of both of each pair, the lower first, shape (2, pairs, F)."""
    first, second = kinds.rows_of[one], kinds.rows_of[other]
    return np.stack([np.minimum(first, second), np.maximum(first, second)])


def grained(worth: Floats) -> Floats:
    """Write worth as whole numbers of at most ``GRAIN``, so that its sums are the same on any processor.

    >>> grained(np.array([0.5, -1.0])).tolist()
    [536870912.0, -1073741824.0]
    """
    return np.asarray(np.rint(worth / max(float(np.abs(worth).max(initial=0)), 1e-150) * GRAIN))


def climbed(
    kinds: Kinds, exchanges: Exchanges, counts: Ints, worth: Floats, ask: Callable[[], None] | None = None
) -> Ints:
    """Let panels exchange seats as long as they gain worth, six times at most.

    Args:
        kinds: the kinds of people.
        exchanges: what may be exchanged.
        counts: shape (panels, T): people of each kind on each panel; left as it is.
        worth: shape (T,): what a seat of each kind is worth, as ``grained``.
        ask: called some times a second.

    Returns:
        Shape (panels, T).

    Cost: O(panels * exchanges), but no more than some million a step: the exchanges that gain most.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> kinds = kinds_of(pool, Quotas(2, rows), Limits())
    >>> climbed(kinds, exchanges_of(kinds), np.array([[1, 0, 0, 1]]), np.array([0.0, 1.0, 1.0, 0.0])).tolist()
    [[0, 1, 1, 0]]
    """
    gain = worth[exchanges.entering].sum(axis=0) - worth[exchanges.leaving].sum(axis=0)
    best = np.flatnonzero(gain > 0)
    many = max(FEW, CELLS // max(1, len(counts)))
    best = best[np.argsort(-gain[best], kind="stable")][:many]
    leaving, entering = exchanges.leaving[:, best], exchanges.entering[:, best]
    leaves = leaving[0], leaving[1] + len(kinds) * (leaving[0] == leaving[1])
    enters = entering[0], entering[1] + len(kinds) * (entering[0] == entering[1])
    climbing, moving = counts.copy(), np.arange(len(counts))
    for _ in range(CLIMBS):
        if not len(best) or not len(moving):
            break
        if ask is not None:
            ask()
        seated, room = climbing[moving] - kinds.least, kinds.most - climbing[moving]
        may_leave, may_enter = np.hstack([seated > 0, seated > 1]), np.hstack([room > 0, room > 1])
        is_possible = may_leave[:, leaves[0]] & may_leave[:, leaves[1]]
        is_possible &= may_enter[:, enters[0]]
        is_possible &= may_enter[:, enters[1]]
        choice = is_possible.argmax(axis=1)
        moves = is_possible[np.arange(len(moving)), choice]
        moving, choice = moving[moves], choice[moves]
        for side in (0, 1):
            climbing[moving, leaving[side, choice]] -= 1
            climbing[moving, entering[side, choice]] += 1
    return climbing


def climbers_of(
    kinds: Kinds,
    exchanges: Exchanges,
    counts: Ints,
    weights: Floats,
    worth: Floats,
    gain: float,
    ask: Callable[[], None] | None = None,
) -> Ints:
    """Let the panels of a mixture climb; keep new ones that are worth more than any known one, the best first.

    Args:
        kinds: the kinds of people.
        exchanges: what may be exchanged.
        counts: shape (panels, T): the known panels.
        weights: shape (panels,): how much of the mixture each is.
        worth: shape (T,): what a seat of each kind is worth, as ``grained``.
        gain: by how much a new panel must be worth more, in the same units.
        ask: called some times a second.

    Returns:
        Shape (new panels, T), possibly none; at most 40, or an eighth of the kinds.

    Cost: that of ``climbed``.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> kinds = kinds_of(pool, Quotas(2, rows), Limits())
    >>> known, worth = np.array([[1, 0, 0, 1]]), np.array([0.0, 1.0, 1.0, 0.0])
    >>> climbers_of(kinds, exchanges_of(kinds), known, np.ones(1), worth, 0.5).tolist()
    [[0, 1, 1, 0]]
    """
    values = counts.astype(np.float64) @ worth  # whole numbers: exact in whatever order
    known = float(values.max())
    climbing = climbed(kinds, exchanges, counts[(weights > CLOSE) | (values >= known - gain)], worth, ask)
    values = climbing.astype(np.float64) @ worth
    order = np.argsort(-values, kind="stable")
    climbing = climbing[order[values[order] > known + gain]]
    first = np.sort(np.unique(climbing, axis=0, return_index=True)[1])
    return climbing[first[: max(AT_ONCE, len(kinds) // 8)]]
