"""The one task that the queue knows: run a job, and write down how it ended."""

import logging
import uuid

from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from burgertop.core.errors import CoreError, Param
from burgertop.foundation.freezing import rest_while_frozen
from burgertop.foundation.full_disk import note_full
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.progress import Cancelled, Progress, tell_listeners
from burgertop.foundation.jobs.registry import Result, kind_of
from burgertop.foundation.wording import HouseError

__all__ = ["forget_lost_tasks", "run_job", "waiting_job_ids"]

log = logging.getLogger("burgertop.jobs")


@task()
def run_job(job_id: str) -> None:
    """Run a job that waits, not before the server may write; one that was cancelled or taken already is left alone."""
    rest_while_frozen()
    key = uuid.UUID(job_id)
    taken = Job.objects.filter(pk=key, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now(), tries=F("tries") + 1
    )
    if not taken:
        return
    job = Job.objects.get(pk=key)
    progress = Progress(job.pk, job.process_id)
    try:
        result = kind_of(job.kind).work(dict(job.args), progress)
    except Cancelled:
        _end(job, JobState.CANCELLED)
    except (CoreError, HouseError) as error:
        _end(job, JobState.FAILED, note_code=error.code, note_params=error.params)
    except Exception as error:
        if not note_full(error):
            log.exception("Job %s (%s) failed.", job.pk, job.kind)
        _end(job, JobState.FAILED, note_code="jobs.failed")
    else:
        _end(job, JobState.DONE, result=result)


def _end(
    job: Job,
    state: JobState,
    *,
    result: Result | None = None,
    note_code: str = "",
    note_params: dict[str, Param] | None = None,
) -> None:
    job.refresh_from_db()
    job.state, job.ended_at = state, timezone.now()
    job.note_code, job.note_params, job.result = note_code, note_params or {}, result
    job.save(update_fields=["state", "ended_at", "note_code", "note_params", "result"])
    tell_listeners(job.pk, job.process_id, job.done, job.total)


def forget_lost_tasks() -> int:
    """Close the queue's own rows that a killed worker had begun; return how many."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path=run_job.module_path)
    return lost.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.InterruptedError",
        traceback="The worker was stopped.",
    )


def waiting_job_ids() -> set[str]:
    """The jobs that the queue still holds."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=run_job.module_path)
    return {str(row["args"][0]) for row in ready.values_list("args_kwargs", flat=True)}
