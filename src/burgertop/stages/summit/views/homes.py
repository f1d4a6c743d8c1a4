"""G-Home for those who take part: registering, coming in with a code, one's table with its talk, ratings and cards."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import standing_codes
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import forget, grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.post.actions import send_mail
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import HomeCodeForm, RegisterForm, StatementForm
from burgertop.stages.summit.models import HomeGuest, HomeRating, HomeSeat, RoundState
from burgertop.stages.summit.news import hall_topic, home_topic, table_topic
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["at_home", "from_home", "home_card", "leave", "pen", "rate_statement", "say_something", "sit"]

PARTS = {name: f"summit/_home_{name}.html" for name in ("top", "people", "talk", "rate", "cards")}
ANSWERS = {"agree": HomeRating.Value.AGREE, "disagree": HomeRating.Value.DISAGREE, "pass": HomeRating.Value.PASS}


def _guest_at(request: HouseRequest, process: str, stage: str) -> tuple[Stage, HomeGuest, datetime]:
    """The stage, the guest of this browser and the moment; nobody else comes further."""
    found, now = seen_stage(request, process, stage)
    guest = permissions.home_guest_of(request.actor, found)
    if guest is None:
        raise PermissionDenied
    guest.stage = found
    return found, guest, now


def _seat_at(request: HouseRequest, process: str, stage: str) -> tuple[HomeSeat, datetime]:
    """The seat of this browser's guest in the round that is current; nobody else comes further."""
    found, guest, now = _guest_at(request, process, stage)
    current = queries.current_round(queries.rounds_of(found))
    seat = queries.seat_at_home(guest, current) if current is not None else None
    if seat is None:
        raise PermissionDenied
    actions.note_seen(seat, now=now)
    return seat, now


@never_cache
@require_http_methods(["GET", "POST"])
def from_home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Register to take part from home, or come in with the code of an earlier registration."""
    found, now = seen_stage(request, process, stage)
    do = request.POST.get("do", "")
    rounds = [one for one in queries.rounds_of(found) if one.state != RoundState.CLOSED]
    form = RegisterForm(found.process.languages, rounds, request.POST if do == "register" else None)
    code_form = HomeCodeForm(request.POST if do == "enter" else None)
    if do == "register" and form.is_valid():
        try:
            return _registered(request, found, form, now)
        except HouseError as error:
            form.add_error(None, say(error))
    if do == "enter" and code_form.is_valid():
        try:
            return _come_in(request, found, code_form.cleaned_data["code"], now)
        except HouseError as error:
            code_form.add_error("code", say(error))
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "code_form": code_form,
        "setting": queries.home_setting(found),
        "is_closed": found.state == StageState.CLOSED,
        "guest": permissions.home_guest_of(request.actor, found),
    }
    return TemplateResponse(request, "summit/from_home.html", context)


def _registered(request: HouseRequest, stage: Stage, form: RegisterForm, now: datetime) -> HttpResponse:
    """Store the registration and show its code, this once; send it too where an address was left."""
    data = form.cleaned_data
    guest, code = actions.register_at_home(
        stage, language=data["language"], rounds=form.chosen(), mail=data["mail"], once=data["once"], now=now
    )
    is_sent = bool(data["mail"]) and _mail_code(request, guest, code)
    context = {"process": stage.process, "stage": stage, "guest": guest, "code": code, "is_sent": is_sent}
    response = TemplateResponse(request, "summit/home_code.html", context)
    held = standing_codes(stage.process_id, permissions.HOME).get(subject=guest.pk)
    grant(request, response, Pass(permissions.HOME, stage.process_id, guest.pk, key=str(held.pk)))
    return response


def _mail_code(request: HouseRequest, guest: HomeGuest, code: str) -> bool:
    """Send the code to the address that was left, in the guest's language; says whether it went out."""
    stage = guest.stage
    with override(guest.language):
        title = str(stage.process.say("title", guest.language))
        lines = (
            _("You take part in “%(process)s” from home.") % {"process": title},
            _("Your code: %(code)s") % {"code": code},
            _("Come in here: %(address)s") % {"address": request.build_absolute_uri(request.path)},
        )
        sending = send_mail(
            stage.process,
            "home_code",
            subject=_("Your code to take part from home"),
            body="\n\n".join(lines),
            once=f"home:{guest.pk}:{uuid.uuid4()}",
            identity=guest.identity,
        )
    return not sending.error


def _come_in(request: HouseRequest, stage: Stage, typed: str, now: datetime) -> HttpResponse:
    """Take a code; who comes while a round is under way gets their table, or the emptiest one."""
    code = enter(stage.process_id, permissions.HOME, typed, network=request.actor.network, now=now)
    guest = HomeGuest.objects.filter(pk=code.subject, stage=stage, left_at__isnull=True).first()
    if guest is None:
        raise HouseError("codes.unknown")
    guest.stage = stage
    current = queries.current_round(queries.rounds_of(stage))
    if current is not None and current.is_open:
        actions.sit_down(guest, current, now=now)
    response = redirect("summit:at_home", process=stage.process.slug, stage=stage.slug)
    grant(request, response, Pass(permissions.HOME, stage.process_id, guest.pk, key=str(code.pk)))
    return response


