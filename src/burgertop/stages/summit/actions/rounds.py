"""Rounds: made beforehand, opened and closed on the day, one at a time."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.clock import turn
from burgertop.stages.summit.actions.pens import hand_on_pens
from burgertop.stages.summit.models import ActKind, DayClock, ItemKind, Round, RoundKind, RoundState, ScriptItem
from burgertop.stages.summit.news import tell_hall
from burgertop.stages.summit.running import begin, end

__all__ = [
    "close_round",
    "forget_opening",
    "let_write",
    "make_round",
    "open_round",
    "reword_round",
    "stop_writing",
]


@transaction.atomic
def make_round(
    stage: Stage,
    *,
    questions: Mapping[str, str],
    introductions: Mapping[str, str] | None = None,
    kind: RoundKind = RoundKind.PROPOSAL,
    theme: uuid.UUID | None = None,
    length_seconds: int = 2400,
    cards_limit: int = 5,
) -> Round:
    """Add a round at the end of the day, with its item of the script; the trace knows the theme of its question."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    last = locked.rounds.order_by("number").last()
    round_ = Round.objects.create(
        stage=stage,
        number=last.number + 1 if last else 1,
        kind=kind,
        theme=theme,
        cards_limit=cards_limit,
    )
    script = stage.script_items.order_by("order").last()
    ScriptItem.objects.create(
        stage=stage,
        order=script.order + 1 if script else 1,
        kind=ItemKind.ROUND,
        round=round_,
        length_seconds=length_seconds,
    )
    round_.write("question", _spoken(questions))
    round_.write("introduction", _spoken(introductions or {}))
    if theme is not None:
        link(stage.process_id, ("question", round_.pk), [("theme", theme)])
    return round_


@transaction.atomic
def reword_round(
    round_: Round,
    *,
    questions: Mapping[str, str],
    introductions: Mapping[str, str] | None = None,
    kind: RoundKind | str | None = None,
    theme: uuid.UUID | None = None,
    length_seconds: int | None = None,
    cards_limit: int | None = None,
) -> Round:
    """Write a round anew: its words, what the tables write, its theme, how long, how many cards."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("stage").get(pk=round_.pk)
    if locked.theme != theme:
        if locked.theme is not None:
            unlink(("question", locked.pk), ("theme", locked.theme))
        if theme is not None:
            link(locked.stage.process_id, ("question", locked.pk), [("theme", theme)])
    locked.kind = kind or locked.kind
    locked.theme = theme
    locked.cards_limit = cards_limit or locked.cards_limit
    locked.save(update_fields=["kind", "theme", "cards_limit"])
    if length_seconds:
        ScriptItem.objects.filter(round=locked).update(length_seconds=length_seconds)
        tell_hall(locked.stage, "clock", locked.number)
    locked.write("question", questions)
    locked.write("introduction", introductions or {})
    tell_hall(locked.stage, "round", locked.number)
    return locked


@transaction.atomic
def open_round(round_: Round, *, now: datetime) -> Round:
    """Let the tables write, and begin the item of the round; nothing changes when it is open, a closed one opens again.

    Raises:
        HouseError: ``summit.stage_not_open``, ``summit.other_round_open``.
    """
    stage = Stage.objects.select_for_update().get(pk=round_.stage_id)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state == RoundState.OPEN:
        return locked
    if stage.state != StageState.OPEN:
        raise HouseError("summit.stage_not_open")
    other = stage.rounds.filter(state=RoundState.OPEN).first()
    if other is not None:
        raise HouseError("summit.other_round_open", number=other.number)
    let_write(stage, locked, now)
    item = ScriptItem.objects.get(round=locked)
    turn(stage, ActKind.BEGUN, lambda day: begin(day, item.pk, now), item=item, now=now)
    return locked


@transaction.atomic
def close_round(round_: Round, *, now: datetime) -> Round:
    """Take no more cards, and end the round's item; closing it again changes nothing."""
    stage = Stage.objects.select_for_update().get(pk=round_.stage_id)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state != RoundState.OPEN:
        return locked
    stop_writing(stage, locked, now)
    if DayClock.objects.filter(stage=stage, current__round=locked).exists():
        turn(stage, ActKind.ENDED, lambda day: end(day, now), now=now)
    return locked


def let_write(stage: Stage, round_: Round, now: datetime, *, is_begun_anew: bool = True) -> None:
    """Open a round of a locked stage and record it; without ``is_begun_anew`` it goes on from when it was opened."""
    if round_.state == RoundState.OPEN:
        return
    is_again = round_.state == RoundState.CLOSED
    round_.state, round_.closed_at = RoundState.OPEN, None
    if is_begun_anew or round_.opened_at is None:
        round_.opened_at = now
    round_.save(update_fields=["state", "opened_at", "closed_at"])
    hand_on_pens(round_, now=now)
    _write(stage, round_, "round_opened_again" if is_again else "round_opened", now)


def stop_writing(stage: Stage, round_: Round, now: datetime) -> None:
    """Close a round of a locked stage and record it."""
    if round_.state != RoundState.OPEN:
        return
    round_.state, round_.closed_at = RoundState.CLOSED, now
    round_.save(update_fields=["state", "closed_at"])
    _write(stage, round_, "round_closed", now)


def forget_opening(stage: Stage, round_: Round, now: datetime) -> None:
    """Plan a round again that was opened by mistake and in which nothing was written; the record says so."""
    if round_.state != RoundState.OPEN:
        return
    round_.state, round_.opened_at, round_.closed_at = RoundState.PLANNED, None, None
    round_.save(update_fields=["state", "opened_at", "closed_at"])
    _write(stage, round_, "round_put_back", now)


def _write(stage: Stage, round_: Round, kind: str, now: datetime) -> None:
    append(stage.process_id, kind, {"stage": str(stage.pk), "round": round_.number}, now=now)
    tell_hall(stage, "round", round_.number)


def _spoken(bodies: Mapping[str, str]) -> dict[str, str]:
    return {language: body for language, body in bodies.items() if body.strip()}
