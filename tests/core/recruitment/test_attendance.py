"""Who comes, and how many to confirm so that hardly ever more come than there are places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from burgertop.core.errors import InputError
from burgertop.core.recruitment import (
    PRECEDENTS,
    Kind,
    Precedent,
    Tally,
    attendance_of,
    overbook,
    present_of_confirmed,
    present_of_letters,
    response_before,
)

OTHERS = [one for one in PRECEDENTS if one.process != "G1000 Amersfoort"]
OF_THE_FILE = [one for one in OTHERS if one.country in {"BE", "NL"}]


@pytest.mark.parametrize("others", [OTHERS, OF_THE_FILE])
def test_the_funnel_of_amersfoort_is_covered_by_a_forecast_from_the_others(others: list[Precedent]) -> None:
    """6,000 letters, 517 said yes, 348 came; from all the others, and from those of the shared file alone."""
    from_letters = present_of_letters(6000, precedents=others)
    from_confirmed = present_of_confirmed(517, precedents=others)
    said_yes = response_before(others).newcomer().counts(6000)

    assert said_yes.low <= 517 <= said_yes.high
    assert from_letters.low <= 348 <= from_letters.high
    assert from_confirmed.low <= 348 <= from_confirmed.high
    assert from_confirmed.high < 2 * from_confirmed.low


def test_the_thousand_of_2011_are_covered_by_a_forecast_from_the_others() -> None:
    forecast = present_of_confirmed(1000, precedents=[one for one in PRECEDENTS if one.process != "G1000"])

    assert forecast.low <= 704 <= forecast.high < 2 * forecast.low


def test_an_evening_before_tells_more_than_the_past() -> None:
    before = attendance_of({"all": Tally(0, 0)}).belief("all").counts(500)
    after = attendance_of({"all": Tally(120, 108)}).belief("all").counts(500)

    assert after.low > before.high > before.low
    assert after.high - after.low < before.high - before.low


def test_the_most_that_keep_the_risk_are_confirmed() -> None:
    plan = overbook({"all": 400}, {}, overflow=0.05)

    rates = attendance_of({"all": Tally(0, 0)})
    assert 1 - rates.total({"all": plan.confirmed}).at_most(400) == plan.overflow <= 0.05
    assert 1 - rates.total({"all": plan.confirmed + 1}).at_most(400) > 0.05


def test_a_certain_rate_overbooks_as_the_binomial_says() -> None:
    """Of 20,000 who were to come 14,000 came: 70 %. 100 places: the most that overflow at most 1 time in 20."""
    exact = max(number for number in range(100, 200) if binom.sf(100, number, 0.7) <= 0.05)

    assert abs(overbook({"all": 100}, {"all": Tally(20_000, 14_000)}).confirmed - exact) <= 1


def test_places_left_empty_are_those_of_the_binomial() -> None:
    plan = overbook({"all": 100}, {"all": Tally(20_000, 14_000)})
    came = np.arange(plan.confirmed + 1)

    empty = (binom.pmf(came, plan.confirmed, 0.7) * np.maximum(100 - came, 0)).sum()

    assert plan.empty == pytest.approx(empty, abs=0.3)


def test_a_group_that_comes_less_is_confirmed_more() -> None:
    plan = overbook({"young": 50, "old": 50}, {"young": Tally(200, 110), "old": Tally(200, 170)})

    young, old = plan.groups
    assert young.confirmed > 1.3 * old.confirmed
    assert plan.confirmed == young.confirmed + old.confirmed
    assert young.present.mean == pytest.approx(old.present.mean, rel=0.03)


def test_a_panel_is_hardly_overbooked() -> None:
    hall, panel = (overbook({"all": 60}, {}, kind=kind).confirmed for kind in (Kind.HALL, Kind.PANEL))

    assert 60 <= panel <= 62 < hall


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1500), st.floats(0.01, 0.4))
def test_more_risk_confirms_no_fewer_and_leaves_no_more_empty(places: int, overflow: float) -> None:
    careful, bold = (overbook({"all": places}, {}, overflow=risk) for risk in (overflow, 2 * overflow))

    assert places <= careful.confirmed <= bold.confirmed
    assert careful.overflow <= overflow
    assert bold.empty <= careful.empty + 1e-9


def test_a_hall_without_places_confirms_nobody() -> None:
    plan = overbook({"a": 0, "b": 0}, {})

    assert (plan.confirmed, plan.overflow, plan.empty) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("places", "overflow", "code"),
    [
        ({"all": 10}, 0.0, "recruitment.bad_share"),
        ({"all": -1}, 0.05, "recruitment.negative_number"),
        ({}, 0.05, "recruitment.no_groups"),
    ],
)
def test_a_hall_that_is_none_is_refused(places: dict[str, int], overflow: float, code: str) -> None:
    with pytest.raises(InputError) as caught:
        overbook(places, {}, overflow=overflow)

    assert caught.value.code == code
