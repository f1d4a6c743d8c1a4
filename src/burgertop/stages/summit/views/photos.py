"""Photos of flip charts: brought by a table, seen by the table and the staff, never by anybody else."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.permissions import Holder
from burgertop.stages.summit.views.entering import round_shown, seen_stage
from burgertop.stages.summit.views.offline import short_wait
from burgertop.stages.summit.views.table import context_of, table_at

__all__ = ["add_photo", "drop_photo", "photo", "photos"]

# Whatever somebody made of the bytes: a browser shows them as a picture or not at all.
PICTURE_ONLY = "default-src 'none'; sandbox"


@require_POST
def add_photo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take a photo of a table; the device of a table asks for JSON and gets a sentence when it cannot be taken."""
    table, holder, now = table_at(request, process, stage, pk)
    is_device = "application/json" in request.headers.get("Accept", "")
    try:
        with short_wait():
            _keep(request, table, holder, now)
    except HouseError as error:
        if is_device:
            return JsonResponse({"said": say(error)}, status=422)
        context = {**context_of(request, table.stage, table, now), "photo_problem": say(error)}
        return TemplateResponse(request, "summit/table.html", context, status=422)
    except OperationalError:
        if not is_device:
            raise
        return JsonResponse({"said": ""}, status=503, headers={"Retry-After": "3"})
    return JsonResponse({"said": ""}) if is_device else redirect("summit:table", process=process, stage=stage, pk=pk)


def _keep(request: HouseRequest, table: Table, holder: Holder, now: datetime) -> None:
    file = request.FILES.get("photo")
    if file is None:
        raise HouseError("summit.no_picture")
    round_ = _round(table.stage, request.POST.get("round", ""))
    if (file.size or 0) > actions.MOST_PHOTO_BYTES:
        raise HouseError("summit.picture_too_big", most=actions.MOST_PHOTO_BYTES // 1024 // 1024)
    try:
        photo_id = uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        photo_id = uuid.uuid4()
    actions.keep_photo(round_, table, file.read(), photo_id=photo_id, by=holder.by, now=now)


def _round(stage: Stage, word: str) -> Round:
    found = next((one for one in queries.rounds_of(stage) if str(one.pk) == word), None)
    if found is None:
        raise HouseError("summit.round_closed")
    return found


@require_safe
def photo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give one photo to its table or to the staff."""
    found, now = seen_stage(request, process, stage)
    one = queries.photo_or_404(found, pk)
    one.table.stage = found
    if not (
        permissions.may_see_photos(request.actor, found, now) or permissions.may_hold_pen(request.actor, one.table)
    ):
        raise PermissionDenied
    response = HttpResponse(bytes(one.image), content_type=one.type)
    response["Content-Disposition"] = f'inline; filename="photo-{one.table.number}.{one.type.rpartition("/")[2]}"'
    response["Content-Security-Policy"] = PICTURE_ONLY
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def drop_photo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take a photo back: its table, or who helps there."""
    found, now = seen_stage(request, process, stage)
    one = queries.photo_or_404(found, pk)
    one.table.stage = found
    if not permissions.may_hold_pen(request.actor, one.table):
        raise PermissionDenied
    actions.take_photo_back(one, now=now)
    return redirect("summit:table", process=process, stage=stage, pk=one.table_id)


@require_safe
def photos(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the flip charts of a round to the staff, by table, each beside the cards the table sent."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_photos(request.actor, found, now):
        raise PermissionDenied
    rounds, shown = round_shown(request, found)
    context = {
        "process": found.process,
        "stage": found,
        "rounds": rounds,
        "round": shown,
        "walls": queries.walls_of(shown) if shown is not None else [],
        "ballots": [one for one in queries.hall_ballots(found) if shown is not None and one.round_id == shown.pk],
    }
    return TemplateResponse(request, "summit/photos.html", context)
