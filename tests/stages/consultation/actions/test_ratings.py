"""Rating ideas."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import rate, take_rating_back
from burgertop.stages.consultation.models import Idea, IdeaState, Rating


def test_a_second_rating_of_the_same_person_replaces_the_first(stage: Stage, idea_from: Callable[..., Idea]) -> None:
    idea, rater, now = idea_from(), uuid.uuid4(), timezone.now()
    rate(stage, idea, rater=rater, value=1, now=now)

    rate(stage, idea, rater=rater, value=-1, now=now)

    assert list(Rating.objects.values_list("value", "origin")) == [(-1, "self_selected")]


def test_a_rating_can_be_taken_back(stage: Stage, idea_from: Callable[..., Idea]) -> None:
    idea, rater, now = idea_from(), uuid.uuid4(), timezone.now()
    rate(stage, idea, rater=rater, value=1, now=now)

    answers = [take_rating_back(stage, idea, rater=rater, now=now) for _ in range(2)]

    assert answers == [True, False]
    assert not Rating.objects.exists()


@pytest.mark.parametrize("state", [IdeaState.HIDDEN, IdeaState.HELD])
def test_an_idea_that_is_not_shown_cannot_be_rated(
    stage: Stage, idea_from: Callable[..., Idea], state: IdeaState
) -> None:
    idea = idea_from()
    Idea.objects.update(state=state)

    with pytest.raises(HouseError) as raised:
        rate(stage, idea, rater=uuid.uuid4(), value=1, now=timezone.now())

    assert raised.value.code == "consultation.idea_not_shown"


def test_after_the_end_no_rating_is_taken(
    stage: Stage, idea_from: Callable[..., Idea], request: pytest.FixtureRequest
) -> None:
    idea = idea_from()
    closed: Stage = request.getfixturevalue("closed_stage")

    with pytest.raises(HouseError) as raised:
        rate(closed, idea, rater=uuid.uuid4(), value=1, now=timezone.now())

    assert raised.value.code == "consultation.ratings_closed"


def test_there_are_three_answers_and_no_more(stage: Stage, idea_from: Callable[..., Idea]) -> None:
    with pytest.raises(ValueError, match="no rating"):
        rate(stage, idea_from(), rater=uuid.uuid4(), value=2, now=timezone.now())
