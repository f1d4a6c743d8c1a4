"""What a table sends: cards it picked, read aloud and agreed with; and the keys of all that its devices brought."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.cards import Card
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = ["CardChange", "ChangeOutcome", "Handover", "HandoverCard"]


class Handover(models.Model):
    """Cards that a table sent at once, after it had heard them read aloud.

    ``sent_by`` is the device or the account, never a participant; ``agreed_at`` is when the server heard of it.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="handovers")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="handovers")
    once = models.UUIDField()
    is_late = models.BooleanField(default=False)
    sent_by = models.UUIDField(null=True, blank=True)
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["agreed_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "once"], name="handover_once")]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class HandoverCardSet(models.QuerySet["HandoverCard"]):
    """Named filters of cards that were sent."""

    def standing(self) -> "HandoverCardSet":
        """Those that were not called back."""
        return self.filter(called_back_at__isnull=True)


class HandoverCard(models.Model):
    """A card as it was agreed to: ``revision`` is the one that was read aloud. Calling it back leaves the row."""

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="cards")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="handovers")
    revision = models.PositiveIntegerField()
    called_back_at = models.DateTimeField(null=True, blank=True)
    called_back_by = models.UUIDField(null=True, blank=True)

    objects = HandoverCardSet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card"], condition=Q(called_back_at__isnull=True), name="card_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} sent"


class ChangeOutcome(models.TextChoices):
    """What became of a change that a device brought."""

    TAKEN = "taken", "taken"
    CONFLICT = "conflict", "conflict"
    REFUSED = "refused", "refused"


class CardChange(models.Model):
    """The key of one change that was brought to a table, so that the same key gets the same answer.

    ``digest`` is a keyed hash of what was asked: another request under the same key is refused. No words are kept.
    """

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "taken_at"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="changes")
    once = models.UUIDField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=ChangeOutcome)
    code = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict, blank=True)
    card = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "once"], name="change_key_once")]

    def __str__(self) -> str:
        return f"{self.once}: {self.outcome}"
