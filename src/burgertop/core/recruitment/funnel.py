"""The funnel of a process: for every value of every feature from letters to people present, against its quota."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.errors import InputError
from burgertop.core.recruitment.hierarchy import Hierarchy
from burgertop.core.recruitment.precedents import (
    PRECEDENTS,
    SPREAD_OF_ANSWERS,
    SPREAD_OF_PRESENCE,
    Kind,
    Precedent,
    attendance_before,
    rates_of_groups,
    response_before,
)
from burgertop.core.recruitment.rates import Interval, Tally, need_number, need_share

__all__ = ["FunnelCount", "FunnelLine", "funnel_of"]


@dataclass(frozen=True, slots=True)
class FunnelCount:
    """What was counted of one value, and its quota.

    Args:
        feature: such as gender.
        value: such as woman.
        sent: letters whose time to answer is over.
        yes: answers that said yes.
        no: answers that said no.
        confirmed: people who are to come.
        least: least people present that the quota wants.
        most: most people present that it allows.

    Raises:
        InputError: ``recruitment.negative_number``, ``recruitment.bad_answers``, ``recruitment.bad_quota``.
    """

    feature: str
    value: str
    sent: int
    yes: int
    no: int
    confirmed: int
    least: int
    most: int

    def __post_init__(self) -> None:
        for number in (self.sent, self.yes, self.no, self.confirmed, self.least):
            need_number(number)
        if self.yes + self.no > self.sent:
            raise InputError(
                "recruitment.bad_answers",
                feature=self.feature,
                value=self.value,
                sent=self.sent,
                yes=self.yes,
                no=self.no,
            )
        if self.least > self.most:
            raise InputError("recruitment.bad_quota", feature=self.feature, value=self.value)


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One line of the report.

    Args:
        count: what was counted.
        response_share: share of letters that bring a yes: low, mean, high.
        present: how many of the confirmed will be present.
        shortfall: how likely fewer are present than the quota wants.
        surplus: how likely more are present than it allows.
    """

    count: FunnelCount
    response_share: tuple[float, float, float]
    present: Interval
    shortfall: float
    surplus: float

    @property
    def answered(self) -> int:
        """Answers of either kind."""
        return self.count.yes + self.count.no

    @property
    def is_pool_short(self) -> bool:
        """Whether fewer said yes than the quota wants: no draw can meet it."""
        return self.count.yes < self.count.least


def funnel_of(
    counts: Sequence[FunnelCount],
    *,
    came_before: Mapping[tuple[str, str], Tally] | None = None,
    kind: Kind = Kind.HALL,
    share: float = 0.8,
    precedents: Sequence[Precedent] = PRECEDENTS,
) -> tuple[FunnelLine, ...]:
    """Report the funnel by feature and value, with forecasts of who comes against the quotas.

    The values of one feature learn from each other; features are looked at one by one.

    Args:
        counts: one for every value of every feature.
        came_before: people who were to come and who came to something before, by feature and value.
        kind: hall or panel.
        share: how much the intervals hold.
        precedents: what is known of the past.

    Returns:
        One line for every count, in their order.

    Raises:
        InputError: ``recruitment.doubled_value``, ``recruitment.bad_share``, ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``, twice for every feature.
    Source: ``response_of`` and ``attendance_of``.

    >>> women = FunnelCount("gender", "woman", sent=3000, yes=290, no=310, confirmed=260, least=170, most=200)
    >>> men = FunnelCount("gender", "man", sent=3000, yes=227, no=280, confirmed=227, least=170, most=200)
    >>> for line in funnel_of([women, men]):
    ...     print(line.count.value, line.present.low, line.present.high, round(line.shortfall, 2))
    woman 147 208 0.32
    man 128 182 0.75
    """
    need_share(share)
    for (feature, value), times in Counter((one.feature, one.value) for one in counts).items():
        if times > 1:
            raise InputError("recruitment.doubled_value", feature=feature, value=value)
    response, attendance = response_before(precedents), attendance_before(kind, precedents)
    lines = {}
    for feature in dict.fromkeys(one.feature for one in counts):
        here = [one for one in counts if one.feature == feature]
        answers = rates_of_groups(
            {one.value: Tally(one.sent, one.yes) for one in here}, response, spread=SPREAD_OF_ANSWERS
        )
        came = {one.value: (came_before or {}).get((feature, one.value), Tally(0, 0)) for one in here}
        comes = rates_of_groups(came, attendance, spread=SPREAD_OF_PRESENCE)
        lines.update({(feature, one.value): _line(one, answers, comes, share) for one in here})
    return tuple(lines[one.feature, one.value] for one in counts)


def _line(count: FunnelCount, answers: Hierarchy, comes: Hierarchy, share: float) -> FunnelLine:
    says_yes, is_there = answers.belief(count.value), comes.belief(count.value)
    low, high = (1 - share) / 2, (1 + share) / 2
    return FunnelLine(
        count,
        (says_yes.quantile(low), says_yes.mean, says_yes.quantile(high)),
        is_there.counts(count.confirmed, share),
        is_there.at_most(count.confirmed, count.least - 1),
        is_there.at_least(count.confirmed, count.most + 1),
    )
