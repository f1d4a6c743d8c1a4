"""Running the day: the next item, a pause, more time, the way back. What the tables may write follows from it."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import formats, timezone

from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.clock import NOBODY, Press, is_pressed_already, turn
from burgertop.stages.summit.actions.rounds import forget_opening, let_write, stop_writing
from burgertop.stages.summit.models import ActKind, DayClock, Round, RoundState, ScriptAct, ScriptItem
from burgertop.stages.summit.running import begin, end, pause, put_back, resume, stretch

__all__ = [
    "MOST_STRETCH",
    "begin_item",
    "end_item",
    "pause_clock",
    "put_item_back",
    "resume_clock",
    "stretch_item",
]

MOST_STRETCH = 4 * 3600


@transaction.atomic
def begin_item(item: ScriptItem, *, now: datetime, press: Press = NOBODY, is_sure: bool = False) -> ScriptItem:
    """Begin an item; the one before ends. A round that was open is closed, and the round of the item is opened.

    Pressed twice it is begun once. Earlier than it should, it begins only when whoever presses ``is_sure``.

    Raises:
        HouseError: ``summit.stage_not_open``, ``summit.clock_moved``, ``summit.item_too_early``.
    """
    stage = _locked(item.stage_id)
    if is_pressed_already(stage, press, ActKind.BEGUN, item):
        return item
    clock = DayClock.objects.filter(stage=stage).first()
    if clock is not None and clock.current_id == item.pk:
        return item
    if item.not_before_at is not None and now < item.not_before_at and not is_sure:
        at = timezone.localtime(item.not_before_at)
        look = "TIME_FORMAT" if at.date() == timezone.localtime(now).date() else "DATETIME_FORMAT"
        raise HouseError("summit.item_too_early", at=formats.date_format(at, look))
    for other in stage.rounds.filter(state=RoundState.OPEN).exclude(item=item):
        stop_writing(stage, other, now)
    if item.round_id is not None:
        let_write(stage, Round.objects.select_for_update().get(item=item), now)
    turn(stage, ActKind.BEGUN, lambda day: begin(day, item.pk, now), press=press, item=item, now=now)
    item.refresh_from_db()
    return item


@transaction.atomic
def end_item(stage: Stage, *, now: datetime, press: Press = NOBODY) -> None:
    """End what is under way without beginning another: after the last item, or when the hall needs a moment.

    Raises:
        HouseError: ``summit.stage_not_open``, ``summit.clock_moved``.
    """
    locked = _locked(stage.pk)
    if is_pressed_already(locked, press, ActKind.ENDED):
        return
    for one in locked.rounds.filter(state=RoundState.OPEN):
        stop_writing(locked, one, now)
    turn(locked, ActKind.ENDED, lambda day: end(day, now), press=press, now=now)


@transaction.atomic
def pause_clock(stage: Stage, *, now: datetime, press: Press = NOBODY) -> None:
    """Let the clock stand still; tables may go on writing."""
    locked = _locked(stage.pk)
    if not is_pressed_already(locked, press, ActKind.PAUSED):
        turn(locked, ActKind.PAUSED, lambda day: pause(day, now), press=press, now=now)


@transaction.atomic
def resume_clock(stage: Stage, *, now: datetime, press: Press = NOBODY) -> None:
    """Let the clock run on; not a second is lost."""
    locked = _locked(stage.pk)
    if not is_pressed_already(locked, press, ActKind.RESUMED):
        turn(locked, ActKind.RESUMED, lambda day: resume(day, now), press=press, now=now)


@transaction.atomic
def stretch_item(stage: Stage, seconds: int, *, now: datetime, press: Press = NOBODY) -> None:
    """Give the current item more time (or less); everything after it moves along."""
    locked = _locked(stage.pk)
    if is_pressed_already(locked, press, ActKind.STRETCHED):
        return
    by = timedelta(seconds=max(-MOST_STRETCH, min(seconds, MOST_STRETCH)))
    turn(locked, ActKind.STRETCHED, lambda day: stretch(day, by, now), press=press, seconds=seconds, now=now)


@transaction.atomic
def put_item_back(stage: Stage, *, now: datetime, press: Press = NOBODY) -> None:
    """Take back the beginning of the current item: the one before goes on as if nothing had happened.

    A round in which cards were written meanwhile is closed, not forgotten.

    Raises:
        HouseError: ``summit.stage_not_open``, ``summit.clock_moved``, ``summit.nothing_under_way``.
    """
    locked = _locked(stage.pk)
    if is_pressed_already(locked, press, ActKind.PUT_BACK):
        return
    clock = DayClock.objects.filter(stage=locked).select_related("current__round").first()
    item = clock.current if clock is not None else None
    if item is None:
        raise HouseError("summit.nothing_under_way")
    begun = ScriptAct.objects.filter(stage=locked, kind=ActKind.BEGUN, item=item).select_related("before__round")
    act = begun.order_by("-revision").first()
    before = act.before if act is not None else None
    is_written_in = item.round is not None and item.round.cards.exists()
    if item.round is not None:
        leave = stop_writing if is_written_in else forget_opening
        leave(locked, item.round, now)
    if before is not None and before.round is not None:
        let_write(locked, before.round, now, is_begun_anew=False)
    turn(
        locked,
        ActKind.PUT_BACK,
        lambda day: put_back(day, before.pk if before else None, held_until=now if is_written_in else None),
        press=press,
        item=item,
        now=now,
    )


def _locked(stage_id: uuid.UUID) -> Stage:
    stage = Stage.objects.select_for_update().get(pk=stage_id)
    if stage.state != StageState.OPEN:
        raise HouseError("summit.stage_not_open")
    return stage
