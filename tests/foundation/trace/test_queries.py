"""The trace: from an answer back to ideas, from an idea forth to answers."""

import uuid

import pytest
from pytest_django import DjangoAssertNumQueries

from burgertop.foundation.trace.actions import Ref, link, unlink
from burgertop.foundation.trace.models import Link
from burgertop.foundation.trace.queries import (
    came_from,
    is_linked_in,
    led_to,
    stories_back,
    story_back,
    story_forth,
)

pytestmark = pytest.mark.django_db
HERE, THERE = uuid.UUID(int=101), uuid.UUID(int=102)


def ref(kind: str, number: int) -> Ref:
    return kind, uuid.UUID(int=number)


IDEA, THEME, CARD, CLUSTER = ref("idea", 1), ref("theme", 2), ref("card", 3), ref("cluster", 4)
RECOMMENDATION, ANSWER = ref("recommendation", 5), ref("answer", 6)


@pytest.fixture(autouse=True)
def _story(db: None) -> None:
    for later, earlier in (
        (THEME, [IDEA, ref("idea", 7)]),
        (CARD, [THEME]),
        (CLUSTER, [CARD]),
        (RECOMMENDATION, [CLUSTER, CARD]),
        (ANSWER, [RECOMMENDATION]),
    ):
        link(HERE, later, earlier)


def found_in(story: object) -> dict[str, set[int]]:
    return {kind: {pk.int for pk in ids} for kind, ids in story.found.items()}  # type: ignore[attr-defined]  # a Story


def test_an_answer_leads_back_to_every_idea() -> None:
    assert found_in(story_back(*ANSWER)) == {
        "recommendation": {5},
        "cluster": {4},
        "card": {3},
        "theme": {2},
        "idea": {1, 7},
    }


def test_an_idea_leads_forth_to_the_answer() -> None:
    assert found_in(story_forth(*IDEA)) == {
        "theme": {2},
        "card": {3},
        "cluster": {4},
        "recommendation": {5},
        "answer": {6},
    }


def test_each_step_is_told_once() -> None:
    steps = story_back(*ANSWER).steps

    assert len(steps) == len(set(steps)) == 7


def test_many_stories_back_are_those_of_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    other = ref("recommendation", 8)
    link(HERE, other, [CARD])
    apart = [story_back(*one) for one in (RECOMMENDATION, other)]

    with django_assert_num_queries(4):
        together = stories_back("recommendation", [RECOMMENDATION[1], other[1]])

    assert [found_in(together[one[1]]) for one in (RECOMMENDATION, other)] == [found_in(one) for one in apart]
    assert found_in(together[other[1]]) == {"card": {3}, "theme": {2}, "idea": {1, 7}}


def test_a_circle_ends() -> None:
    link(HERE, IDEA, [ANSWER])

    assert found_in(story_back(*ANSWER))["idea"] == {1, 7}


def test_two_kinds_may_have_the_same_number() -> None:
    link(HERE, ref("answer", 2), [ref("recommendation", 1)])

    assert found_in(story_back("answer", uuid.UUID(int=2))) == {"recommendation": {1}}
    assert led_to(*IDEA) == [THEME]


def test_saying_it_twice_links_once_and_it_can_be_taken_back() -> None:
    link(HERE, CARD, [THEME])
    assert came_from(*CARD) == [THEME]

    unlink(CARD, THEME)
    assert came_from(*CARD) == []
    assert Link.objects.count() == 6


def test_a_thing_is_linked_in_its_own_process_only() -> None:
    assert [is_linked_in(process, *IDEA) for process in (HERE, THERE)] == [True, False]
    assert is_linked_in(HERE, *ANSWER)
    assert not is_linked_in(HERE, "idea", uuid.UUID(int=99))
