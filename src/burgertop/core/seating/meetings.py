"""Who meets whom: repeated meetings in a plan, and how many no plan can avoid."""

import numpy as np

from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints

__all__ = ["forced_repeats", "repeats_in"]


def repeats_in(table_of: Ints, met: Ints | None = None) -> int:
    """Count meetings beyond the first of each pair of people.

    Args:
        table_of: shape (R, n); a table for everybody in each round.
        met: shape (B, n); rounds held before: only repeats in the planned rounds are counted.

    >>> repeats_in(np.array([[0, 0, 1], [0, 0, 1], [1, 1, 1]]))
    2
    >>> repeats_in(np.array([[0, 0, 1]]), met=np.array([[5, 5, 6]]))
    1
    """
    total = 0
    rows = [] if met is None else list(met)
    for row in table_of:
        order = np.argsort(row, kind="stable")
        starts = np.flatnonzero(np.diff(row[order], prepend=row[order[0]] - 1))
        for members in np.split(order, starts[1:]):
            again = np.zeros((len(members), len(members)), dtype=np.bool_)
            for earlier in rows:
                again |= earlier[members][:, np.newaxis] == earlier[members]
            total += (int(again.sum()) - int(np.trace(again))) // 2
        rows.append(row)
    return total


def forced_repeats(hall: Hall, table_of: Ints) -> int:
    """Count repeated meetings that no plan for these rounds can avoid.

    Proof. Let m be how often a pair meets; its repeats are max(0, m - 1). Take people U who can sit
    only at tables J. (1) In each round at least E pairs of U meet, where E is the least sum of pairs
    when |U| people are spread over J within its seats; so the repeats within U are at least
    R E - |U| (|U| - 1) / 2. (2) In two rounds each of U has one of |J| * |J| pairs of tables, and two
    people with the same pair of tables meet twice: at least D such pairs, when |U| people are spread
    evenly over them. Since m <= R, m - 1 >= (2 / R) * m (m - 1) / 2, and the sum over all pairs of
    m (m - 1) / 2 counts pairs that meet in two given rounds: at least R (R - 1) / 2 * D. So the
    repeats within U are at least (R - 1) D. Disjoint sets U have no pair in common: their bounds add
    up. Those who must sit together in every round meet R times: R - 1 repeats for each such pair;
    they are left out of the sets U, and so are people pinned to a table.

    Args:
        hall: the hall.
        table_of: shape (R, n); only the number of rounds counts.

    Returns:
        A number that the repeats of every plan reach.

    Cost: O(classes squared * tables).
    Source: own.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl, de = frozenset({"nl"}), frozenset({"de"})
    >>> people = [Person(one, de, ()) for one in "ab"] + [Person(one, nl, ()) for one in "cdefgh"]
    >>> tables = [Table(1, 3, nl | de), *(Table(one, 3, nl) for one in range(2, 9))]
    >>> forced_repeats(hall_of(people, tables, feature_names=[], rounds=3), np.zeros((3, 8)))
    2
    """
    rounds = len(table_of)
    pinned = (hall.pins != NOWHERE).any(axis=0)
    total, bound = _fixed_meetings(hall, pinned)
    free = ~pinned
    free[bound] = False
    sizes = np.bincount(hall.class_of[free], minlength=len(hall.may))
    left = sizes > 0
    best: dict[bytes, int] = {}
    own = 0
    for column in sorted((row for row in np.unique(hall.may, axis=0)), key=lambda row: (int(row.sum()), row.tolist())):
        inside = left & (~hall.may | column).all(axis=1)
        own = max(own, _within(int(sizes[inside].sum()), hall.seats[column], rounds))
        alone = _within(int(sizes[inside].sum()), hall.seats[column], rounds)
        if alone:
            best[column.tobytes()] = alone
            left &= ~inside
    whole = _within(int(sizes.sum()), hall.seats, rounds)
    return total + max(sum(best.values()), own, whole)


def _fixed_meetings(hall: Hall, pinned: Bools) -> tuple[int, list[int]]:
    """Count repeats of those who sit together; who they are."""
    bound = [one for block in hall.blocks for one in block]
    pairs = sum(len(block) * (len(block) - 1) // 2 for block in hall.blocks)
    pins = np.where(hall.pins == NOWHERE, -2 - np.arange(len(pinned)), hall.pins)
    loose = pinned.copy()
    loose[bound] = False
    among = pins[:, loose]
    return pairs * (hall.rounds - 1) + (repeats_in(among) if among.shape[1] else 0), bound


def _within(people: int, seats: Ints, rounds: int) -> int:
    cells = len(seats) ** 2
    each, more = divmod(people, max(cells, 1))
    twice = (rounds - 1) * (cells * (each * (each - 1) // 2) + more * each)
    return max(0, twice, rounds * _least_pairs(people, seats) - people * (people - 1) // 2)


def _least_pairs(people: int, seats: Ints) -> int:
    """The least pairs at one table when people are spread evenly within the seats."""
    if people > seats.sum():
        return 0
    nth = np.concatenate([np.arange(many) for many in seats])
    return int(np.sort(nth)[:people].sum())
