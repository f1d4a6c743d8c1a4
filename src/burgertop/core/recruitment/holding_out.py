"""How well the past would have been forecast: every precedent from all the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from burgertop.core.recruitment.precedents import PRECEDENTS, Kind, Precedent, attendance_before, response_before
from burgertop.core.recruitment.rates import RATES, Belief, Tally, need_share

__all__ = ["HeldOut", "Step", "leave_one_out"]

_FACTOR = 2.0


class Step(StrEnum):
    """What is forecast from what."""

    YES_OF_LETTERS = "yes of letters"
    PRESENT_OF_LETTERS = "present of letters"
    PRESENT_OF_CONFIRMED = "present of confirmed"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One precedent, forecast from the others.

    Args:
        process: its name.
        step: what was forecast.
        asked: letters, or people who were to come.
        happened: how many said yes, or came.
        low: lower end of the interval.
        high: upper end.
        within_factor: how likely the forecast thinks the best interval whose upper end is twice the lower.
    """

    process: str
    step: Step
    asked: int
    happened: int
    low: int
    high: int
    within_factor: float

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds what happened."""
        return self.low <= self.happened <= self.high

    @property
    def factor(self) -> float:
        """Upper end over lower end."""
        return self.high / self.low


def leave_one_out(precedents: Sequence[Precedent] = PRECEDENTS, share: float = 0.8) -> tuple[HeldOut, ...]:
    """Forecast every step of every precedent from the others.

    A step that no other precedent knows anything of is left out.

    Args:
        precedents: what is known of the past.
        share: how much the intervals hold.

    Raises:
        InputError: ``recruitment.bad_share``.

    Cost: as ``response_before``, for every precedent.
    Source: Stone (1974), Cross-validatory choice and assessment of statistical predictions, Journal of
    the Royal Statistical Society B 36(2).

    >>> found = leave_one_out([one for one in PRECEDENTS if one.kind is Kind.HALL])
    >>> [(one.process, one.low, one.happened, one.high) for one in found if one.step is Step.PRESENT_OF_CONFIRMED]
    [('G1000', 528, 704, 794), ('G1000 Amersfoort', 291, 348, 423)]
    """
    need_share(share)
    found = []
    for one in precedents:
        others = [other for other in precedents if other is not one]
        comes = _attendance(one.kind, others)
        says_yes = _response(others)
        through = says_yes.and_then(comes) if says_yes and comes and one.arrival else None
        steps = (
            (Step.YES_OF_LETTERS, one.response, says_yes),
            (Step.PRESENT_OF_LETTERS, one.arrival, through),
            (Step.PRESENT_OF_CONFIRMED, one.attendance, comes),
        )
        found += [
            _held_out(one.process, step, tally, belief, share) for step, tally, belief in steps if tally and belief
        ]
    return tuple(found)


def _attendance(kind: Kind, others: Sequence[Precedent]) -> Belief | None:
    known = any(other.kind is kind and other.attendance for other in others)
    return attendance_before(kind, others).newcomer() if known else None


def _response(others: Sequence[Precedent]) -> Belief | None:
    comes = any(other.kind is Kind.HALL and other.attendance for other in others)
    known = any(other.response or (comes and other.arrival) for other in others)
    return response_before(others).newcomer() if known else None


def _held_out(process: str, step: Step, tally: Tally, belief: Belief, share: float) -> HeldOut:
    counts = belief.counts(tally.asked, share)
    return HeldOut(process, step, tally.asked, tally.yes, counts.low, counts.high, _within_factor(belief))


def _within_factor(belief: Belief) -> float:
    """The most weight between a rate and its double."""
    above = np.cumsum(belief.weights)
    doubled = np.interp(np.minimum(_FACTOR * RATES, RATES[-1]), RATES, above)
    before = above - belief.weights
    return float((doubled - before).max())
