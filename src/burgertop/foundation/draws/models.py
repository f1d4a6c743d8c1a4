"""A draw: its pool, its quotas, its public chance, and who was drawn."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention

__all__ = ["Draw", "DrawState", "Member", "QuotaRow", "Standing"]


class DrawState(models.TextChoices):
    """Where a draw stands."""

    PREPARING = "preparing", pgettext_lazy("draw state", "being prepared")
    COMMITTED = "committed", pgettext_lazy("draw state", "sealed: pool and quotas can no longer change")
    DRAWN = "drawn", pgettext_lazy("draw state", "drawn")


class Standing(models.TextChoices):
    """What the draw made of a member of the pool."""

    IN_POOL = "in_pool", pgettext_lazy("standing", "in the pool")
    DRAWN = "drawn", pgettext_lazy("standing", "drawn")
    LEFT = "left", pgettext_lazy("standing", "left")
    REPLACEMENT = "replacement", pgettext_lazy("standing", "replacement")


class Draw(models.Model):
    """One draw of some seats from one pool."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="draws")
    name = models.SlugField(max_length=40)
    seats = models.PositiveIntegerField()
    features = models.JSONField(default=list)
    rule = models.CharField(max_length=40, default="random-objective")
    state = models.CharField(max_length=12, choices=DrawState, default=DrawState.PREPARING)
    input_digest = models.CharField(max_length=64, blank=True)
    public_seed = models.CharField(max_length=200, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)
    version = models.CharField(max_length=20, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "name"], name="draw_name_once"),
            models.CheckConstraint(condition=models.Q(seats__gt=0), name="draw_has_seats"),
        ]

    def __str__(self) -> str:
        return f"draw {self.name}"


class QuotaRow(models.Model):
    """Least and most seats of one value of one feature."""

    retention: ClassVar = Retention.RECORD

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="quotas")
    feature = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    least_flex = models.PositiveIntegerField(null=True, blank=True)
    most_flex = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "feature", "value"], name="one_quota_per_value"),
            models.CheckConstraint(condition=models.Q(most__gte=models.F("least")), name="quota_most_not_below_least"),
        ]

    def __str__(self) -> str:
        return f"{self.feature} {self.value}: {self.least} to {self.most}"


class Member(models.Model):
    """A participant in the pool of a draw, and what became of it. ``number`` is the row in the pool."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="drawn_in")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=20, choices=Origin)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.IN_POOL)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "participant"], name="once_in_a_pool"),
            models.UniqueConstraint(fields=["draw", "number"], name="pool_number_once"),
        ]

    def __str__(self) -> str:
        return f"member {self.number}"
