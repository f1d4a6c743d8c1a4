"""Laying the tables: from counts per language, or from a file with a row per table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from burgertop.foundation.files.tables import Table as FileTable
from burgertop.foundation.origins import REMOTE, Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, PlanState, Round, RoundState, Seat, SeatPlan, Table
from burgertop.stages.summit.news import tell_desk

__all__ = [
    "MOST_TABLES",
    "TableDraft",
    "change_table",
    "drafts_from",
    "lay_tables",
    "set_table_closed",
    "tables_of_2011",
    "tables_of_kind",
]

MOST_TABLES = 500
CHANGEABLE = ("seats", "languages", "interpreter_languages", "is_step_free", "has_hearing_loop")
MOST_SEATS = 40
SEATS = 10
NAMES = {
    "table": ("table", "number", "tafel", "tisch"),
    "seats": ("seats", "places", "plaatsen", "plätze"),
    "languages": ("languages", "language", "talen", "langues", "sprachen"),
    "interpreter": ("interpreter", "interpreters", "tolk", "interprète", "dolmetscher"),
    "hearing_loop": ("hearing_loop", "hearing loop", "ringleiding", "boucle", "induktionsschleife"),
    "step_free": ("step_free", "step-free", "drempelvrij", "stufenlos"),
}
# The 81 tables of 11 November 2011; those of two languages had an interpreter.
MIX_OF_2011 = ((("nl",), 30, False), (("fr",), 18, False), (("nl", "fr"), 32, True), (("de", "fr"), 1, True))
YES = frozenset({"", "1", "yes", "true", "y", "x", "ja", "oui"})
NO = frozenset({"0", "no", "false", "n", "nee", "nein", "non"})


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table as it is to be laid."""

    number: int
    languages: tuple[str, ...]
    seats: int = SEATS
    interpreter_languages: tuple[str, ...] = ()
    is_step_free: bool = True
    has_hearing_loop: bool = False
    origin: Origin = Origin.DRAWN


def tables_of_kind(
    languages: Sequence[str], count: int, *, seats: int = SEATS, first: int = 1, has_interpreter: bool = False
) -> list[TableDraft]:
    """Return ``count`` tables alike, numbered from ``first``; an interpreter works between their languages."""
    spoken = tuple(languages)
    interpreted = spoken if has_interpreter else ()
    return [TableDraft(number, spoken, seats, interpreted) for number in range(first, first + count)]


