"""Close tables and fill others with the fewest moves, when people are missing or unexpected."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints
from burgertop.core.seating.linear import Program
from burgertop.core.seating.speech import Speech, speech_of

__all__ = ["Closing", "close_tables", "floor_of_moves"]

SHORT = 20.0  # one person too few at an open table weighs more than the moves that mend it
GAP, NODES = 0.05, 10


@dataclass(frozen=True, eq=False)
class Closing:
    """What happens at each table.

    Args:
        closed: shape (T,); tables that nobody sits at any more.
        out: shape (T, C); people of each class who leave.
        into: shape (T, C); people of each class who come.

    >>> Closing(np.zeros(1, dtype=bool), np.zeros((1, 1)), np.zeros((1, 1))).closed.tolist()
    [False]
    """

    closed: Bools
    out: Ints
    into: Ints


@dataclass(frozen=True, slots=True)
class Group:
    """Tables that are alike to the work: where they may be many, only their sum counts.

    >>> Group((0, 1), 7, (14,), (0,)).people
    (14,)
    """

    tables: tuple[int, ...]
    size: int
    people: tuple[int, ...]
    fixed: tuple[int, ...]


def floor_of_moves(sizes: Sequence[int], seats: Sequence[int], least: int, unexpected: int = 0) -> int:
    """A number of moves that no closing goes below.

    With c tables closed, their people move, and the others need what they lack to ``least``: at
    least max(people at the c smallest tables, lack of all the others) moves, and people who came
    unexpected make up for some of the lack. Languages and rules are left out; they can only ask for
    more.

    Args:
        sizes: people present at each table.
        seats: seats of each table.
        least: least people at an open table.
        unexpected: people without a seat.

    Cost: O(tables squared).
    Source: own.

    >>> floor_of_moves([10, 10, 5, 9, 9, 9], [10] * 6, 8)
    3
    """
    order = sorted(range(len(sizes)), key=lambda table: sizes[table])
    best = sum(sizes)
    for closed in range(len(order)):
        still = order[closed:]
        if sum(seats[table] for table in still) < sum(sizes) + unexpected:
            break
        lack = sum(max(0, min(least, seats[table]) - sizes[table]) for table in still) - unexpected
        best = min(best, max(sum(sizes[table] for table in order[:closed]), lack))
    return best


def close_tables(hall: Hall, table_of: Ints, fixed: Bools, least: int) -> Closing:
    """Decide which tables close and how many people of each class leave and come where.

    First tables that are alike are taken together, which leaves few whole numbers to choose; then,
    with the closed tables given, every table by itself. An open table may only stay below ``least``
    where it cannot be helped.

    Args:
        hall: the hall of those who are here.
        table_of: shape (n,); where they sit, ``NOWHERE`` for who has no seat.
        fixed: shape (n,); who keeps their seat; a table with somebody fixed stays open.
        least: least people at an open table.

    Returns:
        The closing, with the fewest moves that were found.

    Raises:
        CoreError: ``seating.solver_stopped``, ``seating.no_start`` (people here have too few seats).

    Cost: two integer programs, with (kinds of tables) * classes and tables * classes columns.
    Source: own; Wolsey (2020), Integer Programming, chapter 1.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person(one, nl, ()) for one in "abcde"], [Table(n, 4, nl) for n in (1, 2)], feature_names=[])
    >>> close_tables(hall, np.array([0, 0, 0, 1, 1]), np.zeros(5, dtype=bool), least=3).out.tolist()
    [[0], [0]]
    """
    counts, kept = _counts(hall, table_of, np.ones_like(fixed)), _counts(hall, table_of, fixed)
    waiting = np.bincount(hall.class_of[table_of == NOWHERE], minlength=len(hall.may))
    found = _solved(hall, _groups(hall, counts, kept), waiting, least, None)
    closed = np.zeros(len(hall.tables), dtype=np.bool_)
    for group, shut in zip(_groups(hall, counts, kept), found.closed, strict=True):
        # of tables that are alike, those close whose people speak most
        order = sorted(group.tables, key=lambda table: (-int(counts[table] @ hall.speaks.sum(axis=1)), table))
        closed[order[: int(shut)]] = True
    single = [
        Group((table,), int(counts[table].sum()), tuple(counts[table].tolist()), tuple(kept[table].tolist()))
        for table in range(len(hall.tables))
    ]
    last = _solved(hall, single, waiting, least, closed)
    return Closing(last.closed > 0, last.out, last.into)


@dataclass(frozen=True, eq=False)
class _Found:
    closed: Ints
    out: Ints
    into: Ints


def _counts(hall: Hall, table_of: Ints, who: Bools) -> Ints:
    counts = np.zeros((len(hall.tables), len(hall.may)), dtype=np.int64)
    there = (table_of != NOWHERE) & who
    np.add.at(counts, (table_of[there], hall.class_of[there]), 1)
    return counts


def _groups(hall: Hall, counts: Ints, kept: Ints) -> list[Group]:
    """Take tables together that have one language, as many seats and people, and nobody fixed."""
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for table, row in enumerate(counts):
        is_own = hall.is_mixed[table] or kept[table].any()
        key = (table,) if is_own else (hall.may[:, table].tobytes(), int(hall.seats[table]), int(row.sum()))
        alike[key].append(table)
    return [
        Group(
            tuple(tables),
            int(counts[tables[0]].sum()),
            tuple(counts[tables].sum(axis=0).tolist()),
            tuple(kept[tables].sum(axis=0).tolist()),
        )
        for tables in alike.values()
    ]


def _solved(hall: Hall, groups: Sequence[Group], waiting: Ints, least: int, closed: Bools | None) -> _Found:
    program, speech = Program(), speech_of(hall, 0)
    of_class = [program.add_row(number, number) for number in waiting.tolist()]
    parts = [_add_group(program, hall, speech, group, of_class, least, closed) for group in groups]
    found = program.solved(gap=GAP, nodes=NODES)
    if found is None:
        raise CoreError("seating.no_start", people=len(hall.people), tables=len(hall.tables))
    shape = (len(groups), len(hall.may))
    answer = _Found(np.zeros(len(groups), dtype=np.int64), *np.zeros((2, *shape), dtype=np.int64))
    for number, (shut, leaving, coming) in enumerate(parts):
        answer.closed[number] = round(float(found[shut]))
        for target, columns in ((answer.out, leaving), (answer.into, coming)):
            for one, column in columns.items():
                target[number, one] = round(float(found[column]))
    return answer


def _add_group(
    program: Program,
    hall: Hall,
    speech: Speech,
    group: Group,
    of_class: Sequence[int],
    least: int,
    closed: Bools | None,
) -> tuple[int, dict[int, int], dict[int, int]]:
    """Add how many tables of a group close, and who leaves and comes."""
    first, many, there = group.tables[0], len(group.tables), sum(group.people)
    seats = int(hall.seats[first])
    floor = min(least, seats)
    lower = program.add_row(floor * many - there, np.inf)
    upper = program.add_row(-np.inf, seats * many - there)
    left = program.add_row(0, np.inf)  # the people of closed tables leave
    most = 0 if any(group.fixed) else many
    least_shut, most_shut = (0, most) if closed is None else (int(closed[first]),) * 2
    shut = program.add_column(
        0.01, least_shut, most_shut, [(lower, floor), (upper, seats), (left, -group.size)], is_whole=True
    )
    program.add_column(SHORT, 0, floor * many, [(lower, 1)])
    leaving, coming = {}, {}
    for one, number in enumerate(group.people):
        if free := number - group.fixed[one]:
            entries = [(of_class[one], -1.0), (lower, -1.0), (upper, -1.0), (left, 1.0)]
            leaving[one] = program.add_column(1, 0, free, entries, is_whole=True)
        if hall.may[one, first]:
            entries = [(of_class[one], 1.0), (lower, 1.0), (upper, 1.0)]
            coming[one] = program.add_column(0, 0, seats * many, entries, is_whole=True)
    if hall.is_mixed[first]:
        _add_company(program, speech, group, seats, leaving, coming)
    return shut, leaving, coming


def _add_company(
    program: Program, speech: Speech, group: Group, seats: int, leaving: dict[int, int], coming: dict[int, int]
) -> None:
    """Whoever is alone with a language afterwards has company."""
    table, people = group.tables[0], np.array(group.people)
    for language in np.flatnonzero(speech.alone[table].any(axis=0)).tolist():
        alone, counted = speech.alone[table, :, language], speech.counted[table, :, language]
        with_them = program.add_row(-int(counted @ people), np.inf)
        alone_row = program.add_row(-np.inf, -int(alone @ people))
        for columns, sign in ((leaving, -1), (coming, 1)):
            for one, column in columns.items():
                if counted[one]:
                    program.join(column, with_them, sign)
                if alone[one]:
                    program.join(column, alone_row, sign)
        needed = int(speech.company[table, language])
        program.add_column(0, 0, 1, [(with_them, -needed), (alone_row, -seats)], is_whole=True)
