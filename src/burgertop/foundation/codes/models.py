"""Personal codes: what a letter, a mail or a seat carries so that nobody needs an account."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from burgertop.foundation.process.models import Process
from burgertop.foundation.retention import Retention

__all__ = ["Attempts", "Code", "Space"]


class Space(models.Model):
    """The codes of one purpose in one process; counted and limited together."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="code_spaces")
    purpose = models.SlugField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "purpose"], name="one_space_per_purpose"),
        ]

    def __str__(self) -> str:
        return f"codes for {self.purpose}"


class Code(models.Model):
    """A code as the server knows it: a keyed hash, and the row it opens. The code itself is never stored."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="codes")
    keyed_hash = models.CharField(max_length=64, unique=True)
    subject = models.UUIDField(db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space", "subject"], condition=models.Q(replaced_at__isnull=True), name="one_standing_code"
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Attempts(models.Model):
    """How many wrong codes were typed in one window of time: per space, and per network (a keyed hash)."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "window"

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="attempts")
    network = models.CharField(max_length=64, blank=True)
    window = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "attempts"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "network", "window"], name="one_count_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} wrong at {self.window:%H:%M}"
