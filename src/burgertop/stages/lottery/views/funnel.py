"""The funnel: letters, answers and yes against the quotas; and taking those who said yes into a pool."""

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.core.errors import CoreError
from burgertop.core.recruitment import Kind
from burgertop.foundation.draws.models import DrawState
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import ConfirmingForm
from burgertop.stages.lottery.views.finding import draw_for, stage_for, to_page

__all__ = ["confirming", "funnel", "respondents"]


@require_safe
def funnel(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the funnel by feature and value, against the quotas of one draw."""
    here = stage_for(request, process, stage, permissions.may_read_pool)
    draws = [one for one in queries.draws_with_counts(here) if one.quotas.exists()]
    chosen = next((one for one in draws if one.name == request.GET.get("draw")), draws[0] if draws else None)
    context = {"process": here.process, "stage": here, "draws": draws, "draw_shown": chosen, "problem": ""}
    context["openings"] = queries.openings_of(here)
    context["partners"] = queries.partner_counts(here)
    try:
        context["funnel"] = queries.funnel_for(here, chosen)
    except (CoreError, HouseError) as error:
        context["problem"] = say(error)
    return TemplateResponse(request, "lottery/funnel.html", context)


@require_safe
def confirming(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Say how many to confirm so that so many come; nothing is set by it."""
    here = stage_for(request, process, stage, permissions.may_read_pool)
    places = queries.places_in(here)
    asked = (
        request.GET if "places" in request.GET else {"places": places, "risk": 5, "kind": queries.kind_of_hall(places)}
    )
    form = ConfirmingForm(asked if "places" in request.GET or places else None, initial=asked)
    context = {"process": here.process, "stage": here, "form": form, "confirming": None, "problem": ""}
    context["draws"] = list(queries.draws_with_counts(here))
    if form.is_valid():
        data = form.cleaned_data
        try:
            context["confirming"] = queries.confirming_for(
                here, data["places"], risk=data["risk"] / 100, seen=form.seen(), kind=Kind(data["kind"])
            )
        except CoreError as error:
            context["problem"] = say(error)
    return TemplateResponse(request, "lottery/confirming.html", context)


@require_http_methods(["GET", "POST"])
def respondents(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Put those who said yes into the pool of a draw, after a question; with the waiting list or without it."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    if found.state != DrawState.PREPARING:
        messages.warning(request, say(HouseError("draws.sealed")))
        return to_page("desk", found)
    if request.method == "POST":
        try:
            has_late = request.POST.get("late") == "on"
            people = actions.take_respondents(found, has_late=has_late, now=timezone.now())
        except HouseError as error:
            messages.warning(request, say(error))
        else:
            said = ngettext("%(people)s person is in the pool now.", "%(people)s people are in the pool now.", people)
            messages.success(request, said % {"people": people} if people else _("Nobody new came into the pool."))
        return to_page("desk", found)
    in_time, late = queries.takers_for(found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "in_time": in_time, "late": late}
    return TemplateResponse(request, "lottery/respondents.html", context)
