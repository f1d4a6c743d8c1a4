"""Somebody comes unexpected: a seat in every round to come, and nobody else moves."""

from collections.abc import Mapping, Sequence

import numpy as np

from burgertop.core.errors import InfeasibleError
from burgertop.core.seating.annealing import LAST_REPEAT
from burgertop.core.seating.hall import NOWHERE, Hall, Ints, hall_of, places_of
from burgertop.core.seating.people import Person, Table
from burgertop.core.seating.rules import Rules
from burgertop.core.seating.speech import speech_of
from burgertop.core.seating.start import counts_of

__all__ = ["seat_walk_in"]

EMPTY = 1000  # people too many that an empty table weighs: it stays empty while there is another


def seat_walk_in(
    person: Person,
    people: Sequence[Person],
    tables: Sequence[Table],
    rounds: Sequence[Mapping[int, Sequence[str]]],
    *,
    feature_names: Sequence[str],
    rules: Rules | None = None,
    begun: int = 0,
) -> tuple[int, ...]:
    """Find a free seat in every round not begun, by all rules, where it helps the balance most.

    Args:
        person: who came.
        people: the others who are here.
        tables: the tables.
        rounds: who sits where.
        feature_names: names of the features.
        rules: the rules of the day.
        begun: rounds that are over or under way.

    Returns:
        The number of a table for each round not begun.

    Raises:
        InputError: as ``hall_of``.
        InfeasibleError: ``seating.no_free_seat``: no free seat keeps all rules.

    Cost: O(people * (features + tables)).

    >>> nl = frozenset({"nl"})
    >>> people, tables = [Person("a", nl, ("m",)), Person("b", nl, ("w",))], [Table(1, 2, nl), Table(2, 2, nl)]
    >>> seat_walk_in(Person("c", nl, ("m",)), people, tables, [{1: ["a"], 2: ["b"]}], feature_names=["sex"])
    (2,)
    """
    hall = hall_of([*people, person], tables, feature_names=feature_names, rules=rules, rounds=len(rounds), before=())
    place = {one.id: number for number, one in enumerate(hall.people)}
    at = {table.number: number for number, table in enumerate(hall.tables)}
    table_of = places_of(rounds, place, at)
    newcomer = place[person.id]
    for number in range(begun, len(rounds)):
        table_of[number, newcomer] = _best_table(hall, table_of, number, newcomer)
    return tuple(hall.tables[table].number for table in table_of[begun:, newcomer].tolist())


def _best_table(hall: Hall, table_of: Ints, number: int, newcomer: int) -> int:
    row = table_of[number]
    there = row >= 0
    sizes = np.bincount(row[there], minlength=len(hall.tables))
    counts = counts_of(hall, row[np.newaxis])[0]
    counts[:, hall.class_of[newcomer]] += 1
    open_to = hall.may_person[newcomer] & (sizes < hall.seats)
    open_to &= speech_of(hall, 0).holds(np.arange(len(hall.tables)), counts)
    if hall.pins[number, newcomer] != NOWHERE:
        open_to &= np.arange(len(hall.tables)) == hall.pins[number, newcomer]
    mine = hall.groups[newcomer][hall.groups[newcomer] > 0]
    open_to[row[there & np.isin(hall.groups, mine).any(axis=1)]] = False
    block = [one for ids in hall.blocks if newcomer in ids for one in ids if one != newcomer]
    if block:
        open_to &= np.arange(len(hall.tables)) == row[block[0]]
    if not open_to.any():
        raise InfeasibleError("seating.no_free_seat", id=hall.people[newcomer].id, round=number + 1)
    costs = np.where(open_to, _costs(hall, row, sizes, newcomer), np.iinfo(np.int64).max)
    met = np.zeros(len(row), dtype=np.bool_)
    for another, other_row in enumerate(table_of):
        if another != number and other_row[newcomer] >= 0:
            met |= other_row == other_row[newcomer]
    again = np.bincount(row[there & met], minlength=len(hall.tables))
    costs[open_to] += (again * LAST_REPEAT * len(hall.people) + (sizes == 0) * EMPTY * len(hall.people))[open_to]
    return int(costs.argmin())


def _costs(hall: Hall, row: Ints, sizes: Ints, newcomer: int) -> Ints:
    """What one more person adds to the sum of |excess| at each table. Shape (T,)."""
    whole, there = len(hall.people), row >= 0
    excess = -np.outer(sizes, hall.value_sizes)
    np.add.at(excess, (row[there, np.newaxis], hall.codes[there]), whole)
    then = excess - hall.value_sizes
    then[:, hall.codes[newcomer]] += whole
    costs: Ints = ((np.abs(then) - np.abs(excess)) * hall.weights).sum(axis=1)
    return costs
