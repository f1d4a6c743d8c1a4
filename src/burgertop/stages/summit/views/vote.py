"""The ballot of the hall on somebody's phone: the seat code, the paper, the receipt."""

import uuid

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.forms import PaperForm
from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import has_voted, options_for, voter_key
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import queries
from burgertop.stages.summit.forms import CodeForm
from burgertop.stages.summit.views.entering import come_in, seen_stage

__all__ = ["vote"]


@require_http_methods(["GET", "POST"])
def vote(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Ask for the seat code; then take a paper: choose, look it over, send. It can be changed until the close."""
    found, now = seen_stage(request, process, stage)
    hall = queries.hall_ballot_or_404(found, pk)
    ballot = hall.ballot
    if ballot.state == BallotState.DRAFT:
        raise Http404
    context = {
        "process": found.process,
        "stage": found,
        "hall": hall,
        "ballot": ballot,
        "is_open": ballot.is_open(now),
        "is_public": hall.is_public(now),
        "voted_at": now,
    }
    known = voter_key(ballot, request.actor, found.process_id)
    if known is None:
        form = CodeForm(request.POST if "code" in request.POST else None)
        if request.method == "POST" and (response := come_in(request, found, form)) is not None:
            return response
        return TemplateResponse(request, "summit/vote.html", {**context, "code_form": form})
    voter, origin = known
    paper = PaperForm(ballot, options_for(ballot, voter), request.POST if "once" in request.POST else None)
    if request.method == "POST" and paper.is_valid() and paper.step == "send":
        data = paper.cleaned_data
        try:
            receipt = cast(ballot, voter=voter, choices=data["choices"], origin=origin, once=data["once"], now=now)
        except HouseError as error:
            paper.add_error(None, say(error))
        else:
            return TemplateResponse(request, "summit/voted.html", {**context, "receipt": receipt})
    is_review = paper.is_bound and paper.is_valid() and paper.step == "review"
    context |= {"form": paper, "is_review": is_review, "has_voted": has_voted(ballot, voter)}
    return TemplateResponse(request, "summit/vote.html", context)
