"""Who is old enough: the least age of a process and its rule for minors."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from burgertop.foundation.process.models import MinorsRule, Process

__all__ = ["AgeRuling", "LeastAges", "age_on", "least_ages", "rule_on_age"]


class AgeRuling(StrEnum):
    """What the process says to somebody of an age."""

    MAY = "may"
    NEEDS_GUARDIAN = "needs_guardian"
    TOO_YOUNG = "too_young"


@dataclass(frozen=True, slots=True)
class LeastAges:
    """From which age somebody may take part alone, and from which with a parent or guardian; 0: any, None: never."""

    alone: int
    with_guardian: int | None


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def rule_on_age(process: Process, age: int) -> AgeRuling:
    """Say whether somebody of this age may take part, and on whose consent."""
    if age < process.least_age:
        return AgeRuling.TOO_YOUNG
    if age >= process.age_of_majority or process.minors_rule == MinorsRule.ADMITTED:
        return AgeRuling.MAY
    if process.minors_rule == MinorsRule.WITH_CONSENT:
        return AgeRuling.NEEDS_GUARDIAN
    return AgeRuling.TOO_YOUNG


def least_ages(process: Process) -> LeastAges:
    """Return the ages at which the ruling of a process changes.

    >>> least_ages(Process(least_age=16, age_of_majority=18, minors_rule=MinorsRule.WITH_CONSENT))
    LeastAges(alone=18, with_guardian=16)
    """
    if process.minors_rule == MinorsRule.ADMITTED or process.least_age >= process.age_of_majority:
        return LeastAges(process.least_age, None)
    is_with_guardian = process.minors_rule == MinorsRule.WITH_CONSENT
    return LeastAges(process.age_of_majority, process.least_age if is_with_guardian else None)
