"""Writing the script of the day: items made, changed, moved, taken out, or taken from a day that was held before."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.models import Theme
from burgertop.stages.summit.actions.rounds import make_round
from burgertop.stages.summit.days import DAYS, Part
from burgertop.stages.summit.models import DayClock, ItemKind, Round, ScriptItem
from burgertop.stages.summit.news import tell_hall
from burgertop.stages.summit.queries import themes_for

__all__ = ["change_item", "drop_item", "make_item", "move_item", "plan_start", "take_day", "take_parts"]

AFTER_ALL = 100_000  # orders for the moment in which items change places
HOUSE_LANGUAGES = ("nl", "fr", "de", "en")
Texts = Mapping[str, Mapping[str, str]]


@transaction.atomic
def make_item(
    stage: Stage, *, kind: ItemKind, length_seconds: int, texts: Texts, not_before_at: datetime | None = None
) -> ScriptItem:
    """Add an item at the end of the script; rounds are made as rounds."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    last = locked.script_items.order_by("order").last()
    item = ScriptItem.objects.create(
        stage=locked,
        order=last.order + 1 if last else 1,
        kind=kind,
        length_seconds=length_seconds,
        not_before_at=not_before_at,
    )
    _write(item, texts)
    tell_hall(locked, "clock", item.order)
    return item


@transaction.atomic
def change_item(
    item: ScriptItem,
    *,
    length_seconds: int,
    texts: Texts,
    kind: ItemKind | None = None,
    not_before_at: datetime | None = None,
) -> ScriptItem:
    """Write an item anew. What was held keeps the length it was planned with."""
    locked = ScriptItem.objects.select_for_update(of=("self",)).select_related("stage").get(pk=item.pk)
    if locked.round_id is None and kind is not None:
        locked.kind = kind
    if locked.began_at is None:
        locked.length_seconds, locked.not_before_at = length_seconds, not_before_at
    locked.save(update_fields=["kind", "length_seconds", "not_before_at"])
    _write(locked, texts)
    tell_hall(locked.stage, "clock", locked.order)
    return locked


@transaction.atomic
def move_item(item: ScriptItem, place: int) -> ScriptItem:
    """Put an item at a place, counted from 1; those between move up or down.

    Raises:
        HouseError: ``summit.item_begun``: it has begun, or the place is before one that has;
            ``summit.rounds_keep_order``.
    """
    stage = Stage.objects.select_for_update().get(pk=item.stage_id)
    items = list(stage.script_items.select_related("round").order_by("order"))
    begun = max((index for index, one in enumerate(items) if one.began_at is not None), default=-1)
    at = next(index for index, one in enumerate(items) if one.pk == item.pk)
    to = max(0, min(place - 1, len(items) - 1))
    if at <= begun or to <= begun:
        raise HouseError("summit.item_begun")
    items.insert(to, items.pop(at))
    numbers = [one.round.number for one in items if one.round is not None]
    if numbers != sorted(numbers):
        raise HouseError("summit.rounds_keep_order")
    _renumber(stage, items)
    item.refresh_from_db()
    return item


@transaction.atomic
def drop_item(item: ScriptItem) -> None:
    """Take an item out of the script.

    Raises:
        HouseError: ``summit.item_begun``, ``summit.round_stays``.
    """
    stage = Stage.objects.select_for_update().get(pk=item.stage_id)
    locked = ScriptItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if locked is None:
        return
    if locked.round_id is not None:
        raise HouseError("summit.round_stays")
    if locked.began_at is not None:
        raise HouseError("summit.item_begun")
    locked.delete()
    _renumber(stage, list(stage.script_items.order_by("order")))


@transaction.atomic
def plan_start(stage: Stage, *, planned_at: datetime | None, is_public: bool) -> DayClock:
    """Say when the day is to begin, and whether everybody may read the script."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    clock, _is_new = DayClock.objects.update_or_create(
        stage=locked, defaults={"planned_at": planned_at, "is_public": is_public}
    )
    tell_hall(locked, "clock", clock.revision)
    return clock


@transaction.atomic
def take_parts(stage: Stage, parts: Sequence[Part]) -> list[ScriptItem]:
    """Write the script from the parts of a day; rounds that exist are used, those that lack are made.

    Items that are not rounds and have not begun give way.

    Raises:
        HouseError: ``summit.script_begun``.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    if locked.script_items.filter(began_at__isnull=False).exists():
        raise HouseError("summit.script_begun")
    locked.script_items.filter(round__isnull=True).delete()
    rounds = list(locked.rounds.select_related("item").order_by("number"))
    themes = themes_for(locked)
    items: list[ScriptItem] = []
    for number, part in enumerate(parts, start=1):
        if part.kind != ItemKind.ROUND:
            item = ScriptItem.objects.create(
                stage=locked, order=2 * AFTER_ALL + number, kind=part.kind, length_seconds=60 * part.minutes
            )
        else:
            count = sum(one.round_id is not None for one in items)
            item = _item_of(rounds[count]) if count < len(rounds) else _new_round(locked, part, themes, count)
            item.length_seconds = 60 * part.minutes
            item.save(update_fields=["length_seconds"])
        _write(item, _texts_of(part, locked.process.languages))
        items.append(item)
    left = [_item_of(one) for one in rounds if one.pk not in {item.round_id for item in items}]
    _renumber(locked, [*items, *left])
    return items


def take_day(stage: Stage, name: str) -> list[ScriptItem]:
    """Write the script of a day that was held before."""
    return take_parts(stage, DAYS[name].parts)


def _item_of(round_: Round) -> ScriptItem:
    return ScriptItem.objects.select_related("round").get(round=round_)


def _new_round(stage: Stage, part: Part, themes: Sequence[Theme], number: int) -> ScriptItem:
    theme = themes[number] if part.is_of_theme and number < len(themes) else None
    languages = stage.process.languages
    questions = _said(part.question, languages)
    if theme is not None:
        found = {language: theme.say("title", language).text for language in languages}
        questions = {language: text for language, text in found.items() if text} or questions
    made = make_round(
        stage,
        questions=questions,
        kind=part.round_kind,
        theme=theme.pk if theme is not None else None,
        length_seconds=60 * part.minutes,
    )
    return _item_of(made)


def _texts_of(part: Part, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    named = {"title": part.title, "hall": part.hall, "tables": part.tables, "home": part.home, "off": part.off}
    if part.kind == ItemKind.ROUND:
        del named["title"]
    named["prompts"] = part.prompts
    return {name: _said(words, languages) for name, words in named.items()}


def _said(words: object, languages: Sequence[str]) -> dict[str, str]:
    """The words of the house in every language of the process that it speaks; at least in English."""
    spoken = [language for language in languages if language in HOUSE_LANGUAGES] or ["en"]
    said = {}
    for language in spoken:
        with override(language):
            said[language] = str(words)
    return {language: text for language, text in said.items() if text}


def _write(item: ScriptItem, texts: Texts) -> None:
    for name, bodies in texts.items():
        item.write(name, bodies)


def _renumber(stage: Stage, items: Sequence[ScriptItem]) -> None:
    """Give items their orders in two steps: no two ever have the same one."""
    places: tuple[Callable[[int], int], ...] = (lambda number: AFTER_ALL + number, lambda number: number)
    for place in places:
        for number, one in enumerate(items, start=1):
            ScriptItem.objects.filter(pk=one.pk).update(order=place(number))
    tell_hall(stage, "clock", len(items))
