"""Seat a round: everybody where they are understood, households apart, tables that mirror."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError
from burgertop.core.seating.balance import Room, balance_of, improve, shuffle
from burgertop.core.seating.people import Person, Plan, Table, check_round
from burgertop.core.seating.start import first_seating

__all__ = ["seat_round"]


def seat_round(
    people: Sequence[Person],
    tables: Sequence[Table],
    *,
    feature_names: Sequence[str],
    rng: np.random.Generator,
    swaps: int = 5_000,
) -> Plan:
    """Seat everybody for one round.

    Never broken: seats of a table, a language in common, step-free access. Broken as little as
    can be, and then told in ``Plan.together``: people of one household at different tables.
    Tables are filled evenly. Then people swap seats so that each table mirrors all the people;
    the mirror is good, not proven the best. Name the language as a feature too if mixed tables
    shall be mixed.

    Args:
        people: the people to be seated.
        tables: the tables.
        feature_names: names of the features, as many as each person has values.
        rng: all the chance there is; the same ``rng`` gives the same plan.
        swaps: how many times somebody is offered a swap, at most.

    Returns:
        The plan; every table is named, also one that stays empty.

    Raises:
        InputError: ``seating.negative_swaps`` and as ``check_round``.
        InfeasibleError: as ``first_seating``: when it is raised, no seating exists.

    Cost: one linear program and O(swaps * people * features); 1-2 s for 704 people, 81 tables.
    Source: own; the first seating as in ``first_seating``, swaps as in ``improve``.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> tables = [Table(1, 2, nl), Table(2, 2, nl)]
    >>> seat_round(people, tables, feature_names=["sex"], rng=np.random.default_rng(1)).balance
    0.0
    """
    check_round(people, tables, feature_names)
    if swaps < 0:
        raise InputError("seating.negative_swaps", swaps=swaps)
    in_order = sorted(people, key=lambda person: person.id)
    by_number = sorted(tables, key=lambda table: table.number)
    room = Room(in_order, by_number, first_seating(in_order, by_number, rng))
    shuffle(room, rng)
    if feature_names:
        improve(room, rng, swaps)
    seated: dict[int, tuple[str, ...]] = {}
    for place, table in enumerate(by_number):
        here = np.flatnonzero(room.table_of == place)
        seated[table.number] = tuple(in_order[one].id for one in here)
    return Plan(seated, balance_of(seated, people), _together(in_order, room.table_of))


def _together(people: Sequence[Person], table_of: NDArray[np.intp]) -> tuple[tuple[str, ...], ...]:
    at: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for person, table in zip(people, table_of.tolist(), strict=True):
        if person.household:
            at[person.household, table].append(person.id)
    return tuple(sorted(tuple(ids) for ids in at.values() if len(ids) > 1))
