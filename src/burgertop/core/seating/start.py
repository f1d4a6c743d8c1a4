"""A first seating of all rounds that keeps every rule, or the news that there is none."""

from dataclasses import dataclass

import numpy as np

from burgertop.core.seating.dealing import deal, part
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints
from burgertop.core.seating.opening import open_round
from burgertop.core.seating.speech import LEVELS, Speech, speech_of

__all__ = ["Start", "counts_of", "start_of", "strictest"]

TRIES = 6


@dataclass(frozen=True, eq=False)
class Start:
    """A first seating.

    Args:
        table_of: shape (R, n); a table for everybody in each round.
        speech: the rule against lone speakers, as strict as this seating keeps it.

    >>> Start(np.zeros((1, 1), dtype=np.int64), None).table_of.shape
    (1, 1)
    """

    table_of: Ints
    speech: Speech


def start_of(hall: Hall, rng: np.random.Generator) -> Start | None:
    """Seat everybody in every round by the rules.

    Pinned people and people who sit together get their tables first, the others by ``open_round``
    and ``deal``; who must part then swaps with somebody alike.

    Args:
        hall: the hall.
        rng: all the chance there is.

    Returns:
        The start; None when none was found. There may be one all the same: the exact search is in ``exact``.

    Cost: as ``open_round`` and ``deal`` for each round, six times at most.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl, fr = frozenset({"nl"}), frozenset({"fr"})
    >>> people = [Person("a", nl, ()), Person("b", fr, ()), Person("c", nl | fr, ())]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 1, fr)], feature_names=[])
    >>> start_of(hall, np.random.Generator(np.random.PCG64(1))).table_of.tolist()
    [[0, 1, 0]]
    """
    rows: list[Ints] = []
    for number in range(hall.rounds):
        found = (_round_of(hall, number, rng, is_tight=nth % 2 > 0) for nth in range(TRIES))
        row = next((one for one in found if one is not None), None)
        if row is None:
            return None
        rows.append(row)
    table_of = np.array(rows)
    return Start(table_of, strictest(hall, table_of))


def strictest(hall: Hall, table_of: Ints) -> Speech:
    """Find the strictest form of the rule against lone speakers that a seating keeps.

    Args:
        hall: the hall.
        table_of: shape (R, n); a table for everybody in each round.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> hall = hall_of([Person("a", frozenset({"nl"}), ())], [Table(1, 1, frozenset({"nl"}))], feature_names=[])
    >>> int(strictest(hall, np.array([[0]])).least.sum())
    0
    """
    mixed = np.flatnonzero(hall.is_mixed)
    for level in LEVELS:
        speech = speech_of(hall, level)
        if all(speech.holds(mixed, counts[mixed]).all() for counts in counts_of(hall, table_of)):
            return speech
    return speech_of(hall, 0)


def counts_of(hall: Hall, table_of: Ints) -> Ints:
    """Count people of each class at each table. Shape (R, T, C).

    Args:
        hall: the hall.
        table_of: shape (R, n); tables, or numbers below 0 for people without one.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> hall = hall_of([Person("a", frozenset({"nl"}), ())], [Table(1, 1, frozenset({"nl"}))], feature_names=[])
    >>> counts_of(hall, np.array([[0], [NOWHERE]])).tolist()
    [[[1]], [[0]]]
    """
    counts = np.zeros((len(table_of), len(hall.tables), len(hall.may)), dtype=np.int64)
    for number, row in enumerate(table_of):
        there = row >= 0
        np.add.at(counts[number], (row[there], hall.class_of[there]), 1)
    return counts


def _round_of(hall: Hall, number: int, rng: np.random.Generator, *, is_tight: bool) -> Ints | None:
    """A round in which nobody shares a table with somebody from whom they should be apart, if it was found."""
    fixed = _fixed(hall, number, rng)
    if fixed is None:
        return None
    seated = counts_of(hall, fixed[np.newaxis])[0]
    waiting = np.bincount(hall.class_of[fixed == NOWHERE], minlength=len(hall.may))
    mixed = np.flatnonzero(hall.is_mixed)
    for level in (1, 0) if len(mixed) else (0,):
        speech = speech_of(hall, level)
        opening = open_round(hall, waiting, seated, speech, rng)
        if opening is None:
            continue
        dealt = deal(hall, opening, fixed, speech, rng, is_tight=is_tight)
        if speech_of(hall, 0).holds(mixed, counts_of(hall, dealt[np.newaxis])[0][mixed]).all():
            return None if part(hall, dealt, fixed, rng) else dealt
    return None


def _fixed(hall: Hall, number: int, rng: np.random.Generator) -> Ints | None:
    """Give pinned people and those who sit together their tables."""
    fixed: Ints = hall.pins[number].copy()
    free = hall.seats - np.bincount(fixed[fixed >= 0], minlength=len(hall.tables))
    if (free < 0).any() or not hall.may_person[fixed >= 0, fixed[fixed >= 0]].all():
        return None
    for block in sorted(hall.blocks, key=lambda ids: (-len(ids), ids)):
        members = np.array(block)
        at = set(fixed[members].tolist()) - {NOWHERE}
        if len(at) > 1:
            return None
        missing = members[fixed[members] == NOWHERE]
        open_to = hall.may_person[members].all(axis=0) & (free >= len(missing)) & _apart(hall, fixed, members)
        if at:
            open_to &= np.arange(len(free)) == at.pop()
        choices = np.flatnonzero(open_to)
        if not len(choices):
            return None
        # the narrowest tables of the hall are left to those who have no other
        crowd = hall.may[:, choices].sum(axis=0) if rng.random() < 0.5 else np.zeros(len(choices))
        table = choices[np.lexsort((rng.random(len(choices)), -free[choices], -crowd))[0]]
        fixed[missing] = table
        free[table] -= len(missing)
    return fixed


def _apart(hall: Hall, fixed: Ints, members: Ints) -> Bools:
    """Tell at which tables nobody sits from whom one of these people must be apart. Shape (T,)."""
    mine = hall.groups[members][hall.groups[members] > 0]
    there = np.flatnonzero((fixed >= 0) & np.isin(hall.groups, mine).any(axis=1))
    apart = np.ones(len(hall.tables), dtype=np.bool_)
    apart[[table for one, table in zip(there.tolist(), fixed[there].tolist(), strict=True) if one not in members]] = (
        False
    )
    return apart
