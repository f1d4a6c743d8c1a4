"""How a job tells how far it is, and learns that it should stop."""

import time
import uuid

from django.db import connection

from burgertop.core.errors import Param
from burgertop.foundation.freezing import rest_while_frozen
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.live.actions import publish

__all__ = ["Cancelled", "Progress"]

TELL_SECONDS = 0.5


class Cancelled(Exception):  # noqa: N818  # not an error: somebody asked for it
    """Somebody asked the job to stop."""


class Progress:
    """The line between a running job and the page that shows it."""

    def __init__(self, job_id: uuid.UUID, process_id: uuid.UUID | None) -> None:
        self.job_id = job_id
        self._process_id = process_id
        self._told_at = 0.0

    def tell(self, done: int, total: int, note_code: str = "", **note_params: Param) -> None:
        """Say how far the job is; written at most twice a second, and always at the end.

        Waits while the server is frozen. Call it between transactions, never inside one that you want to keep whole.

        Raises:
            Cancelled: somebody asked the job to stop.
        """
        if not connection.in_atomic_block:
            rest_while_frozen()
        now = time.monotonic()
        if now - self._told_at < TELL_SECONDS and done != total:
            return
        self._told_at = now
        Job.objects.filter(pk=self.job_id, state=JobState.RUNNING).update(
            done=done, total=total, note_code=note_code, note_params=note_params
        )
        tell_listeners(self.job_id, self._process_id, done, total)
        if Job.objects.filter(pk=self.job_id, is_cancel_asked=True).exists():
            raise Cancelled


def tell_listeners(job_id: uuid.UUID, process_id: uuid.UUID | None, done: int, total: int) -> None:
    """Tell the open pages that a job of a process has moved."""
    if process_id is not None:
        publish(f"job.{job_id}", {"job": str(job_id), "done": done, "total": total}, process_id=process_id)
