"""The pages of people at home, by plain forms: only one's own table, only by one's own code."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.stages.summit.homes import HERE, browser_of, open_homes, registered, said, seated

from burgertop.foundation.codes.actions import replace
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardState, HomeGuest, HomeRating, HomeSeat, HomeStatement, Round, Table
from burgertop.stages.summit.permissions import HOME
from burgertop.stages.summit.queries import bench_of, cards_table

TABLES = "/en/town/summit/day/tables/"


@pytest.fixture
def seats(stage: Stage, round_: Round, now: datetime) -> list[HomeSeat]:
    """Two online tables of three, in Dutch."""
    return seated(stage, round_, 6, now=now)


def test_somebody_registers_without_a_script_gets_a_code_by_mail_too_and_is_at_their_page(
    stage: Stage, round_: Round, visitor: Client, now: datetime
) -> None:
    open_homes(stage, now=now)
    form = {"do": "register", "language": "nl", "mail": "ann@home.example", "once": str(uuid.uuid4())}

    answer = visitor.post(HERE, form)
    page = visitor.get(f"{HERE}table/")

    code = answer.context["code"]
    assert code in mail.outbox[0].body
    assert "You have no table in this round yet." in page.content.decode()
    assert Client().post(HERE, {"do": "enter", "code": code}).status_code == 302
    assert Client().post(HERE, {"do": "enter", "code": "AAAA BBBB CCCC"}).status_code == 200


def test_a_closed_registration_still_lets_those_with_a_code_in(
    stage: Stage, seats: list[HomeSeat], visitor: Client, now: datetime
) -> None:
    stage.home_setting.is_home_open = False
    stage.home_setting.save()

    page = visitor.get(HERE).content.decode()

    assert "Registration to take part from home is closed." in page
    assert "I have a code" in page
    assert browser_of(seats[0].guest).get(f"{HERE}table/").context["seat"].table == seats[0].table


def test_a_round_at_an_online_table_by_plain_forms(seats: list[HomeSeat], now: datetime) -> None:
    ann, bob = browser_of(seats[0].guest), browser_of(seats[1].guest)
    ann.post(f"{HERE}say/", {"text": "Een bus per uur", "once": str(uuid.uuid4())})
    statement = HomeStatement.objects.get()

    page = bob.get(f"{HERE}table/").content.decode()
    bob.post(f"{HERE}statements/{statement.pk}/rate/", {"rating": "agree"})
    bob.post(f"{HERE}pen/", {"do": "take"})
    bob.post(f"{HERE}statements/{statement.pk}/card/")
    card = Card.objects.get()
    sent = bob.post(
        f"{TABLES}{card.table_id}/send/",
        {"card": [f"{card.pk}.{card.revision}"], "once": str(uuid.uuid4())},
    )

    assert "Person 1" in page
    assert "https://meet.example.org/town-601-" in page
    assert 'rel="noopener noreferrer"' in page
    assert list(HomeRating.objects.values_list("value", flat=True)) == [1]
    assert sent.status_code == 302
    assert bob.get(f"{TABLES}{card.table_id}/").status_code == 200
    assert (card.state, Card.objects.get().state, card.origin) == (CardState.DRAFT, CardState.SENT, "g_home")


def test_somebody_at_home_sees_and_writes_at_their_own_table_only(
    seats: list[HomeSeat], tables: list[Table], now: datetime
) -> None:
    ann = browser_of(seats[0].guest)
    other = said(seats[-1], "Elders", now=now)
    actions.take_pen(seats[-1], now=now)

    own, theirs, hall = (
        ann.get(f"{TABLES}{table.pk}/").status_code for table in (seats[0].table, seats[-1].table, tables[0])
    )

    assert (own, theirs, hall) == (200, 403, 403)
    assert ann.post(f"{TABLES}{seats[0].table_id}/write/", {}).status_code == 403  # another holds no pen for her
    assert ann.post(f"{HERE}statements/{other.pk}/card/").status_code == 403
    assert "Elders" not in ann.get(f"{HERE}table/?part=talk").content.decode()


def test_somebody_who_was_moved_has_left_their_old_table_and_its_pen(
    round_: Round, seats: list[HomeSeat], now: datetime
) -> None:
    ann, here, there = browser_of(seats[0].guest), seats[0].table, seats[-1].table
    actions.take_pen(seats[0], now=now)
    before = ann.get(f"{TABLES}{here.pk}/").status_code

    actions.move_guest(seats[0].guest, round_, there, now=now)

    assert (before, ann.get(f"{TABLES}{here.pk}/").status_code, ann.get(f"{TABLES}{there.pk}/").status_code) == (
        200,
        403,
        200,
    )


def _brings(client: Client, seat: HomeSeat, *texts: str) -> dict[str, Any]:
    """What the page of the cards brings for a browser, written just now."""
    moment = int(seat.round.opened_at.timestamp() * 1000)
    common = {"kind": "write", "base": None, "round": str(seat.round_id), "language": "nl", "at": moment}
    changes = [{**common, "once": str(uuid.uuid4()), "card": str(uuid.uuid4()), "text": text} for text in texts]
    address = f"{TABLES}{seat.table_id}/sync/"
    answer = client.post(address, {"now": moment, "changes": changes}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_the_pen_makes_a_browser_a_device_of_its_table(seats: list[HomeSeat]) -> None:
    ann, computer, bob = Client(), Client(), browser_of(seats[1].guest)
    code = replace(seats[0].guest.stage.process_id, HOME, seats[0].guest.pk)
    for client in (ann, computer):  # the same code opens her table on both
        client.post(HERE, {"do": "enter", "code": code})
    ann.post(f"{HERE}pen/", {"do": "take"})
    pages = [client.get(f"{HERE}table/?part=cards").content.decode() for client in (ann, computer, bob)]

    told = _brings(ann, seats[0], "Een bus per uur")
    refused = bob.post(f"{TABLES}{seats[0].table_id}/sync/", {}, content_type="application/json")

    assert ["Write and send cards" in page for page in pages] == [True, False, False]
    assert ["Write on this device" in page for page in pages] == [False, True, False]
    assert "data-table=" in ann.get(f"{TABLES}{seats[0].table_id}/").content.decode()
    assert "To my online table" in ann.get(f"{TABLES}{seats[0].table_id}/").content.decode()
    assert ([one["outcome"] for one in told["answers"]], told["device"]) == (["taken"], {"number": 1, "sends": True})
    assert refused.status_code == 403


def test_a_browser_brings_what_it_wrote_before_it_handed_the_pen_on_and_hears_nothing_of_the_table(
    seats: list[HomeSeat], round_: Round
) -> None:
    ann = browser_of(seats[0].guest)
    ann.post(f"{HERE}pen/", {"do": "take"})
    before = ann.get(f"{HERE}table/").content.decode()
    ann.post(f"{HERE}pen/", {"do": "lay"})

    told = _brings(ann, seats[0], "Een bus per uur")
    asked = ann.get(f"{TABLES}{seats[0].table_id}/sync/").json()
    after = ann.get(f"{HERE}table/").content.decode()

    assert ({*told}, told["state"]) == ({"state", "csrf", "answers", "unreadable"}, "handed_on")
    assert {*asked} == {"state", "csrf"}
    assert [card.say("text", "nl").text for card in Card.objects.all()] == ["Een bus per uur"]
    assert ["data-left=" in page for page in (before, after)] == [False, True]


def test_a_browser_whose_pen_was_freed_by_staff_brings_nothing(seats: list[HomeSeat], organiser: Client) -> None:
    ann = browser_of(seats[0].guest)
    ann.post(f"{HERE}pen/", {"do": "take"})

    organiser.post(f"{HERE}desk/rooms/{seats[0].table_id}/", {"do": "pen"})

    assert _brings(ann, seats[0], "Een bus per uur")["state"] == "ended"
    assert Card.objects.count() == 0
    assert "data-left=" not in ann.get(f"{HERE}table/").content.decode()


def test_somebody_who_was_moved_is_shown_the_way_to_their_table(
    round_: Round, seats: list[HomeSeat], now: datetime
) -> None:
    ann = browser_of(seats[0].guest)
    ann.post(f"{HERE}pen/", {"do": "take"})

    actions.move_guest(seats[0].guest, round_, seats[-1].table, now=now)
    page = ann.get(f"{TABLES}{seats[0].table_id}/")

    assert page.status_code == 403
    assert "To my online table" in page.content.decode()
    assert "data-left=" in ann.get(f"{HERE}table/").content.decode()


def test_who_rates_their_own_table_only_cannot_rate_another(
    stage: Stage, round_: Round, now: datetime, seats: list[HomeSeat]
) -> None:
    stage.home_setting.reach = "table"
    stage.home_setting.save()
    other = said(seats[-1], "Elders", now=now)

    answer = browser_of(seats[0].guest).post(f"{HERE}statements/{other.pk}/rate/", {"rating": "agree"})

    assert (answer.status_code, HomeRating.objects.count()) == (403, 0)


def test_a_code_that_was_replaced_and_somebody_who_left_come_no_further(seats: list[HomeSeat], now: datetime) -> None:
    ann, bob = browser_of(seats[0].guest), browser_of(seats[1].guest)
    replace(seats[0].guest.stage.process_id, HOME, seats[0].guest.pk)
    bob.post(f"{HERE}leave/")

    found = [client.post(f"{HERE}say/", {"text": "x", "once": str(uuid.uuid4())}).status_code for client in (ann, bob)]

    assert found == [403, 403]
    assert HomeGuest.objects.get(pk=seats[1].guest_id).left_at is not None


def test_a_script_gets_no_page_back(seats: list[HomeSeat], now: datetime) -> None:
    statement = said(seats[0], "Een", now=now)

    answer = browser_of(seats[1].guest).post(
        f"{HERE}statements/{statement.pk}/rate/", {"rating": "pass"}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, HomeRating.objects.get().value) == (204, 0)


def test_a_moderator_hides_with_a_reason_and_nobody_else_does(
    client_as: Callable[[Role | None], Client], seats: list[HomeSeat], now: datetime
) -> None:
    statement = said(seats[0], "Een", now=now)
    address = f"{HERE}statements/{statement.pk}/hide/"
    moderator, observer = client_as(Role.MODERATOR), client_as(Role.OBSERVER)

    refused = [client.post(address, {"reason": "insult"}).status_code for client in (observer, Client())]
    moderator.post(address, {"reason": "because"})
    before = HomeStatement.objects.get().hidden_at
    moderator.post(address, {"reason": "insult"})

    assert (refused, before) == ([403, 403], None)
    assert HomeStatement.objects.get().hidden_for == "insult"
    assert "Hidden:" in observer.get(f"{HERE}statements/").content.decode()
    assert "insults people" in browser_of(seats[0].guest).get(f"{HERE}table/?part=talk").content.decode()


def test_the_organiser_sees_which_room_is_empty_and_refuses_a_bad_address(
    organiser: Client, seats: list[HomeSeat], stage: Stage, now: datetime
) -> None:
    actions.open_home_tables(stage, "fr", 1, now=now)
    rows = {row.table.number: row for row in organiser.get(f"{HERE}desk/").context["rows"]}

    answer = organiser.post(
        f"{HERE}desk/rooms/{seats[0].table_id}/", {"do": "address", "address": "javascript:alert(1)"}
    )

    assert [(row.is_empty, row.is_silent) for row in rows.values()] == [(False, True), (False, True), (True, False)]
    assert "must begin with https://" in answer.content.decode()
    assert Client().get(f"{HERE}desk/").status_code == 403


def test_the_public_reads_a_report_only_when_the_round_is_over(
    visitor: Client, theme_team: Client, round_: Round, seats: list[HomeSeat], now: datetime
) -> None:
    said(seats[0], "Een bus per uur", now=now)
    pages = [client.get(f"{HERE}report/").content.decode() for client in (visitor, theme_team)]

    actions.close_round(round_, now=now)
    after = visitor.get(f"{HERE}report/").content.decode()
    file = visitor.get(f"{HERE}report.csv").content.decode()

    assert ["Een bus per uur" in page for page in pages] == [False, True]
    assert "Een bus per uur" in after
    assert "g_home" in file


def test_cards_from_home_carry_their_origin_out(stage: Stage, seats: list[HomeSeat], now: datetime) -> None:
    card = actions.card_from_statement(said(seats[0], "Een", now=now), by=None, now=now)
    actions.send_cards(card.table, [(card.pk, card.revision)], once=uuid.uuid4(), by=None, now=now)

    columns, rows = cards_table(stage, "nl")

    assert [dict(zip(columns, row, strict=True))["origin"] for row in rows] == ["g_home"]
    bench = bench_of(card.round, None, now)
    assert [one.card.pk for one in bench.waiting] == [card.pk]
    assert [(one.origin, one.sent) for one in bench.desk.tables] == [("drawn", 0), ("g_home", 1)]


def test_a_full_table_costs_as_many_queries_as_a_thin_one(
    make_queries: Callable[[Client, str], int], organiser: Client, seats: list[HomeSeat], now: datetime
) -> None:
    said(seats[0], "Een", now=now)
    ann = browser_of(seats[1].guest)
    pages = [(ann, f"{HERE}table/"), (organiser, f"{HERE}statements/"), (organiser, f"{HERE}desk/")]
    few = [make_queries(*page) for page in pages]
    for seat in seats[:3]:
        for place in range(4):
            said(seat, f"Zin {place}", now=now)

    many = [make_queries(*page) for page in pages]

    assert many == few


def test_registering_from_one_place_leaves_the_numbers_of_the_hall_alone(
    visitor: Client, stage: Stage, tables: list[Table], seats: list[HomeSeat], now: datetime
) -> None:
    registered(stage, 2, now=now)

    context = visitor.get("/en/town/summit/day/").context

    assert (context["table_count"], context["seat_count"]) == (4, 16)
