"""Rounds open and close, one at a time."""

import uuid
from datetime import datetime

import pytest

from burgertop.foundation.live.models import Message
from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Round, RoundState


def test_a_round_opens_and_closes_and_everybody_is_told(rounds: list[Round], now: datetime) -> None:
    actions.open_round(rounds[0], now=now)
    actions.open_round(rounds[0], now=now)
    actions.close_round(rounds[0], now=now)
    actions.close_round(rounds[0], now=now)

    rounds[0].refresh_from_db()
    assert rounds[0].state == RoundState.CLOSED
    assert list(Entry.objects.order_by("number").values_list("kind", flat=True)) == ["round_opened", "round_closed"]
    assert [message.body["kind"] for message in Message.objects.order_by("number")] == ["round", "clock"] * 2


def test_two_rounds_are_never_open_together(rounds: list[Round], now: datetime) -> None:
    actions.open_round(rounds[0], now=now)

    with pytest.raises(HouseError) as caught:
        actions.open_round(rounds[1], now=now)

    assert say(caught.value) == "Round 1 is still open. Close it first."


def test_no_round_opens_before_the_summit_does(stage: Stage, rounds: list[Round], now: datetime) -> None:
    close_stage(stage, now=now)

    with pytest.raises(HouseError) as caught:
        actions.open_round(rounds[0], now=now)

    assert caught.value.code == "summit.stage_not_open"


def test_a_closed_round_may_open_again(rounds: list[Round], now: datetime) -> None:
    actions.open_round(rounds[0], now=now)
    actions.close_round(rounds[0], now=now)

    again = actions.open_round(rounds[0], now=now)

    assert (again.state, again.closed_at) == (RoundState.OPEN, None)
    assert Entry.objects.filter(kind="round_opened_again").count() == 1


def test_the_question_comes_from_its_theme(stage: Stage) -> None:
    theme, other = uuid.uuid4(), uuid.uuid4()
    round_ = actions.make_round(stage, questions={"nl": "Wie zorgt?"}, theme=theme)
    before = came_from("question", round_.pk)

    actions.reword_round(round_, questions={"nl": "Wie zorgt?"}, theme=other)

    assert (before, came_from("question", round_.pk)) == ([("theme", theme)], [("theme", other)])
