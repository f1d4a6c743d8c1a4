"""A tally: papers checked, counted by a rule, options in order, ties told and not broken."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.core.ballots.kinds import FOR, Kind, Paper
from burgertop.core.ballots.rules import Rule, majority_share, rule_named
from burgertop.core.errors import InputError

__all__ = ["Tally", "tally_of"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a ballot came to.

    Args:
        rule: name of the rule.
        winners: places to be filled (1 for a motion).
        papers: all papers, blank and invalid ones too.
        blank: papers with nothing on them.
        invalid: papers that break the rules of the ballot.
        counts: votes or points of each option.
        order: options from best to worst, those with the same count together.
        chosen: options that have a place without doubt; for a motion ``(FOR,)`` if adopted.
        tied: options that share the places that are left; empty if none is.
        quorum: least number of papers for the result to stand.

    >>> Tally("approval_count", 1, 2, 0, 0, (1, 1), ((0, 1),), (), (0, 1)).open_places
    1
    """

    rule: str
    winners: int
    papers: int
    blank: int
    invalid: int
    counts: tuple[int, ...]
    order: tuple[tuple[int, ...], ...]
    chosen: tuple[int, ...]
    tied: tuple[int, ...]
    quorum: int = 0

    @property
    def has_quorum(self) -> bool:
        """Whether enough papers came in; blank and invalid papers count."""
        return self.papers >= self.quorum

    @property
    def open_places(self) -> int:
        """Places that the tied options share."""
        return self.winners - len(self.chosen) if self.tied else 0


def tally_of(kind: Kind, papers: Sequence[Paper], *, rule: str, winners: int = 1, quorum: int = 0) -> Tally:
    """Count papers by a rule.

    Args:
        kind: the kind of ballot, which says what is a valid paper.
        papers: the papers; ``()`` is a blank one.
        rule: name of the rule, see ``RULES``.
        winners: places to be filled; 1 for a motion.
        quorum: least number of papers; below it nothing is chosen.

    Returns:
        The tally. Ties at the last place are returned in ``tied``: break them with
        ``break_tie`` or in another way, but let people see it.

    Raises:
        InputError: ``ballots.unknown_rule``, ``ballots.rule_not_for_kind``,
            ``ballots.bad_winners``, ``ballots.bad_quorum``.

    Cost: O(papers * choices + options log options).

    >>> from burgertop.core.ballots import Approval
    >>> tally = tally_of(
    ...     Approval(4, 1, 2), [(0, 1), (0, 2), (), (0, 9)], rule="approval_count", winners=2
    ... )
    >>> tally.counts, tally.chosen, tally.tied, tally.blank, tally.invalid
    ((2, 1, 1, 0), (0,), (1, 2), 1, 1)
    """
    by = rule_named(rule, kind)
    if not 1 <= winners <= (1 if by.majority else kind.options):
        raise InputError("ballots.bad_winners", winners=winners, options=kind.options)
    if quorum < 0:
        raise InputError("ballots.bad_quorum", quorum=quorum)
    valid = [paper for paper in papers if paper and _is_valid(kind, paper)]
    blank = sum(1 for paper in papers if not paper)
    counts = by.count(valid, kind.options)
    order = _order_of(counts)
    chosen, tied = _result(by, counts, order, winners)
    if len(papers) < quorum:
        chosen, tied = (), ()
    return Tally(
        rule=rule,
        winners=winners,
        papers=len(papers),
        blank=blank,
        invalid=len(papers) - len(valid) - blank,
        counts=counts,
        order=order,
        chosen=chosen,
        tied=tied,
        quorum=quorum,
    )


def _is_valid(kind: Kind, paper: Paper) -> bool:
    try:
        kind.check(paper)
    except InputError:
        return False
    return True


def _order_of(counts: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    options: defaultdict[int, list[int]] = defaultdict(list)
    for option, count in enumerate(counts):
        options[count].append(option)
    return tuple(tuple(options[count]) for count in sorted(options, reverse=True))


def _result(
    rule: Rule, counts: tuple[int, ...], order: tuple[tuple[int, ...], ...], winners: int
) -> tuple[Paper, Paper]:
    if rule.majority is not None:
        _, is_adopted = majority_share(counts, rule.majority)
        return (FOR,) if is_adopted else (), ()
    chosen: Paper = ()
    for group in order:
        if len(chosen) + len(group) > winners:
            return chosen, group if len(chosen) < winners else ()
        chosen += group
    return chosen, ()
