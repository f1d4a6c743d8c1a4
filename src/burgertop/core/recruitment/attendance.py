"""Who will come: from those who are to come to those present, and how many to confirm beyond the places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.recruitment.hierarchy import Hierarchy
from burgertop.core.recruitment.precedents import (
    PRECEDENTS,
    SPREAD_OF_PRESENCE,
    Kind,
    Precedent,
    attendance_before,
    rates_of_groups,
    response_before,
)
from burgertop.core.recruitment.rates import Interval, Tally, first_where, need_number, need_share

__all__ = [
    "GroupConfirmations",
    "Overbooking",
    "attendance_of",
    "overbook",
    "present_of_confirmed",
    "present_of_letters",
]


@dataclass(frozen=True, slots=True)
class GroupConfirmations:
    """One group: its places, how many to confirm, and how many of these will be present."""

    group: str
    places: int
    confirmed: int
    present: Interval


@dataclass(frozen=True, slots=True)
class Overbooking:
    """How many to confirm.

    Args:
        groups: one by one.
        confirmed: all who are to come.
        present: how many of them will be present.
        overflow: how likely more come than there are places.
        empty: places that are expected to stay empty.
    """

    groups: tuple[GroupConfirmations, ...]
    confirmed: int
    present: Interval
    overflow: float
    empty: float


def attendance_of(
    seen: Mapping[str, Tally], *, kind: Kind = Kind.HALL, precedents: Sequence[Precedent] = PRECEDENTS
) -> Hierarchy:
    """Estimate the share who come in every group, from the past and from what this process saw itself.

    Args:
        seen: people who were to come and who came, by group, to something before, such as an evening to
            get to know each other; ``Tally(0, 0)`` for a group of which nothing is known. A promise on
            the phone is not presence.
        kind: hall or panel.
        precedents: what is known of the past.

    Returns:
        The rates of the groups: ``belief(group)`` for each, ``total`` for sums.

    Raises:
        InputError: ``recruitment.no_groups``, ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``.
    Source: a beta-binomial in three levels (processes, groups, people), as ``hierarchy_of``.

    >>> rates = attendance_of({"young": Tally(0, 0), "old": Tally(0, 0)})
    >>> total = rates.total({"young": 200, "old": 317}).counts()
    >>> total.low, total.high
    (302, 405)
    """
    return rates_of_groups(seen, attendance_before(kind, precedents), spread=SPREAD_OF_PRESENCE)


def present_of_confirmed(
    confirmed: int, *, kind: Kind = Kind.HALL, share: float = 0.8, precedents: Sequence[Precedent] = PRECEDENTS
) -> Interval:
    """Forecast how many of those who are to come will be present, without groups.

    Raises:
        InputError: ``recruitment.bad_share``, ``recruitment.negative_number``, ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``.

    >>> others = [one for one in PRECEDENTS if one.process != "G1000 Amersfoort"]
    >>> forecast = present_of_confirmed(517, precedents=others)
    >>> forecast.low, forecast.high
    (291, 423)
    """
    return attendance_before(kind, precedents).newcomer().counts(confirmed, share)


def present_of_letters(letters: int, *, share: float = 0.8, precedents: Sequence[Precedent] = PRECEDENTS) -> Interval:
    """Forecast how many will be in the hall when so many letters are sent and everybody who says yes is welcome.

    Raises:
        InputError: ``recruitment.bad_share``, ``recruitment.negative_number``, ``recruitment.no_precedents``.

    Cost: as ``response_before``, and O(points ** 2).

    >>> others = [one for one in PRECEDENTS if one.process != "G1000 Amersfoort"]
    >>> forecast = present_of_letters(6000, precedents=others)
    >>> forecast.low, forecast.high
    (177, 560)
    """
    yes, comes = response_before(precedents).newcomer(), attendance_before(Kind.HALL, precedents).newcomer()
    return yes.and_then(comes).counts(letters, share)


def overbook(
    places: Mapping[str, int],
    seen: Mapping[str, Tally],
    *,
    overflow: float = 0.05,
    kind: Kind = Kind.HALL,
    share: float = 0.8,
    precedents: Sequence[Precedent] = PRECEDENTS,
) -> Overbooking:
    """Say how many to confirm in every group: as many as keep the risk of too many small.

    The more are confirmed, the fewer places stay empty; so the answer is the largest number with which
    more people than places come at most as likely as said. Groups that come less often get more.

    Args:
        places: places by group; the hall has their sum.
        seen: as ``attendance_of``; a group not named has nothing.
        overflow: how likely more may come than there are places.
        kind: hall or panel.
        share: how much the intervals hold.
        precedents: what is known of the past.

    Raises:
        InputError: ``recruitment.no_groups``, ``recruitment.bad_share``, ``recruitment.negative_number``,
            ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``, and O(log(places) * groups * cells * points).
    Source: overbooking under an uncertain rate: Rothstein (1985), OR and the airline overbooking
    problem, Operations Research 33(2).

    >>> plan = overbook({"nl": 600, "fr": 400}, {})
    >>> plan.confirmed, plan.present.low, plan.present.high, round(plan.empty)
    (1227, 721, 959, 161)
    """
    need_share(overflow)
    for number in places.values():
        need_number(number)
    rates = attendance_of({**dict.fromkeys(places, Tally(0, 0)), **seen}, kind=kind, precedents=precedents)
    beliefs = {group: rates.belief(group) for group in places}
    weights = {group: number / beliefs[group].mean for group, number in places.items()}
    hall = sum(places.values())

    def too_many(more: int) -> bool:
        return 1 - rates.total(_shared_out(hall + more, weights)).at_most(hall) > overflow

    more = first_where(too_many, 4 * hall)
    while more and too_many(more):
        more -= 1
    confirmed = _shared_out(hall + more, weights)
    total = rates.total(confirmed)
    groups = tuple(
        GroupConfirmations(group, places[group], number, beliefs[group].counts(number, share))
        for group, number in confirmed.items()
    )
    return Overbooking(
        groups, sum(confirmed.values()), total.counts(share), 1 - total.at_most(hall), total.lacking(hall)
    )


def _shared_out(number: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to the weights; the largest remainders are rounded up."""
    whole = sum(weights.values())
    exact = {group: number * weight / whole if whole else 0.0 for group, weight in weights.items()}
    shared = {group: int(part) for group, part in exact.items()}
    left = number - sum(shared.values()) if whole else 0
    for group in sorted(exact, key=lambda one: shared[one] - exact[one])[:left]:
        shared[group] += 1
    return shared
