"""Reading: the panel, its sittings, its recommendations."""

import uuid

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import quota_table
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.stages.panel import permissions, queries
from burgertop.stages.panel.actions.seating import DRAW_NAME
from burgertop.stages.panel.models import AmendmentState, Recommendation, RecommendationState

__all__ = ["home", "recommendation", "rights_of", "seen_recommendation", "sittings"]

PUBLIC_STATES = (RecommendationState.ADOPTED, RecommendationState.REJECTED)


def rights_of(request: HouseRequest, stage: Stage) -> dict[str, object]:
    """Say what this actor may do here; every page of the panel shares it."""
    now, actor = timezone.now(), request.actor
    return {
        "may_run": permissions.may_run(actor, stage, now),
        "may_draft": permissions.may_draft(actor, stage, now),
        "may_decide": permissions.may_decide(actor, stage, now),
        "may_propose": permissions.may_propose(actor, stage, now),
        "may_read_drafts": permissions.may_read_drafts(actor, stage, now),
        "seat": permissions.panel_seat_of(actor, stage),
    }


def seen_recommendation(request: HouseRequest, stage: Stage, pk: uuid.UUID) -> Recommendation:
    """Return a recommendation this actor may read; a draft does not exist for the public."""
    found = queries.recommendation_or_404(stage, pk)
    is_public = found.state in PUBLIC_STATES
    if not is_public and not permissions.may_read_drafts(request.actor, stage, timezone.now()):
        raise Http404
    return found


@require_safe
def home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the panel: who it mirrors, what it decided, what it works on."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    rights = rights_of(request, one)
    shown = queries.recommendations_of(one)
    if not rights["may_read_drafts"]:
        shown = shown.filter(state__in=PUBLIC_STATES)
    rows = list(shown)
    draw = Draw.objects.filter(stage=one, name=DRAW_NAME).first()
    context = {
        "process": one.process,
        "stage": one,
        "recommendations": rows,
        "seats": queries.seats_of(one),
        "draw": draw,
        "quotas": quota_table(draw) if draw is not None and draw.state == DrawState.DRAWN else [],
        **rights,
    }
    return TemplateResponse(request, "panel/home.html", context)


@require_safe
def recommendation(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one recommendation: its words, its vote, its amendments, its minority notes, its versions."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    found = seen_recommendation(request, one, pk)
    amendments = list(found.amendments.all())
    ballots = queries.ballots_of([found, *amendments])
    results = queries.results_of(ballots)
    standing = found.say("body", request.LANGUAGE_CODE)
    context = {
        "process": one.process,
        "stage": one,
        "recommendation": found,
        "result": results.get(found.ballot) if found.ballot else None,
        "ballot": ballots.get(found.ballot) if found.ballot else None,
        "amendments": [
            {
                "row": row,
                "ballot": ballots.get(row.ballot) if row.ballot else None,
                "result": results.get(row.ballot) if row.ballot else None,
                "is_outdated": row.state == AmendmentState.PROPOSED and row.to_version != found.version,
                "changes": queries.changes_between(
                    queries.wording_of(found, row.to_version, row.say("body", standing.language).language),
                    str(row.say("body", standing.language)),
                ),
                "language": row.say("body", standing.language).language,
            }
            for row in amendments
        ],
        "is_decided": found.state in PUBLIC_STATES,
        **rights_of(request, one),
    }
    return TemplateResponse(request, "panel/recommendation.html", context)


@require_safe
def sittings(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the sittings, the questions to experts and their answers."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    context = {
        "process": one.process,
        "stage": one,
        "sittings": queries.sittings_of(one),
        **rights_of(request, one),
    }
    return TemplateResponse(request, "panel/sittings.html", context)
