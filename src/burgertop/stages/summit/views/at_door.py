"""The page of one door: a device is bound by a sheet, keeps the list, and brings what it scanned.

Without JavaScript the same address finds people and checks them in by plain forms.
"""

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind, StageState
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.actions import Source
from burgertop.stages.summit.badges import badge_code
from burgertop.stages.summit.device_clocks import slow_seconds
from burgertop.stages.summit.forms import FindForm
from burgertop.stages.summit.models import Door, DoorDevice
from burgertop.stages.summit.views.brought import Batch, read_batch
from burgertop.stages.summit.views.check_in import once_of
from burgertop.stages.summit.views.offline import worker_file

__all__ = ["bind", "door_list", "door_page", "door_scans", "worker"]

# What the page asks for only when it needs it: a device must have it before the network goes.
KEPT_FILES = (
    *(f"js/door/{name}.js" for name in ("camera", "list", "sound", "store", "sync")),
    *(f"js/offline/{name}.js" for name in ("base", "beat", "keep")),
    "vendor/qr-0.7.0/decode.js",
    "vendor/qr-0.7.0/index.js",
)
KEPT = timedelta(days=2)


@require_http_methods(["GET", "POST"])
def bind(request: HouseRequest, token: str) -> HttpResponse:
    """Ask whether this device shall check people in at the door; POST binds it in the place of the one before."""
    try:
        door = queries.opens_sheet(token)
    except HouseError as error:
        return TemplateResponse(request, "doors/shut.html", {"sentence": say(error)}, status=410)
    process, known = door.stage.process, {code for code, _name in settings.LANGUAGES}
    here = request.LANGUAGE_CODE if request.LANGUAGE_CODE in known else settings.LANGUAGE_CODE
    language = here if here in process.languages else next((tag for tag in process.languages if tag in known), here)
    with override(language):
        address = reverse("summit:door", kwargs={"process": process.slug, "stage": door.stage.slug, "pk": door.pk})
    device = permissions.door_device_of(request.actor, door)
    if device is not None and device.ended_at is None:
        return HttpResponseRedirect(address)
    if request.method == "POST":
        response = HttpResponseRedirect(address)
        grant(request, response, actions.bind_door(door, now=timezone.now()))
        return response
    has_device = door.devices.filter(ended_at__isnull=True).exists()
    context = {"process": process, "door": door, "page_language": language, "has_device": has_device}
    with override(language):
        return TemplateResponse(request, "summit/bind_door.html", context).render()


