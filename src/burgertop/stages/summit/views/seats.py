"""Tables laid, seats found at the hall desk, lists and sheets printed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.scratch import fetch, keep
from burgertop.foundation.files.tables import read_table
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import TableDraft
from burgertop.stages.summit.forms import CodeForm, CountsForm, MixForm
from burgertop.stages.summit.models import Seat
from burgertop.stages.summit.printing import door_square
from burgertop.stages.summit.views.entering import round_shown, running_stage

__all__ = ["codes", "find", "kept_as", "lay", "print_plan", "print_sheets", "renew"]


@require_http_methods(["GET", "POST"])
def lay(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Lay the tables: from counts per language, in the mix of 2011, or from a file; mix and file are shown first."""
    found, now = running_stage(request, process, stage)
    sent = request.POST.get("from", "")
    counts = CountsForm(found.process.languages, request.POST if sent == "counts" else None)
    is_upload = sent == "file"
    upload = UploadForm(request.POST if is_upload else None, request.FILES if is_upload else None)
    people = len(queries.roster_of(found))
    mix = MixForm(request.POST if sent in {"mix", "mix_kept"} else None, initial={"people": people or None})
    owner = f"{request.actor.account_id} tables of {found.pk}"
    preview: list[TableDraft] = []
    kept, error = None, ""
    try:
        if is_upload and upload.is_valid():
            preview, kept = actions.drafts_from(upload.table), keep(upload.name, upload.content, owner=owner)
        elif sent == "kept":
            file = fetch(kept_as(request), owner=owner)
            return _laid(request, found, actions.drafts_from(read_table(file.name, file.content)), now)
        elif sent == "counts" and counts.is_valid():
            return _laid(request, found, counts.drafts(), now)
        elif mix.is_bound and mix.is_valid():
            preview = actions.tables_of_2011(mix.cleaned_data["people"], seats=mix.cleaned_data["each"])
            if sent == "mix_kept":
                return _laid(request, found, preview, now)
    except HouseError as caught:
        error = say(caught)
    context = {
        "process": found.process,
        "stage": found,
        "counts": counts,
        "count_rows": [[counts[name] for name in row] for row in counts.rows],
        "upload": upload,
        "mix": mix,
        "people": people,
        "preview_seats": sum(draft.seats for draft in preview),
        "preview": preview,
        "kept_as": kept,
        "error": error,
        "tables": queries.hall_tables_of(found),
    }
    return TemplateResponse(request, "summit/lay.html", context)


def kept_as(request: HouseRequest) -> uuid.UUID:
    """Under which id a file that was looked at is kept.

    Raises:
        HouseError: ``files.gone``.
    """
    try:
        return uuid.UUID(request.POST.get("kept_as", ""))
    except ValueError as error:
        raise HouseError("files.gone") from error


def _laid(request: HouseRequest, stage: Stage, drafts: Sequence[TableDraft], now: datetime) -> HttpResponse:
    number = len(actions.lay_tables(stage, drafts, now=now))
    done = ngettext("%(number)s table is laid.", "%(number)s tables are laid.", number) % {"number": number}
    messages.success(request, done)
    return redirect("summit:room", process=stage.process.slug, stage=stage.slug)


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
    rounds, shown = round_shown(request, found)
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
