"""Quotas proposed from what the population is like: a file, a look, and taken in."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from burgertop.core.errors import CoreError
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.files import scratch
from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.tables import FileError
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, trying
from burgertop.stages.lottery.forms import ProposalForm
from burgertop.stages.lottery.reading import margins_in
from burgertop.stages.lottery.views.finding import draw_for

__all__ = ["population", "proposal"]


def _owner(request: HouseRequest, draw: Draw) -> str:
    return f"{draw.pk}:{request.actor.account_id}:population"


@require_http_methods(["GET", "POST"])
def population(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Choose a file that says how many people of the population have each value."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    if found.state != DrawState.PREPARING:
        messages.warning(request, say(HouseError("draws.sealed")))
        return redirect("lottery:desk", process=process, stage=stage, draw=draw)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        file = scratch.keep(form.name, form.content, owner=_owner(request, found), sheet=sheet)
        return redirect("lottery:proposal", process=process, stage=stage, draw=draw, file=file)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/population.html", context)


@require_http_methods(["GET", "POST"])
def proposal(request: HouseRequest, process: str, stage: str, draw: str, file: uuid.UUID) -> HttpResponse:
    """Show the quotas that follow from the population; POST looks again with other play, or takes them in."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    try:
        kept = scratch.fetch(file, owner=_owner(request, found))
        margins = margins_in(kept.table())
    except FileError as error:
        messages.warning(request, say(error))
        return redirect("lottery:population", process=process, stage=stage, draw=draw)
    form = ProposalForm(margins, request.POST or None, initial={"once": uuid.uuid4()})
    made = trying.Proposal()
    if not form.is_bound or form.is_valid():
        made = trying.propose(found, margins, tolerance=form.tolerance_chosen(), at_least=form.at_least())
    if request.POST.get("step") == "take" and form.is_valid() and made.quotas:
        try:
            actions.take_proposal(
                found,
                margins,
                made.quotas,
                once=form.cleaned_data["once"],
                digest=fingerprint(kept.content),
                now=timezone.now(),
            )
        except (CoreError, HouseError) as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The quotas are in place."))
            return redirect("lottery:quotas", process=process, stage=stage, draw=draw)
    context = {
        "process": found.stage.process,
        "stage": found.stage,
        "draw": found,
        "form": form,
        "problems": [say(problem) for problem in made.problems],
        "lines": list(zip(made.lines, form.least_fields(), strict=True)) if made.lines else [],
    }
    return TemplateResponse(request, "lottery/proposal.html", context)
