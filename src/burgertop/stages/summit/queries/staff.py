"""Reads of the staff of the hall: who works where, and which tables have nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from burgertop.core.seating import Staff as CoreStaff
from burgertop.core.seating import Table as CoreTable
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Duty, Round, RoundState, Seat, Staff, StaffRole, Table
from burgertop.stages.summit.queries.hall import hall_tables_of

__all__ = ["Bare", "bare_of", "core_staff", "core_staff_tables", "duties_of", "needs_interpreter", "staff_of"]


@dataclass(frozen=True, slots=True)
class Bare:
    """Tables with people and without staff: those without a facilitator; by round those without an interpreter."""

    no_facilitator: tuple[int, ...]
    no_interpreter: Mapping[int, tuple[int, ...]]

    @property
    def is_none(self) -> bool:
        """Whether every table has whom it needs."""
        return not self.no_facilitator and not any(self.no_interpreter.values())


def staff_of(stage: Stage) -> list[Staff]:
    """The staff of the hall, facilitators first, by name, each with their tables."""
    return list(stage.hall_staff.prefetch_related("knows", "duties__table", "duties__round"))


def duties_of(stage: Stage) -> QuerySet[Duty]:
    """Who works at which table: a facilitator's duty has no round, an interpreter's has one."""
    rows = Duty.objects.filter(table__stage=stage).select_related("staff", "table", "round")
    return rows.order_by("table__number", "round__number")


def needs_interpreter(table: Table) -> bool:
    """Whether somebody has to interpret at the table."""
    return bool(table.interpreter_languages)


def core_staff(staff: Sequence[Staff]) -> list[CoreStaff]:
    """Describe staff to the core."""
    return [
        CoreStaff(str(one.pk), frozenset(one.languages), frozenset(str(person.pk) for person in one.knows.all()))
        for one in staff
    ]


def core_staff_tables(tables: Sequence[Table]) -> list[CoreTable]:
    """Describe tables as staff sees them: with an interpreter between its own languages, the first one is worked in."""
    found = []
    for table in tables:
        own, added = list(table.languages), set(table.interpreter_languages)
        if added and added <= set(own):
            own, added = own[:1], added - set(own[:1])
        found.append(CoreTable(table.number, table.seats, frozenset(own), frozenset(added)))
    return found


def bare_of(stage: Stage, rounds: Sequence[Round]) -> Bare:
    """The tables that have people in a round that is not over, and nobody who works there; three queries."""
    ahead = [one for one in rounds if one.state != RoundState.CLOSED]
    taken = set(Seat.objects.filter(round__in=ahead).values_list("round__number", "table__number").distinct())
    duties = Duty.objects.filter(table__stage=stage, staff__away_since__isnull=True).filter(
        Q(round=None) | Q(round__in=ahead)
    )
    led, heard = set(), set()
    for role, number, table in duties.values_list("staff__role", "round__number", "table__number"):
        if role == StaffRole.FACILITATOR:
            led.add(table)
        else:
            heard.add((number, table))
    asking = {table.number for table in hall_tables_of(stage) if needs_interpreter(table)}
    return Bare(
        no_facilitator=tuple(sorted({table for _number, table in taken} - led)),
        no_interpreter={
            one.number: tuple(
                sorted(
                    table
                    for number, table in taken
                    if number == one.number and table in asking and (number, table) not in heard
                )
            )
            for one in ahead
        },
    )
