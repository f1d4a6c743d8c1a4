"""Ages: who may take part, and on whose consent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.foundation.people.ages import AgeRuling, age_on, least_ages, rule_on_age
from burgertop.foundation.process.models import MinorsRule, Process

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(1993, 11, 11), date(2011, 11, 11), 18),
        (date(1993, 11, 12), date(2011, 11, 11), 17),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2011, 11, 11), date(2011, 11, 11), 0),
    ],
)
def test_age_counts_birthdays(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@given(days, days)
def test_nobody_gets_younger(born_on: date, day: date) -> None:
    later = max(born_on, day)

    assert 0 <= age_on(born_on, later) <= age_on(born_on, date(later.year + 1, later.month, min(later.day, 28))) + 1


@given(st.integers(0, 110), st.integers(0, 30), st.integers(12, 30), st.sampled_from(MinorsRule))
def test_the_ruling_follows_the_process(age: int, least: int, majority: int, rule: MinorsRule) -> None:
    ruling = rule_on_age(Process(least_age=least, age_of_majority=majority, minors_rule=rule), age)

    if age < least:
        assert ruling == AgeRuling.TOO_YOUNG
    elif age >= majority:
        assert ruling == AgeRuling.MAY
    else:
        expected = {
            MinorsRule.ADMITTED: AgeRuling.MAY,
            MinorsRule.WITH_CONSENT: AgeRuling.NEEDS_GUARDIAN,
            MinorsRule.NOT_ADMITTED: AgeRuling.TOO_YOUNG,
        }
        assert ruling == expected[rule]


@given(st.integers(0, 110), st.integers(0, 30), st.integers(12, 30), st.sampled_from(MinorsRule))
def test_the_least_ages_say_the_same_as_the_ruling(age: int, least: int, majority: int, rule: MinorsRule) -> None:
    process = Process(least_age=least, age_of_majority=majority, minors_rule=rule)

    ages, ruling = least_ages(process), rule_on_age(process, age)

    assert (age >= ages.alone) == (ruling == AgeRuling.MAY)
    is_with_guardian = ages.with_guardian is not None and ages.with_guardian <= age < ages.alone
    assert is_with_guardian == (ruling == AgeRuling.NEEDS_GUARDIAN)
