"""Reads of the room: every table in one round with people and staff, the steps to a plan, the morning."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.queries import needs_in
from burgertop.stages.summit.models import (
    Duty,
    Round,
    RoundState,
    Seat,
    SeatPlan,
    SeatRule,
    StaffRole,
    Table,
)
from burgertop.stages.summit.queries.doors import has_checked_in, present_in
from burgertop.stages.summit.queries.hall import hall_tables_of
from burgertop.stages.summit.queries.plan import proposed_plan, standing_plan
from burgertop.stages.summit.queries.roster import label_of, roster_of
from burgertop.stages.summit.queries.staff import Bare, bare_of, duties_of, needs_interpreter

__all__ = [
    "Guest",
    "Kind",
    "Morning",
    "Move",
    "RoomTable",
    "Steps",
    "guests_at",
    "kinds_of",
    "last_job_of",
    "morning_of",
    "moves_in",
    "room_of",
    "rules_list",
    "steps_to_plan",
    "waiting_for_seat",
]

NEEDS_SHOWN = ("interpreter", "sign_language", "large_print", "step_free", "hearing_loop")


@dataclass(frozen=True, slots=True)
class Kind:
    """Tables of the same languages: the letters that stand for them, which line draws them, how many there are."""

    languages: tuple[str, ...]
    has_interpreter: bool
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class RoomTable:
    """One table in one round: people, kind, and whether somebody leads it and interprets there."""

    table: Table
    people: int
    kind: Kind
    facilitator: str
    interpreter: str
    is_staffed: bool = True

    @property
    def lacks(self) -> bool:
        """Whether people sit here and somebody who should work here is missing; not asked while nobody has a duty."""
        lacks_voice = needs_interpreter(self.table) and not self.interpreter
        return self.is_staffed and bool(self.people) and (not self.facilitator or lacks_voice)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at a table as staff sees them: seat, number, languages, needs; no name, no profile."""

    seat: Seat
    label: str
    languages: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the room is: tables and seats, people, staff, rules, the plan that stands."""

    tables: int
    seats: int
    people: int
    facilitators: int
    interpreters: int
    away: int
    rules: int
    plan: SeatPlan | None
    bare: Bare


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who changes tables: number, from where (0: had none), to where."""

    label: str
    origin: int
    table: int


@dataclass(frozen=True, slots=True)
class Morning:
    """Who has a seat, who of them is here, who is here without one; and the proposal, if there is one."""

    is_begun: bool
    seated: int
    here: int
    missing: int
    waiting: tuple[Participant, ...]
    proposal: SeatPlan | None
    moves: tuple[Move, ...]


def kinds_of(tables: Sequence[Table]) -> dict[uuid.UUID, Kind]:
    """The kind of each table; kinds are numbered as they come."""
    keys = {table.pk: (tuple(table.spoken), needs_interpreter(table)) for table in tables}
    counts = Counter(keys.values())
    lines = {key: number for number, key in enumerate(dict.fromkeys(keys.values()), 1)}
    kinds = {key: Kind(*key, line=line, count=counts[key]) for key, line in lines.items()}
    return {pk: kinds[key] for pk, key in keys.items()}


def room_of(stage: Stage, round_: Round | None) -> list[RoomTable]:
    """Every table in a round with its people and staff; three queries, however many tables."""
    tables = hall_tables_of(stage)
    kinds = kinds_of(tables)
    people: Counter[uuid.UUID] = Counter()
    if round_ is not None:
        people.update(Seat.objects.filter(round=round_).values_list("table_id", flat=True))
    leads, voices = _names_at(duties_of(stage), round_)
    return [
        RoomTable(
            table,
            people[table.pk],
            kinds[table.pk],
            leads.get(table.pk, ""),
            voices.get(table.pk, ""),
            is_staffed=bool(leads or voices),
        )
        for table in tables
    ]


def _names_at(duties: Iterable[Duty], round_: Round | None) -> tuple[dict[uuid.UUID, str], dict[uuid.UUID, str]]:
    leads, voices = {}, {}
    for duty in duties:
        if duty.staff.role == StaffRole.FACILITATOR:
            leads[duty.table_id] = duty.staff.name or "–"
        elif round_ is not None and duty.round_id == round_.pk:
            voices[duty.table_id] = duty.staff.name or "–"
    return leads, voices


