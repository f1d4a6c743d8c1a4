"""Ballots whose time is over are counted by the house itself; each stage says what follows from a count."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from burgertop.foundation.ballotbox.counting import close_and_count
from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.ballotbox.queries import due_ballots
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.wording import HouseError

__all__ = ["Closer", "Closing", "close_due", "register"]

log = logging.getLogger("burgertop.ballots")

Closer = Callable[[Ballot, datetime], object]
_closers: dict[StageKind, Closer] = {}


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of the ballots whose time was over."""

    counted: tuple[uuid.UUID, ...]
    failed: tuple[uuid.UUID, ...]


def register(kind: StageKind, closer: Closer) -> None:
    """Say who counts the ballots of a kind of stage, with all that follows; the last word counts."""
    _closers[kind] = closer


def close_due(*, now: datetime) -> Closing:
    """Count every ballot whose time is over; a second time, or beside an organiser who counts, changes nothing.

    Count and consequences are one transaction for each ballot. One that cannot be counted (its key
    is missing) keeps its envelopes, is written to the log, and does not hold up the others.
    """
    counted, failed = [], []
    for pk in list(due_ballots(now).order_by("closes_at", "pk").values_list("pk", flat=True)):
        try:
            _close(pk, now)
        except HouseError as error:
            log.warning("Ballot %s is over and cannot be counted: %s.", pk, error)
            failed.append(pk)
        else:
            counted.append(pk)
    return Closing(tuple(counted), tuple(failed))


@transaction.atomic
def _close(pk: uuid.UUID, now: datetime) -> None:
    ballot = Ballot.objects.select_related("stage__process").get(pk=pk)
    closer = _closers.get(StageKind(ballot.stage.kind))
    if closer is None:
        close_and_count(ballot, now=now)
    else:
        closer(ballot, now)
