"""The organiser's control of the day: rounds, tables, ballots."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.ballotbox.queries import papers_in
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import CancelForm, MessageForm, RoundForm
from burgertop.stages.summit.models import Round, RoundKind
from burgertop.stages.summit.news import control_topic, desk_topic, hall_topic
from burgertop.stages.summit.queries.script import message_to_all, script_of
from burgertop.stages.summit.queries.vote_items import vote_item_of
from burgertop.stages.summit.views.day import board_context
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["ballot_act", "cancel", "control", "round_act", "round_form"]


PARTS = {"running": "summit/_running.html", "hall": "summit/_hall.html", "board": "summit/_board.html"}


@require_safe
def control(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the organiser the whole day, and observers too: now and next, the tables, rounds and ballots."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_control(request.actor, found, now):
        raise PermissionDenied
    script = script_of(found, now)
    ballots = [(one, papers_in(one.ballot)) for one in queries.hall_ballots(found)]
    context = {
        **board_context(request, found, now),
        "script": script,
        "vote_now": vote_item_of(script, script.current, ballots),
        "vote_next": vote_item_of(script, script.next, ballots),
        "message": message_to_all(found),
        "message_form": MessageForm(found.process.languages),
        "rounds": queries.rounds_of(found),
        "now": now,
        "ballots": ballots,
        "may_run": permissions.may_run_day(request.actor, found, now),
        "is_desk": True,
        "is_folded": True,
        "live_url": address_of(hall_topic(found), desk_topic(found), control_topic(found)),
    }
    part = PARTS.get(request.GET.get("part", ""), "summit/_hall.html")
    name = part if "HX-Request" in request.headers else "summit/control.html"
    return TemplateResponse(request, name, context)


@require_http_methods(["GET", "POST"])
def round_form(request: HouseRequest, process: str, stage: str, pk: uuid.UUID | None = None) -> HttpResponse:
    """Make a round, or write its words anew."""
    found, _now = running_stage(request, process, stage)
    round_ = queries.round_or_404(found, pk) if pk is not None else None
    form = RoundForm(found.process.languages, queries.themes_for(found), request.POST or None, _initial(round_))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        save = partial(actions.make_round, found) if round_ is None else partial(actions.reword_round, round_)
        save(
            questions=form.bodies("question"),
            introductions=form.bodies("introduction"),
            kind=RoundKind(data["kind"]),
            theme=uuid.UUID(data["theme"]) if data["theme"] else None,
            length_seconds=data["minutes"] * 60,
            cards_limit=data["cards_limit"],
        )
        messages.success(request, _("The round is saved."))
        return redirect("summit:control", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "form": form, "round": round_}
    return TemplateResponse(request, "summit/round_form.html", context)


def _initial(round_: Round | None) -> dict[str, object]:
    if round_ is None:
        return {}
    words = {f"{row.name}__{row.language}": row.body for row in round_.texts.all()}
    return {
        **words,
        "kind": round_.kind,
        "theme": str(round_.theme or ""),
        "minutes": round_.item.length_seconds // 60,
        "cards_limit": round_.cards_limit,
    }


@require_POST
def round_act(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Open or close a round."""
    found, now = running_stage(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    try:
        if do == "open":
            actions.open_round(round_, now=now)
            messages.success(request, _("Round %(number)s is open.") % {"number": round_.number})
        else:
            actions.close_round(round_, now=now)
            messages.success(request, _("Round %(number)s is closed.") % {"number": round_.number})
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:control", process=process, stage=stage)


@require_POST
def ballot_act(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Open a ballot, close and count it, or publish its result."""
    found, now = running_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    hall.stage = found
    acts = {"open": actions.open_ballot, "close": actions.close_ballot, "publish": actions.publish_result}
    done = {
        "open": _("The ballot is open."),
        "close": _("The ballot is closed and counted."),
        "publish": _("The result is published."),
    }
    try:
        acts[do](hall, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, done[do])
    return redirect("summit:control", process=process, stage=stage)


@require_http_methods(["GET", "POST"])
def cancel(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Ask why, then give up a ballot; its papers are destroyed unread."""
    found, now = running_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    hall.stage = found
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_ballot(hall, reason=form.cleaned_data["reason"], now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The ballot is cancelled."))
            return redirect("summit:control", process=process, stage=stage)
    return TemplateResponse(request, "summit/cancel.html", _page(found, form=form, hall=hall))


def _page(stage: Stage, **more: object) -> dict[str, object]:
    return {"process": stage.process, "stage": stage, **more}
