"""Who works at the tables: taken from a file or one by one, ill or here, and given tables they can work at."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from burgertop.core.errors import InfeasibleError
from burgertop.core.seating import Staff as CoreStaff
from burgertop.core.seating import Table as CoreTable
from burgertop.core.seating import assign_facilitators, assign_interpreters
from burgertop.foundation.files.tables import Table as FileTable
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Duty, Round, RoundState, Staff, StaffRole, Table
from burgertop.stages.summit.queries.hall import hall_tables_of
from burgertop.stages.summit.queries.roster import seated_in
from burgertop.stages.summit.queries.staff import bare_of, core_staff, core_staff_tables, needs_interpreter

__all__ = [
    "StaffDraft",
    "assign_staff",
    "change_staff",
    "drop_staff",
    "lead_in_one_language",
    "staff_drafts_from",
    "take_staff",
]

MOST_STAFF, MOST_LETTERS = 1000, 120
NAMES = {
    "name": ("name", "naam", "nom"),
    "role": ("role", "rol", "rôle", "rolle"),
    "languages": ("languages", "language", "talen", "langues", "sprachen"),
}
ROLES = {
    StaffRole.FACILITATOR: ("facilitator", "host", "moderator", "gespreksleider", "animateur", "tischleitung"),
    StaffRole.INTERPRETER: ("interpreter", "tolk", "interprète", "dolmetscher"),
}
Seated = Mapping[int, Sequence[str]]
FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """Somebody of the staff as they are to be taken."""

    name: str
    role: StaffRole
    languages: tuple[str, ...]


def staff_drafts_from(file: FileTable) -> list[StaffDraft]:
    """Read a row per person: name, role, languages; languages are set apart by ``|``, a space or a comma.

    Raises:
        HouseError: ``summit.bad_staff_row`` with line, column and cell; ``files.no_such_column``.
    """
    place = {
        column: file.place_of(next((name for name in names if file.has(name)), column))
        for column, names in NAMES.items()
    }
    drafts = []
    for line, row in zip(file.lines or range(2, len(file.rows) + 2), file.rows, strict=True):
        cells = {column: row[at].strip() for column, at in place.items()}
        role = next((role for role, words in ROLES.items() if cells["role"].casefold() in words), None)
        languages = _languages(cells["languages"])
        is_good = {
            "name": 0 < len(cells["name"]) <= MOST_LETTERS,
            "role": role is not None,
            "languages": bool(languages),
        }
        bad = next((column for column, is_so in is_good.items() if not is_so), None)
        if bad is not None or role is None:
            raise HouseError("summit.bad_staff_row", line=line, column=bad or "role", cell=cells[bad or "role"][:40])
        drafts.append(StaffDraft(cells["name"], role, languages))
    return drafts


def _languages(cell: str) -> tuple[str, ...]:
    """The languages of a cell; none when one of them is no language."""
    tags = tuple(dict.fromkeys(tag.lower() for tag in re.split(r"[|,;/\s]+", cell) if tag))
    try:
        for tag in tags:
            LANGUAGE_TAG(tag)
    except ValidationError:
        return ()
    return tags


@transaction.atomic
def take_staff(stage: Stage, drafts: Sequence[StaffDraft]) -> int:
    """Take staff in; somebody of the same role and name gets the new languages. Return how many are new.

    Raises:
        HouseError: ``summit.too_many_staff``.
    """
    known = {(one.role, one.name): one for one in Staff.objects.select_for_update().filter(stage=stage)}
    wanted = {(str(draft.role), draft.name): draft for draft in drafts}
    if len(known.keys() | wanted.keys()) > MOST_STAFF:
        raise HouseError("summit.too_many_staff", most=MOST_STAFF)
    for key, draft in wanted.items():
        if key in known:
            known[key].languages = list(draft.languages)
    Staff.objects.bulk_update([known[key] for key in wanted if key in known], ["languages"])
    new = [draft for key, draft in wanted.items() if key not in known]
    Staff.objects.bulk_create(
        Staff(stage=stage, role=draft.role, name=draft.name, languages=list(draft.languages)) for draft in new
    )
    return len(new)


@transaction.atomic
def change_staff(
    staff: Staff, *, languages: Sequence[str], knows: Sequence[Participant], is_away: bool, now: datetime
) -> Staff:
    """Write down languages, whom somebody knows, and whether they are here; who is away has no tables any more."""
    locked = Staff.objects.select_for_update().get(pk=staff.pk)
    locked.languages = list(languages)
    locked.away_since = (locked.away_since or now) if is_away else None
    locked.save(update_fields=["languages", "away_since"])
    locked.knows.set(knows)
    if is_away:
        locked.duties.all().delete()
    return locked


def drop_staff(staff: Staff) -> None:
    """Take somebody off the list, with their tables."""
    Staff.objects.filter(pk=staff.pk).delete()


@transaction.atomic
def assign_staff(stage: Stage, *, now: datetime) -> tuple[int, int]:
    """Give as many tables as possible a facilitator for the day and an interpreter in each round that is not over.

    Nobody works with people they know. Tables for which there is nobody stay without and are shown. Rounds
    that are over keep their interpreters. Asked again with nothing changed, nothing changes. Returns how many
    duties facilitators and interpreters have.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    ahead = list(stage.rounds.exclude(state=RoundState.CLOSED).order_by("number"))
    tables = hall_tables_of(stage)
    seated, seen = seated_in(ahead), core_staff_tables(tables)
    here = list(Staff.objects.here().filter(stage=stage).prefetch_related("knows").order_by("name", "pk"))
    hosts, voices = (
        core_staff([one for one in here if one.role == role]) for role in (StaffRole.FACILITATOR, StaffRole.INTERPRETER)
    )
    led = _as_many_as_can(assign_facilitators, hosts, seen, seated)
    duties: set[tuple[str, int, int | None]] = {(one, table, None) for table, one in (led or {}).items()}
    duties |= {
        (one, table, number)
        for number, found in zip((one.number for one in ahead), _voices(voices, seen, seated), strict=True)
        for table, one in found.items()
    }
    _store(stage, duties, now)
    spoken = sum(number is not None for _one, _table, number in duties)
    return len(duties) - spoken, spoken


