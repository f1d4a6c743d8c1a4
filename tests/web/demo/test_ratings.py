"""Ratings of the invented crowd have the shape of real conversations."""

import numpy as np
import pytest

from burgertop.web.demo.content import load_content
from burgertop.web.demo.ratings import AGREE, DISAGREE, PASS, simulate_ratings

IDEAS = load_content().ideas
RATINGS = simulate_ratings(IDEAS, 900, np.random.default_rng(2011))


def test_900_people_give_about_12_000_ratings_with_a_long_tail() -> None:
    per_rater = np.bincount(RATINGS.rater, minlength=900)

    assert 10_500 <= len(RATINGS.value) <= 14_000
    assert per_rater.min() == 1
    assert np.median(per_rater) <= 8
    assert np.percentile(per_rater, 99) >= 80


def test_passes_are_between_15_and_20_percent() -> None:
    assert 0.13 <= float(np.mean(RATINGS.value == PASS)) <= 0.20
    assert set(np.unique(RATINGS.value).tolist()) == {AGREE, DISAGREE, PASS}


def test_nobody_rates_twice_nor_sees_what_was_hidden() -> None:
    pairs = set(zip(RATINGS.rater.tolist(), RATINGS.idea.tolist(), strict=True))
    hidden = {number for number, idea in enumerate(IDEAS) if idea.hidden_because}

    assert len(pairs) == len(RATINGS.value)
    assert hidden & set(RATINGS.idea.tolist()) == set()
    assert len(set(RATINGS.idea.tolist())) == len(IDEAS) - len(hidden)


@pytest.mark.parametrize("group", [0, 1])
def test_the_two_groups_agree_as_often_as_the_ideas_appeal_to_them(group: int) -> None:
    mine = (RATINGS.group_of[RATINGS.rater] == group) & (RATINGS.value != PASS)
    appeal = np.array([idea.appeal[group] for idea in IDEAS])[RATINGS.idea[mine]]

    assert float(np.mean(RATINGS.value[mine] == AGREE)) == pytest.approx(float(appeal.mean()), abs=0.04)


def test_the_same_seed_rates_the_same() -> None:
    again = simulate_ratings(IDEAS, 900, np.random.default_rng(2011))

    assert np.array_equal(again.idea, RATINGS.idea)
    assert np.array_equal(again.value, RATINGS.value)
