"""Every precedent forecast from the others: what holds and what does not."""

import pytest

from burgertop.core.errors import InputError
from burgertop.core.recruitment import (
    PRECEDENTS,
    Kind,
    Precedent,
    Step,
    attendance_before,
    leave_one_out,
    present_of_confirmed,
)
from burgertop.core.recruitment.rates import RATES

FOUND = leave_one_out()


def test_every_step_that_is_known_is_forecast() -> None:
    known = sum(bool(one.response) + bool(one.attendance) + bool(one.arrival) for one in PRECEDENTS)

    assert len(FOUND) == known == 11
    assert {(one.process, one.asked, one.happened) for one in FOUND if one.step is Step.PRESENT_OF_CONFIRMED} == {
        ("G1000", 1000, 704),
        ("G1000 Amersfoort", 517, 348),
        ("Climate Assembly UK", 110, 108),
        ("We Need To Talk", 60, 59),
    }


@pytest.mark.parametrize("step", list(Step))
def test_at_least_eight_of_ten_are_covered_at_every_step(step: Step) -> None:
    covered = [one.is_covered for one in FOUND if one.step is step]

    assert sum(covered) >= 0.8 * len(covered)


def test_who_comes_of_the_confirmed_is_known_within_a_factor_of_two() -> None:
    assert max(one.factor for one in FOUND if one.step is Step.PRESENT_OF_CONFIRMED) < 2


def test_letters_alone_tell_less_and_the_forecast_says_so() -> None:
    """No interval of a factor of two holds 80 %: the page says by how much."""
    of_letters = [one for one in FOUND if one.step is not Step.PRESENT_OF_CONFIRMED]

    assert all(one.factor > 2 and 0.55 < one.within_factor < 0.75 for one in of_letters)


def test_the_one_held_out_is_not_looked_at() -> None:
    others = [one for one in PRECEDENTS if one.process != "G1000"]
    held_out = next(one for one in FOUND if one.process == "G1000")
    forecast = present_of_confirmed(1000, precedents=others)

    assert (held_out.low, held_out.high) == (forecast.low, forecast.high)


def test_what_no_other_knows_of_is_left_out() -> None:
    alone = Precedent("alone", 2000, "BE", Kind.HALL, "made", sent=100, yes=10, confirmed=10, present=7)
    letters = Precedent("letters", 2001, "BE", Kind.PANEL, "made", sent=100, yes=9)

    assert [(one.process, one.step) for one in leave_one_out([alone, letters])] == [
        ("alone", Step.YES_OF_LETTERS),
        ("letters", Step.YES_OF_LETTERS),
    ]
    assert leave_one_out([alone]) == ()


def test_the_best_interval_of_a_factor_of_two_holds_what_it_says() -> None:
    """Attendance near 0.7: from 0.5 to 1 there is nearly everything."""
    belief = attendance_before(Kind.HALL, [one for one in PRECEDENTS if one.process != "G1000"]).newcomer()
    held_out = next(one for one in FOUND if one.process == "G1000")

    by_hand = max(belief.weights[(low <= RATES) & (2 * low >= RATES)].sum() for low in RATES)

    assert held_out.within_factor == pytest.approx(by_hand, abs=0.01)


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        leave_one_out(share=1.0)

    assert caught.value.code == "recruitment.bad_share"
