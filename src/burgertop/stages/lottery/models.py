"""What the lottery stage keeps beside the draw itself: the files taken in."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.retention import Retention

__all__ = ["Intake"]


class Intake(models.Model):
    """A file that was taken into a draw, once; the file itself is not kept."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "taken_at"

    class Kind(models.TextChoices):
        """What the file brought."""

        POOL = "pool", pgettext_lazy("file", "the pool")
        QUOTAS = "quotas", pgettext_lazy("file", "the quotas")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="intakes")
    kind = models.CharField(max_length=10, choices=Kind)
    once = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rows} rows"
