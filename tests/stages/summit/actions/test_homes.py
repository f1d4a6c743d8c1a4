"""People at home: registered without a name, dealt to tables, back at the same table, one of them writes."""

import uuid
from collections import Counter
from datetime import datetime, timedelta

import pytest
from tests.stages.summit.homes import open_homes, registered, seated

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import TableDraft
from burgertop.stages.summit.models import HomeGuest, HomeRoom, HomeSeat, HomeStatement, Round, Table
from burgertop.stages.summit.queries import hall_tables_of, home_setting, room_address, unseated


def test_who_registers_gets_a_code_and_no_name_is_kept(stage: Stage, now: datetime) -> None:
    open_homes(stage, now=now)

    guest, code = actions.register_at_home(
        stage, language="nl", rounds=[], mail="ann@home.example", once=uuid.uuid4(), now=now
    )

    assert enter(stage.process_id, "home", code, network="", now=now).subject == guest.pk
    assert (guest.number, guest.language, guest.origin) == (1, "nl", Origin.G_HOME)
    assert b"ann@" not in bytes(Identity.objects.get().sealed)


def test_the_same_form_twice_is_one_registration_with_a_new_code(stage: Stage, now: datetime) -> None:
    open_homes(stage, now=now)
    once = uuid.uuid4()
    first, old = actions.register_at_home(stage, language="nl", rounds=[], mail="", once=once, now=now)

    second, new = actions.register_at_home(stage, language="nl", rounds=[], mail="", once=once, now=now)

    assert (second.pk, HomeGuest.objects.count()) == (first.pk, 1)
    assert enter(stage.process_id, "home", new, network="", now=now).subject == first.pk
    with pytest.raises(HouseError) as refused:
        enter(stage.process_id, "home", old, network="", now=now)
    assert refused.value.code == "codes.replaced"


def test_a_closed_registration_takes_nobody(stage: Stage, now: datetime) -> None:
    with pytest.raises(HouseError) as refused:
        registered(stage, 1, now=now)

    assert refused.value.code == "summit.home_closed"


def test_a_flood_of_registrations_is_slowed_down(stage: Stage, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    open_homes(stage, now=now)
    monkeypatch.setattr("burgertop.stages.summit.actions.homes.MOST_IN_A_MINUTE", 3)
    registered(stage, 3, now=now)

    with pytest.raises(HouseError) as refused:
        registered(stage, 1, now=now)
    later = registered(stage, 1, now=now + timedelta(minutes=2))

    assert (refused.value.code, later[0].number) == ("summit.home_full", 4)


def test_people_are_dealt_by_language_in_an_order_that_can_be_looked_up(
    stage: Stage, round_: Round, now: datetime
) -> None:
    open_homes(stage, now=now)
    registered(stage, 7, now=now)
    registered(stage, 2, now=now, language="fr")
    nl, fr = actions.open_home_tables(stage, "nl", 2, now=now), actions.open_home_tables(stage, "fr", 1, now=now)

    dealt = actions.deal_homes(round_, now=now)

    counts = Counter(HomeSeat.objects.values_list("table_id", flat=True))
    assert dealt == 8
    assert counts == {nl[0].pk: 3, nl[1].pk: 3, fr[0].pk: 2}
    assert unseated(round_) == [("nl", 1)]
    assert actions.deal_homes(round_, now=now) == 0
    line = next(one for one in entries_of(stage.process_id) if one.kind == "home_tables_dealt")
    assert line.facts["seed"] == home_setting(stage).seed


def test_somebody_who_chose_other_rounds_is_not_waited_for(
    stage: Stage, rounds: list[Round], round_: Round, now: datetime
) -> None:
    open_homes(stage, now=now)
    actions.register_at_home(stage, language="nl", rounds=[rounds[1]], mail="", once=uuid.uuid4(), now=now)

    assert (unseated(round_), unseated(rounds[1])) == ([], [("nl", 1)])


def test_who_comes_late_joins_and_who_dropped_out_comes_back_to_the_same_table(
    stage: Stage, round_: Round, now: datetime
) -> None:
    seats = seated(stage, round_, 2, now=now)
    late, too_late = registered(stage, 2, now=now)

    joined = actions.sit_down(late, round_, now=now)
    again = actions.sit_down(seats[0].guest, round_, now=now + timedelta(minutes=30))

    assert joined is not None
    assert again is not None
    assert (joined.table, again.pk) == (seats[0].table, seats[0].pk)
    assert actions.sit_down(too_late, round_, now=now) is None


def test_the_organiser_moves_somebody_and_the_pen_stays_behind(stage: Stage, round_: Round, now: datetime) -> None:
    seats = seated(stage, round_, 6, now=now)
    here, there = seats[0], seats[-1].table
    actions.take_pen(here, now=now)

    moved = actions.move_guest(here.guest, round_, there, now=now)

    assert (moved.table, HomeSeat.objects.count()) == (there, 6)
    assert HomeRoom.objects.get(table=here.table).pen is None


def test_nobody_is_moved_into_the_hall(stage: Stage, round_: Round, tables: list[Table], now: datetime) -> None:
    seats = seated(stage, round_, 2, now=now)

    with pytest.raises(HouseError) as refused:
        actions.move_guest(seats[0].guest, round_, tables[0], now=now)

    assert refused.value.code == "summit.no_home_table"


def test_who_leaves_has_no_code_no_address_and_no_words_that_lead_to_them(
    stage: Stage, round_: Round, now: datetime
) -> None:
    open_homes(stage, now=now)
    guest = registered(stage, 1, now=now, mail="ann@home.example")[0]
    table = actions.open_home_tables(stage, "nl", 1, now=now)[0]
    seat = actions.move_guest(guest, round_, table, now=now)
    actions.say_statement(seat, "Iets", language="nl", once=uuid.uuid4(), now=now)

    actions.leave_home(guest, now=now)

    assert not has_code(stage.process_id, "home", guest.pk)
    assert Identity.objects.get().blanked_at == now
    assert HomeStatement.objects.get().author is None


def test_every_online_table_has_a_room_of_its_own_that_can_be_made_anew(stage: Stage, now: datetime) -> None:
    open_homes(stage, now=now)
    tables = actions.open_home_tables(stage, "nl", 2, now=now)
    setting = home_setting(stage)
    before = [room_address(table, table.home_room, setting) for table in tables]

    renewed = room_address(tables[0], actions.renew_room(tables[0]), setting)
    typed = actions.set_room(tables[1], "https://bbb.example.org/abc")

    assert before[0].startswith("https://meet.example.org/town-601-")
    assert len({*before, renewed}) == 3
    assert room_address(tables[1], typed, setting) == "https://bbb.example.org/abc"


def test_the_hall_is_laid_anew_around_the_online_tables(stage: Stage, tables: list[Table], now: datetime) -> None:
    home = actions.open_home_tables(stage, "nl", 2, now=now)

    actions.lay_tables(stage, [TableDraft(1, ("nl",), 4)], now=now)

    assert [table.number for table in hall_tables_of(stage)] == [1]
    assert list(Table.objects.filter(origin=Origin.G_HOME)) == home
    with pytest.raises(HouseError) as refused:
        actions.lay_tables(stage, [TableDraft(601, ("nl",), 4)], now=now)
    assert refused.value.code == "seating.doubled_table"