@never_cache
@require_safe
def at_home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show a guest their table: question, clock, room, talk, what to rate, cards; ``?part=`` gives one part alone."""
    found, now = seen_stage(request, process, stage)
    guest = permissions.home_guest_of(request.actor, found)
    if guest is None:
        return redirect("summit:from_home", process=process, stage=stage)
    guest.stage = found
    context = _table_context(request, guest, now)
    part = request.GET.get("part", "")
    if part in PARTS and context["seat"] is None:
        raise Http404
    return TemplateResponse(request, PARTS.get(part, "summit/at_home.html"), context)


def _table_context(request: HouseRequest, guest: HomeGuest, now: datetime) -> dict[str, Any]:
    stage = guest.stage
    current = queries.current_round(queries.rounds_of(stage))
    seat = queries.seat_at_home(guest, current) if current is not None else None
    context: dict[str, Any] = {
        "process": stage.process,
        "stage": stage,
        "guest": guest,
        "round": current,
        "seat": seat,
        "now": now,
        "tongues": [get_language() or guest.language],
        "left_behind": permissions.tables_handed_on(request.actor, stage),
        "may_talk": current is not None and current.is_open and stage.state == StageState.OPEN,
        **day_of(stage, now),
        "live_url": address_of(hall_topic(stage)),
    }
    if seat is None or current is None:
        return context
    actions.note_seen(seat, now=now)
    table, setting = seat.table, queries.home_setting(stage)
    lines, hidden = queries.talk_at(seat)
    room = queries.room_of_table(table)
    cards = queries.cards_at(table, current)
    return {
        **context,
        "table": table,
        "address": queries.room_address(table, room, setting),
        "people": queries.people_at(table, current),
        "has_pen": room is not None and room.pen_id == guest.pk,
        "is_bound": permissions.device_of(request.actor, table) is not None,
        "is_pen_held": room is not None and room.pen_id is not None,
        "lines": lines,
        "hidden": hidden,
        "next": queries.next_statement(seat, setting.reach),
        "cards": cards,
        "form": StatementForm(),
        "live_url": address_of(hall_topic(stage), home_topic(stage, table.number), table_topic(stage, table.number)),
    }


def _back(request: HouseRequest, stage: Stage, anchor: str = "") -> HttpResponse:
    """Go back to the page of the table; a page that asked from a script brings its parts up to date itself."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204)
    response = redirect("summit:at_home", process=stage.process.slug, stage=stage.slug)
    return HttpResponseRedirect(f"{response.url}#{anchor}") if anchor else response


@require_POST
def sit(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Ask for a table in the round that is under way."""
    found, guest, now = _guest_at(request, process, stage)
    current = queries.current_round(queries.rounds_of(found))
    seat = actions.sit_down(guest, current, now=now) if current is not None and current.is_open else None
    if seat is None:
        messages.info(request, _("There is no free place yet. This page shows your table as soon as you have one."))
    return _back(request, found)


@require_POST
def say_something(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Say something to one's table; what cannot be taken stays in the form, with the reason."""
    seat, now = _seat_at(request, process, stage)
    form = StatementForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            language = seat.table.languages[0]
            actions.say_statement(seat, data["text"], language=language, once=data["once"], now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            return _back(request, seat.guest.stage, "talk")
    context = {**_table_context(request, seat.guest, now), "form": form}
    return TemplateResponse(request, "summit/at_home.html", context, status=409 if form.is_valid() else 200)


@require_POST
def rate_statement(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take what somebody thinks of a statement: one of three answers."""
    seat, now = _seat_at(request, process, stage)
    found = seat.guest.stage
    statement = queries.statement_or_404(found, pk)
    answer = request.POST.get("rating", "")
    if not queries.may_rate_here(seat, statement, queries.home_setting(found).reach):
        raise PermissionDenied
    if answer not in ANSWERS:
        messages.error(request, _("Choose one of the three answers."))
        return _back(request, found, "rate")
    try:
        actions.rate_statement(statement, seat.guest, ANSWERS[answer], now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return _back(request, found, "rate")


@require_POST
def pen(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Write for one's table with this browser, or lay the pen down for somebody else."""
    seat, now = _seat_at(request, process, stage)
    response = _back(request, seat.guest.stage, "cards")
    if request.POST.get("do") == "lay":
        actions.free_pen(seat.table, seat.guest, now=now)
        return response
    is_bound = permissions.device_of(request.actor, seat.table) is not None
    try:
        bound = actions.take_pen(seat, now=now, is_bound=is_bound)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        if bound is not None:
            grant(request, response, bound)
    return response


@require_POST
def home_card(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a statement a card of its table: by who writes for the table, or a moderator."""
    found, now = seen_stage(request, process, stage)
    statement = queries.statement_or_404(found, pk)
    is_moderator = permissions.may_moderate_homes(request.actor, found, now)
    if not (is_moderator or permissions.has_home_pen(request.actor, statement.table)):
        raise PermissionDenied
    try:
        actions.card_from_statement(statement, by=request.actor.account_id, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("The statement is a card of its table now."))
    if is_moderator:
        return redirect("summit:home_statements", process=process, stage=stage)
    return _back(request, found, "cards")


@require_http_methods(["GET", "POST"])
def leave(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Ask once more, then take somebody off: their code, their address, the tie to what they said."""
    found, guest, now = _guest_at(request, process, stage)
    if request.method == "POST":
        actions.leave_home(guest, now=now)
        messages.success(request, _("You no longer take part. Nothing here leads to you any more."))
        response = redirect("summit:home", process=process, stage=stage)
        forget(request, response, permissions.HOME, found.process_id)
        return response
    return TemplateResponse(request, "summit/home_leave.html", {"process": found.process, "stage": found})
