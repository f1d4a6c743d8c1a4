"""Reads of themes: with their ideas, the pile that is left, suggestions for a person to confirm."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from burgertop.core.opinion import ClusterIndex, TextIndex
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, Placement, Theme
from burgertop.stages.consultation.queries.ideas import with_words

__all__ = [
    "Progress",
    "Suggestion",
    "agenda_of",
    "ideas_under",
    "most_ideas",
    "not_taken_of",
    "progress_of",
    "suggestions_for",
    "theme_or_404",
    "themes_of",
    "to_confirm",
    "unplaced_ideas",
]

LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the theme team is."""

    unplaced: int
    placed: int
    not_taken: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that an idea may belong to, because of the ideas there that are like it."""

    theme_id: uuid.UUID
    share: float


def themes_of(stage: Stage) -> QuerySet[Theme]:
    """The themes that stand, with their words and how many shown ideas are under each."""
    is_now = Q(placements__ended_at__isnull=True, placements__idea__state="shown")
    return (
        stage.themes.standing()
        .prefetch_related("texts")
        .annotate(
            ideas=Count("placements", filter=is_now),
            confirmed=Count("placements", filter=is_now & Q(placements__confirmed_at__isnull=False)),
        )
        .order_by("order")
    )


def most_ideas(themes: Sequence[Theme]) -> int:
    """How many ideas the largest of these themes has, as ``themes_of`` counted; the scale of the bars."""
    return max((int(vars(theme)["ideas"]) for theme in themes), default=0)


def theme_or_404(stage: Stage, key: str) -> Theme:
    """Return a theme by its key, or answer "not found"."""
    return get_object_or_404(
        Theme.objects.select_related("stage", "merged_into").prefetch_related("texts", "merged_into__texts"),
        stage=stage,
        key=key,
    )


def agenda_of(stage: Stage) -> QuerySet[Theme]:
    """The themes that the vote chose, in the order of the vote; empty before the count."""
    return stage.themes.on_agenda().prefetch_related("texts")


def ideas_under(theme: Theme) -> QuerySet[Idea]:
    """The shown ideas under a theme, by number."""
    here = Placement.objects.standing().filter(theme=theme)
    return with_words(theme.stage.ideas.shown().filter(placements__in=here).order_by("number"))


def not_taken_of(stage: Stage) -> QuerySet[Idea]:
    """The shown ideas that are under no theme, with the published reason."""
    left_out = Placement.objects.standing().exclude(not_taken="")
    return with_words(stage.ideas.shown().filter(placements__in=left_out).order_by("number"))


def unplaced_ideas(stage: Stage) -> QuerySet[Idea]:
    """The pile of the theme team: shown ideas without a place, first come first."""
    return with_words(stage.ideas.unplaced().order_by("number"))


def to_confirm(stage: Stage, account: uuid.UUID | None) -> QuerySet[Idea]:
    """Ideas whose place still waits for a second reader, who must be another person."""
    open_places = Placement.objects.standing().filter(confirmed_at__isnull=True)
    if account is not None:
        open_places = open_places.exclude(put_by=account)
    return with_words(stage.ideas.shown().filter(placements__in=open_places).order_by("number"))


def progress_of(stage: Stage) -> Progress:
    """How many ideas wait, are placed, are left out, were read by two."""
    standing = Placement.objects.standing().filter(idea__stage=stage, idea__state="shown")
    counted = standing.aggregate(
        placed=Count("id", filter=Q(theme__isnull=False)),
        not_taken=Count("id", filter=Q(theme__isnull=True)),
        confirmed=Count("id", filter=Q(confirmed_at__isnull=False)),
    )
    return Progress(
        unplaced=stage.ideas.unplaced().count(),
        placed=counted["placed"],
        not_taken=counted["not_taken"],
        confirmed=counted["confirmed"],
    )


def suggestions_for(stage: Stage, ideas: Sequence[Idea]) -> dict[uuid.UUID, Suggestion]:
    """Suggest for each idea the theme whose titles and ideas it is most like; an idea like none has no suggestion."""
    themes = list(stage.themes.standing().prefetch_related("texts"))
    here = Placement.objects.standing().filter(theme__in=themes, idea__state="shown")
    known: list[tuple[uuid.UUID, str]] = [
        (theme.pk, row.body) for theme in themes for row in theme.texts.all() if row.body
    ]
    placed = here.select_related("idea").prefetch_related("idea__texts")
    known += [(place.theme_id, place.idea.say("text", place.idea.language).text) for place in placed if place.theme_id]
    if not known:
        return {}
    index = ClusterIndex(TextIndex([text for _, text in known]), dict(enumerate(theme_id for theme_id, _ in known)))
    found: dict[uuid.UUID, Suggestion] = {}
    for idea in ideas:
        for best in index.suggest(idea.say("text", idea.language).text, most=1, least_share=LEAST_SHARE):
            found[idea.pk] = Suggestion(best.cluster, best.share)
    return found
