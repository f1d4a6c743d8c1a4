"""Was I drawn? One person's own page, opened by the code of their letter."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.packing import own_of_member
from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import queries
from burgertop.stages.lottery.forms import CodeForm
from burgertop.stages.lottery.views.handing import package_file

__all__ = ["code", "mine", "own_file"]

PURPOSE = "seat"


@require_http_methods(["GET", "POST"])
def code(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the code of a letter and open the page of its person."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data["typed"], timezone.now()
        try:
            entered = enter(here.process_id, PURPOSE, typed, network=request.actor.network, now=now)
        except HouseError as error:
            form.add_error("typed", say(error))
        else:
            response = redirect("lottery:mine", process=process, stage=stage)
            grant(request, response, Pass(PURPOSE, here.process_id, entered.subject, key=str(entered.pk)))
            return response
    context = {"process": here.process, "stage": here, "form": form}
    return TemplateResponse(request, "lottery/code.html", context)


@require_safe
def mine(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Tell one person what became of them in every draw of this lottery."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    held = _pass_of(request.actor, here)
    if held is None:
        return redirect("lottery:code", process=process, stage=stage)
    members = queries.seats_of_person(here, held.subject)
    context = {
        "process": here.process,
        "stage": here,
        "seats": [(member, queries.own_rounds(member)) for member in members],
    }
    return TemplateResponse(request, "lottery/mine.html", context)


@require_safe
def own_file(request: HouseRequest, process: str, stage: str, draw: str, number: int) -> HttpResponse:
    """Give one person the proof of their own row in a round, as a file for the verifier."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    held = _pass_of(request.actor, here)
    if held is None:
        return redirect("lottery:code", process=process, stage=stage)
    found = next((one for one in queries.seats_of_person(here, held.subject) if one.draw.name == draw), None)
    if found is None:
        raise Http404
    one = queries.round_or_404(found.draw, number)
    try:
        content = own_of_member(one, found)
    except DrawError as error:
        messages.warning(request, say(error))
        return redirect("lottery:mine", process=process, stage=stage)
    return package_file(content, f"{draw}-{number}-own")


def _pass_of(actor: Actor, stage: Stage) -> Pass | None:
    """Return the pass of a code that still works."""
    held = actor.pass_for(PURPOSE, stage.process_id)
    if held is None or not held.key:
        return held
    try:
        code_id = uuid.UUID(held.key)
    except ValueError:
        return held
    return held if is_standing(code_id) else None
