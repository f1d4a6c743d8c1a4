"""Print for the day: what there is, asked for, fetched, thrown away."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import permissions
from burgertop.stages.summit.actions.papers import Wish, ask_for_paper
from burgertop.stages.summit.actions.papers import drop_paper as throw_away
from burgertop.stages.summit.actions.papers import paper_file as file_of
from burgertop.stages.summit.forms import SharesForm
from burgertop.stages.summit.papers.keeping import ENDINGS
from burgertop.stages.summit.papers.kinds import ABOUT, Paper
from burgertop.stages.summit.papers.shelf import paper_job_or_404, papers_of
from burgertop.stages.summit.queries.papers import hall_of_papers
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["drop_paper", "paper_file", "papers", "print_paper"]

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def papers(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show every paper: what it is for, whether it is made, and whether it still holds."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_print_host_sheets(request.actor, found, now):
        raise PermissionDenied
    may_all = permissions.may_print_papers(request.actor, found, now)
    hall = hall_of_papers(found)
    context = {
        "process": found.process,
        "stage": found,
        "rows": papers_of(hall, for_hosts_only=not may_all),
        "people": len(hall.guests),
        "tables": len(hall.tables),
        "staff": len(hall.helpers),
        "unnamed": sum(one.identity is None for one in hall.guests),
        "is_seated": any(one.tables for one in hall.guests),
        "may_all": may_all,
        "shares_form": SharesForm(),
    }
    return TemplateResponse(request, "summit/papers.html", context)


@require_POST
def print_paper(request: HouseRequest, process: str, stage: str, what: str) -> HttpResponse:
    """Ask the worker for a paper; the page of the job shows how far it is."""
    found, now = seen_stage(request, process, stage)
    paper = _paper_or_404(what)
    _need_right(request, found, paper, now)
    form = SharesForm(request.POST)
    shares = form.cleaned_data["shares"] if form.is_valid() else 1
    here = reverse("summit:papers", args=[process, stage])
    try:
        wish = Wish(paper, get_language() or "en", shares or 1)
        job = ask_for_paper(found, wish, actor_id=request.actor.account_id, now=now)
    except HouseError as error:
        messages.warning(request, say(error))
        return redirect(here)
    return redirect(f"{reverse('process:job', args=[process, job.pk])}?next={here}")


@require_safe
def paper_file(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, ending: str) -> HttpResponse:
    """Give a printed file; it is kept nowhere on the way."""
    found, now = seen_stage(request, process, stage)
    if ending not in ENDINGS:
        raise Http404
    if not permissions.may_print_host_sheets(request.actor, found, now):
        raise PermissionDenied
    job = paper_job_or_404(found, pk)
    paper = _paper_or_404(str(job.args["what"]))
    _need_right(request, found, paper, now)
    try:
        content = file_of(job, ending)
    except FileError as error:
        messages.warning(request, say(error))
        return redirect("summit:papers", process=process, stage=stage)
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{process}-{paper.value}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def drop_paper(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Throw a printed file away before its day is over."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_print_host_sheets(request.actor, found, now):
        raise PermissionDenied
    job = paper_job_or_404(found, pk)
    _need_right(request, found, _paper_or_404(str(job.args["what"])), now)
    throw_away(job)
    messages.success(request, _("The file is destroyed."))
    return redirect("summit:papers", process=process, stage=stage)


def _paper_or_404(what: str) -> Paper:
    if what not in Paper.values:
        raise Http404
    return Paper(what)


def _need_right(request: HouseRequest, stage: Stage, paper: Paper, now: datetime) -> None:
    """Everything is the organiser's; what is for the table hosts is the facilitators', too."""
    may = permissions.may_print_host_sheets if ABOUT[paper].is_for_hosts else permissions.may_print_papers
    if not may(request.actor, stage, now):
        raise PermissionDenied
