"""The script of the demo's days: introductions, rounds, breaks and votes around the rounds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.days import BREAK, CLOSING, INTRODUCTION, LUNCH, VOTE, WELCOME, Part, talk
from burgertop.stages.summit.models import ItemKind, Round, ScriptItem
from burgertop.web.demo.kinds import DemoRound

__all__ = ["begin_until", "end_of_day", "go_on", "write_script"]

PAUSES = (BREAK, LUNCH, BREAK)


def write_script(
    stage: Stage, rounds: Sequence[DemoRound], *, planned_at: datetime, minutes: int | None = None
) -> None:
    """Put introductions before each round, a vote and a break behind it; say when the day begins."""
    parts: list[Part] = [WELCOME]
    for number, row in enumerate(rounds):
        parts += [INTRODUCTION for _expert in row.experts]
        parts += [talk(minutes or row.minutes), VOTE, PAUSES[number % len(PAUSES)]]
    items = actions.take_parts(stage, [*parts[:-1], CLOSING])
    introductions = [one for one in items if one.kind == ItemKind.INTRODUCTION]
    experts = [expert for row in rounds for expert in row.experts]
    for item, expert in zip(introductions, experts, strict=True):
        texts = {"title": expert.subject, "speaker": expert.role, "paper": expert.paper}
        actions.change_item(
            item,
            length_seconds=60 * expert.minutes,
            texts={name: text.by_language() for name, text in texts.items()},
        )
    actions.plan_start(stage, planned_at=planned_at, is_public=True)


def begin_until(round_: Round, begins_at: datetime) -> None:
    """Hold what comes before a round, so that it ends when the round begins."""
    mine = ScriptItem.objects.get(round=round_)
    waiting = list(mine.stage.script_items.filter(order__lt=mine.order, began_at__isnull=True).order_by("order"))
    moment = begins_at - timedelta(seconds=sum(one.length_seconds for one in waiting))
    for item in waiting:
        actions.begin_item(item, now=moment)
        moment += timedelta(seconds=item.length_seconds)


def go_on(round_: Round, now: datetime) -> None:
    """Begin the vote behind a round."""
    mine = ScriptItem.objects.get(round=round_)
    vote = mine.stage.script_items.filter(order__gt=mine.order, kind=ItemKind.VOTE).order_by("order").first()
    if vote is not None:
        actions.begin_item(vote, now=now)


def end_of_day(stage: Stage, now: datetime) -> None:
    """Hold the closing, and end it."""
    vote = stage.script_items.filter(began_at__isnull=False).order_by("order").last()
    closing = stage.script_items.filter(began_at__isnull=True).order_by("order").last()
    if vote is None or closing is None:
        return
    begins_at = now + timedelta(seconds=vote.length_seconds)
    actions.begin_item(closing, now=begins_at)
    actions.end_item(stage, now=begins_at + timedelta(seconds=closing.length_seconds))
