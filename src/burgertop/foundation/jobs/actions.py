"""Asking for long work, stopping it, and putting right what a killed worker left."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from burgertop.foundation.jobs.models import ENDED, Job, JobState
from burgertop.foundation.jobs.progress import tell_listeners
from burgertop.foundation.jobs.registry import Kind, kind_of, kinds
from burgertop.foundation.jobs.running import forget_lost_tasks, run_job, waiting_job_ids

__all__ = ["cancel", "mend_interrupted", "start", "start_due"]

MOST_TRIES = 3


@transaction.atomic
def start(
    kind: str,
    args: Mapping[str, object],
    *,
    process_id: uuid.UUID | None,
    actor_id: uuid.UUID | None,
    subject: uuid.UUID | None = None,
    now: datetime | None = None,
) -> Job:
    """Ask for a piece of long work; the worker begins when the caller's transaction is committed.

    ``args`` are plain JSON values without personal data; ``subject`` is the row the work is about.
    """
    kind_of(kind)
    job = Job.objects.create(
        kind=kind,
        args=dict(args),
        process_id=process_id,
        made_by=actor_id,
        subject=subject,
        made_at=now or timezone.now(),
    )
    run_job.enqueue(str(job.pk))
    job.refresh_from_db()
    return job


@transaction.atomic
def cancel(job: Job, *, now: datetime | None = None) -> Job:
    """Stop a job: at once when it waits, at its next step when it runs; an ended job stays as it is."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    waiting.update(state=JobState.CANCELLED, is_cancel_asked=True, ended_at=now or timezone.now())
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(is_cancel_asked=True)
    tell_listeners(job.pk, job.process_id, job.done, job.total)
    job.refresh_from_db()
    return job


@transaction.atomic
def mend_interrupted(*, now: datetime | None = None) -> tuple[Job, ...]:
    """Put right what a killed worker left behind; call it when no worker runs.

    Work that never began, and work that may be repeated, is asked for again, the latter three times
    at most; other work is marked as failed, with the reason. Returns the jobs that were touched.
    """
    forget_lost_tasks()
    waiting = waiting_job_ids()
    left = [job for job in Job.objects.exclude(state__in=ENDED) if str(job.pk) not in waiting]
    may_repeat = {kind.name for kind in kinds() if kind.may_repeat}
    for job in left:
        if job.is_cancel_asked:
            job.state, job.ended_at = JobState.CANCELLED, now or timezone.now()
        elif job.tries == 0 or (job.kind in may_repeat and job.tries < MOST_TRIES):
            job.state = JobState.WAITING
        else:
            job.state, job.ended_at, job.note_code = JobState.FAILED, now or timezone.now(), "jobs.interrupted"
        job.save()
        if job.state == JobState.WAITING:
            run_job.enqueue(str(job.pk))
    return tuple(left)


def start_due(*, now: datetime | None = None) -> tuple[Job, ...]:
    """Start the house's own regular work whose time has come and that has something to do."""
    moment = now or timezone.now()
    return tuple(
        start(kind.name, {}, process_id=None, actor_id=None, now=moment)
        for kind in kinds()
        if kind.every_seconds and (kind.when is None or kind.when(moment)) and not _was_started(kind, moment)
    )


def _was_started(kind: Kind, now: datetime) -> bool:
    since = now - timedelta(seconds=kind.every_seconds)
    return Job.objects.filter(kind=kind.name, made_at__gt=since).exists()
