"""Objections: a table says that its card was not understood, and the desk answers."""

import uuid
from datetime import datetime

from django.db import transaction

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.placing import place_card
from burgertop.stages.summit.models import Answer, Card, Cluster, HallBallot, Objection
from burgertop.stages.summit.news import tell_desk, tell_table

__all__ = ["answer_objection", "object_to_place"]


@transaction.atomic
def object_to_place(
    card: Card, *, seen: uuid.UUID, reason: str, once: uuid.UUID, by: uuid.UUID | None, now: datetime
) -> Objection:
    """Say for a table that its card does not belong where the desk put it; the same form again counts once.

    Args:
        seen: the cluster the table saw its card in.

    Raises:
        HouseError: ``summit.vote_has_begun``, ``summit.card_moved_since``, ``summit.objected_already``.
    """
    known = Objection.objects.filter(once=once).first()
    if known is not None:
        return known
    locked = Card.objects.select_for_update(of=("self",)).select_related("round__stage", "table").get(pk=card.pk)
    voting = HallBallot.objects.filter(round=locked.round_id).exclude(
        ballot__state__in=[BallotState.DRAFT, BallotState.CANCELLED]
    )
    if voting.exists():
        raise HouseError("summit.vote_has_begun")
    placement = locked.placements.standing().first()
    if placement is None or placement.cluster_id != seen:
        raise HouseError("summit.card_moved_since")
    if locked.objections.filter(answered_at__isnull=True).exists():
        raise HouseError("summit.objected_already")
    made = Objection.objects.create(
        card=locked, cluster_id=placement.cluster_id, reason=reason.strip(), once=once, made_by=by, made_at=now
    )
    tell_desk(locked.round.stage, "objection")
    tell_table(locked.round.stage, locked.table.number, "place")
    return made


@transaction.atomic
def answer_objection(
    objection: Objection, *, text: str, move_to: Cluster | None = None, by: uuid.UUID | None, now: datetime
) -> Objection:
    """Move the card, or let it stay and say why; the table reads the answer. An answered one stays as it is.

    The record gets a line with table and card, without the words.

    Raises:
        HouseError: ``summit.answer_needs_words``, or what :func:`place_card` says.
    """
    found = Objection.objects.select_for_update(of=("self",)).select_related("card__round__stage", "card__table")
    locked = found.get(pk=objection.pk)
    if locked.answered_at is not None:
        return locked
    here = locked.card.placements.standing().first()
    is_move = move_to is not None and (here is None or here.cluster_id != move_to.pk)
    if not is_move and not text.strip():
        raise HouseError("summit.answer_needs_words")
    if is_move and move_to is not None:
        place_card(locked.card, move_to, by=by, now=now)
        locked.moved_to = move_to
    locked.answer = Answer.MOVED if is_move else Answer.KEPT
    locked.answer_text, locked.answered_by, locked.answered_at = text.strip(), by, now
    locked.save(update_fields=["answer", "answer_text", "moved_to", "answered_by", "answered_at"])
    stage, table = locked.card.round.stage, locked.card.table.number
    facts = {"stage": str(stage.pk), "table": table, "card": locked.card.number, "answer": str(locked.answer)}
    append(stage.process_id, "objection_answered", facts, now=now)
    tell_desk(stage, "objection")
    tell_table(stage, table, "place")
    return locked
