"""The room: the steps to a plan, every table of a round as a picture and a list, one table with its people."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import TableForm
from burgertop.stages.summit.news import hall_topic
from burgertop.stages.summit.queries import room as reads
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.queries.staff import duties_of
from burgertop.stages.summit.views.entering import hall_stage, round_shown, running_stage

__all__ = ["change_table", "room", "set_closed", "table_seats"]


@require_safe
def room(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show how far the room is, step by step, and every table of a round."""
    found, now = hall_stage(request, process, stage)
    rounds, shown = round_shown(request, found)
    tables = reads.room_of(found, shown)
    context = {
        "process": found.process,
        "stage": found,
        "here": "room",
        "rounds": rounds,
        "round": shown,
        "steps": reads.steps_to_plan(found, rounds),
        "tables": tables,
        "kinds": sorted({one.kind for one in tables}, key=lambda kind: kind.line),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "may_see_guests": permissions.may_see_guests(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/room.html", context)


@require_safe
def table_seats(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one table round by round: counts to observers; numbers, languages and needs to those who work here."""
    found, now = hall_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    rounds = queries.rounds_of(found)
    guests = reads.guests_at(table)
    duties = [duty for duty in duties_of(found) if duty.table_id == table.pk]
    context = {
        "process": found.process,
        "stage": found,
        "table": table,
        "rounds": [
            (one, guests.get(one.number, []), [duty for duty in duties if duty.round_id in {None, one.pk}])
            for one in rounds
        ],
        "form": TableForm(table),
        **day_of(found, now),
        "live_url": address_of(hall_topic(found)),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "may_see_guests": permissions.may_see_guests(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/table_seats.html", context)


@require_http_methods(["GET", "POST"])
def change_table(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Change seats, languages and access of one table."""
    found, now = running_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    form = TableForm(table, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_table(table, form.draft(), now=now)
        messages.success(request, _("Saved. People who no longer fit here get other seats with the next plan."))
        return redirect("summit:table_seats", process=process, stage=stage, pk=pk)
    context = {"process": found.process, "stage": found, "table": table, "form": form}
    return TemplateResponse(request, "summit/change_table.html", context)


@require_POST
def set_closed(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Close a table, or open it again."""
    found, now = running_stage(request, process, stage)
    actions.set_table_closed(queries.table_or_404(found, pk), is_closed=do == "close", now=now)
    return redirect("summit:table_seats", process=process, stage=stage, pk=pk)
