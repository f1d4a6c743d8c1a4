"""Photos of the flip charts, as the devices of the tables took them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = ["Photo", "PhotoType"]


class PhotoType(models.TextChoices):
    """What a photo may be; the ending of its file is the last part."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"


class Photo(models.Model):
    """A photo of what stands on a table's flip chart in a round: for the staff and the table, never public.

    The id is made by the device. ``digest`` is that of the bytes as they were brought; stored they are without place,
    moment and camera.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="photos")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="photos")
    type = models.CharField(max_length=20, choices=PhotoType)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    image = models.BinaryField()
    taken_by = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["table__number", "taken_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "table", "digest"], name="photo_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "table"], name="photos_of_table")]

    def __str__(self) -> str:
        return f"photo {self.pk}"
