"""Coming in: a member of the panel types the code of the seat, and this browser may vote."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from burgertop.foundation.codes.actions import enter as enter_code
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.panel.forms import SeatCodeForm
from burgertop.stages.panel.permissions import PURPOSE

__all__ = ["enter"]


@require_http_methods(["GET", "POST"])
def enter(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the code of a seat; a right one opens the drafts and the votes on this browser."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    form = SeatCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            code = enter_code(one.process_id, PURPOSE, typed, network=request.actor.network, now=timezone.now())
        except HouseError as error:
            form.add_error("code", say(error))
        else:
            response = HttpResponseRedirect(reverse("panel:home", args=[process, stage]))
            grant(request, response, Pass(PURPOSE, one.process_id, code.subject, key=str(code.pk)))
            return response
    return TemplateResponse(request, "panel/enter.html", {"process": one.process, "stage": one, "form": form})
