"""How many letters: enough with the chance asked for and not one more, learning from what came back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.recruitment import Tally, letters_for, response_before, response_of
from burgertop.core.recruitment.precedents import rates_of_groups

SEATS = {"nl": 60, "fr": 35, "de": 5}


def test_the_least_number_of_letters_is_found() -> None:
    plan = letters_for(SEATS, {}, pool_factor=2.0, chance=0.9)

    rates = response_of(dict.fromkeys(SEATS, Tally(0, 0)))
    for one in plan.groups:
        belief = rates.belief(one.group)
        assert one.needed == 2 * SEATS[one.group]
        assert belief.at_least(one.letters, one.needed) == one.chance >= 0.9
        assert belief.at_least(one.letters - 1, one.needed) < 0.9
        assert one.pool_factor >= 2.0
    assert plan.letters == sum(one.letters for one in plan.groups)


def test_a_certain_rate_needs_the_letters_of_the_binomial() -> None:
    """Of 50,000 letters 4,000 brought a yes: 8 %. For 160 yes with 90 %: 2,000 letters and some 200 to be sure."""
    plan = letters_for({"all": 2080}, {"all": Tally(50_000, 4000)}, pool_factor=2.0)

    assert plan.groups[0].needed == 160
    assert 2180 < plan.groups[0].letters < 2280


def test_what_came_in_already_is_counted() -> None:
    plan = letters_for({"nl": 50, "fr": 50}, {"nl": Tally(2000, 160), "fr": Tally(0, 0)}, pool_factor=3.0)

    assert [one.needed for one in plan.groups] == [0, 150]
    assert (plan.groups[0].letters, plan.groups[0].chance) == (0, 1.0)


def test_a_group_that_answers_less_gets_more_letters() -> None:
    plan = letters_for({"young": 50, "old": 50}, {"young": Tally(500, 10), "old": Tally(500, 60)})

    young, old = plan.groups
    assert young.letters > 2 * old.letters


def test_the_letters_of_one_group_teach_about_another() -> None:
    nothing = response_of({"nl": Tally(0, 0), "fr": Tally(0, 0)}).belief("fr")
    taught = response_of({"nl": Tally(1000, 30), "fr": Tally(0, 0)}).belief("fr")

    assert taught.mean < 0.85 * nothing.mean


def test_a_first_wave_makes_the_forecast_narrow() -> None:
    """Before any letter the interval is wider than a factor of two; after 500 letters it is not."""
    before = response_of({"all": Tally(0, 0)}).belief("all").counts(10_000)
    after = response_of({"all": Tally(500, 40)}).belief("all").counts(10_000)

    assert before.high / before.low > 2
    assert after.high / after.low < 1.6


def test_a_budget_lowers_the_pool_of_every_group_alike() -> None:
    whole = letters_for(SEATS, {}, pool_factor=3.0)

    plan = letters_for(SEATS, {}, pool_factor=3.0, budget=whole.letters // 2)

    assert 0.9 * (whole.letters // 2) < plan.letters <= whole.letters // 2
    assert all(1.3 < one.pool_factor < 1.9 for one in plan.groups)
    assert all(one.needed == 3 * SEATS[one.group] and one.chance < 0.9 for one in plan.groups)


def test_a_budget_that_suffices_changes_nothing() -> None:
    whole = letters_for(SEATS, {})

    assert letters_for(SEATS, {}, budget=whole.letters) == whole


def test_no_budget_means_no_letters() -> None:
    plan = letters_for(SEATS, {}, budget=0)

    assert (plan.letters, plan.pool_factor, plan.together) == (0, 0.0, pytest.approx(0.0))


def test_no_group_gets_more_letters_than_it_has_rows() -> None:
    plan = letters_for(SEATS, {}, rows_left={"nl": 100_000, "fr": 200})

    assert [one.letters for one in plan.groups][1:] == [200, 0]
    assert plan.groups[1].chance < 0.9
    assert plan.groups[1].pool_factor < 1


def test_all_groups_at_once_are_less_sure_than_each() -> None:
    plan = letters_for(SEATS, {})

    assert 0.7 < plan.together < min(one.chance for one in plan.groups)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 300), st.integers(0, 300), st.floats(0.5, 0.95))
def test_more_seats_or_more_certainty_never_need_fewer_letters(seats: int, more: int, chance: float) -> None:
    seen = {"all": Tally(400, 30)}

    fewer = letters_for({"all": seats}, seen, chance=chance)

    assert fewer.letters <= letters_for({"all": seats + more}, seen, chance=chance).letters
    assert fewer.letters <= letters_for({"all": seats}, seen, chance=(1 + chance) / 2).letters


def test_a_factor_that_is_not_exact_rounds_as_on_paper() -> None:
    assert letters_for({"all": 10}, {}, pool_factor=1.1).groups[0].needed == 11


def test_intervals_of_made_processes_hold_the_truth_eight_times_in_ten() -> None:
    """Processes made as the model thinks: a mean from the past, groups spread about it, a first wave to each."""
    rng = np.random.default_rng(11)
    before = response_before()
    past, held, times = before.newcomer(), 0, 0
    for _ in range(60):
        mean = past.quantile(rng.uniform(0.001, 0.999))
        spread = max(0.1, abs(rng.normal(0, 0.4)))
        size = 1 / (spread**2 * mean * (1 - mean)) - 1
        truth = {f"group {number}": rng.beta(mean * size, (1 - mean) * size) for number in range(4)}
        seen = {group: Tally(150, int(rng.binomial(150, rate))) for group, rate in truth.items()}
        rates = rates_of_groups(seen, before, spread=0.4)
        for group, rate in truth.items():
            counts, yes = rates.belief(group).counts(1000), rng.binomial(1000, rate)
            held += counts.low <= yes <= counts.high
            times += 1

    assert 0.75 < held / times < 0.89


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"pool_factor": 0.5}, "recruitment.bad_pool_factor"),
        ({"chance": 1.0}, "recruitment.bad_share"),
        ({"share": 0.0}, "recruitment.bad_share"),
        ({"budget": -1}, "recruitment.negative_number"),
    ],
)
def test_settings_that_make_no_sense_are_refused(more: dict[str, float], code: str) -> None:
    with pytest.raises(InputError) as caught:
        letters_for(SEATS, {}, **more)  # type: ignore[arg-type]  # one of four keywords each

    assert caught.value.code == code


def test_no_seats_at_all_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        letters_for({}, {})

    assert caught.value.code == "recruitment.no_groups"
