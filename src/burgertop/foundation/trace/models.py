"""Links between rows of different stages: this came from that."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from burgertop.foundation.retention import Retention

__all__ = ["Link"]


class Link(models.Model):
    """The later thing came from the earlier one. Kinds are words such as ``idea``, ``theme``, ``card``."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process_id = models.UUIDField(db_index=True)
    later_kind = models.CharField(max_length=30)
    later_id = models.UUIDField()
    earlier_kind = models.CharField(max_length=30)
    earlier_id = models.UUIDField()
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["later_kind", "later_id", "earlier_kind", "earlier_id"], name="one_link_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["later_kind", "later_id"], name="trace_back"),
            models.Index(fields=["earlier_kind", "earlier_id"], name="trace_forth"),
        ]

    def __str__(self) -> str:
        return f"{self.later_kind} from {self.earlier_kind}"
