"""The morning: a plan for those who are here, shown before it is done; and a seat for whoever comes unexpected."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from burgertop.core.seating import LEAST_AT_TABLE, Reseating, reseat
from burgertop.core.seating import seat_walk_in as free_seats
from burgertop.core.seating.rules import LEAST_SPEAKERS
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.planning import (
    STEPS,
    Tell,
    chance_of,
    check_unchanged,
    facts_of,
    figures_of,
    in_numbers,
    kept_of,
    result_digest,
    store_plan,
)
from burgertop.stages.summit.models import Effort, PlanKind, PlanState, Round, RoundState, Seat, SeatPlan
from burgertop.stages.summit.queries.plan import Given, Then, given_of, proposed_plan, standing_plan

__all__ = [
    "accept_proposal",
    "discard_proposal",
    "propose_reseat",
    "reseat_hall",
    "reseated",
    "seat_walk_in",
]

Seated = Mapping[int, Sequence[str]]


def propose_reseat(
    stage: Stage,
    present: Collection[uuid.UUID],
    *,
    seed: str,
    least: int = LEAST_AT_TABLE,
    effort: str = Effort.QUICK,
    now: datetime,
    tell: Tell | None = None,
) -> SeatPlan:
    """Plan the rounds not begun for those who are here, with as few moves as possible; kept to be looked at.

    Tables that are closed get nobody; tables with fewer than ``least`` people are closed or filled. Only one
    proposal is kept: a new one takes its place. Seats change only when it is accepted.

    Raises:
        CoreError: what ``core.seating.reseat`` says, people under their numbers.
        HouseError: ``summit.nobody_here``, ``summit.no_round_planned``, ``summit.pin_at_closed_table``.
    """
    told = tell or (lambda _done, _total: None)
    told(0, STEPS)
    given = _given_for(stage, present, _least_speakers(stage))
    plan = SeatPlan(
        stage=stage,
        kind=PlanKind.RESEATED,
        state=PlanState.PROPOSED,
        seed=seed,
        effort=effort,
        least_at_table=least,
        least_speakers=given.rules.least_speakers,
        rounds=list(given.planned),
        people=len(given.people),
        tables=len(given.tables),
        input_digest=given.input_digest(has_seats_ahead=True),
        rules_digest=given.rules_digest,
        planned_at=now,
    )
    told(1, STEPS)
    found = reseated(given, plan)
    told(2, STEPS)
    plan.result_digest = result_digest(given.planned, found.seating.rounds)
    plan.given = kept_of(given, given.seated)
    plan.proposal = [{str(table): list(ids) for table, ids in one.items()} for one in found.seating.rounds]
    plan.figures = figures_of(found.seating, given) | _moves_in(given, found)
    with transaction.atomic():
        Stage.objects.select_for_update().get(pk=stage.pk)
        SeatPlan.objects.filter(stage=stage, state=PlanState.PROPOSED).delete()
        plan.save()
    told(STEPS, STEPS)
    return plan


def reseated(given: Given, plan: SeatPlan) -> Reseating:
    """Compute a plan for those who are here; nothing is stored.

    Raises:
        CoreError: as ``reseat``, people under their numbers.
    """
    with in_numbers(given):
        return reseat(
            given.people,
            given.tables,
            given.seated,
            feature_names=given.names,
            rng=chance_of(plan),
            rules=given.rules,
            begun=given.begun,
            least=plan.least_at_table,
            effort=plan.effort,
        )


def _moves_in(given: Given, found: Reseating) -> dict[str, object]:
    """How many get another table in the next round, how many one at all, which tables close and stay short."""
    before = _table_of(given.seated[given.begun])
    after = _table_of(found.seating.rounds[0])
    return {
        "moved": sum(one in before and before[one] != table for one, table in after.items()),
        "newly_seated": sum(one not in before for one in after),
        "floor": found.floor,
        "closed": list(found.closed),
        "short": list(found.short),
    }


def _table_of(seated: Seated) -> dict[str, int]:
    return {one: table for table, ids in seated.items() for one in ids}


@transaction.atomic
def accept_proposal(stage: Stage, plan_id: uuid.UUID, *, now: datetime) -> SeatPlan:
    """Make the proposal that was looked at the plan that stands, if seats, tables and rules are as they were then.

    Tables that nobody sits at any more are closed. Accepted twice, it counts once.

    Raises:
        HouseError: ``summit.proposal_gone``, ``summit.hall_changed``.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    known = standing_plan(stage)
    if known is not None and known.pk == plan_id:
        return known
    plan = proposed_plan(stage)
    if plan is None or plan.pk != plan_id:
        raise HouseError("summit.proposal_gone")
    here = [uuid.UUID(one) for one in plan.given.get("people", [])]
    given = _given_for(stage, here, plan.least_speakers)
    check_unchanged(plan, given)
    rounds = [{int(table): ids for table, ids in one.items()} for one in plan.proposal]
    plan.stage, plan.planned_at = stage, now
    store_plan(stage, plan, rounds, given)
    stage.tables.filter(number__in=plan.figures["closed"]).update(closed_at=now)
    names = ("moved", "newly_seated", "floor", "closed", "short")
    facts = {"least_at_table": plan.least_at_table, **{name: plan.figures[name] for name in names}}
    append(stage.process_id, "seats_replanned", {**facts_of(plan), **facts}, now=now)
    return plan


