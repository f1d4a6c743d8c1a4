"""The public record of a process: what was decided, line after line, never changed."""

import uuid
from typing import ClassVar

from django.db import models

from burgertop.foundation.retention import Retention

__all__ = ["Entry"]


class Entry(models.Model):
    """One line. Its digest covers the line before it; the database refuses change and deletion.

    ``facts`` are plain values and hold no personal data.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process_id = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["process_id", "number"]
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process_id", "number"], name="record_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
