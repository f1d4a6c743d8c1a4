"""Giving results out: headers and names of files while an embargo holds, and the organiser's page for it."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.forms import EmbargoForm
from burgertop.stages.summit.models import HallBallot
from burgertop.stages.summit.views.entering import running_stage

__all__ = ["embargo", "file_name", "kept_from_caches", "lift"]


def kept_from_caches(response: HttpResponse) -> HttpResponse:
    """Let nobody on the way keep the answer, and no search engine show it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive, nosnippet"
    return response


def file_name(hall: HallBallot, now: datetime) -> str:
    """The name of a file about a result, without its ending; under embargo it says so."""
    name = f"ballot-{hall.number}"
    if hall.embargo_until is None or not hall.is_embargoed(now):
        return name
    return f"EMBARGO-{timezone.localtime(hall.embargo_until):%Y-%m-%d-%H%M}-{name}"


@require_http_methods(["GET", "POST"])
def embargo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Say from when on everybody sees the result of a ballot."""
    found, now = running_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    form = EmbargoForm(request.POST or None, initial={"until": hall.embargo_until})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_embargo(hall, form.cleaned_data["until"], now=now)
        except HouseError as error:
            form.add_error("until", say(error))
        else:
            messages.success(request, _("The embargo is set. The record says until when."))
            return redirect("summit:control", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "hall": hall, "form": form, "now": now}
    return TemplateResponse(request, "summit/embargo.html", context)


@require_POST
def lift(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """End an embargo now."""
    found, now = running_stage(request, process, stage)
    actions.lift_embargo(queries.hall_ballot_or_404(found, pk), now=now)
    messages.success(request, _("The embargo is over."))
    return redirect("summit:control", process=process, stage=stage)
