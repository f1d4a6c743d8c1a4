"""Seats changed by hand."""

from datetime import datetime, timedelta

import pytest

from burgertop.foundation.people.models import Participant
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Round, Seat, SeatMove, SeatRule, Table


def seated(round_: Round) -> dict[int, set[str]]:
    rows = Seat.objects.filter(round=round_).values_list("table__number", "participant__pool_id")
    found: dict[int, set[str]] = {}
    for number, person in rows:
        found.setdefault(number, set()).add(person)
    return found


@pytest.mark.parametrize(
    ("number", "code"), [(3, "seating.not_understood"), (1, "seating.table_overfull"), (4, ""), (2, "")]
)
def test_moving_by_hand_keeps_what_a_table_must_have(
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
    assert (seat.table, seat.is_by_hand) == (start if code else tables[number - 1], not code)


@pytest.mark.parametrize("need", ["step_free", "hearing_loop"])
def test_a_person_who_needs_it_stays_at_such_a_table(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime, need: str
) -> None:
    Table.objects.filter(number=1).update(has_hearing_loop=True)
    people[0].features = {"needs": need}
    people[0].save()
    seat = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])

    with pytest.raises(HouseError) as caught:
        actions.move_seat(seat, tables[1], now=now)

    assert caught.value.code == {"step_free": "seating.not_step_free", "hearing_loop": "seating.no_hearing_loop"}[need]


def test_nobody_is_moved_to_a_closed_table(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    Table.objects.filter(number=2).update(closed_at=now)
    seat = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])

    with pytest.raises(HouseError) as caught:
        actions.move_seat(seat, tables[1], now=now)

    assert caught.value.code == "summit.table_closed"


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


def test_the_cost_of_a_move_is_told_and_changes_nothing(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    for one in rounds:
        Seat.objects.bulk_create(
            Seat(round=one, table=table, participant=person)
            for person, table in zip(people[:4], [tables[0], tables[0], tables[1], tables[3]], strict=True)
        )
    rule = SeatRule.objects.create(stage=rounds[0].stage, kind="apart", reason="conflict")
    rule.people.set([people[0], people[2]])
    seat = Seat.objects.select_related("round", "table", "participant").get(round=rounds[0], participant=people[0])

    found = actions.move_cost(rounds[0].stage, seat, tables[1])

    # table 1 was a man and a woman, table 2 a man: afterwards a woman, and two men
    assert found.features == (("sex", 2.0),)
    assert (found.cost.repeats, found.is_forbidden) == (-1, False)
    apart = "These people should sit apart, but share table 2: person-00, person-02."
    assert [say(one) for one in found.broken] == [apart]
    assert seated(rounds[0]) == {1: {"person-00", "person-01"}, 2: {"person-02"}, 4: {"person-03"}}


def test_the_cost_says_what_cannot_be(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    seat = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    other = Seat.objects.create(round=rounds[0], table=tables[2], participant=people[11])

    found = actions.move_cost(rounds[0].stage, seat, tables[2], swap_with=other)

    assert found.is_forbidden
    assert "This person speaks none of the languages of table 3." in [say(one) for one in found.broken]


def test_the_last_change_is_taken_back_then_the_one_before(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    one = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    other = Seat.objects.create(round=rounds[0], table=tables[3], participant=people[1])
    actions.swap_seats(one, other, now=now)
    actions.move_seat(one, tables[1], now=now + timedelta(seconds=1))

    counts = [actions.undo_last_move(rounds[0].stage, now=now) for _ in "ab"]

    assert counts == [1, 2]
    assert seated(rounds[0]) == {1: {"person-00"}, 4: {"person-01"}}
    assert not Seat.objects.filter(is_by_hand=True).exists()
    assert SeatMove.objects.filter(undone_at__isnull=True).count() == 0
    with pytest.raises(HouseError) as caught:
        actions.undo_last_move(rounds[0].stage, now=now)
    assert caught.value.code == "summit.nothing_to_undo"


def test_a_change_that_was_overtaken_stays(
    rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    seat = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    actions.move_seat(seat, tables[1], now=now)
    Seat.objects.update(table=tables[3])

    with pytest.raises(HouseError) as caught:
        actions.undo_last_move(rounds[0].stage, now=now)

    assert caught.value.code == "summit.move_overtaken"
