"""The vote on the themes: the paper, the receipt, the result."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.forms import PaperForm
from burgertop.foundation.ballotbox.models import Ballot, BallotState
from burgertop.foundation.ballotbox.queries import (
    export,
    has_voted,
    options_for,
    papers_in,
    papers_of,
    result_of,
    voter_key,
)
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.queries.themes import agenda_of
from burgertop.stages.consultation.queries.votes import vote_of
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage

__all__ = ["papers", "result", "vote"]


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the ballot paper; POST looks it over, then puts it into the box. It can be changed until the close."""
    found, now = seen_stage(request, process, stage)
    ballot = vote_of(found)
    if ballot is None or ballot.state == BallotState.DRAFT:
        return TemplateResponse(request, "consultation/vote_later.html", context_of(request, found, now))
    if ballot.state == BallotState.COUNTED and request.method != "POST":
        return go_to("result", found)
    admitted = voter_key(ballot, request.actor, found.process_id)
    voter = admitted[0] if admitted else ""
    form = PaperForm(ballot, options_for(ballot, voter), request.POST or None)
    is_filled = request.method == "POST" and form.is_valid()
    if is_filled and form.step == "send" and admitted is not None:
        try:
            receipt = cast(
                ballot,
                voter=voter,
                choices=form.cleaned_data["choices"],
                origin=admitted[1],
                once=form.cleaned_data["once"],
                now=now,
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            return _received(request, found, ballot, receipt, now)
    context = context_of(
        request,
        found,
        now,
        ballot=ballot,
        form=form,
        review=is_filled and form.step == "review",
        is_open=ballot.is_open(now),
        has_voted=bool(voter) and has_voted(ballot, voter),
    )
    return TemplateResponse(request, "consultation/vote.html", context, status=422 if form.errors else 200)


def _received(request: HouseRequest, stage: Stage, ballot: Ballot, receipt: str, now: datetime) -> HttpResponse:
    address = {"process": stage.process.slug, "stage": stage.slug}
    context = context_of(
        request,
        stage,
        now,
        ballot=ballot,
        receipt=receipt,
        voted_at=now,
        change_url=reverse("consultation:vote", kwargs=address),
        list_url=reverse("consultation:result", kwargs=address),
    )
    return TemplateResponse(request, "consultation/voted.html", context)


@require_safe
def result(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the result of the vote and the agenda; before the count only how many papers are in the box."""
    found, now = seen_stage(request, process, stage)
    ballot = vote_of(found)
    if ballot is None:
        raise Http404
    is_counted = ballot.state == BallotState.COUNTED
    context = context_of(
        request,
        found,
        now,
        ballot=ballot,
        result=result_of(ballot),
        papers=papers_of(ballot) if is_counted else [],
        handed_in=papers_in(ballot),
        agenda=list(agenda_of(found)),
        export_url=reverse("consultation:papers", kwargs={"process": process, "stage": stage}),
    )
    return TemplateResponse(request, "consultation/result.html", context)


@require_safe
def papers(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Hand out the counted ballot as a folder, for anybody to count again."""
    found, _now = seen_stage(request, process, stage)
    ballot = vote_of(found)
    if ballot is None or ballot.state != BallotState.COUNTED:
        raise Http404
    response = HttpResponse(export(ballot), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{found.process.slug}-themes.zip"'
    return response
