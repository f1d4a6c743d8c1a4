"""Counting ratings, and what to rate next."""

import uuid
from collections.abc import Callable

import numpy as np
from django.utils import timezone

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import rate
from burgertop.stages.consultation.models import Idea, Rating
from burgertop.stages.consultation.queries.ratings import Counts, counts_of, next_for, origins_of, ranked

SendIdea = Callable[..., Idea]


def rated(stage: Stage, idea: Idea, *values: int) -> None:
    for value in values:
        rate(stage, idea, rater=uuid.uuid4(), value=value, now=timezone.now())


def test_ratings_are_counted_by_answer_and_apart_by_origin(stage: Stage, idea_from: SendIdea) -> None:
    idea = idea_from()
    rated(stage, idea, 1, 1, -1, 0)
    Rating.objects.create(stage=stage, idea=idea, rater=uuid.uuid4(), value=-1, origin=Origin.IMPORTED)

    assert counts_of(stage, origin="self_selected") == {idea.pk: Counts(2, 1, 1)}
    assert origins_of(stage, idea.pk) == [("imported", Counts(0, 1, 0)), ("self_selected", Counts(2, 1, 1))]


def test_much_agreement_by_many_stands_first(stage: Stage, idea_from: SendIdea) -> None:
    one, many, none = idea_from("One"), idea_from("Many"), idea_from("None")
    rated(stage, one, 1)
    rated(stage, many, *[1] * 12, -1)
    rated(stage, none, *[-1] * 6)

    assert ranked(stage, [one.pk, many.pk, none.pk]) == [many.pk, one.pk, none.pk]


def test_the_least_read_idea_of_others_comes_next(stage: Stage, idea_from: SendIdea) -> None:
    me, speech = uuid.uuid4(), uuid.uuid4()
    read, fresh, _mine = idea_from("Read by many"), idea_from("Read by few"), idea_from("Mine", speech=speech)
    rated(stage, read, 1, 1, 1)

    following = next_for(stage, rater=me, speech=speech, rng=np.random.default_rng(1))

    assert (following.idea_id, following.reason) == (fresh.pk, "few_ratings")
    assert (following.seen, following.total) == (0, 2)
