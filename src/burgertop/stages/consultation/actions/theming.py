"""Making, wording, splitting and merging themes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions.placing import Hand, place_ideas
from burgertop.stages.consultation.models import Idea, Placement, Theme
from burgertop.stages.consultation.words import clean

__all__ = ["make_theme", "merge_theme", "reword_theme", "split_theme"]

KEY_LENGTH = 50


@transaction.atomic
def make_theme(
    stage: Stage,
    *,
    titles: Mapping[str, str],
    now: datetime,
    questions: Mapping[str, str] | None = None,
    summaries: Mapping[str, str] | None = None,
    key: str = "",
) -> Theme:
    """Make a theme with a title in at least one language; ``key`` is its name in addresses.

    Raises:
        HouseError: ``consultation.title_missing``.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    cleaned = _cleaned(titles)
    if not cleaned:
        raise HouseError("consultation.title_missing")
    last = Theme.objects.filter(stage=locked).aggregate(last=Max("order"))["last"]
    theme = Theme.objects.create(
        stage=locked,
        key=_free_key(locked, key or next(iter(cleaned.values()))),
        order=int(last or 0) + 1,
        made_at=now,
    )
    theme.write("title", cleaned)
    theme.write("question", _cleaned(questions or {}))
    theme.write("summary", _cleaned(summaries or {}))
    append(locked.process_id, "theme_made", {"stage": str(locked.pk), "theme": theme.key}, now=now)
    return theme


@transaction.atomic
def reword_theme(
    theme: Theme,
    *,
    titles: Mapping[str, str],
    now: datetime,
    questions: Mapping[str, str] | None = None,
    summaries: Mapping[str, str] | None = None,
) -> Theme:
    """Give a theme other words in the languages given; its address stays.

    Raises:
        HouseError: ``consultation.title_missing``, ``.themes_fixed``.
    """
    locked = Theme.objects.select_for_update(of=("self",)).select_related("stage").get(pk=theme.pk)
    _refuse_on_ballot(locked)
    if not _cleaned(titles):
        raise HouseError("consultation.title_missing")
    for name, bodies in (("title", titles), ("question", questions), ("summary", summaries)):
        if bodies is not None:
            locked.write(name, {language: clean(body) for language, body in bodies.items()})
    append(locked.stage.process_id, "theme_reworded", _facts(locked), now=now)
    return locked


@transaction.atomic
def split_theme(theme: Theme, ideas: Sequence[Idea], *, titles: Mapping[str, str], hand: Hand) -> Theme:
    """Make a second theme out of some ideas of the first.

    Raises:
        HouseError: ``consultation.title_missing``, ``.themes_fixed``; as ``place_ideas``.
    """
    _refuse_on_ballot(theme)
    fresh = make_theme(theme.stage, titles=titles, now=hand.now)
    place_ideas(ideas, fresh, hand=hand)
    facts = {**_facts(theme), "into": fresh.key, "ideas": len(ideas)}
    append(theme.stage.process_id, "theme_split", facts, now=hand.now)
    return fresh


@transaction.atomic
def merge_theme(theme: Theme, into: Theme, *, hand: Hand) -> Theme:
    """Put every idea of one theme under another; the emptied theme stays and says where its ideas are.

    Raises:
        HouseError: ``consultation.theme_elsewhere``, ``.theme_merged``, ``.themes_fixed``.
    """
    if theme.pk == into.pk or theme.stage_id != into.stage_id:
        raise HouseError("consultation.theme_elsewhere")
    locked = Theme.objects.select_for_update(of=("self",)).select_related("stage").get(pk=theme.pk)
    _refuse_on_ballot(locked)
    if locked.merged_into_id is not None or into.merged_into_id is not None:
        raise HouseError("consultation.theme_merged")
    places = Placement.objects.standing().filter(theme=locked).select_related("idea")
    ideas = [place.idea for place in places]
    place_ideas(ideas, into, hand=hand)
    locked.merged_into = into
    locked.save(update_fields=["merged_into"])
    append(
        locked.stage.process_id, "theme_merged", {**_facts(locked), "into": into.key, "ideas": len(ideas)}, now=hand.now
    )
    return locked


def _refuse_on_ballot(theme: Theme) -> None:
    if theme.is_on_ballot:
        raise HouseError("consultation.themes_fixed")


def _facts(theme: Theme) -> dict[str, object]:
    return {"stage": str(theme.stage_id), "theme": theme.key}


def _cleaned(bodies: Mapping[str, str]) -> dict[str, str]:
    return {language: clean(body) for language, body in bodies.items() if clean(body)}


def _free_key(stage: Stage, wish: str) -> str:
    """Return a key nobody has yet: the wish, or the wish with a number."""
    base = slugify(wish)[:KEY_LENGTH].strip("-") or "theme"
    taken = set(Theme.objects.filter(stage=stage, key__startswith=base).values_list("key", flat=True))
    number = 1
    key = base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
