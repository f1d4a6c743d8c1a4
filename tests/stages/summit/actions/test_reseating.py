"""The morning: some are missing, some come unexpected."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.core.errors import InfeasibleError
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Process, Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import PlanState, Round, Seat, SeatPlan, Table


@pytest.fixture
def planned(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> SeatPlan:
    return actions.seat_hall(stage, seed="7 3 1", effort="quick", least_speakers=1, now=now)


@pytest.fixture
def newcomer(process: Process) -> Participant:
    return Participant.objects.create(
        process=process, origin=Origin.DRAWN, language="nl", speaks=["nl"], features={"sex": "F"}, pool_id="late-1"
    )


def table_of(round_: Round) -> dict[uuid.UUID, int]:
    return dict(Seat.objects.filter(round=round_).values_list("participant_id", "table__number"))


def test_few_move_and_tables_with_few_people_close(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    before = table_of(rounds[0])
    here = [one.pk for one in people if before[one.pk] != 2] + [pk for pk in before if before[pk] == 2][:1]
    Table.objects.update(seats=6)

    made = actions.reseat_hall(stage, here, seed="5 5 5", least=3, now=now)

    after = table_of(rounds[0])
    moved = [pk for pk in after if after[pk] != before[pk]]
    assert set(after) == set(here)
    assert (made.figures["moved"], made.figures["floor"], len(moved)) == (1, 1, 1)
    assert made.figures["closed"] == [2]
    assert list(Table.objects.filter(closed_at__isnull=False).values_list("number", flat=True)) == [2]
    facts = Entry.objects.get(kind="seats_replanned").facts
    assert (facts["moved"], facts["closed"], facts["people"]) == (1, [2], len(here))
    assert not any(str(one.pk) in str(facts) for one in people)


def test_a_round_under_way_stays(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    actions.open_round(rounds[0], now=now)
    before = table_of(rounds[0])

    made = actions.reseat_hall(stage, [one.pk for one in people[:10]], seed="5", least=1, now=now)

    assert (table_of(rounds[0]), made.rounds) == (before, [2])
    assert set(table_of(rounds[1])) == {one.pk for one in people[:10]}


def test_a_proposal_changes_nothing_until_it_is_accepted_and_counts_once(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    before = table_of(rounds[0])
    shown = actions.propose_reseat(stage, [one.pk for one in people[:9]], seed="5", least=1, now=now)
    unchanged = table_of(rounds[0])

    first = actions.accept_proposal(stage, shown.pk, now=now)
    again = actions.accept_proposal(stage, shown.pk, now=now)

    planned.refresh_from_db()
    assert unchanged == before
    assert (first.pk, again.pk, first.state, first.proposal) == (shown.pk, shown.pk, PlanState.STANDING, [])
    assert planned.state == PlanState.PAST
    assert set(table_of(rounds[0])) == {one.pk for one in people[:9]}
    assert Entry.objects.filter(kind="seats_replanned").count() == 1


def test_a_proposal_is_not_done_when_seats_changed_since(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    shown = actions.propose_reseat(stage, [one.pk for one in people[:9]], seed="5", least=1, now=now)
    Seat.objects.filter(round=rounds[1], participant=people[0]).delete()
    before = table_of(rounds[0])

    with pytest.raises(HouseError) as caught:
        actions.accept_proposal(stage, shown.pk, now=now)

    assert caught.value.code == "summit.hall_changed"
    assert table_of(rounds[0]) == before


def test_a_proposal_that_was_replaced_or_discarded_is_gone(
    stage: Stage, planned: SeatPlan, people: list[Participant], now: datetime
) -> None:
    here = [one.pk for one in people[:9]]
    old = actions.propose_reseat(stage, here, seed="5", least=1, now=now)
    new = actions.propose_reseat(stage, here, seed="6", least=1, now=now)
    actions.discard_proposal(stage)

    found = []
    for one in (old, new):
        with pytest.raises(HouseError) as caught:
            actions.accept_proposal(stage, one.pk, now=now)
        found.append(caught.value.code)

    assert found == ["summit.proposal_gone"] * 2


def test_without_anybody_there_is_nothing_to_plan(stage: Stage, planned: SeatPlan, now: datetime) -> None:
    with pytest.raises(HouseError) as caught:
        actions.propose_reseat(stage, [], seed="5", now=now)

    assert say(caught.value) == "Nobody is checked in yet."


def test_people_at_a_table_that_is_gone_get_seats_elsewhere(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    Table.objects.filter(number=1).update(closed_at=now)
    Table.objects.exclude(number=1).update(seats=8)
    lost = [pk for pk, table in table_of(rounds[0]).items() if table == 1]

    made = actions.reseat_hall(stage, [one.pk for one in people], seed="5", least=1, now=now)

    after = table_of(rounds[0])
    assert 1 not in after.values()
    assert lost
    assert made.figures["moved"] >= len(lost)


def test_a_walk_in_gets_a_seat_in_every_round_and_nobody_moves(
    stage: Stage,
    planned: SeatPlan,
    rounds: list[Round],
    people: list[Participant],
    newcomer: Participant,
    now: datetime,
) -> None:
    Seat.objects.filter(participant=people[0]).delete()
    before = [table_of(one) for one in rounds]

    seats = actions.seat_walk_in(stage, newcomer, now=now)
    again = actions.seat_walk_in(stage, newcomer, now=now)

    assert [seat.round.number for seat in seats] == [1, 2]
    assert [seat.pk for seat in again] == [seat.pk for seat in seats]
    after = [table_of(one) for one in rounds]
    assert [{pk: table for pk, table in one.items() if pk != newcomer.pk} for one in after] == before
    assert Entry.objects.get(kind="walk_in_seated").facts["rounds"] == [1, 2]


def test_a_walk_in_joins_the_round_under_way(
    stage: Stage,
    planned: SeatPlan,
    rounds: list[Round],
    people: list[Participant],
    newcomer: Participant,
    now: datetime,
) -> None:
    Seat.objects.filter(participant=people[0]).delete()
    actions.open_round(rounds[0], now=now)

    actions.seat_walk_in(stage, newcomer, now=now)

    assert Seat.objects.filter(participant=newcomer).count() == 2


def test_when_no_seat_is_free_it_is_said(
    stage: Stage, planned: SeatPlan, people: list[Participant], newcomer: Participant, now: datetime
) -> None:
    Table.objects.filter(number__in=[1, 2, 4]).update(seats=3)

    with pytest.raises(InfeasibleError) as caught:
        actions.seat_walk_in(stage, newcomer, now=now)

    assert say(caught.value) == "No free seat in round 1 keeps all rules for participant late-1."


@pytest.mark.parametrize("act", ["erased", "elsewhere"])
def test_who_is_not_of_this_process_gets_no_seat(
    stage: Stage, planned: SeatPlan, newcomer: Participant, now: datetime, act: str, other_process: Process
) -> None:
    newcomer.erased_at = now if act == "erased" else None
    newcomer.process = other_process if act == "elsewhere" else newcomer.process

    with pytest.raises(HouseError) as caught:
        actions.seat_walk_in(stage, newcomer, now=now)

    assert caught.value.code == "summit.not_seatable"


@pytest.fixture
def other_process(db: None) -> Process:
    return Process.objects.create(slug="other", languages=["nl"])


def test_the_plan_computed_again_is_the_same(
    stage: Stage, planned: SeatPlan, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    drawn = actions.check_plan_again(stage)
    dutch = Seat.objects.filter(round=rounds[0], participant__language="nl").order_by("table__number")
    actions.swap_seats(dutch[0], dutch.reverse()[0], now=now)
    actions.open_round(rounds[0], now=now)
    later = actions.check_plan_again(stage)
    actions.reseat_hall(stage, [one.pk for one in people[:9]], seed="5", least=1, now=now)
    reseated = actions.check_plan_again(stage)

    assert [drawn.is_same, later.is_same, reseated.is_same] == [True, True, True]


@pytest.mark.parametrize("what", ["person", "table", "seats"])
def test_what_is_no_longer_there_cannot_be_computed_again(
    stage: Stage, planned: SeatPlan, people: list[Participant], now: datetime, what: str
) -> None:
    change: dict[str, Callable[[], object]] = {
        "person": lambda: Participant.objects.filter(pk=people[0].pk).update(erased_at=now),
        "table": lambda: Table.objects.filter(number=1).update(seats=9),
        "seats": lambda: SeatPlan.objects.update(result_digest="0" * 64),
    }
    change[what]()

    assert actions.check_plan_again(stage).is_same is (False if what == "seats" else None)


def test_without_a_plan_nothing_is_computed_again(stage: Stage) -> None:
    with pytest.raises(HouseError) as caught:
        actions.check_plan_again(stage)

    assert caught.value.code == "summit.no_plan"
