"""The theme desk: the last act of a person is taken back, then the one before; never somebody else's."""

import uuid
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.desk import write_words
from burgertop.stages.summit.actions.holding import hold_card
from burgertop.stages.summit.actions.placing import end_placement, link_placement, tell_tables
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, DeskAct, DeskActKind, Round
from burgertop.stages.summit.news import tell_desk
from burgertop.stages.summit.queries.desk import undoable_acts

__all__ = ["undo_last"]


@transaction.atomic
def undo_last(round_: Round, *, by: uuid.UUID, now: datetime) -> DeskAct:
    """Take back the last act of this account in a round; cards return to where they were.

    A card that waits again is in the hand of who took it back, before anybody else can be dealt it.
    A card that somebody else has moved since stays where that person put it. Words that somebody
    else has changed since stay, too. An act of which nothing is left to take back is passed over.

    Raises:
        HouseError: ``summit.nothing_to_undo``.
    """
    Round.objects.select_for_update().get(pk=round_.pk)
    act = undoable_acts(round_, by).select_related("round__stage", "cluster").last()
    if act is None:
        raise HouseError("summit.nothing_to_undo")
    if act.kind == DeskActKind.REWORD:
        gone = {row.language: "" for row in act.cluster.texts.all()}
        blanks = {f"{name}__{language}": "" for name in ("title", "summary") for language in gone}
        write_words(act.cluster, {**blanks, **act.words})
    elif act.kind == DeskActKind.CONFIRM:
        mine = ClusterCard.objects.standing().filter(cluster__round=round_, confirmed_by=by, confirmed_at=act.at)
        mine.update(confirmed_by=None, confirmed_at=None)
    else:
        cards = _move_back(act, now)
        again = Card.objects.unplaced().filter(pk__in=cards).order_by("sent_at", "id").first()
        if again is not None:
            with suppress(HouseError):  # somebody is about to confirm it: they have it in hand
                hold_card(again, by=by, now=now)
    act.undone_at = now
    act.save(update_fields=["undone_at"])
    tell_desk(act.round.stage, "cluster")
    return act


def _move_back(act: DeskAct, now: datetime) -> list[uuid.UUID]:
    """Put the cards of an act back; returns them."""
    if act.kind == DeskActKind.MERGE:
        Cluster.objects.filter(pk=act.cluster_id).update(dissolved_at=None, merged_into=None)
    found = act.placements.filter(ended_at__isnull=True).select_related("card__table", "before__cluster")
    placements = list(found.order_by("card_id"))
    list(Card.objects.select_for_update().filter(pk__in=[one.card_id for one in placements]).order_by("pk"))
    for placement in placements:
        end_placement(placement, now)
        placement.undone_at = now
        placement.save(update_fields=["undone_at"])
        _restore(act, placement)
    if act.kind in (DeskActKind.MAKE, DeskActKind.SPLIT):
        inside = ClusterCard.objects.standing().filter(cluster=act.cluster_id)
        if not inside.exists():
            Cluster.objects.filter(pk=act.cluster_id).update(dissolved_at=now)
    tell_tables(act.round.stage, [one.card for one in placements])
    return [one.card_id for one in placements]


def _restore(act: DeskAct, placement: ClusterCard) -> None:
    """Put a card back where it was; a cluster that was merged since leads on, one taken off gives it back to read."""
    earlier = placement.before
    if earlier is None:
        return
    where = Cluster.objects.get(pk=earlier.cluster_id)
    is_same = True
    while where.dissolved_at is not None and where.merged_into_id is not None:
        where, is_same = Cluster.objects.get(pk=where.merged_into_id), False
    if where.dissolved_at is not None:
        return
    again = ClusterCard.objects.create(
        card=placement.card,
        cluster=where,
        before=earlier.before,
        act=earlier.act,
        suggested=earlier.suggested,
        put_by=earlier.put_by,
        put_at=earlier.put_at,
        confirmed_by=earlier.confirmed_by if is_same else None,
        confirmed_at=earlier.confirmed_at if is_same else None,
    )
    link_placement(act.round.stage, again)
