"""The day as it runs: the clock for everybody, the presses of the control desk, messages, the board of tables."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import MessageForm, PressForm
from burgertop.stages.summit.news import control_topic, desk_topic, hall_topic
from burgertop.stages.summit.queries.board import Sign, board_of, call_or_404
from burgertop.stages.summit.queries.script import item_or_404, message_to_all, script_of
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["board", "board_context", "call_act", "clock", "press", "send_message", "take_message_away"]

MOST_DIGITS = 5
PRESSES = {
    "pause": actions.pause_clock,
    "resume": actions.resume_clock,
    "end": actions.end_item,
    "back": actions.put_item_back,
}


@require_safe
def clock(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Give the part of a page that follows the clock: what is under way, how long still, the message to everyone."""
    found, now = seen_stage(request, process, stage)
    context = {
        "process": found.process,
        "stage": found,
        "script": script_of(found, now),
        "message": message_to_all(found),
    }
    return TemplateResponse(request, "summit/_now.html", context)


@require_POST
def press(request: HouseRequest, process: str, stage: str, do: str) -> HttpResponse:
    """Take one press of the control desk; pressed twice it counts once, and a desk that is behind is told."""
    found, now = running_stage(request, process, stage)
    form = PressForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    pressed = form.press(request.actor.account_id)
    try:
        if do == "begin":
            item, is_sure = item_or_404(found, form.cleaned_data["item"]), form.cleaned_data["sure"]
            actions.begin_item(item, now=now, press=pressed, is_sure=is_sure)
        elif do == "stretch":
            actions.stretch_item(found, form.cleaned_data["seconds"] or 0, now=now, press=pressed)
        else:
            PRESSES[do](found, now=now, press=pressed)
    except HouseError as error:
        if error.code == "summit.item_too_early":
            context = {"process": found.process, "stage": found, "item": item, "form": form, "why": say(error)}
            return TemplateResponse(request, "summit/too_early.html", context, status=409)
        messages.error(request, say(error))
    return redirect("summit:control", process=process, stage=stage)


@require_POST
def send_message(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show a short message on every page of the day."""
    found, now = running_stage(request, process, stage)
    form = MessageForm(found.process.languages, request.POST)
    if form.is_valid():
        actions.send_message(found, form.bodies("text"), once=form.cleaned_data["once"], now=now)
        messages.success(request, _("The message is on every page of the day."))
    else:
        messages.error(request, _("Write the message in one language at least."))
    return redirect("summit:control", process=process, stage=stage)


@require_POST
def take_message_away(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the message to everyone away."""
    found, now = running_stage(request, process, stage)
    actions.take_message_away(found, now=now)
    return redirect("summit:control", process=process, stage=stage)


@require_safe
def board(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show every table, who needs somebody first; the part that is brought up to date alone when it is asked for."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_board(request.actor, found, now):
        raise PermissionDenied
    context = {
        **board_context(request, found, now),
        "script": script_of(found, now),
        "message": message_to_all(found),
        "live_url": address_of(hall_topic(found), desk_topic(found), control_topic(found)),
    }
    name = "summit/_board.html" if "HX-Request" in request.headers else "summit/board.html"
    return TemplateResponse(request, name, context)


def board_context(request: HouseRequest, stage: Stage, now: datetime) -> dict[str, object]:
    """What the board needs; ``?sign=`` and ``?place=`` leave some of the tables, ``?table=`` one."""
    sign, place = request.GET.get("sign", ""), request.GET.get("place", "")
    sign = sign if sign in Sign.values else ""
    place = place if place in {"hall", "home", "off"} else ""
    typed = request.GET.get("table", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else None
    current = queries.current_round(queries.rounds_of(stage))
    return {
        "process": stage.process,
        "stage": stage,
        "round": current,
        "board": board_of(stage, current, now, sign=sign, place=place, number=number),
        "sign": sign,
        "place": place,
        "number": number,
        "asked": request.GET.urlencode(),
        "may_help": permissions.may_help(request.actor, stage, now),
        "account": request.actor.account_id,
    }


@require_POST
def call_act(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Say that one goes to a table that called, or that it is done."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_help(request.actor, found, now):
        raise PermissionDenied
    call = call_or_404(found, pk)
    if do == "take":
        actions.take_call(call, by=request.actor.account_id, now=now)
    else:
        actions.end_call(call, now=now)
    return redirect("summit:board", process=process, stage=stage)
