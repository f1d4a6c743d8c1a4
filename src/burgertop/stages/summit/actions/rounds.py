"""Rounds: made beforehand, opened and closed on the day, one at a time."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Round, RoundKind, RoundState
from burgertop.stages.summit.news import tell_hall

__all__ = ["close_round", "make_round", "open_round", "reword_round"]


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
    """Add a round at the end of the day; with a theme, the trace knows where its question comes from."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    last = locked.rounds.order_by("number").last()
    round_ = Round.objects.create(
        stage=stage,
        number=last.number + 1 if last else 1,
        kind=kind,
        theme=theme,
        length_seconds=length_seconds,
        cards_limit=cards_limit,
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
    locked.length_seconds = length_seconds or locked.length_seconds
    locked.cards_limit = cards_limit or locked.cards_limit
    locked.save(update_fields=["kind", "theme", "length_seconds", "cards_limit"])
    locked.write("question", questions)
    locked.write("introduction", introductions or {})
    tell_hall(locked.stage, "round", locked.number)
    return locked


@transaction.atomic
def open_round(round_: Round, *, now: datetime) -> Round:
    """Let the tables write; opening an open round changes nothing, a closed one may be opened again.

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
    is_again = locked.state == RoundState.CLOSED
    locked.state, locked.opened_at, locked.closed_at = RoundState.OPEN, now, None
    locked.save(update_fields=["state", "opened_at", "closed_at"])
    _write(stage, locked, "round_opened_again" if is_again else "round_opened", now)
    return locked


@transaction.atomic
def close_round(round_: Round, *, now: datetime) -> Round:
    """Take no more cards; closing it again changes nothing."""
    stage = Stage.objects.select_for_update().get(pk=round_.stage_id)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state != RoundState.OPEN:
        return locked
    locked.state, locked.closed_at = RoundState.CLOSED, now
    locked.save(update_fields=["state", "closed_at"])
    _write(stage, locked, "round_closed", now)
    return locked


def _write(stage: Stage, round_: Round, kind: str, now: datetime) -> None:
    append(stage.process_id, kind, {"stage": str(stage.pk), "round": round_.number}, now=now)
    tell_hall(stage, "round", round_.number)


def _spoken(bodies: Mapping[str, str]) -> dict[str, str]:
    return {language: body for language, body in bodies.items() if body.strip()}
