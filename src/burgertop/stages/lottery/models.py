"""What the lottery stage keeps beside the draw itself: files taken in, and the ceremony announced."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.retention import Retention

__all__ = ["Ceremony", "Chance", "Intake"]


class Chance(models.TextChoices):
    """Where the chance of a draw comes from; announced before it is known."""

    DICE = "dice", pgettext_lazy("chance", "dice thrown in public")
    PUBLIC_TEXT = "public_text", pgettext_lazy("chance", "a public text, such as the numbers of a national lottery")


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


class Ceremony(models.Model):
    """The public moment of a draw: where the chance will come from, and the job that draws."""

    retention: ClassVar = Retention.RECORD

    draw = models.OneToOneField(Draw, on_delete=models.CASCADE, related_name="ceremony", primary_key=True)
    chance = models.CharField(max_length=12, choices=Chance, default=Chance.DICE)
    source = models.CharField(max_length=200)
    announced_at = models.DateTimeField(default=timezone.now)
    job = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return f"ceremony of {self.draw_id}"
