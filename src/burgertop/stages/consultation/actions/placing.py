"""Putting ideas under themes: every step is kept, nothing is moved away from its author or its ratings."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.models import Idea, IdeaState, NotTaken, Placement, Theme
from burgertop.stages.consultation.words import checked_note, clean

__all__ = ["Hand", "confirm_placement", "leave_out", "link_double", "place_idea", "place_ideas", "undo_placement"]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who puts an idea somewhere, in which role, and when."""

    account: uuid.UUID | None
    role: Role
    now: datetime


def place_idea(
    idea: Idea, theme: Theme, *, hand: Hand, note: str = "", language: str = "", is_from_suggestion: bool = False
) -> Placement:
    """Put one idea under a theme; see ``place_ideas``."""
    put = place_ideas([idea], theme, hand=hand, note=note, language=language, is_from_suggestion=is_from_suggestion)
    return put[0]


@transaction.atomic
def place_ideas(
    ideas: Sequence[Idea],
    theme: Theme,
    *,
    hand: Hand,
    note: str = "",
    language: str = "",
    is_from_suggestion: bool = False,
) -> list[Placement]:
    """Put ideas under a theme; an idea that is there already stays as it is.

    Raises:
        HouseError: ``consultation.theme_merged``, ``.idea_elsewhere``, ``.idea_hidden``.
    """
    if theme.merged_into_id is not None:
        raise HouseError("consultation.theme_merged")
    drafts = [Placement(idea=idea, theme=theme, is_from_suggestion=is_from_suggestion) for idea in ideas]
    return _put(drafts, theme.stage, hand, note, language)


@transaction.atomic
def leave_out(idea: Idea, *, reason: str, hand: Hand, note: str = "", language: str = "") -> Placement:
    """Say that an idea is under no theme, and why; it stays public with the reason.

    Raises:
        HouseError: ``consultation.reason_missing``, ``.idea_hidden``.
    """
    if reason not in NotTaken.values:
        raise HouseError("consultation.reason_missing")
    return _put([Placement(idea=idea, not_taken=reason)], idea.stage, hand, note, language)[0]


@transaction.atomic
def link_double(idea: Idea, other: Idea, *, hand: Hand) -> Placement:
    """Say that an idea says the same as another: it goes where that one is; both keep their own ratings.

    Raises:
        HouseError: ``consultation.not_placed`` when the other is under no theme; as ``place_ideas``.
    """
    place = Placement.objects.standing().filter(idea=other, theme__isnull=False).select_related("theme").first()
    if place is None or idea.pk == other.pk:
        raise HouseError("consultation.not_placed")
    return _put([Placement(idea=idea, theme=place.theme, same_as=other)], idea.stage, hand, "", "")[0]


@transaction.atomic
def undo_placement(idea: Idea, *, hand: Hand) -> Placement | None:
    """Take the last step for this idea back: it returns to where it was before, or to the pile.

    Raises:
        HouseError: ``consultation.not_placed``.
    """
    standing = Placement.objects.select_for_update().filter(idea=idea, ended_at__isnull=True).first()
    if standing is None:
        raise HouseError("consultation.not_placed")
    before = (
        Placement.objects.filter(idea=idea, ended_at=standing.put_at).exclude(pk=standing.pk).order_by("put_at").last()
    )
    if before is not None and (before.theme is None or before.theme.merged_into_id is None):
        draft = Placement(idea=idea, theme=before.theme, not_taken=before.not_taken, same_as=before.same_as)
        return _put([draft], idea.stage, hand, "", "")[0]
    _end([standing], hand.now)
    return None


@transaction.atomic
def confirm_placement(idea: Idea, *, hand: Hand) -> Placement:
    """Say, as a second reader, that an idea is in the right place; twice changes nothing.

    Raises:
        HouseError: ``consultation.not_placed``, ``.second_reader_is_first``.
    """
    standing = Placement.objects.select_for_update().filter(idea=idea, ended_at__isnull=True).first()
    if standing is None:
        raise HouseError("consultation.not_placed")
    if standing.put_by is not None and standing.put_by == hand.account:
        raise HouseError("consultation.second_reader_is_first")
    if standing.confirmed_at is None:
        standing.confirmed_by = hand.account
        standing.confirmed_at = hand.now
        standing.save(update_fields=["confirmed_by", "confirmed_at"])
    return standing


def _put(drafts: list[Placement], stage: Stage, hand: Hand, note: str, language: str) -> list[Placement]:
    """End where the ideas are and put them where the drafts say; the trace follows."""
    Stage.objects.select_for_update().get(pk=stage.pk)
    ids = [draft.idea_id for draft in drafts]
    standing = {place.idea_id: place for place in Placement.objects.standing().filter(idea_id__in=ids)}
    _check(drafts, stage, frozenset(standing))
    fresh = [draft for draft in drafts if not _is_same(draft, standing.get(draft.idea_id))]
    _end([standing[draft.idea_id] for draft in fresh if draft.idea_id in standing], hand.now)
    for draft in fresh:
        draft.put_by, draft.role, draft.put_at = hand.account, hand.role, hand.now
    Placement.objects.bulk_create(fresh)
    if clean(note):
        for draft in fresh:
            draft.write("note", {language: checked_note(note)}, original=language)
    for theme_id in {draft.theme_id for draft in fresh if draft.theme_id}:
        earlier = [("idea", draft.idea_id) for draft in fresh if draft.theme_id == theme_id]
        link(stage.process_id, ("theme", theme_id), earlier)
    return [draft if draft in fresh else standing[draft.idea_id] for draft in drafts]


def _check(drafts: Iterable[Placement], stage: Stage, placed: frozenset[uuid.UUID]) -> None:
    """Refuse ideas of another stage, and hidden ones; an idea hidden after it was placed moves with its theme."""
    for draft in drafts:
        if draft.idea.stage_id != stage.pk or (draft.theme is not None and draft.theme.stage_id != stage.pk):
            raise HouseError("consultation.idea_elsewhere")
        if draft.idea.state == IdeaState.HIDDEN and draft.idea_id not in placed:
            raise HouseError("consultation.idea_hidden", number=draft.idea.number)


def _is_same(draft: Placement, standing: Placement | None) -> bool:
    if standing is None:
        return False
    return (draft.theme_id, draft.not_taken, draft.same_as_id) == (
        standing.theme_id,
        standing.not_taken,
        standing.same_as_id,
    )


def _end(places: Sequence[Placement], now: datetime) -> None:
    Placement.objects.filter(pk__in=[place.pk for place in places]).update(ended_at=now)
    for place in places:
        if place.theme_id is not None:
            unlink(("theme", place.theme_id), ("idea", place.idea_id))
