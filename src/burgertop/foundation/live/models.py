"""The outbox of live pages: what changed, told by ids, read by the streams."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from burgertop.foundation.retention import Retention

__all__ = ["Message"]


class Message(models.Model):
    """One thing that changed. ``body`` holds ids and numbers only: a stream shows no words of anyone.

    ``number`` orders the messages and is the ``id`` of the event that a browser
    gives back when it returns; it stands in no address of a page.
    """

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "at"

    number = models.BigAutoField(primary_key=True)
    process_id = models.UUIDField()
    topic = models.CharField(max_length=120, db_index=True)
    body = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.topic}"
