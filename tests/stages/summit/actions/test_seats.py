"""Who sits where."""

import csv
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating import breaches_of
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Round, Seat, Table


def seated(round_: Round) -> dict[int, set[str]]:
    rows = Seat.objects.filter(round=round_).values_list("table__number", "participant__pool_id")
    found: dict[int, set[str]] = {}
    for number, person in rows:
        found.setdefault(number, set()).add(person)
    return found


def breaches(round_: Round) -> list[str]:
    people = queries.core_people(queries.roster_of(round_.stage), [])
    plan: dict[int, list[str]] = {}
    for number, person in Seat.objects.filter(round=round_).values_list("table__number", "participant_id"):
        plan.setdefault(number, []).append(str(person))
    tables = queries.core_tables(queries.tables_of(round_.stage))
    return [breach.code for breach in breaches_of(plan, people, tables)]


def test_everybody_sits_where_they_are_understood(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    actions.seat_round(rounds[0], seed="7 3 1", now=now)

    assert breaches(rounds[0]) == []
    assert Seat.objects.filter(round=rounds[0]).count() == 12


def test_the_same_public_seed_gives_the_same_seats(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    first = actions.seat_round(rounds[0], seed="7 3 1", now=now)
    before = seated(rounds[0])

    again = actions.seat_round(rounds[0], seed="7 3 1", now=now)

    assert seated(rounds[0]) == before
    assert again.seat_digest == first.seat_digest


def test_each_round_has_its_own_chance(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    done = actions.seat_everyone(stage, seed="7 3 1", now=now)

    assert [one.number for one in done] == [1, 2]
    assert seated(rounds[0]) != seated(rounds[1])


def test_in_the_second_round_people_meet_others(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    actions.seat_everyone(stage, seed="7 3 1", now=now)

    (before,) = queries.seated_before(rounds[1])
    pairs = {frozenset(pair) for ids in before.values() for pair in combinations(ids, 2)}
    now_at = dict(Seat.objects.filter(round=rounds[1]).values_list("participant_id", "table_id"))
    again = [pair for pair in pairs if len({now_at[type(next(iter(now_at)))(one)] for one in pair}) == 1]
    assert {number: len(ids) for number, ids in before.items()} == {
        number: len(ids) for number, ids in seated(rounds[0]).items()
    }
    assert queries.seated_before(rounds[0]) == []
    assert len(again) <= len(pairs) // 2


def test_the_record_has_seed_and_digests_and_names_nobody(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    done = actions.seat_round(rounds[0], seed="7 3 1", now=now)

    facts = Entry.objects.get(kind="seats_drawn").facts
    assert (facts["seed"], facts["result_digest"], facts["people"]) == ("7 3 1", done.seat_digest, 12)
    assert not any(str(one.pk) in str(facts) or one.pool_id in str(facts) for one in people)


def test_without_tables_nothing_is_drawn_and_it_is_said(
    rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    with pytest.raises(InputError) as caught:
        actions.seat_round(rounds[0], seed="1", now=now)

    assert say(caught.value) == "There are no tables yet. Lay them first."


def test_too_few_seats_are_said_with_numbers(
    stage: Stage, rounds: list[Round], people: list[Participant], now: datetime
) -> None:
    actions.lay_tables(stage, actions.tables_of_kind(["nl", "fr"], 2, seats=4), now=now)

    with pytest.raises(InfeasibleError) as caught:
        actions.seat_round(rounds[0], seed="1", now=now)

    assert say(caught.value) == "There are 12 people, but only 8 seats. Add tables or seats."
    assert not Seat.objects.exists()


def test_a_round_that_has_begun_keeps_its_seats(round_: Round, people: list[Participant], now: datetime) -> None:
    with pytest.raises(HouseError) as caught:
        actions.seat_round(round_, seed="1", now=now)

    assert caught.value.code == "summit.round_has_begun"


@pytest.mark.parametrize(
    ("number", "code"), [(3, "seating.not_understood"), (1, "seating.table_overfull"), (4, ""), (2, "")]
)
def test_moving_by_hand_keeps_the_rules(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime, number: int, code: str
) -> None:
    Seat.objects.bulk_create(Seat(round=rounds[0], table=tables[0], participant=one) for one in people[1:5])
    start = tables[1] if number != 2 else tables[3]
    seat = Seat.objects.create(round=rounds[0], table=start, participant=people[0])

    try:
        actions.move_seat(seat, tables[number - 1], now=now)
        found = ""
    except HouseError as error:
        found = error.code

    seat.refresh_from_db()
    assert found == code
    assert seat.table == (start if code else tables[number - 1])


def test_a_person_who_needs_it_stays_step_free(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    people[0].features = {"needs": "step_free"}
    people[0].save()
    seat = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])

    with pytest.raises(HouseError) as caught:
        actions.move_seat(seat, tables[1], now=now)

    assert caught.value.code == "seating.not_step_free"


def test_two_people_swap_and_the_record_says_only_that(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    one = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    other = Seat.objects.create(round=rounds[0], table=tables[3], participant=people[1])

    actions.swap_seats(one, other, now=now)

    assert seated(rounds[0]) == {4: {"person-00"}, 1: {"person-01"}}
    assert Entry.objects.get(kind="seats_swapped").facts == {"stage": str(rounds[0].stage_id), "round": 1}


def test_a_swap_that_breaks_a_language_changes_nothing(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    one = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    other = Seat.objects.create(round=rounds[0], table=tables[2], participant=people[11])

    with pytest.raises(HouseError) as caught:
        actions.swap_seats(one, other, now=now)

    assert caught.value.code == "seating.not_understood"
    assert seated(rounds[0]) == {1: {"person-00"}, 3: {"person-11"}}


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

    actions.seat_round(rounds[0], seed="11 11 11", now=now)

    sizes = Counter(Seat.objects.filter(round=rounds[0]).values_list("table__number", flat=True))
    assert (len(drafts), sum(sizes.values()), max(sizes.values()) <= 10) == (81, 704, True)
    assert breaches(rounds[0]) == []
