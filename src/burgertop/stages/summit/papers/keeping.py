"""Where the printed files lie until they are fetched: sealed, by the name of the job that made them."""

import uuid

from burgertop.foundation.files.onetime import destroy_sealed, is_sealed, open_sealed, seal_file
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.papers.kinds import Paper

__all__ = ["ENDINGS", "PAPERS", "PRINT", "destroy_paper", "is_there", "open_paper", "seal_paper", "subject_of"]

PRINT = "summit.print"
PAPERS = "papers"
ENDINGS = ("pdf", "csv", "xlsx", "zip")


def subject_of(stage: Stage, what: Paper) -> uuid.UUID:
    """What a job is about: one paper of one stage."""
    return uuid.uuid5(stage.pk, what.value)


def seal_paper(job_id: uuid.UUID, ending: str, content: bytes) -> None:
    """Seal one file of a job under a key of its own."""
    seal_file(PAPERS, uuid.uuid5(job_id, ending), content)


def open_paper(job: Job, ending: str) -> bytes:
    """Read one file of a job.

    Raises:
        FileError: ``files.destroyed``.
    """
    return open_sealed(PAPERS, uuid.uuid5(job.pk, ending))


def is_there(job: Job) -> bool:
    """Whether the file of a job can still be fetched."""
    return is_sealed(PAPERS, uuid.uuid5(job.pk, Paper(str(job.args["what"])).ending))


def destroy_paper(job: Job) -> None:
    """Destroy the files of a job; a second time changes nothing."""
    for ending in ENDINGS:
        destroy_sealed(PAPERS, uuid.uuid5(job.pk, ending))
