"""Which ballot belongs to a vote in the script: that over the clusters of the last round before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.stages.summit.models import HallBallot, ItemKind, Round
from burgertop.stages.summit.queries.script import Line, Script

__all__ = ["VoteItem", "vote_item_of"]


@dataclass(frozen=True, slots=True)
class VoteItem:
    """A vote of the script: the round it is about, its ballot, and how many papers are in."""

    round: Round | None
    ballot: HallBallot | None
    papers: int


def vote_item_of(script: Script, line: Line | None, ballots: Sequence[tuple[HallBallot, int]]) -> VoteItem | None:
    """What a vote of the script leads to: the newest ballot of its round that was not cancelled; none elsewhere."""
    if line is None or line.item.kind != ItemKind.VOTE:
        return None
    before = [one.item.round for one in script.lines if one.item.order < line.item.order and one.item.round is not None]
    if not before:
        return VoteItem(None, None, 0)
    standing = [
        (hall, papers)
        for hall, papers in ballots
        if hall.round_id == before[-1].pk and hall.ballot.state != BallotState.CANCELLED
    ]
    hall, papers = max(standing, key=lambda one: one[0].number, default=(None, 0))
    return VoteItem(before[-1], hall, papers)
