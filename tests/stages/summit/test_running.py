"""The clock of the day: what is pressed, and when everything begins and ends."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.stages.summit.running import (
    Item,
    Place,
    Running,
    begin,
    end,
    next_key,
    pause,
    put_back,
    resume,
    schedule_of,
    stretch,
)

NINE = datetime(2011, 11, 11, 9, tzinfo=UTC)
A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def at(minute: float) -> datetime:
    return NINE + minutes(minute)


@pytest.fixture
def day() -> Running:
    """Ten, thirty and five minutes from nine o'clock."""
    lengths = ((A, 10), (B, 30), (C, 5))
    return Running(tuple(Item(key, minutes(length)) for key, length in lengths), planned_at=NINE)


def spans(day: Running, now: datetime) -> list[tuple[datetime | None, datetime | None]]:
    return [(one.starts_at, one.ends_at) for one in schedule_of(day, now).slots]


def test_before_the_day_everything_is_as_planned(day: Running) -> None:
    assert spans(day, at(-60)) == [(at(0), at(10)), (at(10), at(40)), (at(40), at(45))]
    assert schedule_of(day, at(-60)).late == timedelta()


def test_an_item_with_a_moment_waits_for_it_and_the_rest_follows(day: Running) -> None:
    lunch = replace(day.items[1], not_before=at(25))
    seen = replace(day, items=(day.items[0], lunch, day.items[2]))

    assert spans(seen, at(-60)) == [(at(0), at(10)), (at(25), at(55)), (at(55), at(60))]
    assert schedule_of(seen, at(-60)).late == timedelta()
    assert spans(begin(seen, A, at(20)), at(20))[1:] == [(at(30), at(60)), (at(60), at(65))]
    assert schedule_of(begin(seen, B, at(12)), at(12)).ends_at == at(47)


def test_a_day_that_does_not_begin_moves_back(day: Running) -> None:
    seen = schedule_of(day, at(7))

    assert (seen.slots[0].starts_at, seen.ends_at, seen.late) == (at(7), at(52), minutes(7))


def test_without_a_planned_start_nobody_knows(day: Running) -> None:
    seen = schedule_of(replace(day, planned_at=None), at(0))

    assert [one.starts_at for one in seen.slots] == [None, None, None]
    assert (seen.ends_at, seen.late) == (None, timedelta())


def test_an_item_over_its_time_pushes_what_follows(day: Running) -> None:
    begun = begin(day, A, at(0))

    assert schedule_of(begun, at(4)).left == minutes(6)
    assert spans(begun, at(13)) == [(at(0), at(10)), (at(13), at(43)), (at(43), at(48))]
    assert (schedule_of(begun, at(13)).left, schedule_of(begun, at(13)).late) == (minutes(-3), minutes(3))


def test_a_pause_moves_the_end_and_nothing_is_lost(day: Running) -> None:
    begun = begin(day, A, at(0))
    paused = pause(begun, at(2))

    assert [schedule_of(paused, at(minute)).left for minute in (2, 30, 90)] == [minutes(8)] * 3
    assert schedule_of(resume(paused, at(90)), at(91)).left == minutes(7)
    assert pause(paused, at(3)) == paused


def test_more_time_is_counted_from_now_when_the_time_is_up(day: Running) -> None:
    begun = begin(day, A, at(0))

    assert schedule_of(stretch(begun, minutes(5), at(4)), at(4)).left == minutes(11)
    assert schedule_of(stretch(begun, minutes(5), at(13)), at(13)).left == minutes(5)


def test_less_time_never_ends_before_now(day: Running) -> None:
    begun = begin(day, A, at(0))

    assert schedule_of(stretch(begun, minutes(-5), at(4)), at(4)).left == minutes(1)
    assert schedule_of(stretch(begun, minutes(-5), at(8)), at(8)).left == timedelta()
    assert schedule_of(stretch(begun, minutes(-5), at(13)), at(13)).left == minutes(-3)


def test_begun_by_mistake_the_item_before_goes_on(day: Running) -> None:
    first = begin(day, A, at(0))
    second = begin(first, B, at(4))

    assert put_back(second, A) == first
    assert put_back(first, None) == day


def test_what_was_written_meanwhile_stays_held(day: Running) -> None:
    back = put_back(begin(begin(day, A, at(0)), B, at(4)), A, held_until=at(6))

    assert [one.place for one in schedule_of(back, at(6)).slots] == [Place.NOW, Place.DONE, Place.COMING]
    assert next_key(back) == C


def test_what_the_day_went_past_is_left_out(day: Running) -> None:
    seen = schedule_of(begin(day, C, at(0)), at(1))

    assert [one.place for one in seen.slots] == [Place.LEFT_OUT, Place.LEFT_OUT, Place.NOW]
    assert (seen.next, seen.ends_at, seen.late) == (None, at(5), minutes(-40))


def test_the_real_length_stays_beside_the_planned_one(day: Running) -> None:
    ended = end(begin(day, A, at(0)), at(14))

    assert (ended.items[0].length, spans(ended, at(20))[0]) == (minutes(10), (at(0), at(14)))
    assert schedule_of(ended, at(20)).slots[1].starts_at == at(20)


PRESSES = st.lists(
    st.tuples(
        st.sampled_from(["begin", "end", "pause", "resume", "stretch", "back"]),
        st.integers(min_value=0, max_value=5_000_000),  # milliseconds since the press before
        st.integers(min_value=-900, max_value=900),  # seconds, for more or less time
    ),
    max_size=25,
)


def press(day: Running, what: str, seconds: int, now: datetime) -> Running:
    if what == "begin":
        key = next_key(day)
        return begin(day, key, now) if key is not None else day
    if what == "back":
        held = [one.key for one in day.items if one.ended_at is not None and one.key != day.current]
        return put_back(day, held[-1] if held else None)
    by = {
        "end": lambda: end(day, now),
        "pause": lambda: pause(day, now),
        "resume": lambda: resume(day, now),
        "stretch": lambda: stretch(day, timedelta(seconds=seconds), now),
    }
    return by[what]()


@given(PRESSES)
def test_whatever_is_pressed_the_day_hangs_together(presses: list[tuple[str, int, int]]) -> None:
    lengths = ((A, 10), (B, 30), (C, 5))
    day = Running(tuple(Item(key, minutes(length)) for key, length in lengths), planned_at=NINE)
    now = NINE
    for what, wait, seconds in presses:
        now += timedelta(milliseconds=wait)
        before = schedule_of(day, now)
        after = schedule_of(press(day, what, seconds, now), now)

        if what in {"pause", "resume"}:
            assert (after.left, after.ends_at) == (before.left, before.ends_at)
        if what == "stretch" and seconds > 0 and before.current is not None:
            moved = [
                new.starts_at - old.starts_at
                for old, new in zip(before.slots, after.slots, strict=True)
                if old.place == Place.COMING and old.starts_at is not None and new.starts_at is not None
            ]
            assert moved == [moved[0] if moved else None] * len(moved)
            assert before.left is not None
            assert after.left == max(before.left, timedelta()) + timedelta(seconds=seconds)
        coming = [one for one in after.slots if one.place == Place.COMING]
        assert all(one.ends_at == other.starts_at for one, other in pairwise(coming))
        assert all(one.starts_at is not None and one.starts_at >= now for one in coming)
        day = press(day, what, seconds, now)
