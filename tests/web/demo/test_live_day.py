"""The live day: tables that write by themselves, in a small summit of our own."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Stage, StageKind, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardState, Device, HelpCall, Round, RoundKind
from burgertop.web.demo.live_day import FREE_TABLE, DeedKind, LiveDay, deeds_of

SLUG = "living"
AT = timezone.make_aware(datetime(2026, 11, 11, 10))  # noqa: DTZ001  # made aware here
OVER = AT + timedelta(minutes=12)


@pytest.fixture
def stage(db: None) -> Stage:
    """A day with three tables and one open round."""
    process = found_process(SLUG, Template.BELGIAN, titles={"en": "Live"}, languages=["nl", "fr"], is_listed=True)
    stage = next(one for one in process.stages.all() if one.kind == StageKind.SUMMIT)
    open_stage(stage, now=AT)
    drafts = [actions.TableDraft(number, languages) for number, languages in enumerate([("nl",), ("nl",), ("fr",)], 1)]
    actions.lay_tables(stage, drafts, now=AT)
    round_ = actions.make_round(stage, questions={"en": "What now?"}, kind=RoundKind.PROPOSAL, length_seconds=900)
    actions.open_round(round_, now=AT)
    return stage


def played(stage: Stage) -> LiveDay:
    """A day that was looked at every ten seconds until it was over."""
    day = LiveDay(SLUG, AT)
    now = AT
    while now < OVER:
        day.play(now)
        now += timedelta(seconds=10)
    return day


def test_every_table_but_the_free_one_writes_and_sends(stage: Stage) -> None:
    played(stage)

    wrote = {number: Card.objects.filter(table__number=number) for number in (1, 2, 3)}
    assert not wrote[FREE_TABLE].exists()
    for number in (2, 3):
        planned = sum(deed.kind == DeedKind.WRITE for deed in deeds_of(1, number))
        assert wrote[number].count() == planned
        assert wrote[number].filter(state=CardState.SENT).count() == min(planned, 5)
        assert all(card.say("reasons", card.language).text for card in wrote[number].prefetch_related("texts"))
    assert {card.language for card in wrote[3]} == {"fr"}


def test_a_player_that_starts_again_doubles_nothing(stage: Stage) -> None:
    day = LiveDay(SLUG, AT)
    day.play(AT + timedelta(minutes=5))
    before = Card.objects.count(), Device.objects.count()

    LiveDay(SLUG, AT).play(AT + timedelta(minutes=5))

    assert before[0] > 0
    assert (Card.objects.count(), Device.objects.count()) == before


def test_nothing_is_written_while_no_round_is_open(stage: Stage) -> None:
    actions.close_round(Round.objects.select_related("stage__process").get(stage=stage), now=AT)

    assert LiveDay(SLUG, AT).play(OVER) == 0
    assert not Card.objects.exists()


def test_calls_for_help_end_by_themselves(stage: Stage) -> None:
    tables = {number for number in range(2, 60) if any(deed.kind == DeedKind.CALL for deed in deeds_of(1, number))}
    assert tables  # some call
    number = min(tables)
    drafts = [actions.TableDraft(one, ("nl",)) for one in range(4, number + 1)]
    if drafts:
        actions.lay_tables(stage, [actions.TableDraft(1, ("nl",)), actions.TableDraft(2, ("nl",)), *drafts], now=AT)

    played(stage)

    assert HelpCall.objects.filter(table__number=number).exists()
    assert not HelpCall.objects.filter(ended_at__isnull=True).exists()
