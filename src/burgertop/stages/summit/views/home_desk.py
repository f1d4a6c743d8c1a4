"""G-Home for staff: setting, tables and rooms, dealing and moving people, hiding statements; and the public report."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files.tables import write_csv
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import HideForm, HomeSettingForm, HomeTablesForm, MoveGuestForm, RoomForm
from burgertop.stages.summit.models import Reach, RemovalReason, Round, RoundState
from burgertop.stages.summit.news import hall_topic, home_topic
from burgertop.stages.summit.views.entering import round_shown, running_stage, seen_stage

__all__ = [
    "deal",
    "desk",
    "move",
    "open_tables",
    "report",
    "report_file",
    "room",
    "statement_act",
    "statements",
]

LIVE_TABLES = 11  # a stream carries twelve topics


@require_http_methods(["GET", "POST"])
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show rooms and people of one round, and the setting; POST stores the setting."""
    found, now = running_stage(request, process, stage)
    setting = queries.home_setting(found)
    form = HomeSettingForm(setting, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "reach": Reach(form.cleaned_data["reach"])}
        actions.set_homes(found, **data, now=now)
        messages.success(request, _("The setting is stored."))
        return redirect("summit:home_desk", process=process, stage=stage)
    rounds, shown = round_shown(request, found)
    rows = queries.home_rooms_of(found, shown, since=now - actions.AWAY)
    ahead = [one for one in rounds if one.state != RoundState.CLOSED]
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "rounds": rounds,
        "shown": shown,
        "rows": rows,
        "waiting": queries.unseated(shown) if shown is not None else [],
        "tables_form": HomeTablesForm(found.process.languages),
        "move_form": MoveGuestForm(ahead, [row.table.number for row in rows]),
        "guests": found.home_guests.filter(left_at__isnull=True).count(),
    }
    return TemplateResponse(request, "summit/home_desk.html", context)


def _to_desk(stage: Stage) -> HttpResponse:
    return redirect("summit:home_desk", process=stage.process.slug, stage=stage.slug)


@require_POST
def open_tables(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Open online tables in a language."""
    found, now = running_stage(request, process, stage)
    form = HomeTablesForm(found.process.languages, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a language, and say how many tables."))
        return _to_desk(found)
    try:
        made = actions.open_home_tables(found, form.cleaned_data["language"], form.cleaned_data["count"], now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        number = len(made)
        done = ngettext("%(number)s online table is open.", "%(number)s online tables are open.", number)
        messages.success(request, done % {"number": number})
    return _to_desk(found)


@require_POST
def deal(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give tables in a round to those who wait for one."""
    found, now = running_stage(request, process, stage)
    try:
        number = actions.deal_homes(queries.round_or_404(found, pk), now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        done = ngettext("%(number)s person got a table.", "%(number)s people got a table.", number)
        messages.success(request, done % {"number": number} if number else _("Nobody waits for a table."))
    return _to_desk(found)


@require_POST
def move(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Put somebody at another online table."""
    found, now = running_stage(request, process, stage)
    rounds = {str(one.pk): one for one in queries.rounds_of(found)}
    tables = {table.number: table for table in queries.home_tables(found)}
    form = MoveGuestForm(list(rounds.values()), list(tables), request.POST)
    if not form.is_valid():
        messages.error(request, _("Say who, in which round, and to which table."))
        return _to_desk(found)
    data = form.cleaned_data
    try:
        guest = queries.guest_numbered(found, data["number"])
        actions.move_guest(guest, rounds[data["round"]], tables[int(data["table"])], now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("Moved to table %(table)s.") % {"table": data["table"]})
    return _to_desk(found)


@require_http_methods(["GET", "POST"])
def room(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show the room of one table, to be tried out, changed, or made anew; or free its pen."""
    found, now = running_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    if table.origin != Origin.G_HOME:
        raise PermissionDenied
    held = queries.room_of_table(table)
    do = request.POST.get("do", "")
    typed = {"address": held.address if held is not None else ""}
    form = RoomForm(request.POST) if do == "address" else RoomForm(initial=typed)
    if do == "renew":
        actions.renew_room(table)
    elif do == "pen":
        actions.free_pen(table, now=now)
    elif form.is_bound and form.is_valid():
        actions.set_room(table, form.cleaned_data["address"])
    if request.method == "POST" and (do in {"renew", "pen"} or form.is_valid()):
        return redirect("summit:home_room", process=process, stage=stage, pk=pk)
    context = {
        "process": found.process,
        "stage": found,
        "table": table,
        "form": form,
        "has_pen": held is not None and held.pen_id is not None,
        "address": queries.room_address(table, held, queries.home_setting(found)),
    }
    return TemplateResponse(request, "summit/home_room.html", context)


@require_safe
def statements(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show moderators everything said online in one round, newest first; the live part alone when it is asked for."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_read_homes(request.actor, found, now):
        raise PermissionDenied
    rounds, shown = round_shown(request, found)
    numbers = [table.number for table in queries.home_tables(found)][:LIVE_TABLES]
    context = {
        "process": found.process,
        "stage": found,
        "rounds": rounds,
        "shown": shown,
        "rows": queries.statements_of(found, shown) if shown is not None else [],
        "reasons": RemovalReason.choices,
        "may_moderate": permissions.may_moderate_homes(request.actor, found, now),
        "live_url": address_of(hall_topic(found), *(home_topic(found, number) for number in numbers)),
    }
    name = "summit/_home_statements.html" if "HX-Request" in request.headers else "summit/home_statements.html"
    return TemplateResponse(request, name, context)


@require_POST
def statement_act(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Hide a statement with a reason, or show it again."""
    found, now = seen_stage(request, process, stage)
    statement = queries.statement_or_404(found, pk)
    if not permissions.may_moderate_homes(request.actor, found, now):
        raise PermissionDenied
    form = HideForm(request.POST)
    if do == "show":
        actions.show_statement(statement, now=now)
    elif form.is_valid():
        actions.hide_statement(statement, RemovalReason(form.cleaned_data["reason"]), now=now)
    else:
        messages.error(request, _("Choose a reason. The author reads it."))
    response = redirect("summit:home_statements", process=process, stage=stage)
    response["Location"] += f"?round={statement.round.number}"
    return response


def _rounds_of_report(request: HouseRequest, stage: Stage, now: datetime) -> list[Round]:
    """The rounds whose report one may read: those that are over; for staff, those under way as well."""
    may_read = permissions.may_read_homes(request.actor, stage, now)
    wanted = {RoundState.CLOSED, RoundState.OPEN} if may_read else {RoundState.CLOSED}
    return [one for one in queries.rounds_of(stage) if one.state in wanted]


@require_safe
def report(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show what was said online in each round and language, ranked, apart from the hall."""
    found, now = seen_stage(request, process, stage)
    sessions = queries.report_of(found, _rounds_of_report(request, found, now))
    context = {"process": found.process, "stage": found, "sessions": sessions}
    return TemplateResponse(request, "summit/home_report.html", context)


@require_safe
def report_file(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Give the ranked statements as CSV; they name nobody."""
    found, now = seen_stage(request, process, stage)
    sessions = queries.report_of(found, _rounds_of_report(request, found, now))
    columns, rows = queries.report_table(sessions)
    response = HttpResponse(write_csv(columns, rows, has_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="g-home-{found.slug}.csv"'
    return response
