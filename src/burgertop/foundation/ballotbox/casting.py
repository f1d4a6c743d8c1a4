"""While the vote is on: a paper is taken, kept, replaced by a newer one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from burgertop.foundation.ballotbox.kinds import MOTION_OPTIONS, check_paper, kind_of, ordered
from burgertop.foundation.ballotbox.locks import beside_others
from burgertop.foundation.ballotbox.models import Ballot, BallotKind, BallotState, Paper, SealedPaper
from burgertop.foundation.ballotbox.sealing import Unsealed, marks_of, receipt_for, seal, voter_mark
from burgertop.foundation.origins import Origin
from burgertop.foundation.wording import HouseError

__all__ = ["Vote", "cast", "cast_together"]

BATCH = 500
REFUSALS = {
    BallotState.DRAFT: "ballots.not_open",
    BallotState.OPEN: "ballots.closed",
    BallotState.COUNTED: "ballots.closed",
    BallotState.CANCELLED: "ballots.cancelled",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one voter puts into the box: the arguments of ``cast`` that differ from voter to voter."""

    voter: str
    choices: Sequence[int]
    origin: Origin
    once: uuid.UUID


@transaction.atomic
def cast_together(ballot: Ballot, votes: Sequence[Vote], *, now: datetime) -> list[str]:
    """Take many papers at once, as when they come in a file; all of them, or none when one is refused.

    The same as ``cast`` for each in turn, and as many queries for a thousand as for one, as long as nobody
    votes twice.

    Returns:
        The receipts, in the order of the votes.

    Raises:
        HouseError: as ``cast``.
    """
    beside_others(ballot.pk)
    current = Ballot.objects.get(pk=ballot.pk)
    if not current.is_open(now):
        raise HouseError(REFUSALS[BallotState(current.state)])
    kind = kind_of(current, MOTION_OPTIONS if current.kind == BallotKind.MOTION else current.options.count())
    seen = set(SealedPaper.objects.filter(ballot=current).values_list("voter", flat=True))
    rows, again, receipts = [], [], []
    for vote in votes:
        paper = Unsealed(ordered(kind, vote.choices), receipt_for(current.pk, vote.voter, vote.once))
        receipts.append(paper.receipt)
        mark = voter_mark(current.pk, vote.voter)
        if mark in seen:
            again.append(vote)
            continue
        seen.add(mark)
        check_paper(kind, paper.choices)
        number, content = marks_of(current.pk, vote.once, paper.choices)
        sealed = seal(bytes(current.public_key), paper, current.most_choices)
        rows.append(
            SealedPaper(
                ballot=current, voter=mark, once=number, content=content, origin=Origin(vote.origin), sealed=sealed
            )
        )
    SealedPaper.objects.bulk_create(rows, batch_size=BATCH)
    for vote in again:
        cast(current, voter=vote.voter, choices=vote.choices, origin=vote.origin, once=vote.once, now=now)
    return receipts


@transaction.atomic
def cast(ballot: Ballot, *, voter: str, choices: Sequence[int], origin: Origin, once: uuid.UUID, now: datetime) -> str:
    """Take a paper, seal it, and return its receipt; a newer paper of the same voter replaces it.

    The paper is kept when this returns outside a transaction. The same form sent again gives
    the same receipt, also after the close.

    Args:
        voter: who votes, as ``queries.voter_key`` says; only a keyed hash of it is kept.
        choices: numbers of options from 1 (a motion: 1 for, 2 against, 3 abstain), the best
            first in a ranking; none for a blank paper.
        origin: how the voter came in; results never add up across origins.
        once: the number of the form; a changed vote has a new one.
        now: the server's clock.

    Raises:
        HouseError: ``ballots.not_open``, ``ballots.closed``, ``ballots.cancelled``,
            ``ballots.once_reused``, ``ballots.paper_replaced``, or what is wrong with the choices.
    """
    beside_others(ballot.pk)
    current = Ballot.objects.get(pk=ballot.pk)
    kind = kind_of(current, MOTION_OPTIONS if current.kind == BallotKind.MOTION else current.options.count())
    paper = Unsealed(ordered(kind, choices), receipt_for(current.pk, voter, once))
    number, content = marks_of(current.pk, once, paper.choices)
    envelope = SealedPaper.objects.filter(ballot=current, voter=voter_mark(current.pk, voter))
    if not current.is_open(now):
        if _was_taken(current, envelope.filter(once=number, content=content), paper):
            return paper.receipt
        raise HouseError(REFUSALS[BallotState(current.state)])
    check_paper(kind, paper.choices)
    row, is_new = envelope.select_for_update().get_or_create(
        ballot=current,
        voter=voter_mark(current.pk, voter),
        defaults={
            "once": number,
            "content": content,
            "origin": Origin(origin),
            "sealed": seal(bytes(current.public_key), paper, current.most_choices),
        },
    )
    if not is_new and not _is_resend(row, number, content):
        row.spent = [*row.spent, row.once]
        row.once, row.content, row.origin = number, content, Origin(origin)
        row.sealed = seal(bytes(current.public_key), paper, current.most_choices)
        row.save(update_fields=["spent", "once", "content", "origin", "sealed"])
    return paper.receipt


def _is_resend(row: SealedPaper, number: str, content: str) -> bool:
    """Whether the row holds this very form; a form used twice for two votes is refused."""
    if row.once == number:
        if row.content != content:
            raise HouseError("ballots.once_reused")
        return True
    if number in row.spent:
        raise HouseError("ballots.paper_replaced")
    return False


def _was_taken(ballot: Ballot, same: QuerySet[SealedPaper], paper: Unsealed) -> bool:
    """Whether this form came in before the close, and only its answer was lost on the way."""
    if ballot.state == BallotState.OPEN:
        return same.exists()
    if ballot.state != BallotState.COUNTED:
        return False
    apart = (ballot.result or {}).get("too_few", [])
    if any(paper.receipt in group["receipts"] for group in apart):
        return True
    counted = Paper.objects.filter(ballot=ballot, receipt=paper.receipt).first()
    return counted is not None and counted.choices == list(paper.choices)
