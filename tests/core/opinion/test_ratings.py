"""Intervals hold the truth as often as they say; the ranking puts sure agreement first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from tests.core.opinion.cases import UNSEEN, conversation, counted, counts_of, needs_shared

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion import (
    Prior,
    RatingCounts,
    agreement_interval,
    fit_prior,
    rank_ideas,
    wilson_interval,
)

UNIFORM = Prior(1.0, 1.0, is_fitted=False)


def test_with_the_uniform_prior_the_lower_end_of_n_agreements_is_known() -> None:
    low = agreement_interval(counts_of((0, 0, 0), (9, 0, 0)), UNIFORM, level=0.9).low

    assert low == pytest.approx([0.05, 0.05 ** (1 / 10)])


def test_wilsons_interval_is_as_published() -> None:
    found = wilson_interval(counts_of((81, 182, 0), (0, 0, 0)), level=0.95)

    assert found.low.round(4).tolist() == [0.2553, 0.0]
    assert found.high.round(4).tolist() == [0.3662, 1.0]
    assert np.isnan(found.middle[1])


def test_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    truth = rng.beta(4, 2, size=4000)
    rated = rng.integers(3, 40, size=4000)
    agree = rng.binomial(rated, truth)
    counts = RatingCounts(agree, rated - agree, np.zeros(4000, dtype=np.int64))

    found = agreement_interval(counts, fit_prior(counts), level=0.9)

    assert np.mean((found.low <= truth) & (truth <= found.high)) == pytest.approx(0.9, abs=0.02)


def test_the_prior_finds_the_spread_the_ideas_were_made_with() -> None:
    rng = np.random.default_rng(4)
    rated = rng.integers(3, 40, size=20_000)
    agree = rng.binomial(rated, rng.beta(4, 2, size=20_000))

    prior = fit_prior(RatingCounts(agree, rated - agree, np.zeros(20_000, dtype=np.int64)))

    assert prior.is_fitted
    assert (prior.agree, prior.other) == (pytest.approx(4, rel=0.1), pytest.approx(2, rel=0.1))


@pytest.mark.parametrize("rows", [[(0, 0, 0)], [(5, 1, 0)], [(5, 0, 0), (3, 0, 0)], [(0, 5, 0), (0, 0, 2)]])
def test_too_few_ratings_to_learn_from_give_the_uniform_prior(rows: list[tuple[int, int, int]]) -> None:
    assert fit_prior(counts_of(*rows)) == UNIFORM


def test_ideas_that_do_not_differ_get_a_strong_prior_and_not_an_endless_one() -> None:
    prior = fit_prior(counts_of(*[(5, 5, 0)] * 10))

    assert (prior.agree, prior.other) == (500.0, 500.0)


def test_many_ratings_go_before_few_with_the_same_share_and_equal_ones_are_tied() -> None:
    counts = counts_of((3, 1, 0), (75, 25, 0), (0, 0, 0), (0, 0, 0), (20, 80, 0), (75, 5, 20))

    assert rank_ideas(counts).order == ((1, 5), (0,), (4,), (2, 3))


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=1, max_size=8), st.integers(0, 7))
def test_one_more_agreement_raises_the_interval_of_an_idea(rows: list[tuple[int, int, int]], place: int) -> None:
    idea = place % len(rows)
    more = [(a + (n == idea), d, p) for n, (a, d, p) in enumerate(rows)]

    before = agreement_interval(counts_of(*rows), UNIFORM)
    after = agreement_interval(counts_of(*more), UNIFORM)

    assert after.low[idea] > before.low[idea]
    assert (before.low <= before.middle).all()
    assert (before.middle <= before.high).all()


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 90.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(InputError) as caught:
        rank_ideas(counts_of((1, 1, 1)), level=level)

    assert (caught.value.code, caught.value.params) == ("opinion.bad_level", {"level": level})


def test_counts_that_cannot_be_are_refused() -> None:
    one, two = np.ones(1, dtype=np.int64), np.ones(2, dtype=np.int64)
    with pytest.raises(ShapeError) as ragged:
        RatingCounts(one, two, one)
    with pytest.raises(InputError) as negative:
        RatingCounts(two, np.array([0, -1]), two)
    with pytest.raises(InputError) as empty:
        rank_ideas(RatingCounts(one[:0], one[:0], one[:0]))

    assert [(error.value.code, error.value.params) for error in (ragged, negative, empty)] == [
        ("opinion.ragged_counts", {"agree": 1, "disagree": 2, "passed": 1}),
        ("opinion.negative_count", {"idea": 1}),
        ("opinion.no_ideas", {}),
    ]


@needs_shared
@pytest.mark.parametrize("name", ["nz-ubi", "brexit-consensus"])
def test_half_the_people_of_a_real_conversation_rank_ideas_like_the_other_half(name: str) -> None:
    votes = conversation(name)
    votes = votes[:, (votes != UNSEEN).sum(axis=0) >= 30]
    half = np.random.default_rng(1).permutation(len(votes)) % 2 == 0

    one, other = (rank_ideas(counted(votes[part])).intervals.low for part in (half, ~half))

    assert spearmanr(one, other).statistic > 0.8


@needs_shared
@pytest.mark.parametrize("name", ["nz-ubi", "brexit-consensus"])
def test_the_first_of_a_real_conversation_is_agreed_with_and_the_last_is_not(name: str) -> None:
    counts = counted(conversation(name))

    ranking = rank_ideas(counts)

    share = counts.agree / np.maximum(counts.rated, 1)
    first, last = (
        np.mean([share[idea] for group in part for idea in group]) for part in (ranking.order[:5], ranking.order[-5:])
    )
    assert first > 0.75
    assert last < 0.4
