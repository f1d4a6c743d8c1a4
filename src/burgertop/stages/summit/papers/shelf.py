"""The shelf of papers: which are made, being made, out of date; which cannot be made yet."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.http import Http404

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.papers.keeping import PRINT, is_there, subject_of
from burgertop.stages.summit.papers.kinds import ABOUT, Paper, PaperAbout
from burgertop.stages.summit.papers.printed import Printed
from burgertop.stages.summit.queries.papers import Hall, duties_digest, script_digest, seats_digest

__all__ = ["PaperRow", "is_empty", "paper_job_or_404", "papers_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow(Printed):
    """A paper on the page: what it is for, and how it stands with its file."""

    paper: Paper
    about: PaperAbout
    is_empty: bool


def papers_of(hall: Hall, *, for_hosts_only: bool) -> list[PaperRow]:
    """Every paper of the day, or those a table host may have."""
    jobs = _jobs(hall.stage)
    digests = {"seats": seats_digest(hall), "duties": duties_digest(hall), "script": script_digest(hall)}
    return [
        PaperRow.told_by(
            jobs[paper],
            is_there=is_there,
            is_stale=partial(_is_stale, about=about, digests=digests),
            paper=paper,
            about=about,
            is_empty=is_empty(hall, paper),
        )
        for paper, about in ABOUT.items()
        if about.is_for_hosts or not for_hosts_only
    ]


def paper_job_or_404(stage: Stage, pk: uuid.UUID) -> Job:
    """Return the job that printed a paper of this stage, or answer "not found"."""
    job = Job.objects.filter(pk=pk, process_id=stage.process_id, kind=PRINT).first()
    if job is None or job.args.get("stage") != str(stage.pk):
        raise Http404
    return job


def is_empty(hall: Hall, what: Paper) -> bool:
    """Whether there is nothing to put on a paper yet."""
    return (
        (ABOUT[what].needs_seats and not hall.guests)
        or (what in {Paper.TABLE_CARDS, Paper.HOST_SHEETS, Paper.CARD_SHEETS, Paper.HELP_SIGNS} and not hall.tables)
        or (ABOUT[what].needs_script and not hall.items)
        or (what in {Paper.STAFF_BADGES, Paper.ROTA} and not hall.helpers)
    )


def _jobs(stage: Stage) -> dict[Paper, list[Job]]:
    """The jobs of each paper, newest first."""
    subjects = {subject_of(stage, paper): paper for paper in Paper}
    found: dict[Paper, list[Job]] = defaultdict(list)
    for job in Job.objects.filter(kind=PRINT, subject__in=list(subjects)).order_by("-made_at"):
        if job.subject is not None:
            found[subjects[job.subject]].append(job)
    return found


def _is_stale(job: Job, about: PaperAbout, digests: Mapping[str, str]) -> bool:
    made_from = job.result or {}
    needs = {"seats": about.needs_seats, "duties": about.needs_staff, "script": about.needs_script}
    return any(is_needed and made_from.get(name) != digests[name] for name, is_needed in needs.items())
