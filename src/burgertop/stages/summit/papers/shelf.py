"""The shelf of papers: which are made, being made, out of date; which cannot be made yet."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import note_of
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.papers.keeping import PRINT, is_there, subject_of
from burgertop.stages.summit.papers.kinds import ABOUT, Paper, PaperAbout
from burgertop.stages.summit.queries.papers import Hall, duties_digest, script_digest, seats_digest

__all__ = ["PaperRow", "is_empty", "paper_job_or_404", "papers_of"]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper on the page: what it is for, when it was made last, what is being made, what is wrong."""

    paper: Paper
    about: PaperAbout
    is_empty: bool
    made: Job | None
    running: Job | None
    is_there: bool
    is_stale: bool
    failure: str

    @property
    def pages(self) -> int:
        """How many pages the file has; 0 for a workbook."""
        return int(self.made.result["pages"]) if self.made is not None and self.made.result else 0


def papers_of(hall: Hall, *, for_hosts_only: bool) -> list[PaperRow]:
    """Every paper of the day, or those a table host may have."""
    jobs = _jobs(hall.stage)
    digests = {"seats": seats_digest(hall), "duties": duties_digest(hall), "script": script_digest(hall)}
    rows = []
    for paper, about in ABOUT.items():
        if for_hosts_only and not about.is_for_hosts:
            continue
        newest = jobs.get(paper, [None])[0]
        made = next((job for job in jobs.get(paper, []) if job.state == JobState.DONE), None)
        rows.append(
            PaperRow(
                paper,
                about,
                is_empty(hall, paper),
                made,
                running=newest if newest is not None and not newest.has_ended else None,
                is_there=made is not None and is_there(made),
                is_stale=made is not None and _is_stale(made, about, digests),
                failure=note_of(newest) if newest is not None and newest.state == JobState.FAILED else "",
            )
        )
    return rows


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
