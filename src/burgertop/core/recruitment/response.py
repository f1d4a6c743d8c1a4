"""How many letters: who answers yes by group, and how many letters make the pool large enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from burgertop.core.errors import InputError
from burgertop.core.recruitment.hierarchy import Hierarchy
from burgertop.core.recruitment.precedents import (
    PRECEDENTS,
    SPREAD_OF_ANSWERS,
    Precedent,
    rates_of_groups,
    response_before,
)
from burgertop.core.recruitment.rates import Belief, Interval, Tally, first_where, need_number, need_share

__all__ = ["GroupLetters", "LetterPlan", "letters_for", "response_of"]

_MOST_LETTERS = 10_000_000
_CUTS = 1000  # steps in which a pool factor is lowered to fit a budget


@dataclass(frozen=True, slots=True)
class GroupLetters:
    """Letters to one group.

    Args:
        group: its name.
        seats: seats it shall have.
        needed: respondents that the pool still needs.
        letters: letters to send now.
        yes: how many of these letters bring a yes, with the interval asked for.
        chance: how likely they bring as many as are needed.
        pool_factor: respondents for each seat that there are with the chance asked for.
    """

    group: str
    seats: int
    needed: int
    letters: int
    yes: Interval
    chance: float
    pool_factor: float


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Letters to every group.

    Args:
        groups: one by one.
        letters: all letters.
        yes: how many of all the letters bring a yes.
        together: how likely every group has all the respondents it needs, at the same time.
    """

    groups: tuple[GroupLetters, ...]
    letters: int
    yes: Interval
    together: float

    @property
    def pool_factor(self) -> float:
        """The least pool factor of a group that has seats."""
        return min((one.pool_factor for one in self.groups if one.seats), default=0.0)


def response_of(seen: Mapping[str, Tally], *, precedents: Sequence[Precedent] = PRECEDENTS) -> Hierarchy:
    """Estimate the share who say yes in every group, from the past and from this process's own letters.

    Args:
        seen: letters whose time to answer is over, and people who said yes, by group; ``Tally(0, 0)``
            for a group not written to yet.
        precedents: what is known of the past.

    Returns:
        The rates of the groups: ``belief(group)`` for each.

    Raises:
        InputError: ``recruitment.no_groups``, ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``.
    Source: a beta-binomial in three levels (processes, groups, people), as ``hierarchy_of``.

    >>> rates = response_of({"young": Tally(500, 15), "old": Tally(500, 60), "abroad": Tally(0, 0)})
    >>> [round(rates.belief(group).mean, 3) for group in rates.members]
    [0.035, 0.116, 0.083]
    """
    return rates_of_groups(seen, response_before(precedents), spread=SPREAD_OF_ANSWERS)


def letters_for(
    seats: Mapping[str, int],
    seen: Mapping[str, Tally],
    *,
    pool_factor: float = 3.0,
    chance: float = 0.9,
    budget: int | None = None,
    rows_left: Mapping[str, int] | None = None,
    share: float = 0.8,
    precedents: Sequence[Precedent] = PRECEDENTS,
) -> LetterPlan:
    """Say how many letters each group needs so that, most likely, enough people say yes.

    Args:
        seats: seats by group.
        seen: letters sent whose time is over and their yes by group; a group not named had none.
        pool_factor: respondents wanted for each seat, 1 or more.
        chance: how likely every group shall have them, each by itself.
        budget: most letters in all. If they do not suffice, the pool factor is lowered, the same for
            every group, until they do.
        rows_left: rows of the frame not written to yet, by group: no group gets more letters.
        share: how much the intervals hold.
        precedents: what is known of the past.

    Raises:
        InputError: ``recruitment.no_groups``, ``recruitment.bad_pool_factor``, ``recruitment.bad_share``,
            ``recruitment.negative_number``, ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``, and O(groups * points * log(letters)), times ten under a budget.
    Source: ``response_of``; letters are the least number whose posterior predictive tail is large enough.

    >>> plan = letters_for({"nl": 60, "fr": 40}, {})
    >>> [(one.group, one.needed, one.letters, one.yes.low, one.yes.high) for one in plan.groups]
    [('nl', 180, 4458, 180, 596), ('fr', 120, 2978, 120, 399)]
    """
    need_share(chance)
    if pool_factor < 1:
        raise InputError("recruitment.bad_pool_factor", pool_factor=pool_factor)
    for number in (*seats.values(), budget or 0, *(rows_left or {}).values()):
        need_number(number)
    rates = response_of({**dict.fromkeys(seats, Tally(0, 0)), **seen}, precedents=precedents)
    wish = _Wish(
        {group: rates.belief(group) for group in seats},
        seats,
        {group: seen[group].yes if group in seen else 0 for group in seats},
        {group: _MOST_LETTERS if rows_left is None else rows_left.get(group, 0) for group in seats},
        chance,
    )
    sent = wish.letters(pool_factor, budget)
    groups = tuple(wish.told(group, sent[group], pool_factor, share) for group in seats)
    together = rates.together(sent, {one.group: one.needed for one in groups})
    return LetterPlan(groups, sum(sent.values()), rates.total(sent).counts(share), together)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted of every group, what it had and how many letters it can get at most."""

    beliefs: Mapping[str, Belief]
    seats: Mapping[str, int]
    had: Mapping[str, int]
    most: Mapping[str, int]
    chance: float

    def needed(self, group: str, factor: float) -> int:
        # A factor such as 1.1 is not exact: 1.1 * 10 seats are 11 respondents, not 12.
        return max(0, ceil(round(factor * self.seats[group], 6)) - self.had[group])

    def letters(self, factor: float, budget: int | None) -> dict[str, int]:
        """The least letters by group; under a budget with the largest factor, in steps, that it allows."""
        sent = self._least(factor)
        if budget is None or sum(sent.values()) <= budget:
            return sent
        cuts = first_where(lambda cut: sum(self._least(factor * (1 - cut / _CUTS)).values()) <= budget, _CUTS)
        return self._least(factor * (1 - cuts / _CUTS))

    def told(self, group: str, letters: int, factor: float, share: float) -> GroupLetters:
        belief, needed = self.beliefs[group], self.needed(group, factor)
        surely = first_where(lambda number: belief.at_least(letters, number + 1) < self.chance, letters)
        return GroupLetters(
            group,
            self.seats[group],
            needed,
            letters,
            belief.counts(letters, share),
            belief.at_least(letters, needed),
            (self.had[group] + surely) / max(1, self.seats[group]),
        )

    def _least(self, factor: float) -> dict[str, int]:
        return {group: min(self.most[group], self._least_of(group, factor)) for group in self.seats}

    def _least_of(self, group: str, factor: float) -> int:
        belief, needed = self.beliefs[group], self.needed(group, factor)
        return first_where(lambda letters: belief.at_least(letters, needed) >= self.chance, _MOST_LETTERS)
