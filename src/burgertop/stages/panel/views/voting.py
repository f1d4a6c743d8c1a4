"""Voting: the panel decides on amendments and recommendations, each member with the seat code."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.forms import PaperForm
from burgertop.foundation.ballotbox.queries import ballot_for, has_voted, options_for, papers_in, voter_key
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.panel import actions, permissions, queries
from burgertop.stages.panel.models import Amendment, Recommendation

__all__ = ["close", "decide", "vote"]


@require_POST
def decide(request: HouseRequest, process: str, stage: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Open the vote on a recommendation or an amendment."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    if not permissions.may_decide(request.actor, one, timezone.now()):
        raise PermissionDenied
    thing = queries.thing_or_404(one, kind, pk)
    try:
        actions.put_to_vote(thing, now=timezone.now())
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("The vote is open."))
    return _back(process, stage, thing)


@require_POST
def close(request: HouseRequest, process: str, stage: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Close the vote and count it."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    if not permissions.may_decide(request.actor, one, timezone.now()):
        raise PermissionDenied
    thing = queries.thing_or_404(one, kind, pk)
    try:
        actions.close_vote(thing, now=timezone.now())
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("The vote is counted."))
    return _back(process, stage, thing)


@require_http_methods(["GET", "POST"])
def vote(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take one member's paper: choose, look again, send; until the vote closes it can be changed."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    now = timezone.now()
    ballot = ballot_for(pk, one)
    known = voter_key(ballot, request.actor, one.process_id)
    if known is None or not permissions.may_vote(request.actor, one, now):
        raise PermissionDenied
    voter, _origin = known
    form = PaperForm(ballot, options_for(ballot, voter), request.POST or None)
    context = {
        "process": one.process,
        "stage": one,
        "ballot": ballot,
        "form": form,
        "options": form.options,
        "has_voted": has_voted(ballot, voter),
        "papers": papers_in(ballot),
        "is_open": ballot.is_open(now),
        "back": queries.home_of(ballot),
    }
    if request.method == "POST" and form.is_valid() and form.step == "send":
        try:
            context["receipt"] = cast(
                ballot,
                voter=voter,
                choices=form.cleaned_data["choices"],
                origin=Origin.DRAWN,
                once=form.cleaned_data["once"],
                now=now,
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            return TemplateResponse(request, "panel/voted.html", {**context, "voted_at": now})
    context["is_review"] = request.method == "POST" and form.is_valid() and form.step == "review"
    return TemplateResponse(request, "panel/vote.html", context)


def _back(process: str, stage: str, thing: Recommendation | Amendment) -> HttpResponse:
    pk = thing.pk if isinstance(thing, Recommendation) else thing.recommendation_id
    return redirect("panel:recommendation", process=process, stage=stage, pk=pk)
