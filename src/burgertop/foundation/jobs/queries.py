"""Reads of long work."""

import uuid

from django.db.models import QuerySet

from burgertop.foundation.jobs.models import ENDED, Job
from burgertop.foundation.wording import HouseError, say

__all__ = ["job_of", "jobs_of", "note_of", "running_for"]


def jobs_of(process_id: uuid.UUID) -> QuerySet[Job]:
    """The jobs of a process, newest first."""
    return Job.objects.filter(process_id=process_id)


def job_of(process_id: uuid.UUID, job_id: uuid.UUID) -> Job | None:
    """A job of this process, when it has one by that id."""
    return jobs_of(process_id).filter(pk=job_id).first()


def running_for(subject: uuid.UUID, kind: str = "") -> Job | None:
    """The job about a row that has not ended yet, newest first."""
    jobs = Job.objects.filter(subject=subject).exclude(state__in=ENDED)
    return (jobs.filter(kind=kind) if kind else jobs).first()


def note_of(job: Job) -> str:
    """What the job says of itself, as a sentence; empty when it says nothing."""
    return say(HouseError.kept(job.note_code, job.note_params)) if job.note_code else ""
