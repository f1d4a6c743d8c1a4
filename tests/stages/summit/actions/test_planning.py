"""A plan for everybody in every round, from one public chance."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest

from burgertop.core.errors import CoreError, InfeasibleError, InputError
from burgertop.core.seating import breaches_of_rounds
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.jobs.progress import Cancelled
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import (
    PlanState,
    Round,
    RuleKind,
    RuleReason,
    Seat,
    SeatPlan,
    SeatRule,
    Table,
    Weight,
)
from burgertop.stages.summit.queries.plan import given_of

Plan = Callable[..., SeatPlan]


@pytest.fixture
def plan(stage: Stage, rounds: list[Round], now: datetime) -> Plan:
    """Plan the seats of the town quickly; nobody minds speaking a language alone in so small a hall."""

    def make(**more: object) -> SeatPlan:
        words = {"seed": "7 3 1", "effort": "quick", "least_speakers": 1, "now": now} | more
        return actions.seat_hall(stage, **words)  # type: ignore[arg-type]  # what a test asks for

    return make


def seated(round_: Round) -> dict[int, set[str]]:
    rows = Seat.objects.filter(round=round_).values_list("table__number", "participant__pool_id")
    found: dict[int, set[str]] = {}
    for number, person in rows:
        found.setdefault(number, set()).add(person)
    return found


def broken(stage: Stage) -> list[str]:
    given = given_of(stage, queries.roster_of(stage), least_speakers=1)
    return [one.code for one in breaches_of_rounds(given.seated, given.people, given.tables, given.rules)]


def test_everybody_sits_where_they_are_understood_in_every_round(
    plan: Plan, stage: Stage, tables: list[Table], people: list[Participant]
) -> None:
    made = plan()

    assert broken(stage) == []
    assert (Seat.objects.count(), made.rounds, made.state) == (24, [1, 2], PlanState.STANDING)


def test_a_plan_goes_by_what_counts_how_much(
    plan: Plan, stage: Stage, tables: list[Table], people: list[Participant]
) -> None:
    alike = plan()
    actions.weigh_features(stage, {"sex": Weight.MOST})
    weighed = plan()
    given = given_of(stage, queries.roster_of(stage), least_speakers=1)

    assert given.rules.weights == {"sex": 10}
    assert weighed.pk != alike.pk
    assert weighed.rules_digest != alike.rules_digest


def test_the_same_chance_gives_the_same_seats_and_writes_once(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    first = plan()
    before = [seated(one) for one in rounds]
    again = plan()

    assert again.pk == first.pk
    assert [seated(one) for one in rounds] == before
    assert Entry.objects.filter(kind="seats_planned").count() == 1


def test_another_chance_replaces_the_plan_and_keeps_the_old_one_without_seats(
    plan: Plan, tables: list[Table], people: list[Participant]
) -> None:
    first, second = plan(), plan(seed="6 6 6")

    first.refresh_from_db()
    assert (first.state, first.given, second.state) == (PlanState.PAST, {}, PlanState.STANDING)
    assert first.figures["bound"] >= 0
    assert Seat.objects.count() == 24


def test_in_the_second_round_people_meet_others(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    made = plan()

    pairs = [
        {frozenset(pair) for ids in seated(one).values() for pair in combinations(sorted(ids), 2)} for one in rounds
    ]
    assert len(pairs[0] & pairs[1]) == made.figures["repeats"]
    assert made.figures["repeats"] <= len(pairs[0]) // 2


def test_the_record_has_all_that_is_needed_to_compute_it_again_and_names_nobody(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    made = plan()

    facts = Entry.objects.get(kind="seats_planned").facts
    assert (facts["seed"], facts["effort"], facts["people"], facts["rounds"]) == ("7 3 1", "quick", 12, [1, 2])
    assert (facts["input_digest"], facts["rules_digest"]) == (made.input_digest, made.rules_digest)
    assert facts["result_digest"] == made.result_digest
    assert float(facts["balance"]) >= float(facts["bound"])
    assert not any(str(one.pk) in str(facts) or one.pool_id in str(facts) for one in people)
    assert Round.objects.filter(seat_digest="", seat_seed="7 3 1").count() == 0


def test_a_round_that_has_begun_keeps_its_seats_and_its_meetings_count(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    plan()
    before = seated(rounds[0])
    actions.open_round(rounds[0], now=now)

    made = plan(seed="6 6 6")

    assert (seated(rounds[0]), made.rounds) == (before, [2])


def test_when_every_round_has_begun_nothing_is_planned(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    Round.objects.update(state="closed", opened_at="2011-11-11T10:00Z")

    with pytest.raises(HouseError) as caught:
        plan()

    assert caught.value.code == "summit.no_round_planned"


def test_without_tables_nothing_is_planned_and_it_is_said(plan: Plan, people: list[Participant]) -> None:
    with pytest.raises(InputError) as caught:
        plan()

    assert say(caught.value) == "There are no tables yet. Lay them first."


def test_a_table_too_few_is_said_with_numbers(
    plan: Plan, stage: Stage, people: list[Participant], now: datetime
) -> None:
    actions.lay_tables(stage, actions.tables_of_kind(["nl", "fr"], 2, seats=4), now=now)

    with pytest.raises(InfeasibleError) as caught:
        plan()

    assert say(caught.value) == "There are 12 people, but only 8 seats. Add tables or seats."
    assert not Seat.objects.exists()


def test_a_closed_table_gets_nobody(plan: Plan, tables: list[Table], people: list[Participant], now: datetime) -> None:
    Table.objects.filter(number=2).update(closed_at=now)

    plan()

    assert set(Seat.objects.values_list("table__number", flat=True)) == {1, 3, 4}


def test_rules_that_clash_are_named_with_the_numbers_of_people(
    plan: Plan, stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    pin = SeatRule.objects.create(
        stage=stage, kind=RuleKind.PIN, table=tables[2], round=rounds[1], reason=RuleReason.ACCESS
    )
    pin.people.set([people[0]])

    with pytest.raises(CoreError) as caught:
        plan()

    assert "person-00 sits at table 3 in round 2" in say(caught.value)
    assert not Seat.objects.exists()


def test_rules_are_kept(
    plan: Plan, stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    for kind, ids, table in (("pin", [0], 1), ("apart", [1, 2], None), ("together", [3, 4], None)):
        rule = SeatRule.objects.create(
            stage=stage, kind=kind, table=tables[table] if table else None, reason=RuleReason.BY_HAND
        )
        rule.people.set([people[one] for one in ids])

    plan()

    for one in rounds:
        at = {person: table for table, ids in seated(one).items() for person in ids}
        assert at["person-00"] == 2
        assert at["person-01"] != at["person-02"]
        assert at["person-03"] == at["person-04"]
    assert broken(stage) == []


def test_a_seat_by_hand_is_kept_and_can_be_let_go(
    plan: Plan, stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    plan()
    seat = Seat.objects.filter(round=rounds[0], participant=people[0]).select_related("round").get()
    other = next(one for one in (tables[1], tables[3]) if one.pk != seat.table_id)
    there = Seat.objects.filter(round=rounds[0], table=other, participant__language="nl").first()
    assert there is not None
    actions.swap_seats(seat, there, now=now)

    plan(seed="6 6 6")
    kept = Seat.objects.get(round=rounds[0], participant=people[0])
    loose = actions.loosen_seat(Seat.objects.get(pk=kept.pk))

    assert (kept.table, kept.is_by_hand, loose.is_by_hand) == (other, True, False)
    assert Seat.objects.filter(is_by_hand=True).count() == 1


def test_a_rule_of_a_closed_table_is_said(
    plan: Plan, stage: Stage, tables: list[Table], people: list[Participant], now: datetime
) -> None:
    rule = SeatRule.objects.create(stage=stage, kind=RuleKind.PIN, table=tables[1], reason=RuleReason.ACCESS)
    rule.people.set([people[0]])
    Table.objects.filter(number=2).update(closed_at=now)

    with pytest.raises(HouseError) as caught:
        plan()

    assert (caught.value.code, caught.value.params["table"]) == ("summit.pin_at_closed_table", 2)


def test_what_changes_while_the_plan_is_made_is_not_overwritten(
    plan: Plan, stage: Stage, tables: list[Table], people: list[Participant]
) -> None:
    def change(done: int, _total: int) -> None:
        if done == 2:
            people[0].speaks = ["nl", "fr"]
            people[0].save()

    with pytest.raises(HouseError) as caught:
        plan(tell=change)

    assert caught.value.code == "summit.hall_changed"
    assert not Seat.objects.exists()


def test_a_plan_that_is_stopped_leaves_the_seats_as_they_were(
    plan: Plan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    plan()
    before = [seated(one) for one in rounds]

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan(seed="6 6 6", tell=stop)

    assert [seated(one) for one in rounds] == before
    assert SeatPlan.objects.get().seed == "7 3 1"


@pytest.mark.slow
def test_the_704_of_2011_fit_at_their_81_tables(
    process: Process, stage: Stage, rounds: list[Round], now: datetime, shared_data: Path
) -> None:
    drafts = []
    with (shared_data / "g1000" / "tables.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["edition"].startswith("summit 2011"):
                drafts += actions.tables_of_kind(
                    row["languages"].split("|"),
                    int(row["tables"]),
                    seats=int(row["seats_planned_per_table"]),
                    first=len(drafts) + 1,
                    has_interpreter=row["interpreters_per_table"] == "1",
                )
    actions.lay_tables(stage, drafts, now=now)
    lottery = Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lot", order=2)
    draw = Draw.objects.create(stage=lottery, name="hall", seats=704, state=DrawState.DRAWN)
    people = [
        Participant(
            process=process,
            origin=Origin.DRAWN,
            language=language,
            speaks=[language],
            features={"sex": "FM"[number % 2], "age": str(number % 5), "school": str(number % 3)},
            pool_id=f"p{number}",
        )
        for number, language in enumerate(["nl"] * 400 + ["fr"] * 300 + ["de"] * 4)
    ]
    Participant.objects.bulk_create(people)
    Member.objects.bulk_create(
        Member(draw=draw, participant=one, number=number, origin=one.origin, standing=Standing.DRAWN)
        for number, one in enumerate(people, start=1)
    )

    made = actions.seat_hall(stage, seed="11 11 11", effort="quick", now=now)

    sizes = Counter(Seat.objects.filter(round=rounds[0]).values_list("table__number", flat=True))
    assert (len(drafts), sum(sizes.values()), max(sizes.values()) <= 10) == (81, 704, True)
    assert broken(stage) == []
    assert made.figures["lone_speakers"] == made.figures["forced_lone_speakers"]
    assert made.figures["balance"] <= 1.05 * made.figures["bound"] + 0.05
