"""Only in the demo: become somebody with one click, and follow one idea."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.codes.queries import standing_codes
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.people.passes import COOKIE, replace
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Process
from burgertop.foundation.process.queries import process_or_404
from burgertop.stages.lottery.actions import REPLY
from burgertop.stages.lottery.models import Invitee
from burgertop.stages.panel.models import PanelSeat
from burgertop.web.demo.content import load_content
from burgertop.web.demo.founding import STAFF
from burgertop.web.demo.practice import SLUG as PRACTICE
from burgertop.web.demo.touring import stops_of

__all__ = ["roles", "tour"]

BACKEND = "django.contrib.auth.backends.ModelBackend"
PANEL_MEMBER, INVITED, GUEST = "panel-member", "invited", "guest"


def only_in_demo(view: Any) -> Any:
    """Make a view that does not exist on a server that is no demo."""

    @wraps(view)
    def guarded(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return guarded


def _demo_process() -> Process:
    return process_or_404(load_content().process.slug)


@only_in_demo
@require_http_methods(["GET", "POST"])
def roles(request: HouseRequest) -> HttpResponse:
    """Show the roles; POST makes this browser the one that was chosen."""
    process = _demo_process()
    chosen = request.POST.get("role", "")
    if request.method == "POST" and chosen in {*STAFF, PANEL_MEMBER, INVITED, GUEST}:
        return _become(request, chosen)
    here = [(name, role.label) for name, role in STAFF.items()]
    context = {
        "process": process,
        "staff": here,
        "panel_member": Role.PANEL_MEMBER.label,
        "invited": pgettext("role", "Somebody who got a letter"),
        "guest": pgettext("role", "Guest"),
    }
    return TemplateResponse(request, "demo/roles.html", context)


def _become(request: HouseRequest, chosen: str) -> HttpResponse:
    """Sign in as a member of staff, or take a seat of the panels, or open a letter, or be nobody."""
    logout(request)
    if chosen in STAFF:
        login(request, get_object_or_404(Account, email=f"{chosen}@demo.example"), backend=BACKEND)
        messages.success(request, _("You are now: %(role)s") % {"role": STAFF[chosen].label})
        response = HttpResponseRedirect(reverse("bureau"))
        response.delete_cookie(COOKIE)
        return response
    response = HttpResponseRedirect(reverse("home"))
    response.delete_cookie(COOKIE)
    if chosen == PANEL_MEMBER:
        first = PanelSeat.objects.filter(number=1, left_at__isnull=True).select_related("stage")
        replace(response, [Pass("seat", seat.stage.process_id, seat.participant_id) for seat in first])
        messages.success(request, _("You now have a seat in the panel of every summit here."))
    if chosen == INVITED:
        return _open_letter(response)
    return response


def _open_letter(response: HttpResponseRedirect) -> HttpResponseRedirect:
    """Come from a letter of the practice summit that nobody has answered; when all are answered, from any."""
    invitees = Invitee.objects.filter(stage__process__slug=PRACTICE, erased_at__isnull=True).select_related("stage")
    invitee = invitees.order_by(F("reply__answered_at").asc(nulls_first=True), "order").first()
    code = standing_codes(invitee.stage.process_id, REPLY).filter(subject=invitee.pk).first() if invitee else None
    if invitee is None or code is None:
        raise Http404
    place = {"process": PRACTICE, "stage": invitee.stage.slug}
    replace(response, [Pass(REPLY, invitee.stage.process_id, invitee.pk, key=str(code.pk))])
    response["Location"] = reverse("lottery:reply_mine", kwargs=place)
    return response


@only_in_demo
@require_safe
def tour(request: HouseRequest) -> HttpResponse:
    """Follow one idea, step by step, from the day it was sent in to the answer."""
    process = _demo_process()
    stops = stops_of(process)
    at = request.GET.get("step", "1")
    number = next((number for number in range(1, len(stops) + 1) if str(number) == at), 1)
    context = {
        "process": process,
        "stop": stops[number - 1],
        "stops": stops,
        "number": number,
        "language": request.LANGUAGE_CODE,
    }
    return TemplateResponse(request, "demo/tour.html", context)
