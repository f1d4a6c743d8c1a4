"""Who was drawn: for the organiser only, by number; names on a page of their own, with a reason."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.core.errors import CoreError
from burgertop.core.sortition import canonical_bytes
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.draws.queries import remaining_of, roster_of, rounds_of, seats_given
from burgertop.foundation.draws.terms import terms_of_round
from burgertop.foundation.files.tables import write_csv, write_xlsx
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.actions import Reason
from burgertop.stages.lottery.forms import LeaverForm, ReasonForm
from burgertop.stages.lottery.views.finding import draw_for
from burgertop.stages.lottery.views.handing import package_file

__all__ = ["audit_file", "export", "input_file", "leavers", "names", "roster"]

ON_A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def roster(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Show everybody who was given a seat, by number, with features and origin, without names."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    page = Paginator(seats_given(found), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(member, _features(found, member)) for member in page.object_list]
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "page": page, "rows": rows}
    context["may_hold_draw"] = permissions.may_hold_draw(request.actor, found.stage, timezone.now())
    return TemplateResponse(request, "lottery/roster.html", context)


@require_POST
def leavers(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Note that somebody gives their seat back, or that this was a mistake; nobody is named in the record."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    if not permissions.may_hold_draw(request.actor, found.stage, timezone.now()):
        raise PermissionDenied
    form = LeaverForm(request.POST)
    back = reverse("lottery:roster", kwargs={"process": process, "stage": stage, "draw": draw})
    member = found.members.filter(number=form.cleaned_data["number"]).first() if form.is_valid() else None
    if member is None:
        messages.warning(request, say(DrawError("draws.no_such_numbers", numbers=request.POST.get("number", "")[:9])))
        return redirect(back)
    try:
        if form.cleaned_data["comes_back"]:
            draws.come_back(member, now=timezone.now())
            messages.success(request, _("Number %(number)s keeps the seat.") % {"number": member.number})
        else:
            draws.leave(member, now=timezone.now())
            messages.success(request, _("The seat of number %(number)s is free.") % {"number": member.number})
    except HouseError as error:
        messages.warning(request, say(error))
    return redirect(f"{back}?page={form.cleaned_data['page'] or 1}#number-{member.number}")


@require_http_methods(["GET", "POST"])
def names(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Ask for a reason; POST writes it into the record and shows the names of the drawn, once."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    now = timezone.now()
    if not permissions.may_open_names(request.actor, found, now):
        messages.warning(request, say(HouseError("draws.not_drawn")))
        return redirect("lottery:desk", process=process, stage=stage, draw=draw)
    form = ReasonForm(request.POST or None)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    if request.method == "POST" and form.is_valid():
        actions.open_names(found, Reason(form.cleaned_data["reason"]), by=request.actor.account_id, now=now)
        context["seats"] = queries.named_seats(list(roster_of(found)))
    return TemplateResponse(request, "lottery/names.html", context)


@require_safe
def export(request: HouseRequest, process: str, stage: str, draw: str, which: str, form: str) -> HttpResponse:
    """Give the drawn or the remaining as CSV or XLSX: number, id of the file, origin, features; no names."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    lists = {"selected": roster_of, "remaining": remaining_of}
    if which not in lists or form not in {"csv", "xlsx"}:
        raise Http404
    columns = ["number", "pool_id", "origin", "standing", "language", *found.features]
    rows = list(_rows(found, lists[which](found)))
    if form == "csv":
        response = HttpResponse(write_csv(columns, rows, has_mark=True), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(write_xlsx(columns, rows, sheet=which), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.name}-{which}.{form}"'
    return response


@require_safe
def input_file(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Give the sealed input of a draw as it was digested: for a witness who recomputes it; not for the public."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    one = rounds_of(found).last()
    if one is None:
        raise Http404
    try:
        terms = terms_of_round(one)
        content = canonical_bytes(
            terms.pool,
            terms.quotas,
            must=terms.must,
            never=terms.never,
            at_most_per_household=terms.per_household,
        )
    except CoreError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.name}-input.json"'
    return response


@require_POST
def audit_file(request: HouseRequest, process: str, stage: str, draw: str, number: int) -> HttpResponse:
    """Give the organiser every opened row of a round, for an auditor; the record says that it happened."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    one = queries.round_or_404(found, number)
    try:
        content = actions.open_rows(one, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
        return redirect("lottery:desk", process=process, stage=stage, draw=draw)
    return package_file(content, f"{draw}-{number}-audit")


def _rows(draw: Draw, members: Iterable[Member]) -> Iterable[list[str | int]]:
    for member in members:
        person = member.participant
        own: list[str | int] = [member.number, person.pool_id, member.origin, member.standing, person.language]
        yield own + [value for _, value in _features(draw, member)]


def _features(draw: Draw, member: Member) -> list[tuple[str, str]]:
    return [(feature, str(member.participant.features.get(feature, ""))) for feature in draw.features]
