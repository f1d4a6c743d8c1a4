"""Somebody is erased before the day is over."""

from datetime import datetime

from burgertop.foundation.people.actions import erase
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import (
    Effort,
    PlanState,
    Round,
    RuleKind,
    RuleReason,
    Seat,
    SeatMove,
    SeatPlan,
    SeatRule,
    Staff,
    StaffRole,
    Table,
)


def test_seats_to_come_are_free_and_no_rule_remembers(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    gone = people[0]
    actions.open_round(rounds[0], now=now)
    Seat.objects.bulk_create(Seat(round=one, table=tables[0], participant=gone) for one in rounds)
    SeatMove.objects.create(round=rounds[1], participant=gone, origin_table=tables[1], table=tables[0])
    few, many = (SeatRule.objects.create(stage=stage, kind=RuleKind.APART, reason=RuleReason.CARER) for _ in "ab")
    few.people.set(people[:2])
    many.people.set(people[:3])
    helper = Staff.objects.create(stage=stage, role=StaffRole.FACILITATOR, name="Ann", languages=["nl"])
    helper.knows.set(people[:2])
    for state in (PlanState.STANDING, PlanState.PROPOSED):
        SeatPlan.objects.create(
            stage=stage,
            state=state,
            seed="1",
            effort=Effort.QUICK,
            people=12,
            tables=4,
            given={"people": ["x"]},
            planned_at=now,
        )

    erase(gone, now=now)
    actions.forget_in_hall(gone.pk)

    assert list(Seat.objects.values_list("round__number", flat=True)) == [1]
    assert not SeatMove.objects.exists()
    assert [set(rule.people.all()) for rule in SeatRule.objects.all()] == [set(people[1:3])]
    assert list(helper.knows.all()) == [people[1]]
    assert list(SeatPlan.objects.values_list("state", "given")) == [("standing", {})]


def test_somebody_who_never_took_part_changes_nothing(stage: Stage) -> None:
    actions.forget_in_hall(stage.pk)

    assert not Seat.objects.exists()