def discard_proposal(stage: Stage) -> None:
    """Forget the proposal; the seats stay as they are."""
    SeatPlan.objects.filter(stage=stage, state=PlanState.PROPOSED).delete()


def reseat_hall(
    stage: Stage,
    present: Collection[uuid.UUID],
    *,
    seed: str,
    least: int = LEAST_AT_TABLE,
    effort: str = Effort.QUICK,
    now: datetime,
) -> SeatPlan:
    """Seat those who are here in the rounds not begun, at once: ``propose_reseat``, then ``accept_proposal``.

    Raises:
        CoreError, HouseError: as these.
    """
    plan = propose_reseat(stage, present, seed=seed, least=least, effort=effort, now=now)
    return accept_proposal(stage, plan.pk, now=now)


def _given_for(stage: Stage, present: Collection[uuid.UUID], least_speakers: int) -> Given:
    here = Participant.objects.filter(process_id=stage.process_id, pk__in=present, erased_at__isnull=True)
    people = list(here.order_by("pk"))
    if not people:
        raise HouseError("summit.nobody_here")
    given = given_of(stage, people, least_speakers=least_speakers)
    if not given.planned:
        raise HouseError("summit.no_round_planned")
    return given


def _least_speakers(stage: Stage) -> int:
    plan = standing_plan(stage)
    return plan.least_speakers if plan is not None else LEAST_SPEAKERS


@transaction.atomic
def seat_walk_in(stage: Stage, participant: Participant, *, now: datetime) -> list[Seat]:
    """Give somebody without a seat a free one in every round that is not over; nobody else moves.

    Somebody who has a seat in all of them keeps what they have, and nothing is written.

    Raises:
        CoreError: ``seating.no_free_seat``, people under their numbers.
        HouseError: ``summit.no_round_planned``, ``summit.not_seatable``: erased, or of another process.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    if participant.erased_at is not None or participant.process_id != stage.process_id:
        raise HouseError("summit.not_seatable")
    ahead = list(stage.rounds.exclude(state=RoundState.CLOSED).order_by("number"))
    if not ahead:
        raise HouseError("summit.no_round_planned")
    seats = Seat.objects.filter(round__in=ahead, participant=participant).select_related("round", "table")
    if seats.count() == len(ahead):
        return list(seats.order_by("round__number"))
    seats.delete()
    given, tables = _free_seats(stage, participant, ahead)
    table_of = {table.number: table for table in stage.tables.all()}
    row_of = {one.number: one for one in ahead}
    made = Seat.objects.bulk_create(
        Seat(round=row_of[number], table=table_of[table], participant=participant)
        for number, table in zip(given.planned, tables, strict=True)
    )
    facts = {"stage": str(stage.pk), "rounds": list(given.planned)}
    append(stage.process_id, "walk_in_seated", facts, now=now)
    return made


def _free_seats(stage: Stage, newcomer: Participant, ahead: Sequence[Round]) -> tuple[Given, tuple[int, ...]]:
    seated = Participant.objects.filter(hall_seats__round__in=ahead, erased_at__isnull=True).distinct()
    everybody = [*seated.order_by("pk"), newcomer]
    numbers = [one.number for one in ahead]
    given = given_of(stage, everybody, least_speakers=_least_speakers(stage), then=Then(planned=numbers, locks=()))
    with in_numbers(given):
        tables = free_seats(
            given.people[-1],
            given.people[:-1],
            given.tables,
            given.seated,
            feature_names=given.names,
            rules=given.rules,
            begun=given.begun,
        )
    return given, tables