def guests_at(table: Table) -> dict[int, list[Guest]]:
    """Who sits at a table, by the number of the round."""
    seats = Seat.objects.filter(table=table, participant__erased_at__isnull=True)
    told = needs_in(table.stage.process_id)
    found: dict[int, list[Guest]] = {}
    for seat in seats.select_related("round", "participant").order_by("round__number", "participant__pool_id", "pk"):
        person = seat.participant
        asked = {*str(person.features.get("needs", "")).split(), *_yes(told.get(person.pk, {}))}
        needs = tuple(name for name in NEEDS_SHOWN if name in asked)
        guest = Guest(seat, label_of(person), tuple(person.speaks or [person.language]), needs)
        found.setdefault(seat.round.number, []).append(guest)
    return found


def _yes(needs: Mapping[str, object]) -> set[str]:
    return {name for name, value in needs.items() if value}


def rules_list(stage: Stage) -> list[tuple[SeatRule, str]]:
    """The rules, each with the numbers of its people."""
    rules = SeatRule.objects.filter(stage=stage).select_related("table", "round").prefetch_related("people")
    return [(rule, ", ".join(sorted(label_of(one) for one in rule.people.all()))) for rule in rules]


def steps_to_plan(stage: Stage, rounds: Sequence[Round]) -> Steps:
    """How far the room is."""
    tables = [table for table in hall_tables_of(stage) if table.closed_at is None]
    staff = list(stage.hall_staff.values_list("role", "away_since"))
    here = Counter(role for role, away_since in staff if away_since is None)
    return Steps(
        tables=len(tables),
        seats=sum(table.seats for table in tables),
        people=len(roster_of(stage)),
        facilitators=here[StaffRole.FACILITATOR],
        interpreters=here[StaffRole.INTERPRETER],
        away=sum(away_since is not None for _role, away_since in staff),
        rules=stage.seat_rules.count(),
        plan=standing_plan(stage),
        bare=bare_of(stage, rounds),
    )


def last_job_of(stage: Stage, kind: str) -> Job | None:
    """The last piece of long work of a kind for this stage."""
    return Job.objects.filter(subject=stage.pk, kind=kind).order_by("-made_at").first()


def _next_seats(stage: Stage) -> set[uuid.UUID]:
    """Who has a seat in the next round that is not over."""
    ahead = stage.rounds.exclude(state=RoundState.CLOSED).order_by("number").first()
    seats = Seat.objects.filter(round=ahead, participant__erased_at__isnull=True)
    return set(seats.values_list("participant_id", flat=True)) if ahead is not None else set()


def waiting_for_seat(stage: Stage) -> list[Participant]:
    """Who is in the house and has no seat in the next round."""
    waiting = present_in(stage) - _next_seats(stage)
    return list(Participant.objects.filter(pk__in=waiting, erased_at__isnull=True).order_by("pool_id", "pk"))


def morning_of(stage: Stage) -> Morning:
    """How many are expected, here, missing; who waits for a seat; what is proposed."""
    seated, here = _next_seats(stage), present_in(stage)
    proposal = proposed_plan(stage)
    return Morning(
        is_begun=has_checked_in(stage),
        seated=len(seated),
        here=len(here),
        missing=len(seated - here),
        waiting=tuple(waiting_for_seat(stage)),
        proposal=proposal,
        moves=moves_in(stage, proposal) if proposal is not None else (),
    )


def moves_in(stage: Stage, plan: SeatPlan) -> tuple[Move, ...]:
    """Who changes tables in the first round of a plan for those who are here, and who gets a table at all."""
    number = plan.rounds[0] if plan.rounds else 0
    before = _places(plan.given.get("seated", {}).get(str(number), {}))
    if plan.proposal:
        after = _places(plan.proposal[0])
    else:
        rows = Seat.objects.filter(round__stage=stage, round__number=number)
        after = {str(person): table for person, table in rows.values_list("participant_id", "table__number")}
    changed = {one: table for one, table in after.items() if before.get(one) != table}
    people = {str(one.pk): one for one in Participant.objects.filter(pk__in=changed, erased_at__isnull=True)}
    moves = [Move(label_of(people[one]), before.get(one, 0), table) for one, table in changed.items() if one in people]
    return tuple(sorted(moves, key=lambda move: (move.origin == 0, move.label)))


def _places(seated: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {one: int(table) for table, ids in seated.items() for one in ids}
