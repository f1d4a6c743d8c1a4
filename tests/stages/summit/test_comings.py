"""The story of one person told from scans that come in any order."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.stages.summit.comings import Mark, Story, story_of
from burgertop.stages.summit.models import Outcome, ScanKind

NINE = datetime(2011, 11, 11, 9, tzinfo=UTC)
NORTH, SOUTH = uuid.UUID(int=1), uuid.UUID(int=2)


def mark(number: int, minute: int, kind: ScanKind = ScanKind.IN, door: uuid.UUID = NORTH) -> Mark:
    return Mark(uuid.UUID(int=100 + number), number, NINE + timedelta(minutes=minute), door, kind)


def told(*marks: Mark) -> Story:
    return story_of(marks)


def test_who_came_in_once_is_here() -> None:
    first = mark(1, 0)

    assert told(first) == Story(first, first, None, (), {first.id: Outcome.TAKEN})


def test_the_same_door_twice_is_a_repeat_and_another_door_is_a_clash() -> None:
    first, again, other = mark(1, 0), mark(2, 1), mark(3, 2, door=SOUTH)

    story = told(first, again, other)

    assert story.here == first
    assert story.clashes == ((first, other),)
    assert list(story.outcomes.values()) == [Outcome.TAKEN, Outcome.REPEATED, Outcome.CLASH]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_going_out_between_two_doors_is_no_clash_however_late_it_comes(order: tuple[int, ...]) -> None:
    made = [(0, ScanKind.IN, NORTH), (5, ScanKind.OUT, NORTH), (9, ScanKind.IN, SOUTH)]
    marks = [mark(number, *made[place][:2], door=made[place][2]) for number, place in enumerate(order, start=1)]

    story = told(*marks)

    assert (story.first and story.first.at, story.here and story.here.at) == (NINE, NINE + timedelta(minutes=9))
    assert story.clashes == ()


def test_who_goes_out_is_gone_and_may_come_again() -> None:
    came, left, back = mark(1, 0), mark(2, 30, ScanKind.OUT), mark(3, 40)

    assert (told(came, left).here, told(came, left).left_at) == (None, left.at)
    assert (told(came, left, back).here, told(came, left, back).left_at) == (back, None)


def test_taking_back_ends_what_was_known_and_not_what_comes_later_from_a_door_without_network() -> None:
    wrong, late = mark(1, 10), mark(3, 5, door=SOUTH)
    undo = Mark(uuid.UUID(int=9), 2, NINE, None, ScanKind.UNDO)

    assert told(wrong, undo) == Story()
    assert told(wrong, undo, late).here == late


def test_a_door_takes_back_only_what_it_scanned_itself() -> None:
    south, wrong, undo = mark(1, 3, door=SOUTH), mark(2, 10), mark(3, 11, ScanKind.UNDO)

    assert told(south, wrong).clashes == ((south, wrong),)
    assert told(south, wrong, undo) == Story(south, south, None, (), {south.id: Outcome.TAKEN})


@given(st.data())
def test_the_story_does_not_depend_on_the_order_in_which_scans_come(data: st.DataObject) -> None:
    kinds = st.sampled_from([ScanKind.IN, ScanKind.OUT, ScanKind.WALK_IN])
    made = data.draw(st.lists(st.tuples(kinds, st.sampled_from([NORTH, SOUTH])), max_size=7))
    order = data.draw(st.permutations(range(len(made))))

    def at(place: int, number: int) -> Mark:
        kind, door = made[place]
        return Mark(uuid.UUID(int=place), number, NINE + timedelta(minutes=place), door, kind)

    straight = told(*(at(place, place) for place in range(len(made))))
    mixed = told(*(at(place, number) for number, place in enumerate(order)))

    assert mixed.outcomes == straight.outcomes
    assert [(one.id, other.id) for one, other in mixed.clashes] == [(a.id, b.id) for a, b in straight.clashes]
    assert (mixed.here and mixed.here.id, mixed.left_at) == (straight.here and straight.here.id, straight.left_at)
