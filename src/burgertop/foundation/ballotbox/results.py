"""The result of a ballot as pages read it: one table for each origin, never a sum across them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from burgertop.foundation.ballotbox.models import Ballot, BallotKind, Option
from burgertop.foundation.origins import Origin

__all__ = ["RULE_WORDS", "Group", "Result", "Row", "TooFew", "result_from"]

RULE_WORDS: Mapping[str, Promise] = MappingProxyType(
    {
        "approval_count": gettext_lazy("Every circle that was filled in is one vote. The most votes win."),
        "borda": gettext_lazy(
            "An option gets one point for each option below it on a paper, and none where it has no place. "
            "The most points win."
        ),
        "majority_half": gettext_lazy(
            "Adopted with more than half of the votes for and against; abstentions are left out."
        ),
        "majority_half_of_all": gettext_lazy("Adopted with more than half of all votes; abstentions count as votes."),
        "majority_two_thirds": gettext_lazy(
            "Adopted with at least two thirds of the votes for and against; abstentions are left out."
        ),
        "majority_two_thirds_of_all": gettext_lazy(
            "Adopted with at least two thirds of all votes; abstentions count as votes."
        ),
        "majority_four_fifths": gettext_lazy(
            "Adopted with at least four fifths of the votes for and against; abstentions are left out."
        ),
        "majority_four_fifths_of_all": gettext_lazy(
            "Adopted with at least four fifths of all votes; abstentions count as votes."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One option in one group: votes (or points), and their share of what counts, in 0..1."""

    option: Option
    number: int
    votes: int
    share: float | None
    is_chosen: bool
    is_tied: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What the voters of one origin said; ``rows`` from most to fewest votes, a motion as it was asked."""

    origin: Origin
    papers: int
    valid: int
    blank: int
    invalid: int
    unreadable: int
    rows: tuple[Row, ...]
    chosen: tuple[int, ...]
    tied: tuple[int, ...]
    open_places: int

    @property
    def is_adopted(self) -> bool:
        """Whether a motion has its majority."""
        return 1 in self.chosen

    @property
    def most_votes(self) -> int:
        """The votes of the option with the most; the scale of the bars."""
        return max((row.votes for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class TooFew:
    """A group that is too small to be counted apart."""

    origin: Origin
    papers: int


@dataclass(frozen=True, slots=True)
class Result:
    """A counted ballot."""

    ballot: Ballot
    handed_in: int
    eligible: int | None
    turnout: float | None
    quorum: int
    has_quorum: bool
    groups: tuple[Group, ...]
    too_few: tuple[TooFew, ...]

    @property
    def is_motion(self) -> bool:
        """Whether the question was for, against or abstain."""
        return self.ballot.kind == BallotKind.MOTION

    @property
    def rule(self) -> str:
        """The rule of the count, in words."""
        return str(RULE_WORDS[self.ballot.rule])

    @property
    def has_points(self) -> bool:
        """Whether rows count points (a ranking) and not votes."""
        return self.ballot.kind == BallotKind.RANKING

    @property
    def main(self) -> Group | None:
        """The group with the most papers; what a screen shows first."""
        return max(self.groups, key=lambda group: group.papers, default=None)

    def group_of(self, origin: Origin) -> Group | None:
        """The group of one origin, if it was counted."""
        return next((group for group in self.groups if group.origin == origin), None)


def result_from(ballot: Ballot, options: Mapping[int, Option]) -> Result:
    """Read the stored result of a counted ballot; ``options`` are its options by number."""
    stored: dict[str, Any] = ballot.result or {}
    return Result(
        ballot=ballot,
        handed_in=stored["handed_in"],
        eligible=stored["eligible"],
        turnout=stored["turnout"],
        quorum=stored["quorum"],
        has_quorum=stored["has_quorum"],
        groups=tuple(_group(ballot, group, options) for group in stored["groups"]),
        too_few=tuple(TooFew(Origin(group["origin"]), group["papers"]) for group in stored["too_few"]),
    )


def _group(ballot: Ballot, stored: Mapping[str, Any], options: Mapping[int, Option]) -> Group:
    rows = [
        Row(
            option=options[row["option"]],
            number=row["option"],
            votes=row["votes"],
            share=row["share"],
            is_chosen=row["option"] in stored["chosen"],
            is_tied=row["option"] in stored["tied"],
        )
        for row in stored["rows"]
    ]
    if ballot.kind != BallotKind.MOTION:
        rows.sort(key=lambda row: (-row.votes, row.number))
    return Group(
        origin=Origin(stored["origin"]),
        papers=stored["papers"],
        valid=stored["valid"],
        blank=stored["blank"],
        invalid=stored["invalid"],
        unreadable=stored["unreadable"],
        rows=tuple(rows),
        chosen=tuple(stored["chosen"]),
        tied=tuple(stored["tied"]),
        open_places=stored["open_places"],
    )
