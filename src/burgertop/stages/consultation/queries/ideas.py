"""Reads of ideas: lists, one idea, an author's own, similar ones."""

import random
import uuid
from collections.abc import Sequence
from functools import lru_cache

from django.db.models import Max, Prefetch, QuerySet

from burgertop.core.opinion import TextIndex
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, IdeaSet, IdeaState, Moderation, Placement
from burgertop.stages.consultation.queries.ratings import counts_of, ranked

__all__ = [
    "author_of",
    "idea_counts",
    "idea_languages",
    "ideas_by_id",
    "ideas_in_order",
    "ideas_of_author",
    "little_read",
    "matching_ids",
    "similar_ideas",
    "with_words",
]

LEAST_SHARE = 0.3
FEW = 3


def with_words(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Add what a page shows of ideas: texts, place, decisions; as many queries for 1 as for 50."""
    places = Placement.objects.standing().select_related("theme").prefetch_related("texts", "theme__texts")
    return ideas.select_related("stage").prefetch_related(
        "texts",
        Prefetch("placements", queryset=places, to_attr="standing_places"),
        Prefetch("moderations", queryset=Moderation.objects.prefetch_related("texts"), to_attr="decisions"),
    )


def ideas_by_id(ids: Sequence[uuid.UUID]) -> list[Idea]:
    """Ideas with their words, in the order of the ids."""
    found = {idea.pk: idea for idea in with_words(Idea.objects.filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def matching_ids(stage: Stage, *, words: str = "", language: str = "", theme: str = "") -> list[uuid.UUID]:
    """The ids of shown ideas that hold these words, in this language, under this theme (its key), by number."""
    found: IdeaSet = stage.ideas.shown()
    if words:
        found = found.filter(texts__name="text", texts__body__icontains=words).distinct()
    if language:
        found = found.filter(language=language)
    if theme == "-":
        found = found.filter(placements__in=Placement.objects.standing().exclude(not_taken=""))
    elif theme:
        found = found.filter(placements__in=Placement.objects.standing().filter(theme__key=theme))
    return list(found.order_by("number").values_list("pk", flat=True))


def ideas_in_order(ids: list[uuid.UUID], *, order: str, seed: str, stage: Stage) -> list[uuid.UUID]:
    """Put ids in an order: ``newest``, ``agreed`` (most agreed with) or by chance from a seed."""
    if order == "newest":
        return ids[::-1]
    if order == "agreed":
        return ranked(stage, ids)
    shuffled = list(ids)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # an order on a page, no secret
    return shuffled


def little_read(stage: Stage, seed: str) -> list[Idea]:
    """Three shown ideas out of the fifteen with the fewest ratings, by chance from a seed."""
    counts = counts_of(stage)
    ids = list(stage.ideas.shown().values_list("pk", flat=True))
    chance = random.Random(seed)  # noqa: S311  # an order on a page, no secret
    chance.shuffle(ids)
    fewest = sorted(ids, key=lambda pk: counts[pk].rated if pk in counts else 0)[: FEW * 5]
    return ideas_by_id(chance.sample(fewest, min(FEW, len(fewest))))


def idea_counts(stage: Stage) -> dict[str, int]:
    """How many ideas there are in each state."""
    states = list(stage.ideas.values_list("state", flat=True))
    return {str(state): states.count(state) for state in IdeaState}


def idea_languages(stage: Stage) -> list[str]:
    """The languages in which ideas came in."""
    return list(stage.ideas.shown().order_by("language").values_list("language", flat=True).distinct())


def ideas_of_author(stage: Stage, speech: uuid.UUID) -> QuerySet[Idea]:
    """An author's own ideas, newest first, with everything that was decided about them."""
    return with_words(stage.ideas.filter(speech=speech).order_by("-number"))


def author_of(stage: Stage, once: uuid.UUID) -> Idea | None:
    """The idea that came with one form."""
    return stage.ideas.filter(once=once).first()


def similar_ideas(stage: Stage, text: str, *, most: int = 2, without: uuid.UUID | None = None) -> list[Idea]:
    """Shown ideas that are like a text, the most like first, without those of one author; a hint, no ruling."""
    newest, count = stage.ideas.shown().aggregate(newest=Max("number"))["newest"], stage.ideas.shown().count()
    if not count:
        return []
    ids, index = _index_of(stage.pk, int(newest), count)
    matches = index.closest(text, most=most + 3, least_share=LEAST_SHARE)
    found = ideas_by_id([ids[match.index] for match in matches])
    return [idea for idea in found if idea.is_shown and (without is None or idea.speech != without)][:most]


@lru_cache(maxsize=8)
def _index_of(stage_id: uuid.UUID, newest: int, count: int) -> tuple[list[uuid.UUID], TextIndex]:
    """The index of the shown ideas; made anew when their number or the newest of them changes."""
    ideas = Idea.objects.shown().filter(stage_id=stage_id).prefetch_related("texts").order_by("number")
    rows = [(idea.pk, idea.say("text", idea.language).text) for idea in ideas]
    return [pk for pk, _ in rows], TextIndex([text for _, text in rows])
