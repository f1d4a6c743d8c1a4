"""Calls for help, messages to everyone, topics of tables."""

import uuid
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import DayMessage, HelpCall, HelpKind, Round, RoundKind, Table
from burgertop.stages.summit.queries.script import message_to_all


def test_a_call_sent_twice_is_one_call(tables: list[Table], now: datetime) -> None:
    once = uuid.uuid4()
    first = actions.call_for_help(tables[0], kind=HelpKind.TECHNICAL, once=once, now=now)
    again = actions.call_for_help(tables[0], kind=HelpKind.TECHNICAL, once=once, now=now)
    other = actions.call_for_help(tables[0], kind=HelpKind.TECHNICAL, once=uuid.uuid4(), now=now)

    assert (first.pk, first.pk) == (again.pk, other.pk)


def test_who_takes_a_call_first_has_it_and_a_new_one_can_follow(tables: list[Table], now: datetime) -> None:
    anna, bert = uuid.uuid4(), uuid.uuid4()
    call = actions.call_for_help(tables[0], kind=HelpKind.ACCESS, once=uuid.uuid4(), now=now)
    actions.take_call(call, by=anna, now=now)
    taken = actions.take_call(call, by=bert, now=now + timedelta(seconds=1))
    actions.end_call(call, now=now)
    actions.end_call(call, now=now + timedelta(hours=1))
    actions.call_for_help(tables[0], kind=HelpKind.ACCESS, once=uuid.uuid4(), now=now)

    assert (taken.taken_by, HelpCall.objects.get(pk=call.pk).ended_at) == (anna, now)
    assert HelpCall.objects.open().count() == 1


def test_the_form_of_another_table_is_refused(tables: list[Table], now: datetime) -> None:
    once = uuid.uuid4()
    actions.call_for_help(tables[0], kind=HelpKind.ACCESS, once=once, now=now)

    with pytest.raises(HouseError) as error:
        actions.call_for_help(tables[1], kind=HelpKind.ACCESS, once=once, now=now)

    assert error.value.code == "summit.call_elsewhere"


def test_a_message_takes_the_place_of_the_one_before(stage: Stage, now: datetime) -> None:
    once = uuid.uuid4()
    actions.send_message(stage, {"nl": "Koffie!"}, once=uuid.uuid4(), now=now)
    for _again in range(2):
        actions.send_message(stage, {"nl": "Terug, aub.", "fr": ""}, once=once, now=now)
    shown = message_to_all(stage)
    actions.take_message_away(stage, now=now)

    assert shown is not None
    assert (shown.say("text", "fr").text, DayMessage.objects.count()) == ("Terug, aub.", 2)
    assert message_to_all(stage) is None


def test_a_table_chooses_its_topic_only_in_a_free_round(stage: Stage, tables: list[Table], now: datetime) -> None:
    free = actions.make_round(stage, questions={"en": "What else?"}, kind=RoundKind.FREE)
    found = []
    for round_ in (actions.make_round(stage, questions={"en": "What?"}), free):
        with pytest.raises(HouseError) as error:
            actions.choose_topic(round_, tables[0], "Buses", "nl", now=now)
        found.append(error.value.code)
    opened = actions.open_round(Round.objects.get(pk=free.pk), now=now)
    for text in ("Buses", "Trains"):
        actions.choose_topic(opened, tables[0], text, "nl", now=now)

    assert found == ["summit.no_free_topic", "summit.round_closed"]
    assert [one.text for one in free.topics.all()] == ["Trains"]
