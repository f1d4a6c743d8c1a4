"""Reads of ideas: lists, one idea, an author's own, similar ones."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
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
BATCH = 500


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
    known = _index_of(stage)
    matches = known.index.closest(text, most=most + 3, least_share=LEAST_SHARE)
    found = ideas_by_id([known.id_of[match.index] for match in matches])
    return [idea for idea in found if idea.is_shown and (without is None or idea.speech != without)][:most]


@dataclass(slots=True)
class _Known:
    """The shown ideas of a stage by their numbers, as they were when last asked for."""

    newest: int | None = None
    id_of: dict[int, uuid.UUID] = field(default_factory=dict)
    index: TextIndex = field(default_factory=TextIndex)


@lru_cache(maxsize=8)
def _last_known(stage_id: uuid.UUID) -> list[_Known]:  # the key of the cache
    """Room for what was last known of a stage."""
    return [_Known()]


def _index_of(stage: Stage) -> _Known:
    """The index of the shown ideas; ideas that came or went since are put in or taken out."""
    shown, room = stage.ideas.shown(), _last_known(stage.pk)
    newest, count, known = shown.aggregate(newest=Max("number"))["newest"], shown.count(), room[0]
    if (known.newest, len(known.index)) == (newest, count):
        return known
    id_of = dict(shown.values_list("number", "pk"))
    new = [pk for number, pk in id_of.items() if number not in known.index]
    texts = {
        idea.number: idea.say("text", idea.language).text
        for start in range(0, len(new), BATCH)
        for idea in shown.filter(pk__in=new[start : start + BATCH]).prefetch_related("texts")
    }
    index = known.index.without(number for number in known.index.numbers if number not in id_of).put(texts)
    # One assignment: whoever asks at the same moment sees the one or the other, each whole in itself.
    room[0] = _Known(newest, id_of, index)
    return room[0]
