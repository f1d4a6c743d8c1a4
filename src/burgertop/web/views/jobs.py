"""Long work: how far it is, how it ended, and the button that stops it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from burgertop.foundation.jobs.actions import cancel
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import job_of, note_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.web.permissions import may_enter_desk, may_set_up
from burgertop.web.views.process import seen_process

__all__ = ["job"]


@require_http_methods(["GET", "POST"])
def job(request: HouseRequest, process: str, pk: uuid.UUID) -> HttpResponse:
    """Show a job; POST asks it to stop. ``?next=`` names the page to go on to."""
    found = seen_process(request, process)
    if not may_enter_desk(request.actor, found):
        raise PermissionDenied
    one = job_of(found.pk, pk)
    if one is None:
        raise Http404
    onward = _onward(request)
    may_stop = may_set_up(request.actor, found)
    if request.method == "POST":
        if not may_stop:
            raise PermissionDenied
        cancel(one)
        here = reverse("process:job", args=[found.slug, one.pk])
        return redirect(f"{here}?next={onward}" if onward else here)
    if request.accepts("text/html"):
        context = {
            "process": found,
            "job": one,
            "text": sentence_of(one),
            "onward": onward,
            "share": _share(one),
            "may_stop": may_stop,
        }
        return TemplateResponse(request, "jobs/job.html", context)
    answer = {"share": _share(one), "text": sentence_of(one), "is_over": one.has_ended}
    return JsonResponse(answer, headers={"Vary": "Accept"})


def sentence_of(one: Job) -> str:
    """Say in one sentence where a job stands."""
    if one.note_code:
        return note_of(one)
    if one.state == JobState.RUNNING and one.is_cancel_asked:
        return gettext("Stopping at the next step.")
    if one.state == JobState.RUNNING and one.total:
        return gettext("%(done)s of %(total)s done.") % {"done": one.done, "total": one.total}
    return {
        JobState.WAITING: gettext("Waiting for its turn."),
        JobState.RUNNING: gettext("Under way."),
        JobState.DONE: gettext("Done."),
        JobState.CANCELLED: gettext("Stopped. Nothing more will be done."),
    }.get(JobState(one.state), gettext("This did not work."))


def _share(one: Job) -> float | None:
    """How far; none while nobody can know."""
    return one.share if one.total else None


def _onward(request: HouseRequest) -> str:
    """The page to go on to, when it is one of ours."""
    given = request.GET.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/") else ""
