"""Reads for what is printed: who sits where in every round, what they need, who works at which table; no names."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.queries import needs_in
from burgertop.stages.summit.badges import badge_code
from burgertop.stages.summit.models import Badge, Duty, Round, ScriptItem, Seat, Staff, Table
from burgertop.stages.summit.queries.hall import hall_tables_of, rounds_of
from burgertop.stages.summit.queries.in_photos import in_photos
from burgertop.stages.summit.queries.roster import roster_of

__all__ = ["Guest", "Hall", "Helper", "duties_digest", "hall_of_papers", "script_digest", "seats_digest"]

LEAST_SIGNS = 4
DAY = 0  # a duty for the whole day


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who has a seat or a badge. ``mark``: the first signs of the badge's code, as many as tell it apart.

    ``tables`` are the numbers of tables by number of the round.
    """

    participant: Participant
    code: str
    mark: str
    may_be_in_photos: bool
    tables: Mapping[int, int]
    needs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def identity(self) -> Identity | None:
        """The sealed row of the vault."""
        return self.participant.identity

    @property
    def speaks(self) -> tuple[str, ...]:
        """Their languages, that of their letters first."""
        return tuple(dict.fromkeys([self.participant.language, *self.participant.speaks]))


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the staff: the table of the day, or the tables by number of the round."""

    staff: Staff
    table: int | None
    tables: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything that papers are made of, but names."""

    stage: Stage
    rounds: Sequence[Round]
    tables: Sequence[Table]
    guests: Sequence[Guest]
    helpers: Sequence[Helper]
    items: Sequence[ScriptItem] = ()


def hall_of_papers(stage: Stage) -> Hall:
    """Read the hall as it stands; a dozen queries, however many people."""
    rounds = rounds_of(stage)
    items = list(stage.script_items.prefetch_related("texts"))
    return Hall(stage, rounds, hall_tables_of(stage), _guests(stage), _helpers(stage), items)


def _guests(stage: Stage) -> list[Guest]:
    """The roster and who else has a seat, walk-ins; in the order of their badges."""
    tables: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    seats = Seat.objects.filter(round__stage=stage, participant__erased_at__isnull=True)
    for person, number, table in seats.values_list("participant_id", "round__number", "table__number"):
        tables[person][number] = table
    pks = {person.pk for person in roster_of(stage)} | set(tables)
    people = {one.pk: one for one in _in_parts(sorted(pks))}
    badges = dict(Badge.objects.filter(stage=stage).values_list("participant_id", "number"))
    codes = {pk: badge_code(stage.pk, pk, badges.get(pk, 1)) for pk in people}
    marks = _marks(codes)
    seen = in_photos(stage.process_id)
    needs = needs_in(stage.process_id)
    return [
        Guest(
            person,
            codes[pk],
            marks[pk],
            pk in seen,
            tables.get(pk, {}),
            dict.fromkeys(str(person.features.get("needs", "")).split(), True) | needs.get(pk, {}),
        )
        for pk, person in sorted(people.items(), key=lambda one: codes[one[0]])
    ]


def _in_parts(pks: Sequence[uuid.UUID], size: int = 500) -> list[Participant]:
    found: list[Participant] = []
    for start in range(0, len(pks), size):
        part = Participant.objects.filter(pk__in=pks[start : start + size], erased_at__isnull=True)
        found += part.select_related("identity")
    return found


def _marks(codes: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, str]:
    """The shortest beginnings, of at least four signs, that no other code has."""
    ordered = sorted(codes.items(), key=lambda one: one[1])
    marks = {}
    for place, (pk, code) in enumerate(ordered):
        near = [other[1] for other in (*ordered[max(0, place - 1) : place], *ordered[place + 1 : place + 2])]
        length = LEAST_SIGNS
        while any(other[:length] == code[:length] for other in near) and length < len(code):
            length += 1
        marks[pk] = code[:length]
    return marks


def _helpers(stage: Stage) -> list[Helper]:
    by_round: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    duties = Duty.objects.filter(staff__stage=stage).values_list("staff_id", "round__number", "table__number")
    for person, number, table in duties:
        by_round[person][number or DAY] = table
    here = Staff.objects.filter(stage=stage).here().exclude(name="")
    return [
        Helper(one, at.get(DAY), {number: table for number, table in at.items() if number != DAY})
        for one in here
        for at in (by_round.get(one.pk, {}),)
    ]


# What has changed since ------------------------------------------------------------------


def seats_digest(hall: Hall) -> str:
    """A fingerprint of who sits where, needs what, is in no photo; two of them are only compared with each other."""
    rows = sorted(
        f"{guest.participant.pk}:{guest.code}:{sorted(guest.tables.items())}:{sorted(map(str, guest.needs.items()))}"
        f":{guest.may_be_in_photos}"
        for guest in hall.guests
    )
    return keyed_hash("scratch", "seats", *rows)


def duties_digest(hall: Hall) -> str:
    """A fingerprint of tables, rounds and staff."""
    tags = sorted({tag for table in hall.tables for tag in table.spoken})
    rounds = [f"{one.number}:{[str(one.say('question', tag)) for tag in tags]}" for one in hall.rounds]
    tables = [
        f"{one.number}:{one.languages}:{one.interpreter_languages}:{one.has_hearing_loop}:{one.closed_at is None}"
        for one in hall.tables
    ]
    staff = [f"{one.staff.pk}:{one.staff.name}:{one.table}:{sorted(one.tables.items())}" for one in hall.helpers]
    return keyed_hash("scratch", "duties", *rounds, *tables, *staff)


def script_digest(hall: Hall) -> str:
    """A fingerprint of the script: its items, lengths and words."""
    words = {one.pk: sorted(f"{row.name}:{row.language}:{row.body}" for row in one.texts.all()) for one in hall.items}
    items = [
        f"{one.kind}:{one.length_seconds}:{one.not_before_at}:{one.round_id}:{words[one.pk]}" for one in hall.items
    ]
    rounds = [str(sorted(f"{row.language}:{row.body}" for row in one.texts.all())) for one in hall.rounds]
    return keyed_hash("scratch", "script", *items, *rounds)
