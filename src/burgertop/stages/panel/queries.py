"""Reads of the panel."""

import difflib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from burgertop.foundation.ballotbox.models import Ballot, BallotState
from burgertop.foundation.ballotbox.results import Result, result_from
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.trace.describers import Described
from burgertop.stages.panel.models import (
    Amendment,
    MinorityNote,
    PanelSeat,
    Recommendation,
    RecommendationState,
    Sitting,
)

__all__ = [
    "Change",
    "adopted_of",
    "amendment_or_404",
    "ballots_of",
    "changes_between",
    "describe_recommendations",
    "home_of",
    "panel_seats_of",
    "panels_of",
    "recommendation_or_404",
    "recommendations_of",
    "results_of",
    "seats_of",
    "sittings_of",
    "thing_or_404",
    "wording_of",
]

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stayed, was added, or was taken out."""

    kind: str
    text: str


def panels_of(process_id: uuid.UUID) -> QuerySet[Stage]:
    """The panels of a process, in order."""
    return Stage.objects.filter(process_id=process_id, kind=StageKind.PANEL).order_by("order")


def recommendations_of(stage: Stage) -> QuerySet[Recommendation]:
    """Every recommendation of a panel with its texts."""
    return stage.recommendations.prefetch_related("texts", "stage__process")


def adopted_of(stage: Stage) -> QuerySet[Recommendation]:
    """What the panel adopted, with minority notes."""
    notes = Prefetch("minority_notes", queryset=MinorityNote.objects.prefetch_related("texts"))
    return recommendations_of(stage).filter(state=RecommendationState.ADOPTED).prefetch_related(notes)


def recommendation_or_404(stage: Stage, pk: uuid.UUID) -> Recommendation:
    """Return one recommendation of this panel with everything its page shows."""
    amendments = Prefetch("amendments", queryset=Amendment.objects.prefetch_related("texts"))
    notes = Prefetch("minority_notes", queryset=MinorityNote.objects.prefetch_related("texts"))
    found = Recommendation.objects.filter(stage=stage).prefetch_related("texts", "versions", amendments, notes)
    return get_object_or_404(found, pk=pk)


def amendment_or_404(stage: Stage, pk: uuid.UUID) -> Amendment:
    """Return one amendment of this panel."""
    found = Amendment.objects.select_related("recommendation__stage__process").prefetch_related("texts")
    return get_object_or_404(found, pk=pk, recommendation__stage=stage)


def thing_or_404(stage: Stage, kind: str, pk: uuid.UUID) -> Recommendation | Amendment:
    """Return what a vote is about: a recommendation or an amendment of this panel."""
    if kind == "amendment":
        return amendment_or_404(stage, pk)
    if kind == "recommendation":
        return recommendation_or_404(stage, pk)
    raise Http404


def home_of(ballot: Ballot) -> str:
    """Return the address of the recommendation that a ballot of the panel is about."""
    amendment = Amendment.objects.filter(ballot=ballot.pk).first()
    pk = amendment.recommendation_id if amendment is not None else ballot.subject
    stage = Stage.objects.select_related("process").get(pk=ballot.stage_id)
    return reverse("panel:recommendation", args=[stage.process.slug, stage.slug, pk])


def wording_of(recommendation: Recommendation, version: int, language: str) -> str:
    """Return the wording of one version in one language; empty when it was not written then."""
    rows = (row.body for row in recommendation.versions.all() if (row.number, row.language) == (version, language))
    return next(rows, "")


def seats_of(stage: Stage) -> int:
    """How many seats of the panel are taken now."""
    return stage.panel_seats.filter(left_at__isnull=True).count()


def sittings_of(stage: Stage) -> QuerySet[Sitting]:
    """The sittings with their questions."""
    return stage.sittings.prefetch_related("texts", "questions__texts")


def ballots_of(things: Iterable[Recommendation | Amendment]) -> dict[uuid.UUID, Ballot]:
    """The ballots of these things with their options, by the ballot's id; as many queries for many as for one."""
    wanted = {thing.ballot for thing in things if thing.ballot is not None}
    ballots = Ballot.objects.filter(pk__in=wanted).select_related("stage").prefetch_related("options__texts")
    return {ballot.pk: ballot for ballot in ballots}


def results_of(ballots: Mapping[uuid.UUID, Ballot]) -> dict[uuid.UUID, Result]:
    """The results of those of these ballots that are counted, by the ballot's id; reads what ``ballots_of`` read."""
    return {
        pk: result_from(ballot, {option.number: option for option in ballot.options.all()})
        for pk, ballot in ballots.items()
        if ballot.state == BallotState.COUNTED
    }


def changes_between(old: str, new: str) -> list[Change]:
    """Compare two wordings word by word.

    >>> [(change.kind, change.text) for change in changes_between("a bus at night", "a bus each night")]
    [('same', 'a bus '), ('out', 'at'), ('in', 'each'), ('same', ' night')]
    """
    before, after = WORDS.findall(old), WORDS.findall(new)
    changes: list[Change] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            changes.append(Change("same", "".join(before[old_from:old_to])))
            continue
        if old_to > old_from:
            changes.append(Change("out", "".join(before[old_from:old_to])))
        if new_to > new_from:
            changes.append(Change("in", "".join(after[new_from:new_to])))
    return changes


def describe_recommendations(ids: Sequence[uuid.UUID], language: str) -> list[Described]:
    """Describe decided recommendations for the trace; drafts are not public."""
    rows = Recommendation.objects.filter(
        pk__in=ids, state__in=(RecommendationState.ADOPTED, RecommendationState.REJECTED)
    ).select_related("stage__process")
    return [
        Described(
            kind="recommendation",
            pk=row.pk,
            where=_("Recommendation %(number)s") % {"number": row.number},
            title=row.say("title", language),
            text=row.say("body", language),
            url=reverse("panel:recommendation", args=[row.stage.process.slug, row.stage.slug, row.pk]),
            note=row.get_state_display(),
        )
        for row in rows.prefetch_related("texts")
    ]


def panel_seats_of(participant: Participant) -> QuerySet[PanelSeat]:
    """The seats of one participant in panels."""
    return participant.panel_seats.order_by("number")
