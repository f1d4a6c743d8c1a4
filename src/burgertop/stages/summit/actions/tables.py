"""Laying the tables: from counts per language, or from a file with a row per table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from burgertop.foundation.files.tables import Table as FileTable
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, Round, RoundState, Seat, Table

__all__ = ["MOST_TABLES", "TableDraft", "drafts_from", "lay_tables", "tables_of_kind"]

MOST_TABLES = 500
MOST_SEATS = 40
SEATS = 10
NAMES = {
    "table": ("table", "number", "tafel", "tisch"),
    "seats": ("seats", "places", "plaatsen", "plätze"),
    "languages": ("languages", "language", "talen", "langues", "sprachen"),
    "interpreter": ("interpreter", "interpreters", "tolk", "interprète", "dolmetscher"),
    "step_free": ("step_free", "step-free", "drempelvrij", "stufenlos"),
}
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
    origin: Origin = Origin.DRAWN


def tables_of_kind(
    languages: Sequence[str], count: int, *, seats: int = SEATS, first: int = 1, has_interpreter: bool = False
) -> list[TableDraft]:
    """Return ``count`` tables alike, numbered from ``first``; an interpreter works between their languages."""
    spoken = tuple(languages)
    interpreted = spoken if has_interpreter else ()
    return [TableDraft(number, spoken, seats, interpreted) for number in range(first, first + count)]


def drafts_from(file: FileTable) -> list[TableDraft]:
    """Read a row per table: ``table,seats,languages,interpreter,step_free``; only table and languages are needed.

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
    step_free = cells["step_free"].strip().casefold()
    if step_free not in YES | NO:
        raise HouseError("summit.bad_table_row", line=line, column="step_free", cell=cells["step_free"])
    return TableDraft(
        number=_whole(line, "table", cells["table"], most=9999),
        languages=languages,
        seats=_whole(line, "seats", cells["seats"] or str(SEATS), most=MOST_SEATS),
        interpreter_languages=added,
        is_step_free=step_free not in NO,
    )


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

    Raises:
        HouseError: ``summit.hall_in_use``, ``summit.too_many_tables``, ``seating.doubled_table``.
    """
    if len(drafts) > MOST_TABLES:
        raise HouseError("summit.too_many_tables", most=MOST_TABLES)
    numbers = [draft.number for draft in drafts]
    if doubled := tuple(sorted({str(number) for number in numbers if numbers.count(number) > 1})):
        raise HouseError("seating.doubled_table", tables=doubled)
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    has_begun = Round.objects.filter(stage=locked).exclude(state=RoundState.PLANNED).exists()
    if has_begun or Card.objects.filter(table__stage=locked).exists():
        raise HouseError("summit.hall_in_use")
    Seat.objects.filter(round__stage=locked).delete()
    Round.objects.filter(stage=locked).update(seat_seed="", seat_digest="", seated_at=None)
    Table.objects.filter(stage=locked).delete()
    tables = Table.objects.bulk_create(
        Table(
            stage=stage,
            number=draft.number,
            seats=draft.seats,
            languages=list(draft.languages),
            interpreter_languages=list(draft.interpreter_languages),
            is_step_free=draft.is_step_free,
            origin=draft.origin,
        )
        for draft in drafts
    )
    facts = {"stage": str(stage.pk), "tables": len(tables), "seats": sum(table.seats for table in tables)}
    append(stage.process_id, "tables_laid", facts, now=now)
    return tables
