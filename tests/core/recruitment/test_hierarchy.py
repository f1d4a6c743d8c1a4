"""Members learn from each other as the sum over the whole grid says; totals as samples say."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import betabinom

from burgertop.core.errors import InputError
from burgertop.core.recruitment.hierarchy import Hierarchy, Total, hierarchy_of
from burgertop.core.recruitment.rates import RATES, Floats, Tally, chances_of

TALLIES = {"a": Tally(600, 52), "b": Tally(100, 12), "c": Tally(200, 8)}


def rates_of(tallies: dict[str, Tally], spread: float = 0.4) -> Hierarchy:
    return hierarchy_of({name: chances_of(tally) for name, tally in tallies.items()}, spread=spread)


def by_brute_force(tallies: dict[str, Tally], spread: float) -> tuple[float, float]:
    """The mean rate of a newcomer and of the first member, by the beta-binomial itself on a grid of its own."""
    means = expit(np.linspace(-7, 7, 281))
    weights, of_newcomer, of_first = 0.0, 0.0, 0.0
    first = next(iter(tallies.values()))
    for one in np.geomspace(0.1, 1.2, 12):
        size = 1 / (one**2 * means * (1 - means)) - 1
        chance = one * np.exp(-0.5 * (one / spread) ** 2) * np.ones_like(means)
        for tally in tallies.values():
            chance = chance * betabinom.pmf(tally.yes, tally.asked, means * size, (1 - means) * size)
        weights += chance.sum()
        of_newcomer += (chance * means).sum()
        of_first += (chance * (means * size + first.yes) / (size + first.asked)).sum()
    return of_newcomer / weights, of_first / weights


def test_rates_are_those_of_the_beta_binomial_summed_by_brute_force() -> None:
    of_newcomer, of_first = by_brute_force(TALLIES, 0.4)

    rates = rates_of(TALLIES)

    assert rates.newcomer().mean == pytest.approx(of_newcomer, rel=0.01)
    assert rates.belief("a").mean == pytest.approx(of_first, rel=0.01)


def test_a_small_group_is_drawn_towards_the_others_and_a_large_one_is_not() -> None:
    rates = rates_of({"small": Tally(20, 5), "large": Tally(20_000, 1600), "other": Tally(20_000, 1700)})

    assert 0.083 < rates.belief("small").mean < 0.18
    assert rates.belief("large").mean == pytest.approx(0.08, rel=0.01)


def test_members_that_agree_make_a_newcomer_surer_than_members_that_differ() -> None:
    alike = rates_of({"a": Tally(1000, 80), "b": Tally(1000, 81), "c": Tally(1000, 79)}).newcomer()
    unlike = rates_of({"a": Tally(1000, 30), "b": Tally(1000, 80), "c": Tally(1000, 160)}).newcomer()

    assert alike.quantile(0.9) / alike.quantile(0.1) < 0.7 * unlike.quantile(0.9) / unlike.quantile(0.1)


def test_the_order_of_members_changes_nothing() -> None:
    turned = dict(reversed(TALLIES.items()))

    assert rates_of(turned).belief("a").weights == pytest.approx(rates_of(TALLIES).belief("a").weights)


def test_a_narrowed_newcomer_has_the_same_middle_and_less_spread() -> None:
    rates = rates_of(TALLIES)

    wide, narrow = rates.newcomer(), rates.newcomer(within=0.08)

    assert narrow.quantile(0.5) == pytest.approx(wide.quantile(0.5), rel=0.02)
    assert narrow.quantile(0.9) < wide.quantile(0.9)
    assert narrow.quantile(0.1) > wide.quantile(0.1)


def samples_of(rates: Hierarchy, asked: dict[str, int], times: int, seed: int) -> dict[str, Floats]:
    """How many say yes in each group, drawn cell by cell and person by person."""
    rng = np.random.default_rng(seed)
    cells = rng.choice(rates.weights.size, times, p=rates.weights)
    drawn = {}
    for member, number in asked.items():
        given = rates.kernel[cells] * rates.chances[rates.members.index(member)]
        above = np.cumsum(given, axis=1)
        place = (above < rng.random((times, 1)) * above[:, -1:]).sum(axis=1)
        drawn[member] = rng.binomial(number, RATES[place]).astype(np.float64)
    return drawn


def test_a_total_and_all_groups_together_are_as_in_samples() -> None:
    rates, asked = rates_of(TALLIES), {"a": 2000, "b": 1500, "c": 500}
    samples = samples_of(rates, asked, 6000, 3)
    total = sum(samples.values())

    forecast, counts = rates.total(asked), rates.total(asked).counts()

    assert forecast.mean == pytest.approx(total.mean(), rel=0.02)
    assert counts.low == pytest.approx(np.quantile(total, 0.1), rel=0.04)
    assert counts.high == pytest.approx(np.quantile(total, 0.9), rel=0.04)
    assert forecast.lacking(350) == pytest.approx(np.maximum(350 - total, 0).mean(), rel=0.06)
    held = (samples["a"] >= 150) & (samples["b"] >= 120) & (samples["c"] >= 20)
    together = rates.together(asked, {"a": 150, "b": 120, "c": 20})
    assert together == pytest.approx(held.mean(), abs=0.02)


def test_the_total_of_one_group_is_the_forecast_of_the_group() -> None:
    rates = rates_of(TALLIES)

    total, group = rates.total({"a": 3000}).counts(), rates.belief("a").counts(3000)

    assert total.mean == pytest.approx(group.mean)
    assert abs(total.low - group.low) <= 3
    assert abs(total.high - group.high) <= 3


@pytest.mark.parametrize("number", [0, 1])
def test_nobody_and_one_person_have_a_total(number: int) -> None:
    rates = rates_of(TALLIES)
    total: Total = rates.total({"a": number})

    assert total.at_most(number) == 1
    assert total.at_most(-1) == 0
    assert total.mean == pytest.approx(number * rates.belief("a").mean)
    assert total.lacking(2) == pytest.approx(2 - total.mean)
    assert total.at_most(0) == pytest.approx(1 - total.mean, abs=0.01)


def test_counts_that_nobody_expected_are_believed_all_the_same() -> None:
    before = hierarchy_of({"a": chances_of(Tally(10_000, 800)), "b": chances_of(Tally(10_000, 810))}, spread=0.2)

    rates = hierarchy_of({"all": chances_of(Tally(10_000, 9900))}, spread=0.2, mean=before.newcomer())

    assert rates.belief("all").mean == pytest.approx(0.99, abs=0.002)


def test_a_group_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError) as caught:
        rates_of(TALLIES).belief("d")

    assert (caught.value.code, caught.value.params) == ("recruitment.unknown_group", {"group": "d"})


@pytest.mark.parametrize("spread", [0.0, -1.0, 2.5])
def test_a_spread_that_is_none_is_refused(spread: float) -> None:
    with pytest.raises(InputError) as caught:
        rates_of(TALLIES, spread)

    assert caught.value.code == "recruitment.bad_spread"
