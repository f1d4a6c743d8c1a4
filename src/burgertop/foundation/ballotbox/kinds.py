"""From a ballot's row to the core's kind of ballot, and from choices on a paper to the core's papers.

People and files number the options from 1, the core from 0.
"""

from collections.abc import Sequence

from burgertop.core.ballots import Approval, Kind, Motion, Ranking, rule_named
from burgertop.core.errors import InputError
from burgertop.foundation.ballotbox.models import Ballot, BallotKind
from burgertop.foundation.wording import HouseError

__all__ = ["MOTION_OPTIONS", "check_paper", "check_rule", "core_papers", "kind_of", "ordered"]

MOTION_OPTIONS = 3


def kind_of(ballot: Ballot, options: int) -> Kind:
    """Return the core's kind for a ballot with this many options.

    Raises:
        HouseError: the limits of the ballot do not fit its options.
    """
    try:
        if ballot.kind == BallotKind.MOTION:
            return Motion()
        if ballot.kind == BallotKind.RANKING:
            return Ranking(options=options, most=ballot.most_choices)
        return Approval(options=options, least=ballot.least_choices, most=ballot.most_choices)
    except InputError as error:
        raise HouseError(error.code, **error.params) from error


def check_rule(ballot: Ballot, kind: Kind) -> None:
    """Refuse a rule that is not known, or not made for this kind of ballot."""
    try:
        is_motion = rule_named(ballot.rule, kind).majority is not None
    except InputError as error:
        raise HouseError(error.code, **error.params) from error
    if not 1 <= ballot.seats <= (1 if is_motion else kind.options):
        raise HouseError("ballots.bad_winners", winners=ballot.seats, options=kind.options)


def check_paper(kind: Kind, choices: Sequence[int]) -> None:
    """Refuse choices (numbers from 1) that are not a valid paper; none at all is a blank one."""
    try:
        kind.check(tuple(choice - 1 for choice in choices))
    except InputError as error:
        raise HouseError(error.code, **error.params) from error


def ordered(kind: Kind, choices: Sequence[int]) -> tuple[int, ...]:
    """Return choices as they are sealed: sorted, unless their order is the vote.

    A paper must not tell in which order its voter saw the options.
    """
    return tuple(choices) if isinstance(kind, Ranking) else tuple(sorted(choices))


def core_papers(papers: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Return papers as the core counts them, options from 0."""
    return [tuple(choice - 1 for choice in paper) for paper in papers]
