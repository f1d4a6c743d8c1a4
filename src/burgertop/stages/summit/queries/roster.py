"""Who was drawn, as the seating takes people: languages, features, household, needs."""

import uuid
from collections.abc import Sequence

from django.db.models import Min, QuerySet

from burgertop.core.seating import STEP_FREE
from burgertop.core.seating import Person as CorePerson
from burgertop.core.seating import Table as CoreTable
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import roster_of as roster_of_draw
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.summit.models import Round, Seat, Table

__all__ = [
    "FEATURES_APART",
    "core_people",
    "core_tables",
    "expected_ids",
    "feature_names",
    "hall_seats_of",
    "roster_of",
    "seated_before",
]

# Features that say something of a seat and are not balanced over the tables.
FEATURES_APART = frozenset({"household", "needs"})


def roster_of(stage: Stage) -> list[Participant]:
    """The people with a seat at this summit: the roster of the last draw of the lottery, the erased left out."""
    draw = _draw_of(stage)
    if draw is None:
        return []
    members = roster_of_draw(draw).filter(participant__erased_at__isnull=True)
    return [member.participant for member in members]


def expected_ids(stage: Stage) -> frozenset[uuid.UUID]:
    """The ids of the people with a seat at this summit; cheap, for the doors ask it with every scan."""
    draw = _draw_of(stage)
    if draw is None:
        return frozenset()
    members = roster_of_draw(draw).filter(participant__erased_at__isnull=True)
    return frozenset(members.order_by().values_list("participant__pk", flat=True))


def _draw_of(stage: Stage) -> Draw | None:
    draws = Draw.objects.filter(
        stage__process_id=stage.process_id, stage__kind=StageKind.LOTTERY, state=DrawState.DRAWN
    )
    return draws.annotate(first_drawn=Min("rounds__drawn_at")).order_by("first_drawn", "created_at").last()


def feature_names(people: Sequence[Participant]) -> list[str]:
    """The features to be balanced: those that any of the people has, by name."""
    return sorted({name for person in people for name in person.features} - FEATURES_APART)


def core_people(people: Sequence[Participant], names: Sequence[str]) -> list[CorePerson]:
    """Describe people to the seating; somebody without a language of their own speaks that of their letters."""
    return [
        CorePerson(
            id=str(person.pk),
            speaks=frozenset(person.speaks or [person.language]),
            features=tuple(str(person.features.get(name, "")) for name in names),
            household=str(person.features.get("household", "")),
            needs=frozenset({STEP_FREE} if STEP_FREE in str(person.features.get("needs", "")).split() else ()),
        )
        for person in people
    ]


def core_tables(tables: Sequence[Table]) -> list[CoreTable]:
    """Describe tables to the seating."""
    return [
        CoreTable(
            number=table.number,
            seats=table.seats,
            languages=frozenset(table.languages),
            interpreter=frozenset(table.interpreter_languages),
            is_step_free=table.is_step_free,
        )
        for table in tables
    ]


def hall_seats_of(participant: Participant) -> QuerySet[Seat]:
    """The tables of one participant, round by round."""
    return participant.hall_seats.select_related("round", "table").order_by("round__number")


def seated_before(round_: Round) -> list[dict[int, list[str]]]:
    """Who sits where in the rounds before this one, each as table number to people: who has met whom."""
    rows = Seat.objects.filter(round__stage_id=round_.stage_id, round__number__lt=round_.number)
    found: dict[int, dict[int, list[str]]] = {}
    for number, table, person in rows.values_list("round__number", "table__number", "participant_id").order_by("pk"):
        found.setdefault(number, {}).setdefault(table, []).append(str(person))
    return [found[number] for number in sorted(found)]
