"""For everybody: one idea at a time, three answers."""

import uuid
from datetime import datetime

import numpy as np
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.ratings import rate, take_rating_back
from burgertop.stages.consultation.models import Idea, Rating
from burgertop.stages.consultation.permissions import is_taking_ratings, may_rate
from burgertop.stages.consultation.queries.ideas import ideas_by_id
from burgertop.stages.consultation.queries.ratings import my_ratings, next_for
from burgertop.stages.consultation.views.door import context_of, go_to, rater_of, seen_stage, speech_of

__all__ = ["rate_idea", "rate_next", "support"]

ANSWERS = {"agree": Rating.Value.AGREE, "disagree": Rating.Value.DISAGREE, "pass": Rating.Value.PASS}
ROUND = 10


@require_http_methods(["GET", "HEAD"])
def rate_next(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show one idea to rate, how far one is, and why this idea; ``again`` shows one that was rated before."""
    found, now = seen_stage(request, process, stage)
    rater = rater_of(request, found)
    before = my_ratings(found, rater)
    following = next_for(found, rater=rater, speech=speech_of(request, found), rng=_chance(rater, len(before)))
    again = _id_in(request.GET.get("again", ""))
    chosen = again if again in before else following.idea_id
    shown = ideas_by_id([chosen]) if chosen else []
    last = _id_in(request.GET.get("last", ""))
    context = context_of(
        request,
        found,
        now,
        idea=shown[0] if shown and shown[0].is_shown else None,
        reason=following.reason,
        seen=following.seen,
        total=following.total,
        at=min(following.seen % ROUND + 1, ROUND),
        round=range(1, ROUND + 1),
        before=before.get(chosen) if chosen else None,
        last=last if last in before and last != chosen else None,
    )
    return TemplateResponse(request, "consultation/rate.html", context)


@require_POST
def rate_idea(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take one answer and go to the next idea; ``back`` takes the answer away."""
    found, now = seen_stage(request, process, stage)
    idea = get_object_or_404(found.ideas, pk=pk)
    answer = request.POST.get("rating", "")
    try:
        if answer == "back":
            take_rating_back(found, idea, rater=rater_of(request, found), now=now)
        elif not _rated(request, found, now, idea, answer):
            messages.error(request, _("Choose one of the three answers."))
    except HouseError as error:
        messages.error(request, say(error))
    return go_to("rate", found, query={"last": pk})


@require_POST
def support(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Agree with an idea instead of sending the same one in."""
    found, now = seen_stage(request, process, stage)
    idea = get_object_or_404(found.ideas, pk=pk)
    try:
        if _rated(request, found, now, idea, "agree"):
            messages.success(request, _("Your support counts for idea %(number)s.") % {"number": idea.number})
    except HouseError as error:
        messages.error(request, say(error))
    return go_to("idea", found, pk=pk)


def _rated(request: HouseRequest, found: Stage, now: datetime, idea: Idea, answer: str) -> bool:
    """Store one answer; False when it is none of the three."""
    if answer not in ANSWERS:
        return False
    if not may_rate(request.actor, found, now):
        is_open = is_taking_ratings(found, now)
        raise HouseError("consultation.contributors_only" if is_open else "consultation.ratings_closed")
    rate(found, idea, rater=rater_of(request, found), value=ANSWERS[answer], now=now)
    return True


def _chance(rater: uuid.UUID, seen: int) -> np.random.Generator:
    """The same idea at each reload, another after each answer."""
    return np.random.default_rng([rater.int >> 64, seen])


def _id_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
