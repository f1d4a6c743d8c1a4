"""What is shown next: nobody is starved, likely agreement comes up, the reason is told."""

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.core.opinion.cases import UNSEEN, conversation, counted, counts_of, needs_shared

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion import (
    FEW_RATINGS,
    LIKELY_AGREED,
    NextIdea,
    RatingCounts,
    next_idea,
    rank_ideas,
)


def nobody(ideas: int) -> NDArray[np.bool_]:
    return np.zeros(ideas, dtype=np.bool_)


def test_who_has_seen_all_is_shown_nothing() -> None:
    assert next_idea(counts_of((1, 0, 0)), ~nobody(1), np.random.default_rng(1)) is None


def test_below_the_floor_one_of_the_least_rated_is_shown() -> None:
    counts = counts_of((9, 0, 0), (1, 0, 1), (0, 2, 0), (2, 2, 0))

    shown = Counter(next_idea(counts, nobody(4), np.random.default_rng(seed)) for seed in range(400))

    assert set(shown) == {NextIdea(1, FEW_RATINGS), NextIdea(2, FEW_RATINGS)}
    assert abs(shown[NextIdea(1, FEW_RATINGS)] - 200) < 50


def test_above_the_floor_half_is_for_the_least_rated_and_half_for_the_likely_agreed() -> None:
    counts = counts_of((60, 5, 0), (5, 5, 0), (5, 60, 0))

    shown = Counter(next_idea(counts, nobody(3), np.random.default_rng(seed)) for seed in range(1000))

    assert abs(shown[NextIdea(1, FEW_RATINGS)] - 500) < 60
    assert abs(shown[NextIdea(0, LIKELY_AGREED)] - 500) < 60


def test_ideas_already_seen_are_never_shown() -> None:
    seen = np.array([True, False, True])

    shown = {next_idea(counts_of(*[(5, 5, 0)] * 3), seen, np.random.default_rng(seed)) for seed in range(50)}

    assert {one.index for one in shown if one} == {1}


def test_the_same_chance_shows_the_same_idea() -> None:
    counts = counts_of((60, 5, 0), (5, 5, 0), (5, 60, 0))

    shown = [next_idea(counts, nobody(3), np.random.default_rng(7)) for _ in range(2)]

    assert shown[0] == shown[1]


def test_a_mask_or_floor_that_cannot_be_is_refused() -> None:
    with pytest.raises(ShapeError) as mask:
        next_idea(counts_of((1, 0, 0)), nobody(2), np.random.default_rng(1))
    with pytest.raises(InputError) as floor:
        next_idea(counts_of((1, 0, 0)), nobody(1), np.random.default_rng(1), floor=-1)

    assert mask.value.params == {"ideas": 1, "mask": 2}
    assert (floor.value.code, floor.value.params) == ("opinion.negative_floor", {"floor": -1})


@needs_shared
def test_on_a_real_conversation_routing_finds_more_of_the_top_than_chance_and_starves_nobody() -> None:
    votes = conversation("bowling-green")
    votes = votes[:, (votes != UNSEEN).sum(axis=0) >= 60]
    best = set(np.argsort(-counted(votes).agree / counted(votes).rated)[:25].tolist())
    budget = 20 * votes.shape[1]

    found, least = zip(*(replay(votes, budget, is_routed=routed) for routed in (True, False)), strict=True)

    assert len(best & found[0]) >= len(best & found[1]) + 2
    assert least[0] >= 10


def replay(votes: NDArray[np.int8], budget: int, *, is_routed: bool) -> tuple[set[int], int]:
    """Give out real votes one by one; return the 25 ideas ranked first and the fewest ratings."""
    rng = np.random.default_rng(3)
    left = [rng.permutation(column[column != UNSEEN]).tolist() for column in votes.T]
    agree, disagree, passed = np.zeros((3, votes.shape[1]), dtype=np.int64)
    row_of = {1: agree, -1: disagree, 0: passed}
    used_up = nobody(votes.shape[1])
    for _ in range(budget):
        shown = next_idea(RatingCounts(agree, disagree, passed), used_up, rng) if is_routed else None
        idea = shown.index if shown else int(rng.choice(np.flatnonzero(~used_up)))
        row_of[left[idea].pop()][idea] += 1
        used_up[idea] = not left[idea]
    counts = RatingCounts(agree, disagree, passed)
    ranked = [idea for group in rank_ideas(counts).order for idea in group]
    return set(ranked[:25]), int(counts.rated.min())
