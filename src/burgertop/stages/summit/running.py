"""The clock of the day: items one after the other, what was pressed, and when everything begins and ends.

Values in, values out: the database keeps an ``Item`` per row and what is under way; every page asks ``schedule_of``
with the moment of the server. So a restart, a second process or a device whose clock is wrong changes nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

__all__ = [
    "Item",
    "Place",
    "Running",
    "Schedule",
    "Slot",
    "begin",
    "end",
    "next_key",
    "pause",
    "put_back",
    "resume",
    "schedule_of",
    "stretch",
]

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Item:
    """One item: how long it was planned, what was added on the day, when it was held, how long it stood still.

    ``not_before``: it is not to begin earlier, however early the items before it end.
    """

    key: uuid.UUID
    length: timedelta
    added: timedelta = NOTHING
    paused: timedelta = NOTHING
    began_at: datetime | None = None
    ended_at: datetime | None = None
    not_before: datetime | None = None

    @property
    def stands(self) -> timedelta:
        """Its length as it stands now, without pauses."""
        return self.length + self.added


@dataclass(frozen=True, slots=True)
class Running:
    """The day as it runs: items in order, when it is to begin, which item is under way, since when it stands still."""

    items: tuple[Item, ...]
    planned_at: datetime | None = None
    current: uuid.UUID | None = None
    paused_at: datetime | None = None

    def item(self, key: uuid.UUID | None) -> Item | None:
        """The item with this key."""
        return next((one for one in self.items if one.key == key), None)


class Place(StrEnum):
    """Where an item stands in the day."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Slot:
    """When one item begins and ends, as planned and as it is (or is to be expected now); none: nobody knows yet."""

    key: uuid.UUID
    place: Place
    planned_at: datetime | None
    planned_end: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole day seen from one moment.

    ``left`` is what is left of the current item (negative: it is over its time), ``late`` by how much the end of the
    day has moved (negative: earlier than planned).
    """

    slots: tuple[Slot, ...]
    current: Slot | None
    next: Slot | None
    is_paused: bool
    left: timedelta | None
    late: timedelta
    planned_end: datetime | None
    ends_at: datetime | None


# What is pressed --------------------------------------------------------------------------


def begin(day: Running, key: uuid.UUID, now: datetime) -> Running:
    """Begin an item; the one before ends, and so does a pause."""
    rested = end(day, now)
    fresh = _changed(rested, key, added=NOTHING, paused=NOTHING, began_at=now, ended_at=None)
    return replace(fresh, current=key)


def end(day: Running, now: datetime) -> Running:
    """End what is under way; nothing is, until something begins."""
    awake = resume(day, now)
    current = awake.item(awake.current)
    if current is None:
        return replace(awake, current=None)
    ended_at = max(now, current.began_at or now)
    return replace(_changed(awake, current.key, ended_at=ended_at), current=None)


def pause(day: Running, now: datetime) -> Running:
    """Let the clock stand still; a second time changes nothing."""
    if day.current is None or day.paused_at is not None:
        return day
    return replace(day, paused_at=now)


def resume(day: Running, now: datetime) -> Running:
    """Let the clock run on from where it stood."""
    current = day.item(day.current)
    if day.paused_at is None or current is None:
        return replace(day, paused_at=None)
    stood = max(now - day.paused_at, NOTHING)
    return replace(_changed(day, current.key, paused=current.paused + stood), paused_at=None)


def stretch(day: Running, by: timedelta, now: datetime) -> Running:
    """Give the current item more time, or less; every later item moves along.

    What is over its time gets the time from now on. Nothing can be shortened to before now.
    """
    current = day.item(day.current)
    if current is None:
        return day
    ends_at = _end_of(current, day.paused_at, now)
    wanted = max(ends_at, now) + by if by > NOTHING else max(ends_at + by, min(ends_at, now))
    return _changed(day, current.key, added=current.added + (wanted - ends_at))


def put_back(day: Running, before: uuid.UUID | None, *, held_until: datetime | None = None) -> Running:
    """Take back the beginning of the current item: it was begun by mistake.

    The item before goes on as if it had never been stopped; without one nothing is under way. What was done in the
    item meanwhile may have to stay: ``held_until`` then ends it instead of forgetting that it began.
    """
    current = day.item(day.current)
    if current is None:
        return day
    if held_until is not None:
        waiting = end(day, held_until)
    else:
        waiting = _changed(day, current.key, added=NOTHING, paused=NOTHING, began_at=None, ended_at=None)
    if before is None or waiting.item(before) is None:
        return replace(waiting, current=None, paused_at=None)
    return replace(_changed(waiting, before, ended_at=None), current=before, paused_at=None)


def next_key(day: Running) -> uuid.UUID | None:
    """The item that comes next: the first one behind the current (or the last held) that has not begun."""
    behind = day.items[_anchor(day) + 1 :]
    return next((one.key for one in behind if one.began_at is None), None)


# What follows from it ---------------------------------------------------------------------


def schedule_of(day: Running, now: datetime) -> Schedule:
    """Say when everything begins and ends, seen from one moment; cost: one pass over the items."""
    plan = _plan_of(day)
    anchor, coming = _anchor(day), next_key(day)
    slots: list[Slot] = []
    hand = _first_start(day, now)
    for place, (one, (planned_at, planned_end)) in enumerate(zip(day.items, plan, strict=True)):
        if one.key == day.current and one.began_at is not None:
            ends_at = _end_of(one, day.paused_at, now)
            slot = Slot(one.key, Place.NOW, planned_at, planned_end, one.began_at, ends_at)
            hand = max(ends_at, now)
        elif one.began_at is not None:
            slot = Slot(one.key, Place.DONE, planned_at, planned_end, one.began_at, one.ended_at or one.began_at)
        elif place < anchor:
            slot = Slot(one.key, Place.LEFT_OUT, planned_at, planned_end, None, None)
        else:
            hand = _not_before(one, hand)
            until = hand + one.stands if hand is not None else None
            slot = Slot(one.key, Place.COMING, planned_at, planned_end, hand, until)
            hand = until
        slots.append(slot)
    current = next((one for one in slots if one.place == Place.NOW), None)
    day_ends_at = hand
    day_end = plan[-1][1] if plan else None
    return Schedule(
        slots=tuple(slots),
        current=current,
        next=next((one for one in slots if one.key == coming), None),
        is_paused=day.paused_at is not None and current is not None,
        left=current.ends_at - now if current is not None and current.ends_at is not None else None,
        late=day_ends_at - day_end if day_ends_at is not None and day_end is not None else NOTHING,
        planned_end=day_end,
        ends_at=day_ends_at,
    )


def _plan_of(day: Running) -> Sequence[tuple[datetime | None, datetime | None]]:
    """When each item was to begin and end; from the first beginning where no start was planned."""
    begun = [one.began_at for one in day.items if one.began_at is not None]
    start = day.planned_at or min(begun, default=None)
    if start is None:
        return [(None, None)] * len(day.items)
    plan: list[tuple[datetime | None, datetime | None]] = []
    hand = start
    for one in day.items:
        hand = _not_before(one, hand) or hand
        plan.append((hand, hand + one.length))
        hand += one.length
    return plan


def _not_before(item: Item, hand: datetime | None) -> datetime | None:
    """When an item can begin that would follow at a moment; none: nobody knows."""
    return max(hand, item.not_before) if hand is not None and item.not_before is not None else hand


def _first_start(day: Running, now: datetime) -> datetime | None:
    """From when on coming items are counted, before an item under way says better."""
    ended = [one.ended_at or one.began_at for one in day.items if one.began_at is not None]
    if ended:
        last = max(ended)
        return max(last, now) if next_key(day) is not None else last
    return max(day.planned_at, now) if day.planned_at is not None else None


def _anchor(day: Running) -> int:
    """The place of the current item, else of the one that ended last; -1 before the day begins."""
    for place, one in enumerate(day.items):
        if one.key == day.current:
            return place
    held = [(one.ended_at or one.began_at, place) for place, one in enumerate(day.items) if one.began_at is not None]
    return max(held)[1] if held else -1


def _end_of(item: Item, paused_at: datetime | None, now: datetime) -> datetime:
    stood = max(now - paused_at, NOTHING) if paused_at is not None else NOTHING
    began_at = item.began_at or now
    return began_at + item.stands + item.paused + stood


def _changed(day: Running, key: uuid.UUID, **changes: object) -> Running:
    items = tuple(replace(one, **changes) if one.key == key else one for one in day.items)  # type: ignore[arg-type]  # names of fields
    return replace(day, items=items)
