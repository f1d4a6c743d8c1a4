"""Seats changed by hand: what it would cost, done, undone; a seat changed by hand is locked until it is let go."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from burgertop.core.seating import MoveCost, breaches_of, cost_of_move
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Round, RoundState, Seat, SeatMove, Table
from burgertop.stages.summit.queries import core_people, core_tables
from burgertop.stages.summit.queries.hall import hall_tables_of
from burgertop.stages.summit.queries.plan import Given, Then, given_of, last_act_of, standing_plan

__all__ = ["HandCost", "loosen_seat", "move_cost", "move_seat", "swap_seats", "undo_last_move"]

# What a table must have; whatever else a move breaks is shown, and whoever moves somebody decides.
FORBIDDEN = frozenset(
    {"seating.table_overfull", "seating.not_understood", "seating.not_step_free", "seating.no_hearing_loop"}
)


class HandCost:
    """What a move would change: the cost as the core counts it, the features it names, and what forbids it."""

    def __init__(self, cost: MoveCost, given: Given) -> None:
        self.cost = cost
        self.features = tuple(zip(given.names, cost.by_feature, strict=True))
        self.broken = tuple(_in_numbers(one.code, dict(one.params), given) for one in cost.broken)
        self.mended = tuple(_in_numbers(one.code, dict(one.params), given) for one in cost.mended)
        self.is_forbidden = any(one.code in FORBIDDEN for one in cost.broken)


def _in_numbers(code: str, params: dict[str, object], given: Given) -> HouseError:
    def named(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(sorted(given.labels.get(str(one), str(one)) for one in value))
        return given.labels.get(value, value) if isinstance(value, str) else value

    return HouseError.kept(code, {name: named(value) for name, value in params.items()})


def move_cost(stage: Stage, seat: Seat, table: Table, *, swap_with: Seat | None = None) -> HandCost:
    """Tell what moving somebody to another table in one round would change; nothing is stored.

    Raises:
        HouseError: ``summit.same_table``, ``summit.table_closed``.
    """
    _check_target(seat, table)
    plan = standing_plan(stage)
    people = list(
        Participant.objects.filter(hall_seats__round__stage=stage, erased_at__isnull=True).distinct().order_by("pk")
    )
    tables = [table.number for table in hall_tables_of(stage)]
    given = given_of(
        stage,
        people,
        **({"least_speakers": plan.least_speakers} if plan is not None else {}),
        then=Then(tables=tables, locks=()),
    )
    cost = cost_of_move(
        given.people,
        given.tables,
        given.seated,
        number=given.numbers.index(seat.round.number) + 1,
        person=str(seat.participant_id),
        table=table.number,
        swap_with=str(swap_with.participant_id) if swap_with is not None else "",
        rules=given.rules,
    )
    return HandCost(cost, given)


@transaction.atomic
def move_seat(seat: Seat, table: Table, *, now: datetime) -> Seat:
    """Move one person to another table in one round, if the table can take them; the seat is locked.

    Raises:
        HouseError: ``summit.same_table``, ``summit.table_closed``, ``seating.table_overfull``,
            ``seating.not_understood``, ``seating.not_step_free``, ``seating.no_hearing_loop``.
    """
    locked = Seat.objects.select_for_update().select_related("participant", "round__stage").get(pk=seat.pk)
    target = Table.objects.select_for_update().get(pk=table.pk)
    _check_target(locked, target)
    there = Seat.objects.filter(round_id=locked.round_id, table=target).select_related("participant")
    _check_table(target, [*(one.participant for one in there), locked.participant])
    _change([locked], [target], now)
    _write_change(locked.round, "seat_moved", now)
    return locked


@transaction.atomic
def swap_seats(first: Seat, second: Seat, *, now: datetime) -> tuple[Seat, Seat]:
    """Let two people of one round change tables, if each may sit at the other's; both seats are locked.

    Raises:
        HouseError: as ``move_seat``.
    """
    locked = {
        seat.pk: seat
        for seat in Seat.objects.select_for_update(of=("self",))
        .filter(pk__in=[first.pk, second.pk], round_id=first.round_id)
        .select_related("participant", "table", "round__stage")
    }
    one, other = locked[first.pk], locked[second.pk]
    _check_target(one, other.table)
    _check_target(other, one.table)
    _check_table(one.table, [other.participant])
    _check_table(other.table, [one.participant])
    _change([one, other], [other.table, one.table], now)
    _write_change(one.round, "seats_swapped", now)
    return one, other


@transaction.atomic
def undo_last_move(stage: Stage, *, now: datetime) -> int:
    """Take back the last move by hand that was not taken back, if everybody in it still sits there; return how many.

    Raises:
        HouseError: ``summit.nothing_to_undo``, ``summit.move_overtaken``.
    """
    moves = last_act_of(stage)
    if not moves:
        raise HouseError("summit.nothing_to_undo")
    for move in moves:
        seats = Seat.objects.select_for_update().filter(
            round=move.round, participant=move.participant, table=move.table
        )
        seat = seats.first()
        if seat is None or move.round.state == RoundState.CLOSED:
            raise HouseError("summit.move_overtaken")
        seat.table, seat.is_by_hand = move.origin_table, move.was_by_hand
        seat.save(update_fields=["table", "is_by_hand"])
    SeatMove.objects.filter(pk__in=[move.pk for move in moves]).update(undone_at=now)
    _write_change(moves[0].round, "seat_move_undone", now)
    return len(moves)


@transaction.atomic
def loosen_seat(seat: Seat) -> Seat:
    """Let a seat that was changed by hand go: the next plan may move this person again."""
    Seat.objects.filter(pk=seat.pk).update(is_by_hand=False)
    seat.refresh_from_db()
    return seat


def _change(seats: Sequence[Seat], tables: Sequence[Table], now: datetime) -> None:
    """Put people at their new tables, and write down where they come from."""
    act = uuid.uuid4()
    SeatMove.objects.bulk_create(
        SeatMove(
            round=seat.round,
            participant=seat.participant,
            origin_table_id=seat.table_id,
            table=table,
            was_by_hand=seat.is_by_hand,
            act=act,
            moved_at=now,
        )
        for seat, table in zip(seats, tables, strict=True)
    )
    for seat, table in zip(seats, tables, strict=True):
        seat.table, seat.is_by_hand = table, True
    Seat.objects.bulk_update(seats, ["table", "is_by_hand"])


def _check_target(seat: Seat, table: Table) -> None:
    if seat.table_id == table.pk:
        raise HouseError("summit.same_table")
    if table.closed_at is not None:
        raise HouseError("summit.table_closed", table=table.number)


def _check_table(table: Table, people: Sequence[Participant]) -> None:
    seated = core_people(people, [])
    plan = {table.number: [person.id for person in seated]}
    for breach in breaches_of(plan, seated, core_tables([table])):
        if breach.code in FORBIDDEN:
            raise HouseError(breach.code, **breach.params)


def _write_change(round_: Round, kind: str, now: datetime) -> None:
    facts = {"stage": str(round_.stage_id), "round": round_.number}
    append(round_.stage.process_id, kind, facts, now=now)
