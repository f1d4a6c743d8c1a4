"""Tables and seats: laid, drawn, moved by hand, found, and printed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.scratch import fetch, keep
from burgertop.foundation.files.tables import read_table
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.actions import TableDraft
from burgertop.stages.summit.forms import CodeForm, CountsForm, MoveForm, PlanForm
from burgertop.stages.summit.jobs import SEAT
from burgertop.stages.summit.models import Round, Seat
from burgertop.stages.summit.printing import door_square
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["codes", "draw", "find", "lay", "move", "plan", "print_plan", "print_sheets", "renew"]


@require_http_methods(["GET", "POST"])
def lay(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Lay the tables, from counts per language or from a file; a file is shown before anything is stored."""
    found, now = running_stage(request, process, stage)
    sent = request.POST.get("from", "")
    counts = CountsForm(found.process.languages, request.POST if sent == "counts" else None)
    is_upload = sent == "file"
    upload = UploadForm(request.POST if is_upload else None, request.FILES if is_upload else None)
    owner = f"{request.actor.account_id} tables of {found.pk}"
    preview, kept_as, error = [], None, ""
    try:
        if is_upload and upload.is_valid():
            preview, kept_as = actions.drafts_from(upload.table), keep(upload.name, upload.content, owner=owner)
        elif sent == "kept":
            file = fetch(_kept_as(request), owner=owner)
            return _laid(request, found, actions.drafts_from(read_table(file.name, file.content)), now)
        elif sent == "counts" and counts.is_valid():
            return _laid(request, found, counts.drafts(), now)
    except HouseError as caught:
        error = say(caught)
    context = {
        "process": found.process,
        "stage": found,
        "counts": counts,
        "count_rows": [[counts[name] for name in row] for row in counts.rows],
        "upload": upload,
        "preview": preview,
        "kept_as": kept_as,
        "error": error,
        "tables": queries.tables_of(found),
    }
    return TemplateResponse(request, "summit/lay.html", context)


def _kept_as(request: HouseRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("kept_as", ""))
    except ValueError as error:
        raise HouseError("files.gone") from error


def _laid(request: HouseRequest, stage: Stage, drafts: Sequence[TableDraft], now: datetime) -> HttpResponse:
    number = len(actions.lay_tables(stage, drafts, now=now))
    done = ngettext("%(number)s table is laid.", "%(number)s tables are laid.", number) % {"number": number}
    messages.success(request, done)
    return redirect("summit:seats", process=stage.process.slug, stage=stage.slug)


def _round_shown(request: HouseRequest, stage: Stage) -> tuple[list[Round], Round | None]:
    """The rounds, and the one that ``?round=`` names; without it the open one, else the first."""
    rounds = queries.rounds_of(stage)
    asked = request.GET.get("round", "")
    shown = next((one for one in rounds if str(one.number) == asked), None)
    return rounds, shown or next((one for one in rounds if one.is_open), None) or next(iter(rounds), None)


@require_safe
def plan(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show who sits where in a round: numbers to the organiser, counts to facilitators and observers."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_seats(request.actor, found, now):
        raise PermissionDenied
    rounds, shown = _round_shown(request, found)
    context = {
        "process": found.process,
        "stage": found,
        "rounds": rounds,
        "round": shown,
        "tables": queries.seat_list(shown) if shown is not None else [],
        "hall": [] if shown is not None else queries.hall_of(found, None),
        "roster_count": len(queries.roster_of(found)),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "plan_form": PlanForm(),
        "code_form": CodeForm(),
    }
    return TemplateResponse(request, "summit/seats.html", context)


@require_POST
def draw(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Start drawing the seats of every planned round; the page of the job shows how far it is."""
    found, _now = running_stage(request, process, stage)
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the public chance first."))
        return redirect("summit:seats", process=process, stage=stage)
    args = {"stage": str(found.pk), **form.cleaned_data}
    job = start(SEAT, args, process_id=found.process_id, actor_id=request.actor.account_id, subject=found.pk)
    seats_url = reverse("summit:seats", kwargs={"process": process, "stage": stage})
    return redirect(f"{reverse('process:job', kwargs={'process': process, 'pk': job.pk})}?next={seats_url}")


@require_http_methods(["GET", "POST"])
def move(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Move one person to another table by hand; the rules are checked."""
    found, now = running_stage(request, process, stage)
    seat = get_object_or_404(Seat.objects.select_related("round", "table", "participant"), pk=pk, round__stage=found)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            actions.move_seat(seat, queries.table_numbered(found, number), now=now)
        except HouseError as error:
            form.add_error("number", say(error))
        else:
            messages.success(request, _("Moved to table %(number)s.") % {"number": number})
            address = reverse("summit:seats", kwargs={"process": process, "stage": stage})
            return redirect(f"{address}?round={seat.round.number}")
    context = {"process": found.process, "stage": found, "form": form, "seat": seat}
    return TemplateResponse(request, "summit/move.html", context)


@require_POST
def find(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Find the tables of somebody at the hall desk by their seat code."""
    found, now = running_stage(request, process, stage)
    form = CodeForm(request.POST)
    seats: list[Seat] = []
    if form.is_valid():
        try:
            code = enter(found.process_id, "seat", form.cleaned_data["code"], network=request.actor.network, now=now)
            seats = queries.seats_of(found, code.subject)
        except HouseError as error:
            form.add_error("code", say(error))
    context = {"process": found.process, "stage": found, "form": form, "seats": seats}
    return TemplateResponse(request, "summit/find.html", context)


@require_POST
def codes(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Make the seat codes that are missing and show them once, to be printed at once."""
    found, _now = running_stage(request, process, stage)
    made = actions.make_seat_codes(found)
    people = {person.pk: person for person in queries.roster_of(found)}
    rows = [(people[pk], code) for pk, code in made.items() if pk in people]
    context = {"process": found.process, "stage": found, "rows": rows}
    return TemplateResponse(request, "summit/codes.html", context)


@require_safe
def print_plan(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """The list to print: every table of a round with the numbers of its people."""
    found, _now = running_stage(request, process, stage)
    rounds, shown = _round_shown(request, found)
    tables = queries.seat_list(shown) if shown is not None else []
    context = {"process": found.process, "stage": found, "rounds": rounds, "round": shown, "tables": tables}
    return TemplateResponse(request, "summit/print_plan.html", context)


@require_safe
def print_sheets(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """A sheet for each table with the square that binds its device."""
    found, _now = running_stage(request, process, stage)
    asked = request.GET.get("table", "")
    tables = [table for table in queries.tables_of(found) if not asked or str(table.number) == asked]
    sheets = [(table, door_square(table)) for table in tables]
    context = {"process": found.process, "stage": found, "sheets": sheets}
    return TemplateResponse(request, "summit/print_sheets.html", context)


@require_POST
def renew(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make the printed sheet of a table worthless, and show the new one."""
    found, now = running_stage(request, process, stage)
    table = actions.renew_door(queries.table_or_404(found, pk), now=now)
    address = reverse("summit:print_sheets", kwargs={"process": process, "stage": stage})
    return redirect(f"{address}?table={table.number}")
