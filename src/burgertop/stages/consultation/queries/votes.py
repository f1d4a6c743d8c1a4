"""Reads of the vote on the themes."""

from burgertop.foundation.ballotbox.models import Ballot, BallotState
from burgertop.foundation.process.models import Stage

__all__ = ["vote_of"]


def vote_of(stage: Stage) -> Ballot | None:
    """The vote on the themes of this consultation: the newest that was not cancelled."""
    votes = Ballot.objects.filter(stage=stage).exclude(state=BallotState.CANCELLED)
    return votes.select_related("stage").prefetch_related("texts").order_by("created_at").last()
