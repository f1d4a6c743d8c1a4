"""Facilitators and interpreters: to tables whose languages they speak, never with somebody they know."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating.people import Table

__all__ = ["Staff", "assign_facilitators", "assign_interpreters"]

Seated = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at a table.

    Args:
        id: unique.
        speaks: languages this person can lead a talk in, or interpret from and to.
        knows: ids of participants this person knows.

    >>> Staff("f1", frozenset({"nl"})).knows
    frozenset()
    """

    id: str
    speaks: frozenset[str]
    knows: frozenset[str] = frozenset()


def assign_facilitators(staff: Sequence[Staff], tables: Sequence[Table], rounds: Sequence[Seated]) -> dict[int, str]:
    """Give every table with people a facilitator who stays for the day.

    A facilitator speaks all working languages of the table (those of the table itself, not those an
    interpreter adds) and knows nobody who sits there in any round.

    Args:
        staff: the facilitators.
        tables: the tables.
        rounds: who sits where.

    Returns:
        Table number to the id of its facilitator.

    Raises:
        InputError: ``seating.doubled_person``.
        InfeasibleError: ``seating.no_facilitator``: tables that cannot all have one.

    Cost: O(tables * staff * tables).
    Source: Kuhn (1955), The Hungarian method for the assignment problem, Naval Research Logistics
    Quarterly 2, 83-97 (augmenting paths).

    >>> nl, fr = frozenset({"nl"}), frozenset({"fr"})
    >>> staff = [Staff("x", nl | fr, knows=frozenset({"a"})), Staff("y", nl)]
    >>> assign_facilitators(staff, [Table(1, 8, nl), Table(2, 8, nl)], [{1: ["a"], 2: ["b"]}])
    {1: 'y', 2: 'x'}
    """
    at_all = {table.number: {one for seated in rounds for one in seated.get(table.number, ())} for table in tables}
    may = {
        table.number: [
            one.id for one in staff if table.languages <= one.speaks and not one.knows & at_all[table.number]
        ]
        for table in tables
        if at_all[table.number]
    }
    return _matched(staff, may, "seating.no_facilitator")


def assign_interpreters(
    staff: Sequence[Staff], tables: Sequence[Table], rounds: Sequence[Seated]
) -> tuple[dict[int, str], ...]:
    """Give every table that has people and needs one an interpreter in each round.

    An interpreter speaks a working language of the table and every language that is added there, and
    knows nobody who sits there in the round. Who has worked least comes first, so that the others
    can rest.

    Args:
        staff: the interpreters.
        tables: the tables; only those with languages that an interpreter adds are asked.
        rounds: who sits where.

    Returns:
        For each round, table number to the id of its interpreter.

    Raises:
        InputError: ``seating.doubled_person``.
        InfeasibleError: ``seating.no_interpreter``: tables that cannot all have one in a round.

    Cost: O(rounds * tables * staff * tables).

    >>> nl, fr = frozenset({"nl"}), frozenset({"fr"})
    >>> staff = [Staff("x", nl | fr), Staff("y", nl | fr)]
    >>> assign_interpreters(staff, [Table(1, 8, nl, interpreter=fr)], [{1: ["a"]}] * 3)
    ({1: 'x'}, {1: 'y'}, {1: 'x'})
    """
    worked: Counter[str] = Counter()
    found = []
    for seated in rounds:
        order = sorted(range(len(staff)), key=lambda place: (worked[staff[place].id], place))
        may = {
            table.number: [
                staff[place].id
                for place in order
                if _may_interpret(staff[place], table) and not staff[place].knows & set(seated[table.number])
            ]
            for table in tables
            if table.interpreter - table.languages and seated.get(table.number)
        }
        found.append(_matched(staff, may, "seating.no_interpreter"))
        worked.update(found[-1].values())
    return tuple(found)


def _may_interpret(one: Staff, table: Table) -> bool:
    return bool(one.speaks & table.languages or not table.languages) and table.interpreter <= one.speaks


def _matched(staff: Sequence[Staff], may: Mapping[int, Sequence[str]], code: str) -> dict[int, str]:
    """Match every table with somebody, one table after the other, by augmenting paths."""
    times = Counter(one.id for one in staff)
    if doubled := tuple(one for one in times if times[one] > 1):
        raise InputError("seating.doubled_person", ids=doubled)
    table_of: dict[str, int] = {}
    for table in sorted(may, key=lambda number: (len(may[number]), number)):
        tried: set[str] = set()
        if not _augmented(table, may, table_of, tried):
            stuck = {table} | {table_of[one] for one in tried}
            raise InfeasibleError(code, tables=tuple(map(str, sorted(stuck))), staff=len(tried))
    return {table: one for one, table in sorted(table_of.items(), key=lambda pair: pair[1])}


def _augmented(table: int, may: Mapping[int, Sequence[str]], table_of: dict[str, int], tried: set[str]) -> bool:
    for one in may[table]:
        if one not in tried and one not in table_of:
            tried.add(one)
            table_of[one] = table
            return True
    for one in may[table]:
        if one not in tried:
            tried.add(one)
            if _augmented(table_of[one], may, table_of, tried):
                table_of[one] = table
                return True
    return False
