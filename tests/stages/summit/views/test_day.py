"""The day as it runs: the clock on every page, the control desk, the board of tables, calls and messages."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.stages.summit.homes import seated

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, DayMessage, HelpCall, HelpKind, ItemKind, Round, RoundKind, Table
from burgertop.stages.summit.queries.board import Sign, board_of
from burgertop.stages.summit.queries.script import script_of

HERE = "/en/town/summit/day/"


@pytest.fixture
def running(stage: Stage, rounds: list[Round], tables: list[Table]) -> Stage:
    """A round under way for five minutes, with a break behind it."""
    actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Lunch"}})
    actions.open_round(rounds[0], now=timezone.now() - timedelta(minutes=5))
    return stage


def press(client: Client, do: str, **body: object) -> str:
    return client.post(f"{HERE}control/{do}/", body, follow=True).content.decode()


def test_every_page_of_the_day_has_the_clock(
    running: Stage, organiser: Client, visitor: Client, tablet: Client, tables: list[Table]
) -> None:
    actions.send_message(running, {"en": "Coffee is ready"}, once=uuid.uuid4(), now=timezone.now())
    pages = [(visitor, page) for page in ("", "screen/", "my-table/", "clock/")]
    pages += [(organiser, page) for page in ("control/", "board/", "desk/", f"tables/{tables[3].pk}/seats/")]
    pages += [(tablet, f"tables/{tables[3].pk}/")]

    for client, page in pages:
        body = client.get(HERE + page).content.decode()
        assert body.count("data-clock=") == 1, page
        assert "Coffee is ready" in body, page


def test_the_day_is_run_from_the_control_desk(running: Stage, organiser: Client, rounds: list[Round]) -> None:
    script = script_of(running, timezone.now())
    assert script.next is not None
    second = script.next.item

    press(organiser, "stretch", revision=1, seconds=300)
    press(organiser, "pause", revision=2)
    stale = press(organiser, "begin", revision=1, item=second.pk)
    press(organiser, "begin", revision=3, item=second.pk)
    page = press(organiser, "begin", revision=3, item=second.pk)

    assert "Somebody pressed something else meanwhile." in stale
    assert "Somebody pressed something else meanwhile." not in page
    assert [Round.objects.get(pk=one.pk).state for one in rounds] == ["closed", "open"]
    assert press(organiser, "back", revision=4).count("Begun by mistake: go back one") == 1
    assert [Round.objects.get(pk=one.pk).state for one in rounds] == ["open", "planned"]


def test_a_press_without_sense_is_refused(running: Stage, organiser: Client) -> None:
    assert organiser.post(f"{HERE}control/begin/", {"revision": "x"}).status_code == 400
    assert organiser.post(f"{HERE}control/begin/", {"revision": 1}).status_code == 404


def test_messages_come_and_go(running: Stage, organiser: Client) -> None:
    once = uuid.uuid4()
    empty = organiser.post(f"{HERE}control/message/", {"once": once}, follow=True).content.decode()
    for _again in range(2):
        organiser.post(f"{HERE}control/message/", {"once": once, "text__nl": "Koffie!"})
    count = DayMessage.objects.count()
    organiser.post(f"{HERE}control/message/end/")

    assert "Write the message in one language at least." in empty
    assert (count, DayMessage.objects.filter(ended_at__isnull=True).count()) == (1, 0)


def test_a_table_calls_and_sees_that_somebody_comes(
    running: Stage, tablet: Client, client_as: Callable[[Role | None], Client], tables: list[Table]
) -> None:
    helper = client_as(Role.FACILITATOR)
    table = f"{HERE}tables/{tables[3].pk}/"
    once = uuid.uuid4()
    for _again in range(2):
        tablet.post(f"{table}help/", {"kind": "technical", "once": once})
    waiting = tablet.get(table).content.decode()
    call = HelpCall.objects.get()
    board = helper.get(f"{HERE}board/").content.decode()
    helper.post(f"{HERE}calls/{call.pk}/take/")
    coming = tablet.get(table).content.decode()
    tablet.post(f"{table}help/{call.pk}/over/")

    assert "the hall desk knows it." in waiting
    assert "waiting since" in board
    assert "somebody is coming." in coming
    assert HelpCall.objects.get().ended_at is not None


def test_nobody_calls_for_another_table(running: Stage, tablet: Client, visitor: Client, tables: list[Table]) -> None:
    body = {"kind": "technical", "once": uuid.uuid4()}
    call = actions.call_for_help(tables[0], kind=HelpKind.ACCESS, once=uuid.uuid4(), now=timezone.now())

    answers = [client.post(f"{HERE}tables/{tables[0].pk}/help/", body).status_code for client in (tablet, visitor)]
    answers.append(tablet.post(f"{HERE}tables/{tables[3].pk}/help/{call.pk}/over/").status_code)

    assert answers == [403, 403, 403]


def test_the_board_puts_first_who_needs_somebody(
    running: Stage, rounds: list[Round], tables: list[Table], write: Callable[..., Card]
) -> None:
    now = timezone.now()
    for table in tables[:2]:
        for number in range(3):
            write(table, f"Idea {number}")
    actions.bind_device(tables[2], now=now)
    actions.call_for_help(tables[3], kind=HelpKind.INTERPRETER, once=uuid.uuid4(), now=now)

    board = board_of(running, Round.objects.get(pk=rounds[0].pk), now)
    filtered = board_of(running, Round.objects.get(pk=rounds[0].pk), now, sign=Sign.BEHIND)

    assert [(tile.table.number, tile.sign) for tile in board.tiles] == [
        (4, Sign.CALLING),
        (1, Sign.NO_DEVICE),
        (2, Sign.NO_DEVICE),
        (3, Sign.BEHIND),
    ]
    assert board.tiles[1].signs == [Sign.NO_DEVICE, Sign.DONE]
    assert [tile.table.number for tile in filtered.shown] == [4, 3]


def test_a_table_of_which_nothing_is_heard_is_silent(running: Stage, rounds: list[Round], tables: list[Table]) -> None:
    actions.bind_device(tables[0], now=timezone.now())
    later = timezone.now() + timedelta(minutes=6)

    board = board_of(running, Round.objects.get(pk=rounds[0].pk), later)

    assert [(tile.sign, tile.silent_minutes) for tile in board.tiles if tile.table == tables[0]] == [(Sign.SILENT, 6)]


def test_an_online_table_needs_no_device_and_is_silent_when_nothing_is_written(
    running: Stage, rounds: list[Round], tables: list[Table]
) -> None:
    Table.objects.filter(pk=tables[0].pk).update(origin=Origin.G_HOME)
    opened = Round.objects.get(pk=rounds[0].pk)
    now = timezone.now()

    seen = {late: board_of(running, opened, now + timedelta(minutes=late), number=1).shown for late in (-1, 1)}

    assert {late: [tile.signs for tile in shown] for late, shown in seen.items()} == {
        -1: [[Sign.FINE]],
        1: [[Sign.SILENT]],
    }


def test_the_board_says_at_which_online_table_nobody_writes(
    running: Stage, rounds: list[Round], tables: list[Table], now: datetime
) -> None:
    first, *_others = seated(running, rounds[0], 6, now=now)
    actions.take_pen(first, now=now)
    actions.open_home_tables(running, "fr", 1, now=now)  # nobody sits there
    opened = Round.objects.get(pk=rounds[0].pk)

    shown = board_of(running, opened, opened.opened_at + timedelta(minutes=1), place="home").shown

    assert {tile.table.number: (tile.people, tile.signs) for tile in shown} == {
        601: (3, [Sign.FINE]),
        602: (3, [Sign.NO_WRITER]),
        603: (0, [Sign.FINE]),
    }


def test_a_table_is_found_on_the_board_by_its_number(running: Stage, organiser: Client, tables: list[Table]) -> None:
    for typed, found in (("3", [3]), (" 3 ", [3]), ("300", []), ("three", [1, 2, 3, 4]), ("9" * 30, [1, 2, 3, 4])):
        answer = organiser.get(f"{HERE}board/", {"table": typed})

        assert sorted(tile.table.number for tile in answer.context["board"].shown) == found


def test_tables_that_need_nobody_stand_by_their_numbers(
    running: Stage, rounds: list[Round], tables: list[Table], write: Callable[..., Card]
) -> None:
    now = timezone.now()
    for table in tables:
        actions.bind_device(table, now=now)
        for number in range(3):
            write(table, f"Idea {number}", is_sent=table != tables[2])

    board = board_of(running, Round.objects.get(pk=rounds[0].pk), now)

    assert [(tile.table.number, tile.sign) for tile in board.calm] == [
        (1, Sign.DONE),
        (2, Sign.DONE),
        (3, Sign.FINE),
        (4, Sign.DONE),
    ]


def test_the_board_is_read_in_as_many_queries_for_many_tables(
    running: Stage,
    organiser: Client,
    tables: list[Table],
    write: Callable[..., Card],
    make_queries: Callable[[Client, str], int],
) -> None:
    write(tables[0], "Idea")
    few = make_queries(organiser, f"{HERE}control/")
    for table in tables:
        write(table, "Another")
        actions.call_for_help(table, kind=HelpKind.ACCESS, once=uuid.uuid4(), now=timezone.now())
    for number in range(4):
        actions.make_item(running, kind=ItemKind.OTHER, length_seconds=60, texts={"title": {"en": f"Item {number}"}})

    assert make_queries(organiser, f"{HERE}control/") == few


def test_a_table_writes_its_own_topic_in_a_free_round(
    stage: Stage, organiser: Client, tablet: Client, tables: list[Table]
) -> None:
    actions.open_round(actions.make_round(stage, questions={"en": "What?"}, kind=RoundKind.FREE), now=timezone.now())
    table = f"{HERE}tables/{tables[3].pk}/"
    tablet.post(f"{table}topic/", {"text": "Buses", "language": "nl"})
    refused = tablet.post(f"{table}topic/", {"text": "", "language": "nl"}, follow=True).content.decode()

    assert "Buses" in tablet.get(table).content.decode()
    assert "This field is required." in refused
