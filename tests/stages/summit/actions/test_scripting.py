"""Writing the script of the day."""

from datetime import datetime

import pytest

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import ItemKind, Round, RoundKind, ScriptItem
from burgertop.stages.summit.queries.budget import shares_of, warnings_of
from burgertop.stages.summit.queries.script import script_of


def kinds(stage: Stage) -> list[str]:
    return [one.kind for one in stage.script_items.order_by("order")]


def code_of(error: pytest.ExceptionInfo[HouseError]) -> str:
    return error.value.code


def test_the_day_of_2011_is_three_themes_with_introductions_and_a_vote(stage: Stage, now: datetime) -> None:
    actions.take_day(stage, "belgian")

    assert kinds(stage).count("introduction") == 6
    assert [one.kind for one in stage.rounds.order_by("number")] == [RoundKind.PROPOSAL] * 3 + [RoundKind.FREE]
    assert [(share.introductions, share.talk, share.votes) for share in shares_of(script_of(stage, now))] == [
        (20, 50, 10),
        (20, 50, 10),
        (20, 50, 10),
        (0, 40, 0),
    ]


def test_a_day_uses_the_rounds_that_are_there(stage: Stage, rounds: list[Round], now: datetime) -> None:
    actions.take_day(stage, "dutch")
    actions.take_day(stage, "dutch")

    assert [one.say("question", "en").text for one in stage.rounds.order_by("number")][:2] == [
        "Question 1?",
        "Question 2?",
    ]
    assert (stage.rounds.count(), kinds(stage).count("round")) == (3, 3)
    assert script_of(stage, now).lines[-1].item.say("title", "nl").text


def test_items_move_and_rounds_keep_their_order(stage: Stage, rounds: list[Round]) -> None:
    lunch = actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Lunch"}})
    actions.move_item(lunch, 2)
    order = kinds(stage)

    with pytest.raises(HouseError) as error:
        actions.move_item(ScriptItem.objects.get(round=rounds[0]), 3)

    assert (order, kinds(stage), code_of(error)) == (["round", "break", "round"], order, "summit.rounds_keep_order")


def test_what_has_begun_stays_where_it_is(stage: Stage, rounds: list[Round], now: datetime) -> None:
    lunch = actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Lunch"}})
    actions.open_round(rounds[0], now=now)
    found = []
    for act in (
        lambda: actions.move_item(lunch, 1),
        lambda: actions.drop_item(ScriptItem.objects.get(round=rounds[1])),
        lambda: actions.take_day(stage, "dutch"),
    ):
        with pytest.raises(HouseError) as error:
            act()
        found.append(code_of(error))

    assert found == ["summit.item_begun", "summit.round_stays", "summit.script_begun"]


def test_dropping_an_item_closes_the_gap(stage: Stage, rounds: list[Round]) -> None:
    first = actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Tea"}})
    actions.make_item(stage, kind=ItemKind.VOTE, length_seconds=600, texts={"title": {"en": "Vote"}})
    actions.drop_item(first)

    assert [one.order for one in stage.script_items.order_by("order")] == [1, 2, 3]


def test_a_script_without_time_or_breaks_is_warned_of(stage: Stage, now: datetime) -> None:
    for _number in range(4):
        actions.make_round(stage, questions={"en": "What?"}, length_seconds=2700)

    warnings = warnings_of(script_of(stage, now))

    assert len(warnings) == 2
    assert warnings[0].startswith("Rounds 1, 2, 3, 4 have less than 60 minutes each")
    assert warnings[1] == "180 minutes go by without a break."


def test_the_length_of_what_was_held_stays_as_planned(stage: Stage, rounds: list[Round], now: datetime) -> None:
    actions.open_round(rounds[0], now=now)
    item = actions.change_item(
        ScriptItem.objects.get(round=rounds[0]), length_seconds=60, texts={"hall": {"en": "Quiet"}}
    )

    assert (item.length_seconds, item.say("hall", "en").text) == (2400, "Quiet")
