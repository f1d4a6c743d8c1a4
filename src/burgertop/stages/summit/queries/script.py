"""Reads of the script: every item with its times, what is under way, what is left of it. Every clock shows this."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.http import Http404

from burgertop.foundation.process.models import Stage
from burgertop.foundation.shelf import kept
from burgertop.stages.summit.models import DayClock, DayMessage, ScriptAct, ScriptItem
from burgertop.stages.summit.running import Item, Place, Running, Schedule, Slot, schedule_of

__all__ = [
    "Line",
    "Script",
    "acts_of",
    "day_of",
    "item_or_404",
    "message_to_all",
    "running_of",
    "script_of",
    "timetable_of",
    "title_of",
]

TIMETABLE = (
    "item",
    "kind",
    "title",
    "speaker",
    "planned_begin",
    "planned_minutes",
    "real_begin",
    "real_minutes",
    "hall",
    "tables",
    "g_home",
    "g_off",
)


class DayFacts(TypedDict):
    """What every page of the day shows at its top."""

    script: "Script"
    message: DayMessage | None


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the script with its times."""

    item: ScriptItem
    slot: Slot

    @property
    def is_now(self) -> bool:
        """Whether it is under way."""
        return self.slot.place == Place.NOW

    @property
    def is_coming(self) -> bool:
        """Whether it has yet to begin."""
        return self.slot.place == Place.COMING

    @property
    def is_done(self) -> bool:
        """Whether it was held."""
        return self.slot.place == Place.DONE

    @property
    def is_left_out(self) -> bool:
        """Whether the day went past it."""
        return self.slot.place == Place.LEFT_OUT

    @property
    def minutes(self) -> int:
        """Its length as planned."""
        return round(self.item.length_seconds / 60)

    @property
    def real_minutes(self) -> int | None:
        """How long it really took, with pauses; none before it ended."""
        if not self.is_done or self.slot.starts_at is None or self.slot.ends_at is None:
            return None
        return round((self.slot.ends_at - self.slot.starts_at).total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class Script:
    """The script of a day seen from one moment of the server."""

    stage: Stage
    lines: Sequence[Line]
    clock: DayClock | None
    schedule: Schedule
    now: datetime

    @property
    def current(self) -> Line | None:
        """The item under way."""
        return self._line(self.schedule.current)

    @property
    def next(self) -> Line | None:
        """The item that comes next."""
        return self._line(self.schedule.next)

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still."""
        return self.schedule.is_paused

    @property
    def seconds_left(self) -> int:
        """Whole seconds left of the current item; 0 when it is over its time, or nothing is under way."""
        return max(0, round(self.schedule.left.total_seconds())) if self.schedule.left is not None else 0

    @property
    def over_minutes(self) -> int:
        """By how many whole minutes the current item is over its time."""
        left = self.schedule.left
        return int(-left.total_seconds() // 60) if left is not None and left < timedelta() else 0

    @property
    def late_minutes(self) -> int:
        """By how many minutes the end of the day has moved back; negative: it will end earlier."""
        return round(self.schedule.late.total_seconds() / 60)

    @property
    def early_minutes(self) -> int:
        """By how many minutes the day will end earlier than planned."""
        return -self.late_minutes

    @property
    def revision(self) -> int:
        """How often something was pressed."""
        return self.clock.revision if self.clock is not None else 0

    @property
    def has_begun(self) -> bool:
        """Whether any item has begun."""
        return any(line.item.began_at is not None for line in self.lines)

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the whole script."""
        return self.clock is None or self.clock.is_public

    @property
    def can_go_back(self) -> bool:
        """Whether the item under way can be taken back."""
        return self.current is not None

    @property
    def total_minutes(self) -> int:
        """The length of the whole day as planned."""
        return sum(line.minutes for line in self.lines)

    @property
    def upcoming(self) -> list[Line]:
        """What is under way and the next few."""
        shown = [line for line in self.lines if line.is_now or line.is_coming]
        return shown[:4]

    def _line(self, slot: Slot | None) -> Line | None:
        return next((line for line in self.lines if slot is not None and line.slot.key == slot.key), None)


def running_of(clock: DayClock | None, items: Iterable[ScriptItem]) -> Running:
    """The rows of the database as the values the clock is computed from."""
    return Running(
        items=tuple(
            Item(
                key=one.pk,
                length=timedelta(seconds=one.length_seconds),
                added=one.added,
                paused=one.paused,
                began_at=one.began_at,
                ended_at=one.ended_at,
                not_before=one.not_before_at,
            )
            for one in items
        ),
        planned_at=clock.planned_at if clock is not None else None,
        current=clock.current_id if clock is not None else None,
        paused_at=clock.paused_at if clock is not None else None,
    )


def script_of(stage: Stage, now: datetime) -> Script:
    """The script with all its times at a moment of the server; four queries, however long the day."""
    clock, items = kept(("script", stage.pk), lambda: _read_script(stage))
    schedule = schedule_of(running_of(clock, items), now)
    lines = [Line(item, slot) for item, slot in zip(items, schedule.slots, strict=True)]
    return Script(stage, lines, clock, schedule, now)


def _read_script(stage: Stage) -> tuple[DayClock | None, list[ScriptItem]]:
    items = list(stage.script_items.select_related("round").prefetch_related("texts", "round__texts"))
    for one in items:
        one.stage = stage
    return DayClock.objects.filter(stage=stage).first(), items


def item_or_404(stage: Stage, pk: uuid.UUID | None) -> ScriptItem:
    """Return an item of this script with its texts, or answer "not found"."""
    found = stage.script_items.select_related("round").prefetch_related("texts").filter(pk__in=[pk]).first()
    if found is None:
        raise Http404
    found.stage = stage
    return found


def message_to_all(stage: Stage) -> DayMessage | None:
    """The message everybody sees now."""

    def read() -> DayMessage | None:
        return stage.day_messages.prefetch_related("texts").filter(ended_at__isnull=True).first()

    return kept(("message to all", stage.pk), read)


def acts_of(stage: Stage) -> list[ScriptAct]:
    """What was pressed, newest first, for the protocol."""
    acts = stage.script_acts.select_related("item__round").prefetch_related("item__texts", "item__round__texts")
    return list(acts.order_by("-revision"))


def day_of(stage: Stage, now: datetime) -> DayFacts:
    """What every page of the day shows at its top: the clock and the message to everyone."""
    return DayFacts(script=script_of(stage, now), message=message_to_all(stage))


def timetable_of(script: Script, language: str) -> tuple[Sequence[str], list[list[str | int | None]]]:
    """The script as columns and rows, planned beside real; an item that was not held has no real time."""
    rows: list[list[str | int | None]] = []
    for number, line in enumerate(script.lines, start=1):
        item, slot = line.item, line.slot
        began_at = item.began_at.isoformat(timespec="seconds") if item.began_at is not None else ""
        planned_at = slot.planned_at.isoformat(timespec="seconds") if slot.planned_at is not None else ""
        words = [item.say(name, language).text for name in ("hall", "tables", "home", "off")]
        speaker = item.say("speaker", language).text
        facts: list[str | int | None] = [number, item.kind, title_of(item, language), speaker]
        rows.append([*facts, planned_at, line.minutes, began_at, line.real_minutes, *words])
    return TIMETABLE, rows


def title_of(item: ScriptItem, language: str) -> str:
    """What an item is called: its title, or the question of its round."""
    if item.round is not None:
        return item.round.say("question", language).text
    return item.say("title", language).text