def _at(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> tuple[Door, DoorDevice, datetime]:
    """The door and the device that this browser is or was; nobody else comes further."""
    found = stage_or_404(process, StageKind.SUMMIT, stage)
    door = queries.door_or_404(found, pk)
    device = permissions.door_device_of(request.actor, door)
    if device is None:
        raise PermissionDenied
    return door, device, timezone.now()


def _state_of(device: DoorDevice, stage: Stage) -> str:
    """What the device must know of itself: it checks in, or why not."""
    if device.ended_at is not None:
        return device.ending
    return "closed" if stage.state == StageState.CLOSED else "open"


@require_http_methods(["GET", "POST"])
def door_page(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """The page of a door; a device that is one no longer is told so, and brings what it holds."""
    door, device, now = _at(request, process, stage, pk)
    state = _state_of(device, door.stage)
    form = FindForm(request.POST if "typed" in request.POST else None)
    context: dict[str, Any] = {
        "process": door.stage.process,
        "stage": door.stage,
        "door": door,
        "state": state,
        "form": form,
        "guests": [],
        "once": uuid.uuid4(),
        "kept_files": KEPT_FILES,
    }
    if state == "open" and request.method == "POST":
        if form.is_valid():
            try:
                context["guests"] = actions.find_guests(
                    door.stage, form.cleaned_data["typed"], by=None, is_desk=False, now=now
                )
            except HouseError as error:
                form.add_error("typed", say(error))
        elif "person" in request.POST:
            context |= _checked_in(request, door, device, now)
    return TemplateResponse(request, "summit/at_door.html", context)


def _checked_in(request: HouseRequest, door: Door, device: DoorDevice, now: datetime) -> dict[str, object]:
    """Let in or out whoever was chosen from the list of this door."""
    asked = request.POST["person"]
    person = next((one for one in queries.expected_at(door.stage) if str(one.pk) == asked), None)
    if person is None:
        raise Http404
    source = Source(door=door, device=device)
    is_out = request.POST.get("do") == "out"
    scan = actions.check_in(door.stage, person, source, is_out=is_out, once=once_of(request), now=now)
    return {"scan": scan, "guest": actions.open_guest(door.stage, person, by=None, now=now)}


@require_safe
def door_list(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give the bound device of an open door the names of those who are expected; the access log has a line."""
    door, device, now = _at(request, process, stage, pk)
    if _state_of(device, door.stage) != "open":
        raise PermissionDenied
    found = door.stage
    cursor, version = queries.last_number(found), queries.list_version(found)
    guests = actions.open_list(door, device, now=now)
    salt = uuid.uuid4().hex
    rows = [
        {
            "id": str(one.participant.pk),
            "given": one.given_name,
            "family": one.family_name,
            "language": one.participant.language,
            "tables": one.tables,
            "photos": one.may_be_in_photos,
            "badge": _hashed(salt, badge_code(found.pk, one.participant.pk, one.badge)),
            "old": [_hashed(salt, badge_code(found.pk, one.participant.pk, number)) for number in range(1, one.badge)],
            "since": _milliseconds(one.in_since),
            "door": _door_name(one),
        }
        for one in guests
    ]
    return JsonResponse(
        {
            "version": version,
            "cursor": cursor,
            "salt": salt,
            "until": _milliseconds(_until(found, now)),
            "now": _milliseconds(now),
            "people": rows,
            "csrf": get_token(request),
        }
    )


def _door_name(one: queries.Guest) -> str:
    door = one.arrival.first_scan.door if one.arrival is not None else None
    return door.name if door is not None else ""


def _hashed(salt: str, code: str) -> str:
    """A code as a device keeps it: whoever takes the device cannot print a badge from its list."""
    return hashlib.sha256(f"{salt}{code}".encode()).hexdigest()[:32]


def _until(stage: Stage, now: datetime) -> datetime:
    """When a device forgets its list by itself: two days after the summit, or after it was last heard of."""
    return max(stage.closes_at or now, now) + KEPT


def _milliseconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1000) if moment is not None else None


@require_http_methods(["GET", "POST"])
def door_scans(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take what a device holds, each scan once by its id, and tell it what came by other doors. GET only asks."""
    door, device, now = _at(request, process, stage, pk)
    if request.method != "POST":
        return JsonResponse({"state": _state_of(device, door.stage), "csrf": get_token(request)})
    try:
        batch = read_batch(json.loads(request.body))
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"state": "unreadable"}, status=400)
    return JsonResponse(_answer(request, door, device, batch, now))


def _answer(request: HouseRequest, door: Door, device: DoorDevice, batch: Batch, now: datetime) -> dict[str, object]:
    seconds = slow_seconds(device, batch.told_at, now=now)
    source = Source(door=door, device=device, slow=timedelta(seconds=seconds))
    scans = actions.take_scans(door.stage, batch.drafts, source, now=now)
    actions.note_device(device, holds=batch.holds, clock_seconds=seconds, now=now)
    state = _state_of(device, door.stage)
    is_open = state == "open"
    moved = queries.moved_since(door.stage, batch.cursor) if is_open else []
    return {
        "state": state,
        "now": _milliseconds(now),
        "taken": [
            {"id": str(scan.pk), "outcome": scan.outcome, "person": str(scan.participant_id or "")} for scan in scans
        ],
        "unreadable": batch.unreadable,
        "moved": [
            {"id": str(one.participant), "since": _milliseconds(one.in_since), "door": one.door} for one in moved
        ],
        "cursor": queries.last_number(door.stage),
        "version": queries.list_version(door.stage) if is_open else "",
        "until": _milliseconds(_until(door.stage, now)),
        "csrf": get_token(request),
    }


@require_safe
def worker(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """The script that keeps the page of this door without a network; its address limits it to this page."""
    stage_or_404(process, StageKind.SUMMIT, stage)
    return worker_file()
