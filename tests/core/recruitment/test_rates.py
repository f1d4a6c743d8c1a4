"""Beliefs about a rate: against the exact beta-binomial, and at the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, binom

from burgertop.core.errors import InputError
from burgertop.core.recruitment.rates import LOG_ODDS, RATES, Belief, Tally, chances_of, first_where, tails_of


def after(tally: Tally) -> Belief:
    """What a tally tells when every log-odds was as likely before: a Beta(yes, no)."""
    chances = chances_of(tally)
    return Belief(chances / chances.sum())


@pytest.mark.parametrize(("asked", "yes"), [(1000, 704), (517, 348), (1000, 115), (60, 30)])
def test_mean_and_quantiles_are_those_of_the_beta(asked: int, yes: int) -> None:
    belief = after(Tally(asked, yes))

    assert belief.mean == pytest.approx(yes / asked, abs=1e-4)
    for share in (0.1, 0.5, 0.9):
        assert belief.quantile(share) == pytest.approx(beta.ppf(share, yes, asked - yes), abs=1e-3)


@pytest.mark.parametrize(("asked", "yes", "more"), [(1000, 704, 300), (50, 20, 80), (2000, 148, 5000)])
def test_a_forecast_is_that_of_the_beta_binomial(asked: int, yes: int, more: int) -> None:
    exact = betabinom(more, yes, asked - yes)

    forecast = after(Tally(asked, yes)).counts(more)

    assert forecast.mean == pytest.approx(exact.mean(), rel=1e-3)
    assert abs(forecast.low - exact.ppf(0.1)) <= 1
    assert abs(forecast.high - exact.ppf(0.9)) <= 1


def test_chances_of_both_tails_add_up() -> None:
    belief = after(Tally(100, 30))

    assert belief.at_most(40, 11) + belief.at_least(40, 12) == pytest.approx(1)
    assert (belief.at_most(40, -1), belief.at_most(40, 40), belief.at_least(40, 0)) == (0, 1, pytest.approx(1))


@given(asked=st.integers(0, 60), least=st.integers(-2, 62))
def test_tails_are_those_of_the_binomial_at_every_rate(asked: int, least: int) -> None:
    assert tails_of(asked, least) == pytest.approx(binom.sf(least - 1, asked, RATES), abs=1e-9)


@given(st.integers(0, 3000), st.floats(0.05, 0.95))
def test_an_interval_holds_at_least_its_share(asked: int, share: float) -> None:
    belief = after(Tally(200, 30))

    counts = belief.counts(asked, share)

    assert 0 <= counts.low <= counts.high <= asked
    assert belief.at_most(asked, counts.high) - belief.at_most(asked, counts.low - 1) >= share - 1e-9


def test_two_rates_multiply_as_two_samples_of_them_do() -> None:
    says_yes, comes = after(Tally(1000, 86)), after(Tally(500, 340))
    rng = np.random.default_rng(1)
    samples = rng.beta(86, 914, 200_000) * rng.beta(340, 160, 200_000)

    both = says_yes.and_then(comes)

    assert both.weights.sum() == pytest.approx(1)
    assert both.mean == pytest.approx(samples.mean(), rel=3e-3)
    assert both.quantile(0.1) == pytest.approx(np.quantile(samples, 0.1), rel=6e-3)
    assert both.quantile(0.9) == pytest.approx(np.quantile(samples, 0.9), rel=6e-3)


def test_the_grid_is_even_in_log_odds_and_goes_beyond_any_real_rate() -> None:
    assert np.diff(LOG_ODDS) == pytest.approx(0.025)
    assert (RATES[0] < 0.001, RATES[-1] > 0.999) == (True, True)


@pytest.mark.parametrize("tally", [Tally(0, 0), Tally(10_000, 0), Tally(500, 500), Tally(10**7, 800_000)])
def test_no_tally_is_too_small_or_too_large(tally: Tally) -> None:
    belief = after(tally)

    assert belief.weights.sum() == pytest.approx(1)
    assert 0 < belief.quantile(0.1) <= belief.quantile(0.9) < 1


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_first_where_something_holds_is_found(true_from: int, most: int) -> None:
    assert first_where(lambda number: number >= true_from, most) == min(true_from, most)


@pytest.mark.parametrize(("asked", "yes"), [(3, 4), (3, -1), (-1, -1)])
def test_more_yes_than_asked_is_refused(asked: int, yes: int) -> None:
    with pytest.raises(InputError) as caught:
        Tally(asked, yes)

    assert (caught.value.code, caught.value.params) == ("recruitment.bad_tally", {"asked": asked, "yes": yes})


@pytest.mark.parametrize(
    ("asked", "share", "code"),
    [(1, 0.0, "recruitment.bad_share"), (1, 1.0, "recruitment.bad_share"), (-1, 0.8, "recruitment.negative_number")],
)
def test_a_forecast_of_nothing_sensible_is_refused(asked: int, share: float, code: str) -> None:
    with pytest.raises(InputError) as caught:
        after(Tally(10, 5)).counts(asked, share)

    assert caught.value.code == code
