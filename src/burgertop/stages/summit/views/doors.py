"""The doors as the organiser sees them: how many came, which device is silent, sheets to bind devices."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import DoorForm
from burgertop.stages.summit.news import doors_topic
from burgertop.stages.summit.printing import sheet_square
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["door_act", "doors", "new_door", "print_sheets"]


@require_safe
def doors(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show who came, by door; the live part alone when it is asked for."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_doors(request.actor, found, now):
        raise PermissionDenied
    context = {
        "process": found.process,
        "stage": found,
        "now": now,
        "attendance": queries.attendance_of(found, now=now),
        "clashes": queries.clashes_of(found),
        "waiting": queries.walk_ins_waiting(found),
        "may_run": permissions.may_run_doors(request.actor, found, now),
        "may_check_in": permissions.may_check_in(request.actor, found, now),
        "form": DoorForm(),
        "live_url": address_of(doors_topic(found)),
    }
    name = "summit/_doors.html" if "HX-Request" in request.headers else "summit/doors.html"
    return TemplateResponse(request, name, context)


@require_POST
def new_door(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Make a door."""
    found, now = running_stage(request, process, stage)
    form = DoorForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the name of the door first."))
        return redirect("summit:doors", process=process, stage=stage)
    try:
        actions.make_door(found, form.cleaned_data["name"], now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("The door is there. Print its sheet and scan it with the device of the door."))
    return redirect("summit:doors", process=process, stage=stage)


@require_POST
def door_act(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Close or open a door, print a new sheet, or shut its device out."""
    found, now = running_stage(request, process, stage)
    door = queries.door_or_404(found, pk)
    acts = {
        "close": actions.close_door,
        "open": actions.open_door_again,
        "renew": actions.renew_sheet,
        "shut_out": actions.shut_out,
    }
    done = {
        "close": _("The door is closed."),
        "open": _("The door is open. Scan its sheet again."),
        "renew": _("The old sheet binds no device any more."),
        "shut_out": _("The device is shut out, and its sheet is worth nothing any more. Print a new one."),
    }
    acts[do](door, now=now)
    messages.success(request, done[do])
    if do == "renew":
        address = reverse("summit:door_sheets", kwargs={"process": process, "stage": stage})
        return redirect(f"{address}?door={door.number}")
    return redirect("summit:doors", process=process, stage=stage)


@require_safe
def print_sheets(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """A sheet for each open door with the square that binds its device."""
    found, _now = running_stage(request, process, stage)
    asked = request.GET.get("door", "")
    open_doors = found.doors.filter(closed_at__isnull=True).order_by("number")
    shown = [door for door in open_doors if not asked or str(door.number) == asked]
    context = {"process": found.process, "stage": found, "sheets": [(door, sheet_square(door)) for door in shown]}
    return TemplateResponse(request, "summit/print_doors.html", context)
