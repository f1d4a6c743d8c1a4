"""Who was drawn, as the seating takes people: languages, features, household, needs."""

import uuid
from collections.abc import Sequence

from django.db.models import Min, QuerySet

from burgertop.core.seating import HEARING_LOOP, STEP_FREE
from burgertop.core.seating import Person as CorePerson
from burgertop.core.seating import Table as CoreTable
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import roster_of as roster_of_draw
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.queries import needs_in, partner_seats_of
from burgertop.stages.summit.models import Round, Seat, SeatMove, SeatRule, Staff, Table

__all__ = [
    "FEATURES_APART",
    "core_people",
    "core_tables",
    "drawn_of",
    "expected_ids",
    "feature_names",
    "hall_seats_of",
    "known_by",
    "label_of",
    "moves_of",
    "needs_of",
    "people_numbered",
    "roster_of",
    "seat_rules_of",
    "seated_in",
]

# Features that say something of a seat and are not balanced over the tables.
FEATURES_APART = frozenset({"household", "needs"})
NEEDS_OF_TABLE = frozenset({STEP_FREE, HEARING_LOOP})


def roster_of(stage: Stage) -> list[Participant]:
    """The people with a seat at this summit, the erased left out: the roster of the last draw, then partner seats."""
    draw = _draw_of(stage)
    if draw is None:
        return []
    members = roster_of_draw(draw).filter(participant__erased_at__isnull=True)
    return [*(member.participant for member in members), *partner_seats_of(stage.process_id)]


def drawn_of(stage: Stage) -> list[Participant]:
    """Those of the roster whom the lot chose: without partner seats, which are in no pool."""
    return [person for person in roster_of(stage) if person.origin != Origin.PARTNER]


def expected_ids(stage: Stage) -> frozenset[uuid.UUID]:
    """The ids of the people with a seat at this summit; cheap, for the doors ask it with every scan."""
    draw = _draw_of(stage)
    if draw is None:
        return frozenset()
    members = roster_of_draw(draw).filter(participant__erased_at__isnull=True)
    drawn = members.order_by().values_list("participant__pk", flat=True)
    return frozenset(drawn) | {person.pk for person in partner_seats_of(stage.process_id)}


def _draw_of(stage: Stage) -> Draw | None:
    draws = Draw.objects.filter(
        stage__process_id=stage.process_id, stage__kind=StageKind.LOTTERY, state=DrawState.DRAWN
    )
    return draws.annotate(first_drawn=Min("rounds__drawn_at")).order_by("first_drawn", "created_at").last()


def feature_names(people: Sequence[Participant]) -> list[str]:
    """The features to be balanced: those that any of the people has, by name."""
    return sorted({name for person in people for name in person.features} - FEATURES_APART)


def needs_of(people: Sequence[Participant]) -> dict[uuid.UUID, frozenset[str]]:
    """What people need of a table, from the pool and from what they answered: step-free, a hearing loop."""
    if not people:
        return {}
    told = needs_in(people[0].process_id)
    return {
        person.pk: NEEDS_OF_TABLE
        & {
            *str(person.features.get("needs", "")).split(),
            *(name for name, is_so in told.get(person.pk, {}).items() if is_so),
        }
        for person in people
    }


def core_people(people: Sequence[Participant], names: Sequence[str]) -> list[CorePerson]:
    """Describe people to the seating; somebody without a language of their own speaks that of their letters."""
    needs = needs_of(people)
    return [
        CorePerson(
            id=str(person.pk),
            speaks=frozenset(person.speaks or [person.language]),
            features=tuple(str(person.features.get(name, "")) for name in names),
            household=str(person.features.get("household", "")),
            needs=needs[person.pk],
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
            has_hearing_loop=table.has_hearing_loop,
        )
        for table in tables
    ]


def hall_seats_of(participant: Participant) -> QuerySet[Seat]:
    """The tables of one participant, round by round."""
    return participant.hall_seats.select_related("round", "table").order_by("round__number")


def moves_of(participant: Participant) -> QuerySet[SeatMove]:
    """Where one participant was moved to by hand, oldest first."""
    return participant.seat_moves.select_related("round", "table").order_by("moved_at")


def seat_rules_of(participant: Participant) -> QuerySet[SeatRule]:
    """The rules of seats that name one participant."""
    return participant.seat_rules.order_by("made_at", "pk")


def known_by(participant: Participant) -> QuerySet[Staff]:
    """Who of the staff of the hall says that they know this participant."""
    return participant.known_by_staff.order_by("role", "pk")


def seated_in(rounds: Sequence[Round]) -> list[dict[int, list[str]]]:
    """Who sits where in each of these rounds, as table number to ids of people; those who were erased are left out."""
    rows = Seat.objects.filter(round__in=rounds, participant__erased_at__isnull=True)
    found: dict[uuid.UUID, dict[int, list[str]]] = {one.pk: {} for one in rounds}
    for pk, table, person in rows.values_list("round_id", "table__number", "participant_id").order_by("pk"):
        found[pk].setdefault(table, []).append(str(person))
    return [found[one.pk] for one in rounds]


def label_of(person: Participant) -> str:
    """The number under which staff knows somebody: that of the pool, else the beginning of the id; never a name."""
    return person.pool_id or str(person.pk)[:8]


def people_numbered(stage: Stage, words: Sequence[str]) -> list[Participant]:
    """Find people by the numbers under which staff knows them, in this order; each once.

    Raises:
        HouseError: ``summit.no_such_people``.
    """
    people = Participant.objects.filter(process=stage.process_id, erased_at=None)
    known = {label_of(one): one for one in people.filter(pool_id__in=["", *words])}
    if unknown := tuple(word for word in words if word not in known):
        raise HouseError("summit.no_such_people", numbers=unknown)
    return [known[word] for word in dict.fromkeys(words)]
