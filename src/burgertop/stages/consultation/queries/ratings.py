"""Reads of ratings: counts, the order they give, what to rate next."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from django.db.models import Count

from burgertop.core.opinion import RatingCounts, next_idea, rank_ideas
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, Rating

__all__ = ["Counts", "Next", "counted", "counts_of", "my_ratings", "next_for", "origins_of", "ranked", "with_counts"]

NOBODY = uuid.UUID(int=0)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often an idea, or a statement, was agreed with, disagreed with, passed."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def rated(self) -> int:
        """All ratings, passes too."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class Next:
    """What somebody may rate now: the idea (None when all were seen), why this one, how far they are."""

    idea_id: uuid.UUID | None
    reason: str
    seen: int
    total: int


def counts_of(stage: Stage, ids: Sequence[uuid.UUID] | None = None, *, origin: str = "") -> dict[uuid.UUID, Counts]:
    """Count ratings by idea, in one query; ideas nobody rated are missing.

    ``origin`` counts one origin only; without it all are counted, which serves for the order in which
    ideas are shown and read, never for a published result.
    """
    rows = Rating.objects.filter(stage=stage)
    if ids is not None:
        rows = rows.filter(idea_id__in=ids)
    if origin:
        rows = rows.filter(origin=origin)
    return counted(rows.values_list("idea_id", "value").annotate(times=Count("id")).order_by())


def counted(rows: Iterable[tuple[K, int, int]]) -> dict[K, Counts]:
    """Put rows (of what, the answer, how often) together: 1 agrees, -1 disagrees, 0 passes."""
    found: dict[K, dict[int, int]] = defaultdict(dict)
    for key, value, times in rows:
        found[key][value] = times
    return {key: Counts(times.get(1, 0), times.get(-1, 0), times.get(0, 0)) for key, times in found.items()}


def with_counts(stage: Stage, ideas: Sequence[Idea]) -> list[Idea]:
    """Put ``count`` on each idea of a page: its ratings, for the order and the readers of a list."""
    counts = counts_of(stage, [idea.pk for idea in ideas])
    for idea in ideas:
        idea.count = counts.get(idea.pk, Counts())  # type: ignore[attr-defined]  # for the page only
    return list(ideas)


def origins_of(stage: Stage, idea_id: uuid.UUID) -> list[tuple[str, Counts]]:
    """The ratings of one idea by origin; origins are never added up."""
    rows = Rating.objects.filter(stage=stage, idea_id=idea_id).values_list("origin", "value")
    return sorted(counted(rows.annotate(times=Count("id")).order_by("origin")).items())


def ranked(stage: Stage, ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Order ideas by how surely many agree with them; equal ones by their number."""
    if not ids:
        return []
    order = rank_ideas(_as_counts(ids, counts_of(stage, None))).order
    return [ids[place] for tied in order for place in tied]


def my_ratings(stage: Stage, rater: uuid.UUID) -> dict[uuid.UUID, int]:
    """What one rater answered, by idea."""
    return dict(Rating.objects.filter(stage=stage, rater=rater).values_list("idea_id", "value"))


def next_for(stage: Stage, *, rater: uuid.UUID, speech: uuid.UUID, rng: np.random.Generator) -> Next:
    """Choose what somebody rates next: never their own idea, little-read ones first."""
    ids: list[uuid.UUID] = []
    is_mine: list[bool] = []
    for pk, author in stage.ideas.shown().order_by("number").values_list("pk", "speech"):
        ids.append(pk)
        is_mine.append(author is not None and author == speech)
    rated = my_ratings(stage, rater)
    is_seen = [mine or pk in rated for pk, mine in zip(ids, is_mine, strict=True)]
    total = is_mine.count(False)
    seen = sum(1 for pk, mine in zip(ids, is_mine, strict=True) if not mine and pk in rated)
    chosen = next_idea(_as_counts(ids, counts_of(stage)), np.array(is_seen, dtype=np.bool_), rng) if ids else None
    if chosen is None:
        return Next(None, "", seen, total)
    return Next(ids[chosen.index], chosen.reason, seen, total)


def _as_counts(ids: Sequence[uuid.UUID], counts: Mapping[uuid.UUID, Counts]) -> RatingCounts:
    nothing = Counts()
    rows = [counts.get(pk, nothing) for pk in ids]
    return RatingCounts(
        np.array([row.agree for row in rows], dtype=np.int64),
        np.array([row.disagree for row in rows], dtype=np.int64),
        np.array([row.passed for row in rows], dtype=np.int64),
    )
