"""The house's own regular work: forgetting what nobody needs any more."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from burgertop.foundation.jobs.actions import forget_old_jobs
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.live.actions import forget_old_messages

__all__ = ["forget_jobs", "forget_messages"]

HOUR_SECONDS = 3_600
DAY_SECONDS = 24 * HOUR_SECONDS
KEPT = timedelta(days=30)
FINISHED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


@job("live.forget_messages", every_seconds=HOUR_SECONDS)
def forget_messages(args: Args, progress: Progress) -> Result:
    """Delete the live messages of yesterday."""
    return {"forgotten": forget_old_messages()}


@job("jobs.forget_jobs", every_seconds=DAY_SECONDS)
def forget_jobs(args: Args, progress: Progress) -> Result:
    """Delete the jobs of a month ago, and the queue's own rows of them."""
    old = DBTaskResult.objects.filter(status__in=FINISHED, finished_at__lt=timezone.now() - KEPT)
    return {"jobs": forget_old_jobs(), "tasks": old.delete()[0]}
