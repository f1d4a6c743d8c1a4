"""Turning the one clock of the day: what is kept of every press, and who hears of it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import ActKind, DayClock, ScriptAct, ScriptItem
from burgertop.stages.summit.news import tell_hall
from burgertop.stages.summit.queries.script import running_of
from burgertop.stages.summit.running import Item, Running

__all__ = ["NOBODY", "Press", "is_pressed_already", "turn"]

Change = Callable[[Running], Running]


@dataclass(frozen=True, slots=True)
class Press:
    """One press: by which account, and at which revision of the clock its desk stood (none: whatever it is)."""

    by: uuid.UUID | None = None
    revision: int | None = None


NOBODY = Press()


def is_pressed_already(stage: Stage, press: Press, kind: ActKind, item: ScriptItem | None = None) -> bool:
    """Whether this very press was taken already: the same thing, at the same revision. Lock the stage before.

    Raises:
        HouseError: ``summit.clock_moved``: something else was pressed since this desk was brought up to date.
    """
    clock = DayClock.objects.filter(stage=stage).first()
    standing = clock.revision if clock is not None else 0
    if press.revision is None or press.revision == standing:
        return False
    act = ScriptAct.objects.filter(stage=stage, revision=press.revision + 1).first()
    if act is not None and act.kind == kind and (item is None or act.item_id == item.pk):
        return True
    raise HouseError("summit.clock_moved")


def turn(
    stage: Stage,
    kind: ActKind,
    change: Change,
    *,
    press: Press = NOBODY,
    item: ScriptItem | None = None,
    seconds: int = 0,
    now: datetime,
) -> DayClock:
    """Turn the clock by a change, keep the press, tell everybody; a change that changes nothing is none.

    Lock the stage before, in the same transaction.
    """
    clock, _is_new = DayClock.objects.get_or_create(stage=stage)
    items = {one.pk: one for one in stage.script_items.order_by("order")}
    before = running_of(clock, items.values())
    after = change(before)
    if after == before:
        return clock
    for old, new in zip(before.items, after.items, strict=True):
        if old != new:
            _keep(items[new.key], new)
    clock.current_id, clock.paused_at = after.current, after.paused_at
    clock.revision += 1
    clock.save(update_fields=["current", "paused_at", "revision"])
    ScriptAct.objects.create(
        stage=stage,
        revision=clock.revision,
        kind=kind,
        item_id=item.pk if item is not None else before.current,
        before_id=before.current,
        seconds=seconds,
        by=press.by,
        at=now,
    )
    tell_hall(stage, "clock", clock.revision)
    return clock


def _keep(row: ScriptItem, item: Item) -> None:
    row.added, row.paused = item.added, item.paused
    row.began_at, row.ended_at = item.began_at, item.ended_at
    row.save(update_fields=["added", "paused", "began_at", "ended_at"])
