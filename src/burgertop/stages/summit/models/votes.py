"""Ballots of the hall."""

import uuid
from typing import ClassVar

from django.db import models

from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.rounds import Round

__all__ = ["HallBallot"]


class HallBallot(models.Model):
    """A ballot of the hall over the clusters of one round, and when its result was published."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="hall_ballots")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hall_ballots")
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="in_hall")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="hall_ballot_number_once"),
        ]

    def __str__(self) -> str:
        return f"ballot {self.number} of the hall"