def tables_of_2011(people: int, *, seats: int = SEATS) -> list[TableDraft]:
    """Return tables for so many people in the mix of 2011, by largest remainders; each kind has one at least."""
    whole = sum(count for _languages, count, _interpreter in MIX_OF_2011)
    wanted = max(-(-people // seats), len(MIX_OF_2011))
    counts = [max(1, count * wanted // whole) for _languages, count, _interpreter in MIX_OF_2011]
    lacking = [
        count * wanted / whole - given
        for (_languages, count, _interpreter), given in zip(MIX_OF_2011, counts, strict=True)
    ]
    for place in sorted(range(len(counts)), key=lambda one: -lacking[one])[: max(0, wanted - sum(counts))]:
        counts[place] += 1
    drafts: list[TableDraft] = []
    for (languages, _count, interpreter), count in zip(MIX_OF_2011, counts, strict=True):
        drafts += tables_of_kind(languages, count, seats=seats, first=len(drafts) + 1, has_interpreter=interpreter)
    return drafts


def drafts_from(file: FileTable) -> list[TableDraft]:
    """Read a row per table; only table and languages are needed, as ``NAMES`` has the columns.

    Languages are set apart by ``|``, a space, a comma or a semicolon. ``interpreter`` names the
    languages an interpreter adds, or is a number: then they work between the table's own.

    Raises:
        HouseError: ``summit.bad_table_row`` with line, column and cell; ``files.no_such_column``.
    """
    place = {name: _place(file, names) for name, names in NAMES.items()}
    for needed in ("table", "languages"):
        if place[needed] is None:
            file.place_of(needed)  # says which columns there are
    drafts = []
    for line, row in zip(file.lines or range(2, len(file.rows) + 2), file.rows, strict=True):
        cells = {name: "" if at is None else row[at] for name, at in place.items()}
        drafts.append(_draft_from(line, cells))
    return drafts


def _place(file: FileTable, names: Sequence[str]) -> int | None:
    return next((file.place_of(name) for name in names if file.has(name)), None)


def _draft_from(line: int, cells: dict[str, str]) -> TableDraft:
    languages = _languages(line, "languages", cells["languages"])
    if not languages:
        raise HouseError("summit.bad_table_row", line=line, column="languages", cell=cells["languages"])
    interpreter = cells["interpreter"].strip()
    if interpreter.isdecimal():
        added = languages if int(interpreter) else ()
    else:
        added = _languages(line, "interpreter", interpreter)
    return TableDraft(
        number=_whole(line, "table", cells["table"], most=9999),
        languages=languages,
        seats=_whole(line, "seats", cells["seats"] or str(SEATS), most=MOST_SEATS),
        interpreter_languages=added,
        is_step_free=_is_so(line, "step_free", cells["step_free"]),
        has_hearing_loop=bool(cells["hearing_loop"].strip()) and _is_so(line, "hearing_loop", cells["hearing_loop"]),
    )


def _is_so(line: int, column: str, cell: str) -> bool:
    word = cell.strip().casefold()
    if word not in YES | NO:
        raise HouseError("summit.bad_table_row", line=line, column=column, cell=cell[:40])
    return word not in NO


def _whole(line: int, column: str, cell: str, *, most: int) -> int:
    number = int(cell) if cell.isdecimal() and len(cell) < 6 else 0
    if not 1 <= number <= most:
        raise HouseError("summit.bad_table_row", line=line, column=column, cell=cell[:40])
    return number


def _languages(line: int, column: str, cell: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag for tag in re.split(r"[|,;/\s]+", cell) if tag))
    for tag in tags:
        try:
            LANGUAGE_TAG(tag)
        except ValidationError as error:
            raise HouseError("summit.bad_table_row", line=line, column=column, cell=cell[:40]) from error
    return tags


@transaction.atomic
def lay_tables(stage: Stage, drafts: Sequence[TableDraft], *, now: datetime) -> list[Table]:
    """Lay the hall anew; possible until the first round is opened. Seats drawn before are drawn again.

    Tables at home and elsewhere stay as they are.

    Raises:
        HouseError: ``summit.hall_in_use``, ``summit.too_many_tables``, ``seating.doubled_table``.
    """
    if len(drafts) > MOST_TABLES:
        raise HouseError("summit.too_many_tables", most=MOST_TABLES)
    numbers = [draft.number for draft in drafts]
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    remote = Table.objects.filter(stage=locked, origin__in=REMOTE).values_list("number", flat=True)
    taken = [*numbers, *remote]
    if doubled := tuple(sorted({str(number) for number in numbers if taken.count(number) > 1})):
        raise HouseError("seating.doubled_table", tables=doubled)
    has_begun = Round.objects.filter(stage=locked).exclude(state=RoundState.PLANNED).exists()
    hall = Table.objects.filter(stage=locked).exclude(origin__in=REMOTE)
    if has_begun or Card.objects.filter(table__in=hall).exists():
        raise HouseError("summit.hall_in_use")
    Seat.objects.filter(round__stage=locked).delete()
    SeatPlan.objects.filter(stage=locked, state=PlanState.PROPOSED).delete()
    SeatPlan.objects.filter(stage=locked).update(state=PlanState.PAST, given={})
    Round.objects.filter(stage=locked).update(seat_seed="", seat_digest="", seated_at=None)
    hall.delete()
    tables = Table.objects.bulk_create(
        Table(
            stage=stage,
            number=draft.number,
            seats=draft.seats,
            languages=list(draft.languages),
            interpreter_languages=list(draft.interpreter_languages),
            is_step_free=draft.is_step_free,
            has_hearing_loop=draft.has_hearing_loop,
            origin=draft.origin,
        )
        for draft in drafts
    )
    facts = {"stage": str(stage.pk), "tables": len(tables), "seats": sum(table.seats for table in tables)}
    append(stage.process_id, "tables_laid", facts, now=now)
    tell_desk(stage, "table")
    return tables


@transaction.atomic
def change_table(table: Table, draft: TableDraft, *, now: datetime) -> Table:
    """Change seats, languages and access of one table, also during the day; its people stay until they are moved."""
    locked = Table.objects.select_for_update().select_related("stage").get(pk=table.pk)
    before = [getattr(locked, name) for name in CHANGEABLE]
    locked.seats = draft.seats
    locked.languages, locked.interpreter_languages = list(draft.languages), list(draft.interpreter_languages)
    locked.is_step_free, locked.has_hearing_loop = draft.is_step_free, draft.has_hearing_loop
    if before != [getattr(locked, name) for name in CHANGEABLE]:
        locked.save(update_fields=CHANGEABLE)
        facts = {"stage": str(locked.stage_id), "tables": [locked.number]}
        append(locked.stage.process_id, "tables_changed", facts, now=now)
        tell_desk(locked.stage, "table")
    return locked


@transaction.atomic
def set_table_closed(table: Table, *, is_closed: bool, now: datetime) -> Table:
    """Close a table, or open it again. Its people get other seats with the next plan, or on the morning."""
    locked = Table.objects.select_for_update().select_related("stage").get(pk=table.pk)
    if (locked.closed_at is not None) == is_closed:
        return locked
    locked.closed_at = now if is_closed else None
    locked.save(update_fields=["closed_at"])
    facts = {"stage": str(locked.stage_id), "table": locked.number}
    append(locked.stage.process_id, "table_closed" if is_closed else "table_opened", facts, now=now)
    tell_desk(locked.stage, "table")
    return locked
