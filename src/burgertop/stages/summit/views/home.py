"""What everybody sees of the day: rounds, tables, results; and where one sits."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import export, papers_in, papers_of, result_of
from burgertop.foundation.files.tables import write_csv
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.public_pages import same_for_all
from burgertop.foundation.people.requests import HouseRequest
from burgertop.stages.summit import permissions, queries
from burgertop.stages.summit.forms import CodeForm
from burgertop.stages.summit.news import hall_topic
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import come_in, seat_pass, seen_stage
from burgertop.stages.summit.views.releasing import file_name, kept_from_caches

__all__ = ["cards_file", "home", "my_table", "papers_file", "result", "screen"]


@same_for_all
@require_safe
def home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the day: what is going on now, the rounds, the ballots; the live part alone when it is asked for."""
    found, now = seen_stage(request, process, stage)
    rounds = queries.rounds_of(found)
    day = day_of(found, now)
    ballots = [one for one in queries.hall_ballots(found) if one.ballot.state != BallotState.DRAFT]
    for one in ballots:
        one.stage = found
    with_papers = [(one, papers_in(one.ballot)) for one in ballots]
    table_count, seat_count = queries.size_of_hall(found)
    context = {
        "process": found.process,
        "stage": found,
        **day,
        "rounds": rounds,
        "ballots": with_papers,
        "kinds": queries.by_kind(with_papers),
        "now": now,
        "seen": {one.pk for one in ballots if permissions.may_see_result(request.actor, one, now)},
        "table_count": table_count,
        "seat_count": seat_count,
        "live_url": address_of(hall_topic(found)),
        "remote": queries.home_setting(found),
        "may_see_control": permissions.may_see_control(request.actor, found, now),
        "may_read_desk": permissions.may_read_desk(request.actor, found, now),
        "may_see_seats": permissions.may_see_seats(request.actor, found, now),
        "may_see_board": permissions.may_see_board(request.actor, found, now),
        "may_see_script": permissions.may_see_script(request.actor, found, now, is_public=day["script"].is_public),
    }
    name = "summit/_day.html" if "HX-Request" in request.headers else "summit/home.html"
    return TemplateResponse(request, name, context)


@require_http_methods(["GET", "POST"])
def my_table(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Tell somebody with a seat code at which tables they sit."""
    found, now = seen_stage(request, process, stage)
    held = seat_pass(request, found)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (response := come_in(request, found, form)) is not None:
        return response
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "is_known": held is not None,
        "seats": queries.seats_of(found, held.subject) if held is not None else [],
        **day_of(found, now),
        "live_url": address_of(hall_topic(found)),
    }
    return TemplateResponse(request, "summit/my_table.html", context)


@same_for_all
@require_safe
def screen(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the screen of the hall: the ballot while it is open, its result once it is published."""
    found, now = seen_stage(request, process, stage)
    hall = queries.latest_ballot(found)
    view = None
    if hall is not None:
        hall.stage = found
        view = queries.screen_of(hall, is_shown=permissions.may_see_in_hall(request.actor, hall, now))
    context = {
        "process": found.process,
        "stage": found,
        "view": view,
        "now": now,
        "current": queries.current_round(queries.rounds_of(found)),
        "languages": found.process.languages[:3],
        **day_of(found, now),
        "live_url": address_of(hall_topic(found)),
    }
    name = "summit/_screen.html" if "HX-Request" in request.headers else "summit/screen.html"
    return TemplateResponse(request, name, context)


@same_for_all
@require_safe
def result(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show the published result of one ballot, with the list of papers anybody can recount."""
    found, now = seen_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    hall.stage = found
    counted = result_of(hall.ballot)
    context = {"process": found.process, "stage": found, "hall": hall, "ballot": hall.ballot, "now": now}
    if counted is None or not permissions.may_see_result(request.actor, hall, now):
        is_waited_for = hall.ballot.state in {BallotState.OPEN, BallotState.COUNTED}
        if not is_waited_for or not hall.is_embargoed(now):
            raise Http404
        return kept_from_caches(TemplateResponse(request, "summit/embargoed.html", context))
    context |= {"result": counted, "papers": papers_of(hall.ballot)}
    response = TemplateResponse(request, "summit/result.html", context)
    return response if hall.is_public(now) else kept_from_caches(response)


@require_safe
def papers_file(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give the folder of a published ballot: its papers and everything to recount them."""
    found, now = seen_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    hall.stage = found
    if not hall.is_released or not permissions.may_see_result(request.actor, hall, now):
        raise Http404
    response = HttpResponse(export(hall.ballot), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file_name(hall, now)}.zip"'
    return response if hall.is_public(now) else kept_from_caches(response)


@require_safe
def cards_file(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Give all sent cards as CSV; they name nobody."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_export_cards(request.actor, found, now):
        raise PermissionDenied
    columns, rows = queries.cards_table(found, get_language() or found.process.first_language)
    response = HttpResponse(write_csv(columns, rows, has_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cards-{found.slug}.csv"'
    return response
