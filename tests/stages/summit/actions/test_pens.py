"""Who writes for an online table, and what becomes of what they wrote when somebody else writes there."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.stages.summit.homes import registered, seated

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import Brought, CardDraft, ChangeKind
from burgertop.stages.summit.models import Card, CardState, Device, HomeRoom, HomeSeat, Round
from burgertop.stages.summit.permissions import device_hash


@pytest.fixture
def seats(stage: Stage, round_: Round, now: datetime) -> list[HomeSeat]:
    """Two online tables of three, in Dutch."""
    return seated(stage, round_, 6, now=now)


def _pen(seat: HomeSeat) -> int | None:
    """The number of who writes for the table of a seat."""
    room = HomeRoom.objects.select_related("pen").get(table=seat.table)
    return room.pen.number if room.pen is not None else None


def _device(bound: Pass | None) -> Device:
    assert bound is not None
    return Device.objects.get(key_hash=device_hash(bound.key))


def _write(round_: Round, made_at: datetime, text: str = "Een bus per uur") -> Brought:
    draft = CardDraft(text, "nl", "", None, is_dissent=False, is_sent=False)
    once = uuid.uuid4()
    return Brought(once, ChangeKind.WRITE, str(once), uuid.uuid4(), None, round_.pk, draft, made_at=made_at)


def _bring(seat: HomeSeat, device: Device, *changes: Brought, now: datetime, clock_seconds: int = 0) -> list[str]:
    """What becomes of changes: the outcome, or the code with which each was refused."""
    actions.tell_handed_on(device, now=now) if device.revoked_at is not None else None
    answers = actions.bring_changes(seat.table, changes, device=device, now=now, clock_seconds=clock_seconds)
    return [one.code or one.outcome.value for one in answers]


def test_the_first_who_asks_writes_until_they_hand_it_on_or_are_gone(seats: list[HomeSeat], now: datetime) -> None:
    first, second, *_rest = seats
    actions.take_pen(first, now=now)

    with pytest.raises(HouseError) as refused:
        actions.take_pen(second, now=now + timedelta(minutes=9))
    actions.take_pen(second, now=now + timedelta(minutes=11))
    taken = _pen(second)
    is_freed = [actions.free_pen(second.table, one.guest, now=now + timedelta(minutes=11)) for one in (first, second)]
    freed = _pen(second)
    actions.take_pen(first, now=now + timedelta(minutes=12))

    assert refused.value.code == "summit.pen_taken"
    assert (taken, is_freed, freed, _pen(first)) == (second.guest.number, [False, True], None, first.guest.number)


def test_who_writes_on_the_page_of_the_cards_is_not_gone(seats: list[HomeSeat], now: datetime) -> None:
    first, second, *_rest = seats
    device = _device(actions.take_pen(first, now=now))
    later = now + timedelta(minutes=30)

    actions.note_table_device(device, waiting=0, clock_seconds=0, now=later - timedelta(minutes=1))

    with pytest.raises(HouseError):
        actions.take_pen(second, now=later)


def test_the_pen_makes_a_device_of_each_browser_and_the_first_one_sends(seats: list[HomeSeat], now: datetime) -> None:
    phone = _device(actions.take_pen(seats[0], now=now))
    again = actions.take_pen(seats[0], now=now, is_bound=True)
    computer = _device(actions.take_pen(seats[0], now=now))

    assert again is None
    assert [(one.number, one.is_sender) for one in (phone, computer)] == [(1, True), (2, False)]
    assert {one.table_id for one in (phone, computer)} == {seats[0].table_id}


def test_the_device_of_somebody_who_has_not_the_pen_any_more_is_bound_anew(
    seats: list[HomeSeat], now: datetime
) -> None:
    actions.take_pen(seats[0], now=now)
    actions.free_pen(seats[0].table, seats[0].guest, now=now)

    bound = actions.take_pen(seats[0], now=now, is_bound=True)  # by what its page last knew

    assert _device(bound).revoked_at is None


@pytest.mark.parametrize("how", ["laid down", "taken over", "moved", "next round"])
def test_what_was_written_with_the_pen_is_taken_after_it_was_handed_on(
    how: str, seats: list[HomeSeat], round_: Round, rounds: list[Round], now: datetime
) -> None:
    device, moment = _device(actions.take_pen(seats[0], now=now)), now + timedelta(minutes=11)
    written = _write(round_, moment + timedelta(minutes=1))  # without a network, unaware of what happens
    match how:
        case "laid down":
            actions.free_pen(seats[0].table, seats[0].guest, now=moment)
        case "taken over":
            actions.take_pen(seats[1], now=moment)
        case "moved":
            actions.move_guest(seats[0].guest, round_, seats[-1].table, now=moment)
        case "next round":
            actions.close_round(round_, now=moment)
            actions.open_round(rounds[1], now=moment)
    device.refresh_from_db()
    back = moment + timedelta(minutes=5)

    first = _bring(seats[0], device, written, now=back)
    again = _bring(seats[0], device, written, now=back + timedelta(minutes=1))

    card = Card.objects.get()
    assert (first, again, device.revoked_at) == (["taken"], ["taken"], moment)
    assert (card.table_id, card.is_late) == (seats[0].table_id, how == "next round")


def test_what_is_written_after_one_was_told_is_refused_and_nothing_is_sent(
    seats: list[HomeSeat], round_: Round, now: datetime
) -> None:
    device = _device(actions.take_pen(seats[0], now=now))
    before = _write(round_, now)
    actions.free_pen(seats[0].table, seats[0].guest, now=now)
    device.refresh_from_db()
    send = Brought(uuid.uuid4(), ChangeKind.SEND, "send", picked=((before.card or uuid.uuid4(), None),), made_at=now)

    told = _bring(seats[0], device, before, send, now=now + timedelta(minutes=1))
    later = _bring(seats[0], device, _write(round_, now + timedelta(minutes=2)), now=now + timedelta(minutes=3))

    assert (told, later) == (["taken", "summit.pen_handed_on"], ["summit.pen_handed_on"])
    assert Card.objects.count() == 1


def test_what_the_table_has_sent_meanwhile_is_left_alone(seats: list[HomeSeat], round_: Round, now: datetime) -> None:
    device, first = _device(actions.take_pen(seats[0], now=now)), _write(round_, now)
    _bring(seats[0], device, first, now=now)
    actions.free_pen(seats[0].table, seats[0].guest, now=now)
    other = _device(actions.take_pen(seats[1], now=now))
    card = Card.objects.get()
    sent = Brought(uuid.uuid4(), ChangeKind.SEND, "send", picked=((card.pk, first.once),))
    _bring(seats[1], other, sent, now=now)
    device.refresh_from_db()
    edit = replace(_write(round_, now, "Een bus per dag"), card=card.pk, base=first.once)
    off = Brought(uuid.uuid4(), ChangeKind.WITHDRAW, "off", card.pk, first.once, made_at=now)

    found = _bring(seats[0], device, edit, off, now=now)

    card.refresh_from_db()
    assert found == ["conflict", "summit.pen_handed_on"]
    assert (card.state, card.say("text", "nl").text) == (CardState.SENT, "Een bus per uur")


def test_a_clock_that_is_a_day_fast_or_slow_changes_nothing(
    seats: list[HomeSeat], round_: Round, now: datetime
) -> None:
    device = _device(actions.take_pen(seats[0], now=now))
    actions.free_pen(seats[0].table, seats[0].guest, now=now)
    device.refresh_from_db()
    day, told = timedelta(days=1), now + timedelta(minutes=1)
    seconds = int(day.total_seconds())

    found = [
        _bring(seats[0], device, _write(round_, moment - way * day), now=told, clock_seconds=way * seconds)
        for way in (-1, 1)
        for moment in (now, told + timedelta(minutes=1))
    ]

    assert found == [["taken"], ["summit.pen_handed_on"]] * 2


@pytest.mark.parametrize("how", ["staff", "left"])
def test_staff_takes_a_pen_away_for_good_and_so_does_who_leaves(how: str, seats: list[HomeSeat], now: datetime) -> None:
    device = _device(actions.take_pen(seats[0], now=now))

    if how == "staff":
        actions.free_pen(seats[0].table, now=now)
    else:
        actions.leave_home(seats[0].guest, now=now)

    device.refresh_from_db()
    assert (device.revoked_at, device.is_handed_on, _pen(seats[0])) == (now, False, None)


def test_the_same_people_at_the_same_table_keep_the_pen_in_the_next_round(
    stage: Stage, seats: list[HomeSeat], round_: Round, rounds: list[Round], now: datetime
) -> None:
    staying, going = seats[0], seats[-1]
    devices = [_device(actions.take_pen(one, now=now)) for one in (staying, going)]
    actions.move_guest(staying.guest, rounds[1], staying.table, now=now)
    actions.move_guest(going.guest, rounds[1], staying.table, now=now)

    actions.close_round(round_, now=now)
    closed = [_pen(one) for one in (staying, going)]
    actions.open_round(rounds[1], now=now)

    assert closed == [staying.guest.number, going.guest.number]
    assert [_pen(one) for one in (staying, going)] == [staying.guest.number, None]
    assert [Device.objects.get(pk=one.pk).revoked_at for one in devices] == [None, now]


def test_somebody_without_a_seat_in_the_next_round_hands_their_pen_on(
    stage: Stage, seats: list[HomeSeat], round_: Round, rounds: list[Round], now: datetime
) -> None:
    actions.take_pen(seats[0], now=now)
    registered(stage, 1, now=now)

    actions.close_round(round_, now=now)
    actions.open_round(rounds[1], now=now)

    assert _pen(seats[0]) is None
