"""The script of the day: read by who works on it, written by the organiser, taken along as a file."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files.tables import Cell, write_csv
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions
from burgertop.stages.summit.days import DAYS
from burgertop.stages.summit.forms import ItemForm, MoveForm, StartForm
from burgertop.stages.summit.models import ItemKind, ScriptItem
from burgertop.stages.summit.queries.budget import LEAST_MINUTES_PER_THEME, shares_of, warnings_of
from burgertop.stages.summit.queries.script import acts_of, item_or_404, script_of, timetable_of
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["drop_item", "item_form", "move_item", "plan_start", "script", "script_file", "take_day"]


@require_safe
def script(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the whole script: times, time per theme, warnings; the organiser changes it here."""
    found, now = seen_stage(request, process, stage)
    read = script_of(found, now)
    if not permissions.may_see_script(request.actor, found, now, is_public=False):
        raise PermissionDenied
    clock = read.clock
    start = {
        "planned_at": timezone.localtime(clock.planned_at) if clock is not None and clock.planned_at else None,
        "is_public": read.is_public,
    }
    context = {
        "process": found.process,
        "stage": found,
        "script": read,
        "shares": shares_of(read),
        "least": LEAST_MINUTES_PER_THEME,
        "warnings": warnings_of(read),
        "acts": acts_of(found) if read.has_begun else [],
        "start_form": StartForm(initial=start),
        "days": DAYS,
        "may_run": permissions.may_run_day(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/script.html", context)


@require_http_methods(["GET", "POST"])
def item_form(request: HouseRequest, process: str, stage: str, pk: uuid.UUID | None = None) -> HttpResponse:
    """Make an item, or write it anew."""
    found, _now = running_stage(request, process, stage)
    item = item_or_404(found, pk) if pk is not None else None
    is_round = item is not None and item.round is not None
    form = ItemForm(found.process.languages, request.POST or None, _initial(item), is_round=is_round)
    if request.method == "POST" and form.is_valid():
        kind = ItemKind(form.cleaned_data.get("kind") or ItemKind.ROUND)
        save = partial(actions.make_item, found) if item is None else partial(actions.change_item, item)
        save(
            kind=kind,
            length_seconds=form.cleaned_data["minutes"] * 60,
            not_before_at=form.cleaned_data["not_before_at"],
            texts=form.texts(),
        )
        messages.success(request, _("The script is saved."))
        return redirect("summit:script", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "form": form, "item": item}
    return TemplateResponse(request, "summit/script_item.html", context)


def _initial(item: ScriptItem | None) -> dict[str, object]:
    if item is None:
        return {}
    words = {f"{row.name}__{row.language}": row.body for row in item.texts.all()}
    not_before = timezone.localtime(item.not_before_at) if item.not_before_at is not None else None
    return {**words, "kind": item.kind, "minutes": round(item.length_seconds / 60), "not_before_at": not_before}


@require_POST
def move_item(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Put an item at another place."""
    found, _now = running_stage(request, process, stage)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        actions.move_item(item_or_404(found, pk), form.cleaned_data["place"])
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:script", process=process, stage=stage)


@require_POST
def drop_item(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take an item out."""
    found, _now = running_stage(request, process, stage)
    try:
        actions.drop_item(item_or_404(found, pk))
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:script", process=process, stage=stage)


@require_POST
def plan_start(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Say when the day is to begin, and who may read the script."""
    found, _now = running_stage(request, process, stage)
    form = StartForm(request.POST)
    if form.is_valid():
        actions.plan_start(found, **form.cleaned_data)
        messages.success(request, _("The script is saved."))
    else:
        messages.error(request, _("Write day and time, such as 11 November 2011, 9:30."))
    return redirect("summit:script", process=process, stage=stage)


@require_POST
def take_day(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Begin from a day that was held before."""
    found, _now = running_stage(request, process, stage)
    name = request.POST.get("day", "")
    if name not in DAYS:
        raise BadRequest
    try:
        actions.take_day(found, name)
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:script", process=process, stage=stage)


@require_safe
def script_file(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Give the timetable, planned and real, as CSV."""
    found, now = seen_stage(request, process, stage)
    read = script_of(found, now)
    if not permissions.may_see_script(request.actor, found, now, is_public=read.is_public):
        raise PermissionDenied
    columns, rows = timetable_of(read, get_language() or found.process.first_language)
    cells: list[list[Cell]] = [list(row) for row in rows]
    response = HttpResponse(write_csv(columns, cells, has_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="script-{found.slug}.csv"'
    return response
