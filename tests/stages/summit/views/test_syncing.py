"""Where the device of a table brings what it wrote."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardChange, Device, Round, Table
from burgertop.stages.summit.queries import door_of

HERE = "/en/town/summit/day/"
NOW = 1_320_998_400_000  # what a device takes for the time


def address(table: Table) -> str:
    return f"{HERE}tables/{table.pk}/sync/"


def change(round_: Round, text: str = "Een bank voor elke deur", **more: Any) -> dict[str, Any]:
    return {
        "once": str(uuid.uuid4()),
        "kind": "write",
        "card": str(uuid.uuid4()),
        "base": None,
        "round": str(round_.pk),
        "text": text,
        "reasons": "",
        "language": "nl",
        "support": None,
        "is_dissent": False,
        "at": NOW,
        **more,
    }


def post(client: Client, table: Table, body: object) -> Any:
    return client.post(address(table), json.dumps(body), content_type="application/json")


def bring(client: Client, table: Table, *changes: object, **more: Any) -> dict[str, Any]:
    response = post(client, table, {"now": NOW, "waiting": 0, "changes": list(changes), **more})
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def test_a_device_brings_cards_and_is_told_how_they_stand(tablet: Client, round_: Round, tables: list[Table]) -> None:
    card = change(round_, reasons="Om te zitten", support=7, is_dissent=True)
    sent = {"once": str(uuid.uuid4()), "kind": "send", "picked": [{"card": card["card"], "base": card["once"]}]}

    told = bring(tablet, tables[3], card, sent)

    assert [(one["outcome"], one["status"], one["again"]) for one in told["answers"]] == [("taken", 200, False)] * 2
    one = told["cards"][0]
    assert {name: one[name] for name in ("id", "head", "number", "state", "text", "reasons", "support")} == {
        "id": card["card"],
        "head": card["once"],
        "number": 1,
        "state": "sent",
        "text": "Een bank voor elke deur",
        "reasons": "Om te zitten",
        "support": 7,
    }
    assert (told["state"], told["round"]["limit"], told["device"]) == ("open", 3, {"number": 1, "sends": True})


def test_the_second_device_sees_both_texts_and_the_table_chooses(
    tablet: Client, round_: Round, tables: list[Table]
) -> None:
    card = change(round_)
    bring(tablet, tables[3], card)
    edits = [change(round_, text, card=card["card"], base=card["once"]) for text in ("Eerst", "Later")]
    bring(tablet, tables[3], edits[0])

    conflict = bring(tablet, tables[3], edits[1])
    beside = conflict["cards"][0]["beside"]
    chosen = change(round_, "Later", card=card["card"], base=edits[0]["once"], settles=[edits[1]["once"]])
    after = bring(tablet, tables[3], chosen)

    assert [(one["outcome"], one["status"]) for one in conflict["answers"]] == [("conflict", 409)]
    assert [(one["once"], one["text"]) for one in beside] == [(edits[1]["once"], "Later")]
    assert (after["cards"][0]["text"], after["cards"][0]["beside"]) == ("Later", [])


def test_another_request_under_the_same_key_is_refused_alone(
    tablet: Client, round_: Round, tables: list[Table]
) -> None:
    card = change(round_)
    bring(tablet, tables[3], card)

    told = bring(tablet, tables[3], {**card, "text": "Anders"}, {**card, "at": NOW + 5}, change(round_, "Goed"))

    assert [(one["outcome"], one["status"]) for one in told["answers"]] == [
        ("refused", 409),
        ("taken", 200),
        ("taken", 200),
    ]
    assert told["answers"][0]["said"].startswith("Something else came under the same key before.")


WRONG: list[object] = [
    None,
    7,
    [],
    "x",
    {},
    {"once": "no"},
    {"once": str(uuid.uuid4()), "kind": "burn", "card": str(uuid.uuid4())},
    {"once": str(uuid.uuid4()), "kind": "write"},
    {"once": str(uuid.uuid4()), "kind": "send", "picked": "all"},
    {"once": str(uuid.uuid4()), "kind": "send", "picked": [{"card": "x"}] * 51},
    {"once": str(uuid.uuid4()), "kind": "settle", "card": str(uuid.uuid4()), "settles": [None]},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_change_that_makes_no_sense_stops_no_other(
    tablet: Client, round_: Round, tables: list[Table], wrong: object
) -> None:
    told = bring(tablet, tables[3], wrong, change(round_))

    assert len(told["unreadable"]) == 1
    assert [one["outcome"] for one in told["answers"]] == ["taken"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 401},
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"text": ["x"]},
        {"reasons": "x" * 801},
        {"language": "xx"},
        {"support": -1},
        {"support": True},
        {"support": 10**30},
        {"card": "no"},
        {"base": "no"},
        {"round": 1.5},
        {"settles": {"a": 1}},
    ],
)
def test_words_that_cannot_be_kept_are_named_and_the_device_keeps_them(
    tablet: Client, round_: Round, tables: list[Table], wrong: dict[str, object]
) -> None:
    bad = change(round_, **wrong)

    told = bring(tablet, tables[3], bad)

    assert (told["unreadable"], told["answers"], Card.objects.count()) == ([bad["once"]], [], 0)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '{"now": 1}', '{"now": "x", "changes": []}', "[" * 5000, '{"changes": {}, "now": 1}'],
)
def test_what_is_no_batch_is_refused(tablet: Client, round_: Round, tables: list[Table], body: str) -> None:
    response = tablet.post(address(tables[3]), body, content_type="application/json")

    assert (response.status_code, response.json()) == (400, {"state": "unreadable"})


def test_two_hundred_changes_come_in_one_go_and_the_rest_is_left_to_the_device(
    tablet: Client, round_: Round, tables: list[Table]
) -> None:
    changes = [change(round_, f"kaart {number}") for number in range(201)]

    told = bring(tablet, tables[3], *changes)

    assert (len(told["answers"]), len(told["cards"]), Card.objects.count()) == (200, 200, 200)


def test_a_clock_that_is_a_day_off_changes_nothing_and_is_known(
    tablet: Client, round_: Round, tables: list[Table]
) -> None:
    for moment in (NOW, 0, -(10**18), 10**18, 1.5):
        bring(tablet, tables[3], now=moment, waiting=7)

    device = Device.objects.get()
    assert (device.waiting, device.seen_at is not None, abs(device.clock_seconds) > 86_400) == (7, True, True)


def test_after_the_close_it_is_taken_late_and_the_next_round_is_told(
    tablet: Client, round_: Round, rounds: list[Round], tables: list[Table], now: datetime
) -> None:
    actions.close_round(round_, now=now)
    actions.open_round(rounds[1], now=now + timedelta(minutes=1))

    told = bring(tablet, tables[3], change(round_))

    assert [one["outcome"] for one in told["answers"]] == ["taken"]
    assert (Card.objects.get().is_late, told["round"]["number"], told["cards"]) == (True, 2, [])


def test_who_is_no_device_of_the_table_comes_no_further(
    tablet: Client, client_as: Callable[[Role | None], Client], round_: Round, tables: list[Table]
) -> None:
    strangers = [Client(), client_as(Role.ORGANISER)]

    answers = [post(one, tables[3], {"now": 1, "changes": []}).status_code for one in strangers]
    foreign = post(tablet, tables[0], {"now": 1, "changes": [change(round_)]}).status_code

    assert (answers, foreign, Card.objects.count()) == ([403, 403], 403, 0)


def test_a_device_that_was_ended_and_a_summit_that_is_over_say_so_and_take_nothing(
    tablet: Client, round_: Round, stage: Stage, tables: list[Table], now: datetime
) -> None:
    second = Client()
    second.post(f"/t/{door_of(tables[3])}")
    close_stage(stage, now=now)
    over = bring(second, tables[3], change(round_))
    actions.release_devices(tables[3], now=now)
    ended = bring(second, tables[3], change(round_))

    assert (over["state"], ended["state"], Card.objects.count()) == ("closed", "ended", 0)
    assert ended["said"] == "This device no longer writes for its table. Scan the square on the table again."


def test_as_many_queries_for_one_change_as_for_fifty(
    tablet: Client,
    round_: Round,
    tables: list[Table],
    django_assert_num_queries: Callable[[int], Any],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    bring(tablet, tables[3], change(round_))
    with django_assert_max_num_queries(45) as few:
        bring(tablet, tables[3], change(round_))

    with django_assert_num_queries(len(few)):
        bring(tablet, tables[3], *[change(round_, f"kaart {number}", reasons="Om") for number in range(50)])


def test_no_words_are_kept_with_the_keys(tablet: Client, round_: Round, tables: list[Table]) -> None:
    bring(tablet, tables[3], change(round_, "Een geheim woord"), change(round_, card="", text="Een geheim woord"))

    assert "geheim" not in str(list(CardChange.objects.values_list()))
