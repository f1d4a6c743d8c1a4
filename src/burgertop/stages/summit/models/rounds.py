"""Rounds: one question for all tables, for a while."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded

__all__ = ["Round", "RoundKind", "RoundState", "RoundText"]


class RoundKind(models.TextChoices):
    """What the tables are asked to write."""

    VISION = "vision", pgettext_lazy("round kind", "visions")
    PRINCIPLE = "principle", pgettext_lazy("round kind", "principles")
    PRIORITY = "priority", pgettext_lazy("round kind", "priorities")
    PROPOSAL = "proposal", pgettext_lazy("round kind", "proposals")
    FREE = "free", pgettext_lazy("round kind", "whatever the table chooses")


class RoundState(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", pgettext_lazy("round state", "planned")
    OPEN = "open", pgettext_lazy("round state", "under way")
    CLOSED = "closed", pgettext_lazy("round state", "done")


class Round(Worded):
    """One question for all tables, for a while. Texts: question, introduction.

    ``theme`` is a theme of the consultation. The tables write until an organiser closes
    the round; how long it lasts stands in its item of the script, which only moves the clock.
    ``seat_digest`` is the fingerprint of the seats as they were drawn.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=RoundKind, default=RoundKind.PROPOSAL)
    theme = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PLANNED)
    cards_limit = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(50)])
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    seat_seed = models.CharField(max_length=200, blank=True)
    seat_digest = models.CharField(max_length=64, blank=True)
    seated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["stage"], condition=Q(state="open"), name="one_open_round"),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(opened_at__isnull=False), name="round_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether the tables may write now."""
        return self.state == RoundState.OPEN


class RoundText(TextRow):
    """A text of a round in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="texts")
