"""What every page of a consultation does first: find the stage, see who is there, begin the context."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.pseudonyms import pseudonym
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.stages.consultation import permissions
from burgertop.stages.consultation.actions.ideas import CODE_PURPOSE
from burgertop.stages.consultation.queries.votes import vote_of

__all__ = ["code_of", "context_of", "go_to", "pass_of", "rater_of", "seen_stage", "speech_of", "stage_for_desk"]


def seen_stage(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment, or refuse those who may not see it yet."""
    found, now = stage_or_404(process, StageKind.CONSULTATION, stage), timezone.now()
    if not permissions.may_see_stage(request.actor, found, now):
        raise PermissionDenied
    return found, now


def stage_for_desk(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment to staff who may read the desks."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_read_desk(request.actor, found, now):
        raise PermissionDenied
    return found, now


def context_of(request: HouseRequest, stage: Stage, now: datetime, **more: Any) -> dict[str, Any]:
    """The context that all pages of the stage share."""
    actor = request.actor
    return {
        "process": stage.process,
        "stage": stage,
        "now": now,
        "setup": permissions.setup_of(stage),
        "is_taking_ideas": permissions.is_taking_ideas(stage, now),
        "is_taking_ratings": permissions.is_taking_ratings(stage, now),
        "may_rate": permissions.may_rate(actor, stage, now),
        "may_read_desk": permissions.may_read_desk(actor, stage, now),
        "may_moderate": permissions.may_moderate(actor, stage, now),
        "may_place": permissions.may_place(actor, stage, now),
        "may_hold_vote": permissions.may_hold_vote(actor, stage, now),
        "may_exchange": permissions.may_exchange(actor, stage, now),
        "may_read_ratings": permissions.may_read_ratings(actor, stage, now),
        "vote": vote_of(stage),
        **more,
    }


def pass_of(request: HouseRequest, stage: Stage) -> Pass | None:
    """The pass of an author: from their code, or from the idea they sent with this browser."""
    return request.actor.pass_for(CODE_PURPOSE, stage.process_id)


def speech_of(request: HouseRequest, stage: Stage) -> uuid.UUID:
    """The author's id for speech: the one their code opens, else this browser's own."""
    held = pass_of(request, stage)
    return held.subject if held else pseudonym(request.actor.visitor, stage.process_id, "speech")


def code_of(request: HouseRequest, stage: Stage) -> str:
    """The author's code as this browser keeps it; empty when it has none."""
    held = pass_of(request, stage)
    return held.detail if held else ""


def rater_of(request: HouseRequest, stage: Stage) -> uuid.UUID:
    """The rater's id of this browser; says nothing about who writes."""
    return pseudonym(request.actor.visitor, stage.process_id, "rating")


def go_to(name: str, stage: Stage, *, query: dict[str, object] | None = None, **more: object) -> HttpResponseRedirect:
    """Send the browser to another page of the stage."""
    where = {"process": stage.process.slug, "stage": stage.slug, **more}
    address = reverse(f"consultation:{name}", kwargs=where)
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)
