"""Rules that turn valid papers into counts, by name; each with its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from burgertop.core.ballots.kinds import (
    ABSTAIN,
    AGAINST,
    FOR,
    Approval,
    Kind,
    Motion,
    Paper,
    Ranking,
    Score,
)
from burgertop.core.errors import InputError

__all__ = [
    "RULES",
    "Majority",
    "Rule",
    "approval_count",
    "borda",
    "majority_share",
    "rule_named",
    "score_sum",
    "votes_per_option",
]


@dataclass(frozen=True, slots=True)
class Majority:
    """The share of votes for a motion that adopts it.

    Args:
        threshold: the share, above 0 and at most 1.
        is_strict: whether the share must be above the threshold rather than reach it.
        counts_abstentions: whether abstentions count among the votes.

    Raises:
        InputError: ``ballots.bad_threshold``.

    >>> Majority(Fraction(2, 3)).is_strict
    False
    """

    threshold: Fraction
    is_strict: bool = False
    counts_abstentions: bool = False

    def __post_init__(self) -> None:
        """Refuse a threshold that everything or nothing would pass."""
        if not 0 < self.threshold <= 1 or (self.is_strict and self.threshold == 1):
            raise InputError("ballots.bad_threshold", threshold=str(self.threshold))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the kind of ballot it is for, how it counts, where it comes from.

    >>> RULES["borda"].kind is Ranking
    True
    """

    name: str
    kind: type[Kind]
    count: Callable[[Sequence[Paper], int], tuple[int, ...]]
    source: str
    majority: Majority | None = None


def approval_count(papers: Sequence[Paper], options: int) -> tuple[int, ...]:
    """Count for each option the papers that choose it.

    Args:
        papers: valid papers of the kind ``Approval``.
        options: number of options.

    Returns:
        One count per option.

    Cost: O(papers * choices).
    Source: Brams and Fishburn (1978), Approval voting, American Political Science Review
    72(3), 831-847 (with a limit on choices: limited voting, "3 of 25").

    >>> approval_count([(0, 2), (2,), (1, 2)], 3)
    (1, 1, 3)
    """
    return votes_per_option(papers, options)


def votes_per_option(papers: Sequence[Paper], options: int) -> tuple[int, ...]:
    """Count how often each option is named.

    Args:
        papers: papers that name options.
        options: number of options.

    Returns:
        One count per option.

    Cost: O(papers * choices).

    >>> votes_per_option([(0,), (0,), (2,)], 3)
    (2, 0, 1)
    """
    counts = [0] * options
    for paper in papers:
        for option in paper:
            counts[option] += 1
    return tuple(counts)


def borda(papers: Sequence[Paper], options: int) -> tuple[int, ...]:
    """Give each option one point for every option ranked, or left unranked, below it.

    The first of n options gets n - 1 points, the second n - 2, and so on. Options a paper does
    not rank get 0 points from it ("pessimistic" counting of short papers).

    Args:
        papers: valid papers of the kind ``Ranking``.
        options: number of options.

    Returns:
        The points of each option.

    Cost: O(papers * choices).
    Source: Borda (1784), Memoire sur les elections au scrutin; short papers: Baumeister et al.
    (2012), Campaigns for lazy voters: truncated ballots, AAMAS 2012.

    >>> borda([(0, 1, 2), (0, 2, 1), (1,)], 3)
    (4, 3, 1)
    """
    points = [0] * options
    for paper in papers:
        for place, option in enumerate(paper):
            points[option] += options - 1 - place
    return tuple(points)


def score_sum(papers: Sequence[Paper], options: int) -> tuple[int, ...]:
    """Add up the points of each option.

    Args:
        papers: valid papers of the kind ``Score``.
        options: number of options.

    Returns:
        The points of each option.

    Cost: O(papers * options).
    Source: Smith (2000), Range voting, NEC Research.

    >>> score_sum([(5, 0), (2, 3)], 2)
    (7, 3)
    """
    return tuple(sum(paper[option] for paper in papers) for option in range(options))


def majority_share(counts: Sequence[int], majority: Majority) -> tuple[Fraction | None, bool]:
    """Tell the share of the votes for a motion and whether it is enough.

    Args:
        counts: votes for, against, abstentions.
        majority: the share needed.

    Returns:
        The exact share, None when no vote counts, and whether the motion is adopted.

    Cost: O(1).
    Source: May (1952), A set of independent necessary and sufficient conditions for simple
    majority decision, Econometrica 20(4), 680-684.

    >>> majority_share((16, 8, 0), Majority(Fraction(2, 3)))
    (Fraction(2, 3), True)
    >>> majority_share((12, 12, 8), Majority(Fraction(1, 2), is_strict=True))
    (Fraction(1, 2), False)
    """
    total = counts[FOR] + counts[AGAINST]
    if majority.counts_abstentions:
        total += counts[ABSTAIN]
    if total == 0:
        return None, False
    share = Fraction(counts[FOR], total)
    is_above = share > majority.threshold
    return share, is_above or (share == majority.threshold and not majority.is_strict)


def rule_named(name: str, kind: Kind) -> Rule:
    """Find a rule for a kind of ballot.

    Args:
        name: one of ``RULES``.
        kind: the ballot it is to be used for.

    Raises:
        InputError: ``ballots.unknown_rule``, ``ballots.rule_not_for_kind``.

    >>> rule_named("borda", Motion())
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('ballots.rule_not_for_kind', {'rule': 'borda', \
'kind': 'Motion'})
    """
    if name not in RULES:
        raise InputError("ballots.unknown_rule", rule=name, rules=tuple(RULES))
    if not isinstance(kind, RULES[name].kind):
        raise InputError("ballots.rule_not_for_kind", rule=name, kind=type(kind).__name__)
    return RULES[name]


def _majority_rules() -> list[Rule]:
    half = Majority(Fraction(1, 2), is_strict=True)
    source = "May (1952), Econometrica 20(4); the larger shares are rules of assemblies"
    return [
        Rule(name + ending, Motion, votes_per_option, source, majority)
        for name, plain in (
            ("majority_half", half),
            ("majority_two_thirds", Majority(Fraction(2, 3))),
            ("majority_four_fifths", Majority(Fraction(4, 5))),
        )
        for ending, majority in (
            ("", plain),
            ("_of_all", Majority(plain.threshold, plain.is_strict, counts_abstentions=True)),
        )
    ]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("approval_count", Approval, approval_count, "Brams and Fishburn (1978)"),
            Rule("borda", Ranking, borda, "Borda (1784); Baumeister et al. (2012)"),
            Rule("score_sum", Score, score_sum, "Smith (2000)"),
            *_majority_rules(),
        )
    }
)