def _voices(staff: Sequence[CoreStaff], tables: Sequence[CoreTable], seated: Sequence[Seated]) -> list[dict[int, str]]:
    """Interpreters for all rounds together, those who worked least first; where that fails, for fewer tables."""
    found = _as_many_as_can(assign_interpreters, staff, tables, seated)
    return list(found) if found else [{} for _ in seated]


def _as_many_as_can(
    assign: Callable[[Sequence[CoreStaff], Sequence[CoreTable], Sequence[Seated]], FoundT],
    staff: Sequence[CoreStaff],
    tables: Sequence[CoreTable],
    seated: Sequence[Seated],
) -> FoundT | None:
    """Leave out tables, the last of those that are stuck first, until all others can be served."""
    if not staff:
        return None
    asked = list(tables)
    while asked:
        try:
            return assign(staff, asked, [{one.number: at.get(one.number, ()) for one in asked} for at in seated])
        except InfeasibleError as error:
            stuck = error.params["tables"]
            last = max(map(int, stuck if isinstance(stuck, tuple) else (str(stuck),)))
            asked = [one for one in asked if one.number != last]
    return None


def _store(stage: Stage, duties: set[tuple[str, int, int | None]], now: datetime) -> None:
    rows = Duty.objects.filter(table__stage=stage).exclude(round__state=RoundState.CLOSED)
    known = {
        (str(one), table, number)
        for one, table, number in rows.values_list("staff_id", "table__number", "round__number")
    }
    if known == duties:
        return
    rows.delete()
    table_of = dict(stage.tables.values_list("number", "pk"))
    round_of = dict(stage.rounds.values_list("number", "pk"))
    Duty.objects.bulk_create(
        Duty(staff_id=one, table_id=table_of[table], round_id=None if number is None else round_of[number])
        for one, table, number in sorted(duties, key=str)
    )
    led = sum(number is None for _one, _table, number in duties)
    facts = {"stage": str(stage.pk), "facilitators": led, "interpreters": len(duties) - led}
    append(stage.process_id, "staff_assigned", facts, now=now)


@transaction.atomic
def lead_in_one_language(stage: Stage, *, now: datetime) -> int:
    """Let the tables that have people and no interpreter work in one of their languages; return how many those are.

    Each gets the language of its own for which most seats are missing among the people at these tables. Their
    people get other seats with the next plan, or on the morning.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    rounds = list(locked.rounds.exclude(state=RoundState.CLOSED).order_by("number"))
    bare = {table for tables in bare_of(stage, rounds).no_interpreter.values() for table in tables}
    rows = list(Table.objects.select_for_update().filter(stage=stage, number__in=bare).order_by("number"))
    waiting = _waiting_for(rows, rounds[:1])
    for table in (one for one in rows if needs_interpreter(one)):
        language = max(table.languages, key=lambda tag: (waiting.get(tag, 0), tag))
        waiting[language] = waiting.get(language, 0) - table.seats
        table.languages, table.interpreter_languages = [language], []
    Table.objects.bulk_update(rows, ["languages", "interpreter_languages"])
    if rows:
        facts = {"stage": str(stage.pk), "tables": [table.number for table in rows]}
        append(stage.process_id, "tables_changed", facts, now=now)
    return len(rows)


def _waiting_for(tables: Sequence[Table], rounds: Sequence[Round]) -> dict[str, int]:
    """How many people at these tables follow only this language of their table."""
    waiting: dict[str, int] = {}
    people = Participant.objects.filter(hall_seats__table__in=tables, hall_seats__round__in=rounds).distinct()
    heard = {tag for table in tables for tag in table.spoken}
    for person in people:
        follows = set(person.speaks or [person.language]) & heard
        if len(follows) == 1:
            language = follows.pop()
            waiting[language] = waiting.get(language, 0) + 1
    return waiting
