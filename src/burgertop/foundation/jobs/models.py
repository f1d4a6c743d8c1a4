"""Long work: what was asked, how far it is, what came out."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.retention import Retention

__all__ = ["Job", "JobState"]


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", pgettext_lazy("job state", "waiting")
    RUNNING = "running", pgettext_lazy("job state", "running")
    DONE = "done", pgettext_lazy("job state", "done")
    FAILED = "failed", pgettext_lazy("job state", "failed")
    CANCELLED = "cancelled", pgettext_lazy("job state", "cancelled")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(models.Model):
    """One piece of long work. ``args``, ``note_params`` and ``result`` hold ids and numbers, no personal data."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "ended_at"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process_id = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    is_cancel_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note_code = models.CharField(max_length=80, blank=True)
    note_params = models.JSONField(default=dict, blank=True)
    result = models.JSONField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "-made_at"], name="jobs_newest_of_kind"),
            models.Index(fields=["state"], name="jobs_by_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(state__in=ENDED), name="job_ended_has_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to this job."""
        return self.state in ENDED

    @property
    def share(self) -> float:
        """How far the job is, 0..1; 0 while the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def topic(self) -> str:
        """The live topic that tells of this job."""
        return f"job.{self.id}"
