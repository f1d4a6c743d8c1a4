"""Running the day from the control desk: one clock, and the rounds that follow it."""

import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import Press
from burgertop.stages.summit.models import (
    ActKind,
    Card,
    DayClock,
    ItemKind,
    Round,
    RoundState,
    ScriptAct,
    ScriptItem,
    Table,
)
from burgertop.stages.summit.queries.script import running_of, script_of
from burgertop.stages.summit.running import Item, Running, begin, next_key, pause, resume, schedule_of, stretch


@pytest.fixture
def items(stage: Stage, rounds: list[Round]) -> list[ScriptItem]:
    """An introduction of ten minutes, the first round of forty, a break, the second round."""
    for kind, title in ((ItemKind.INTRODUCTION, "Who pays"), (ItemKind.BREAK, "Lunch")):
        actions.make_item(stage, kind=kind, length_seconds=600, texts={"title": {"en": title}})
    actions.move_item(stage.script_items.get(kind=ItemKind.INTRODUCTION), 1)
    actions.move_item(stage.script_items.get(kind=ItemKind.BREAK), 3)
    return list(stage.script_items.order_by("order"))


def states(rounds: list[Round]) -> list[str]:
    return [Round.objects.get(pk=one.pk).state for one in rounds]


def test_the_next_item_closes_the_round_before_and_opens_its_own(
    stage: Stage, items: list[ScriptItem], rounds: list[Round], now: datetime
) -> None:
    seen = []
    for number, item in enumerate(items):
        actions.begin_item(item, now=now + timedelta(minutes=number))
        seen.append(states(rounds))

    assert seen == [["planned", "planned"], ["open", "planned"], ["closed", "planned"], ["closed", "open"]]
    assert list(Entry.objects.order_by("number").values_list("kind", flat=True)) == [
        "round_opened",
        "round_closed",
        "round_opened",
    ]


def test_opening_a_round_by_hand_begins_its_item(
    stage: Stage, items: list[ScriptItem], rounds: list[Round], now: datetime
) -> None:
    actions.begin_item(items[0], now=now)
    actions.open_round(rounds[0], now=now + timedelta(minutes=3))
    under_way = script_of(stage, now + timedelta(minutes=4)).current
    actions.close_round(rounds[0], now=now + timedelta(minutes=9))

    assert under_way is not None
    assert (under_way.item.pk, script_of(stage, now).current) == (items[1].pk, None)
    assert [one.ended_at for one in stage.script_items.order_by("order")][:2] == [
        now + timedelta(minutes=3),
        now + timedelta(minutes=9),
    ]


def test_a_press_sent_twice_counts_once(stage: Stage, items: list[ScriptItem], now: datetime) -> None:
    actions.begin_item(items[0], now=now)
    for _again in range(2):
        actions.stretch_item(stage, 300, now=now, press=Press(revision=1))

    assert script_of(stage, now).seconds_left == 900
    assert ScriptAct.objects.count() == 2


def test_a_desk_that_has_not_seen_the_last_press_is_refused(
    stage: Stage, items: list[ScriptItem], now: datetime
) -> None:
    actions.begin_item(items[0], now=now)
    actions.pause_clock(stage, now=now, press=Press(revision=1))

    with pytest.raises(HouseError) as error:
        actions.begin_item(items[1], now=now, press=Press(revision=1))

    assert error.value.code == "summit.clock_moved"
    assert script_of(stage, now).is_paused


def test_what_was_begun_by_mistake_goes_back(
    stage: Stage, items: list[ScriptItem], rounds: list[Round], now: datetime
) -> None:
    actions.begin_item(items[1], now=now)
    actions.begin_item(items[2], now=now + timedelta(minutes=5))
    actions.put_item_back(stage, now=now + timedelta(minutes=6))

    script = script_of(stage, now + timedelta(minutes=6))
    assert script.current is not None
    assert (script.current.item.pk, script.seconds_left, states(rounds)[0]) == (items[1].pk, 34 * 60, "open")
    assert Round.objects.get(pk=rounds[0].pk).opened_at == now


def test_a_round_opened_by_mistake_is_planned_again_unless_cards_were_written(
    stage: Stage, items: list[ScriptItem], tables: list[Table], rounds: list[Round], now: datetime
) -> None:
    actions.begin_item(items[0], now=now)
    actions.begin_item(items[1], now=now)
    actions.put_item_back(stage, now=now)
    empty = states(rounds)[0]
    actions.begin_item(items[1], now=now)
    draft = actions.CardDraft("Zorg", "nl")
    opened = Round.objects.select_related("stage__process").get(pk=rounds[0].pk)
    actions.write_card(opened.pk, tables[0], draft, card_id=uuid.uuid4(), once=uuid.uuid4(), by=None, now=now)
    actions.put_item_back(stage, now=now)

    assert (empty, states(rounds)[0], Card.objects.count()) == ("planned", RoundState.CLOSED, 1)


def test_nothing_under_way_cannot_go_back(stage: Stage, items: list[ScriptItem], now: datetime) -> None:
    with pytest.raises(HouseError) as error:
        actions.put_item_back(stage, now=now)

    assert error.value.code == "summit.nothing_under_way"


def test_the_protocol_says_what_was_pressed_and_by_whom(stage: Stage, items: list[ScriptItem], now: datetime) -> None:
    me = uuid.uuid4()
    actions.begin_item(items[0], now=now, press=Press(by=me, revision=0))
    actions.stretch_item(stage, -60, now=now, press=Press(by=me, revision=1))
    actions.end_item(stage, now=now, press=Press(by=me, revision=2))

    acts = ScriptAct.objects.order_by("revision").values_list("kind", "item", "seconds", "by")
    assert list(acts) == [
        (ActKind.BEGUN, items[0].pk, 0, me),
        (ActKind.STRETCHED, items[0].pk, -60, me),
        (ActKind.ENDED, items[0].pk, 0, me),
    ]


def test_after_a_restart_every_clock_shows_the_same_second(
    stage: Stage, items: list[ScriptItem], now: datetime
) -> None:
    """What the database gives back is what would run in memory if nothing had ever stopped."""
    chance = random.Random(11)  # noqa: S311  # no secret
    memory = Running(tuple(Item(one.pk, timedelta(seconds=one.length_seconds)) for one in items))
    moment = now
    for _press in range(16):
        moment += timedelta(milliseconds=chance.randrange(900_000))
        what = chance.choice(["begin", "pause", "resume", "stretch"])
        key = next_key(memory)
        if what == "begin" and key is not None:
            actions.begin_item(ScriptItem.objects.get(pk=key), now=moment)
            memory = begin(memory, key, moment)
        elif what == "stretch":
            seconds = chance.randrange(-400, 400)
            actions.stretch_item(stage, seconds, now=moment)
            memory = stretch(memory, timedelta(seconds=seconds), moment)
        elif what != "begin":
            {"pause": actions.pause_clock, "resume": actions.resume_clock}[what](stage, now=moment)
            memory = {"pause": pause, "resume": resume}[what](memory, moment)
        clock = DayClock.objects.filter(stage=stage).first()
        read = running_of(clock, stage.script_items.order_by("order"))

        assert replace(read, planned_at=None) == memory
        assert script_of(stage, moment).schedule == schedule_of(memory, moment)


def test_the_script_is_read_in_as_many_queries_for_many_items(
    stage: Stage, items: list[ScriptItem], now: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # a context manager of the plugin
        script = script_of(stage, now)
        assert [line.item.say("title", "en").text for line in script.lines if line.item.round is None]
