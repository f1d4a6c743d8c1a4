"""Reads about ballots. None of them can tell what somebody voted."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from burgertop.core.ballots import order_for
from burgertop.foundation.ballotbox.models import Ballot, BallotKind, BallotState, Option, SealedPaper
from burgertop.foundation.ballotbox.published import PublishedPaper, export, papers_of
from burgertop.foundation.ballotbox.results import Group, Result, Row, TooFew, result_from
from burgertop.foundation.ballotbox.sealing import voter_mark
from burgertop.foundation.ballotbox.voters import voter_key
from burgertop.foundation.process.models import Stage

__all__ = [
    "Group",
    "PublishedPaper",
    "Result",
    "Row",
    "TooFew",
    "ballot_for",
    "ballots_of",
    "due_ballots",
    "export",
    "has_voted",
    "options_for",
    "papers_in",
    "papers_of",
    "result_of",
    "voter_key",
]


def ballot_for(pk: uuid.UUID, stage: Stage | None = None) -> Ballot:
    """Return a ballot with its texts (of this stage, when given), or answer "not found"."""
    ballots = Ballot.objects.select_related("stage").prefetch_related("texts")
    return get_object_or_404(ballots, pk=pk, **({"stage": stage} if stage else {}))


def ballots_of(stage: Stage, subjects: Sequence[uuid.UUID] | None = None) -> QuerySet[Ballot]:
    """The ballots of a stage (about these rows, when given), the oldest first, with their texts."""
    ballots = Ballot.objects.filter(stage=stage).prefetch_related("texts")
    return ballots if subjects is None else ballots.filter(subject__in=subjects)


def due_ballots(now: datetime) -> QuerySet[Ballot]:
    """The ballots whose time is over and that are not counted yet."""
    return Ballot.objects.filter(state=BallotState.OPEN, closes_at__lte=now)


def options_for(ballot: Ballot, voter: str = "") -> list[Option]:
    """The options, with texts, in this voter's own order, the same at each visit.

    A motion keeps its order, as does a ballot that was not opened yet or has no voter to ask for.
    """
    options = list(ballot.options.prefetch_related("texts"))
    if not voter or not ballot.order_seed or ballot.kind == BallotKind.MOTION:
        return options
    order = order_for(len(options), seed=ballot.order_seed, voter=voter_mark(ballot.pk, voter))
    return [options[place] for place in order]


def has_voted(ballot: Ballot, voter: str) -> bool:
    """Whether this voter's paper is in the box; after the count nobody can tell any more."""
    return SealedPaper.objects.filter(ballot=ballot, voter=voter_mark(ballot.pk, voter)).exists()


def papers_in(ballot: Ballot) -> int:
    """How many papers are in the box, or were handed in once it is counted."""
    if ballot.state == BallotState.COUNTED:
        return int((ballot.result or {})["handed_in"])
    return ballot.sealed_papers.count()


def result_of(ballot: Ballot) -> Result | None:
    """The result of a counted ballot, with the texts of its options; None before the count."""
    if ballot.state != BallotState.COUNTED:
        return None
    options = ballot.options.prefetch_related("texts")
    return result_from(ballot, {option.number: option for option in options})
