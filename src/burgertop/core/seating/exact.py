"""The exact search: whether a round that keeps every rule exists, by a program in whole numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints
from burgertop.core.seating.linear import Program
from burgertop.core.seating.speech import speech_of
from burgertop.core.seating.start import Start, strictest

__all__ = ["MOST_COLUMNS", "exact_round", "exact_start", "units_of"]

MOST_COLUMNS = 30_000
GAP = 0.05


@dataclass(frozen=True, slots=True)
class Unit:
    """People who are the same to the rules (``is_one`` False), or who move as one.

    >>> Unit((3, 5), is_one=True).people
    (3, 5)
    """

    people: tuple[int, ...]
    is_one: bool


def units_of(hall: Hall, number: int) -> list[Unit]:
    """Put people together whom the rules of a round do not tell apart.

    Args:
        hall: the hall.
        number: the round, from 0.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person(one, nl, ()) for one in "ab"], [Table(1, 2, nl)], feature_names=[])
    >>> units_of(hall, 0)
    [Unit(people=(0, 1), is_one=False)]
    """
    units = [Unit(block, is_one=True) for block in hall.blocks]
    taken = {one for block in hall.blocks for one in block}
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(len(hall.people)):
        if one in taken:
            continue
        if hall.pins[number, one] != NOWHERE or hall.groups[one].any():
            units.append(Unit((one,), is_one=True))
        else:
            alike[int(hall.class_of[one])].append(one)
    return units + [Unit(tuple(members), is_one=False) for members in alike.values()]


def exact_round(hall: Hall, number: int, *, is_even: bool = False) -> Ints | None:
    """Find a round that keeps every rule, or prove that there is none.

    Args:
        hall: the hall.
        number: the round, from 0.
        is_even: whether the tables should be filled about evenly.

    Returns:
        Shape (n,); a table for everybody; None when there is none.

    Raises:
        CoreError: ``seating.no_start`` for halls that are too large for it; ``seating.solver_stopped``.

    Cost: an integer program with units * tables columns.
    Source: Wolsey (2020), Integer Programming, chapter 1.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (), "h") for one in "ab"]
    >>> exact_round(hall_of(people, [Table(1, 2, nl)], feature_names=[]), 0) is None
    True
    >>> sorted(exact_round(hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=[]), 0).tolist())
    [0, 1]
    """
    units = units_of(hall, number)
    if len(units) * len(hall.tables) > MOST_COLUMNS:
        raise CoreError("seating.no_start", people=len(hall.people), tables=len(hall.tables))
    program = Program()
    seats = [program.add_row(0, many) for many in hall.seats.tolist()]
    groups: dict[tuple[int, int], int] = {}
    rows = [program.add_row(number, number) for number in (1 if one.is_one else len(one.people) for one in units)]
    columns: dict[tuple[int, int], int] = {}
    for place, unit in enumerate(units):
        weight = len(unit.people) if unit.is_one else 1
        for table in np.flatnonzero(_open_to(hall, unit, number)).tolist():
            entries = [(rows[place], 1.0), (seats[table], float(weight))]
            for group in np.unique(hall.groups[list(unit.people)]) if unit.is_one else ():
                if group:
                    if (int(group), table) not in groups:
                        groups[int(group), table] = program.add_row(0, 1)
                    times = int((hall.groups[list(unit.people)] == group).sum())
                    entries.append((groups[int(group), table], float(times)))
            most = 1 if unit.is_one else len(unit.people)
            columns[place, table] = program.add_column(0, 0, most, entries, is_whole=True)
    _add_speech(program, hall, units, columns)
    if is_even:
        _add_evenness(program, hall, seats)
    found = program.solved(gap=GAP)
    return None if found is None else _seated(hall, units, columns, found)


def exact_start(hall: Hall) -> Start | None:
    """Find all rounds by the exact search; None when some round has no seating.

    Args:
        hall: the hall.

    Raises:
        CoreError: as ``exact_round``.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (), "h") for one in "ab"]
    >>> exact_start(hall_of(people, [Table(1, 2, nl)], feature_names=[])) is None
    True
    """
    rows: list[Ints] = []
    for number in range(hall.rounds):
        same = next((at for at in range(number) if (hall.pins[at] == hall.pins[number]).all()), None)
        found = exact_round(hall, number, is_even=True) if same is None else rows[same]
        if found is None:
            return None
        rows.append(found)
    table_of = np.array(rows)
    return Start(table_of, strictest(hall, table_of))


def _open_to(hall: Hall, unit: Unit, number: int) -> Bools:
    members = list(unit.people)
    open_to: Bools = np.asarray(hall.may_person[members].all(axis=0))
    for one in members if unit.is_one else ():
        if hall.pins[number, one] != NOWHERE:
            open_to = open_to & (np.arange(len(open_to)) == hall.pins[number, one])
    return open_to


def _add_speech(program: Program, hall: Hall, units: Sequence[Unit], columns: dict[tuple[int, int], int]) -> None:
    """Whoever is alone with a language at a table has company: a whole number tells whether anybody is."""
    speech = speech_of(hall, 0)
    for table in np.flatnonzero(hall.is_mixed).tolist():
        there = [(place, columns[place, table]) for place in range(len(units)) if (place, table) in columns]
        for language in np.flatnonzero(speech.alone[table].any(axis=0)).tolist():
            company, alone = program.add_row(0, np.inf), program.add_row(-np.inf, 0)
            for place, column in there:
                members = units[place].people if units[place].is_one else units[place].people[:1]
                for row, part in ((company, speech.counted), (alone, speech.alone)):
                    if many := int(part[table, hall.class_of[list(members)], language].sum()):
                        program.join(column, row, many)
            needed, most = int(speech.company[table, language]), int(hall.seats[table])
            program.add_column(0, 0, 1, [(company, -needed), (alone, -most)], is_whole=True)


def _add_evenness(program: Program, hall: Hall, seats: Sequence[int]) -> None:
    for table, row in enumerate(seats):
        program.rows[row] = (0, 0)
        for nth in range(1, int(hall.seats[table]) + 1):
            program.add_column(2 * nth - 1, 0, 1, [(row, -1)])


def _seated(hall: Hall, units: Sequence[Unit], columns: dict[tuple[int, int], int], found: np.ndarray) -> Ints:
    table_of = np.full(len(hall.people), NOWHERE, dtype=np.int64)
    waiting = {place: list(unit.people) for place, unit in enumerate(units)}
    for (place, table), column in columns.items():
        many = round(float(found[column])) * (len(units[place].people) if units[place].is_one else 1)
        for _ in range(many):
            table_of[waiting[place].pop()] = table
    return table_of
