"""Ballots of the hall, and from when on who may see the result."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from burgertop.foundation.ballotbox.models import Ballot, BallotState
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.rounds import Round

__all__ = ["HallBallot"]


class HallBallot(models.Model):
    """A ballot of the hall over the clusters of one round, and when its result was published.

    ``embargo_until``: the public sees the result from that moment on, the hall and the press before it. The moment is
    asked of the clock at every request; nothing has to run at that moment.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="hall_ballots")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hall_ballots")
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="in_hall")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="hall_ballot_number_once"),
        ]

    def __str__(self) -> str:
        return f"ballot {self.number} of the hall"

    @property
    def is_released(self) -> bool:
        """Whether the result was given out, if only to the hall and the press.

        A count that comes after the embargo's end is published by people.
        """
        if self.ballot.state != BallotState.COUNTED:
            return False
        counted, until = self.ballot.counted_at, self.embargo_until
        is_in_time = until is not None and counted is not None and counted <= until
        return self.published_at is not None or is_in_time

    def is_public(self, now: datetime) -> bool:
        """Whether everybody may see the result at this moment."""
        return self.is_released and (self.embargo_until is None or self.embargo_until <= now)

    def is_embargoed(self, now: datetime) -> bool:
        """Whether the public has to wait for the moment that was set."""
        return self.embargo_until is not None and now < self.embargo_until
