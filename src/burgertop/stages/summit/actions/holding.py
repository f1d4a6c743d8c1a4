"""Cards in hand: each person at the desk is dealt another card, for a short while."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, ClusterCard, DeskHold, Round
from burgertop.stages.summit.news import tell_desk

__all__ = ["deal_card", "deal_check", "free_hand", "hold_card", "take_next"]

HOLD = timedelta(seconds=90)
TRIES = 5


def deal_card(round_: Round, *, by: uuid.UUID, now: datetime, after: Card | None = None) -> Card | None:
    """Deal the oldest waiting card that nobody else has in hand; a card in hand stays there.

    Args:
        after: this card is put back and the next one is dealt; after the last one it begins anew.

    Returns:
        The card, or None when others have all that wait in hand.
    """
    waiting = Card.objects.unplaced().filter(round=round_)
    return _deal(waiting.order_by("sent_at", "id"), by=by, now=now, after=after)


def deal_check(round_: Round, *, by: uuid.UUID, now: datetime, after: Card | None = None) -> Card | None:
    """Deal a card that somebody else has placed and nobody has confirmed; as :func:`deal_card`."""
    places = ClusterCard.objects.standing().filter(cluster__round=round_, confirmed_by__isnull=True)
    mine = places.filter(put_by=by)
    cards = Card.objects.sent().filter(placements__in=places).exclude(placements__in=mine)
    return _deal(cards.order_by("sent_at", "id"), by=by, now=now, after=after)


@transaction.atomic
def hold_card(card: Card, *, by: uuid.UUID, now: datetime) -> DeskHold:
    """Take a card in hand, or hold it longer; what was in hand before is put back.

    Raises:
        HouseError: ``summit.card_in_hand``.
    """
    locked = Card.objects.select_for_update(of=("self",)).select_related("round__stage").get(pk=card.pk)
    held = DeskHold.objects.filter(card=locked).first()
    if held is not None and held.account == by:
        DeskHold.objects.filter(pk=held.pk).update(until=now + HOLD)
        return held
    if held is not None and held.until > now:
        raise HouseError("summit.card_in_hand")
    DeskHold.objects.filter(Q(card=locked) | Q(account=by)).delete()
    made = DeskHold.objects.create(card=locked, account=by, since=now, until=now + HOLD)
    tell_desk(locked.round.stage, "hold")
    return made


def take_next(round_: Round, *, by: uuid.UUID, now: datetime) -> Card | None:
    """Take the oldest waiting card that nobody has in hand, inside the transaction of an act that emptied the hand.

    Raises:
        IntegrityError: somebody took it in this very moment.
    """
    free = Card.objects.unplaced().filter(round=round_).exclude(hold__until__gt=now)
    locked = free.select_for_update(of=("self",), skip_locked=True).select_related("table", "hold")
    card = locked.order_by("sent_at", "id").first()
    if card is None:
        return None
    if hasattr(card, "hold"):
        card.hold.delete()  # of somebody who went away
    DeskHold.objects.create(card=card, account=by, since=now, until=now + HOLD)
    return card


def free_hand(*, by: uuid.UUID) -> None:
    """Put back what this account has in hand."""
    DeskHold.objects.filter(account=by).delete()


def _deal(cards: QuerySet[Card], *, by: uuid.UUID, now: datetime, after: Card | None) -> Card | None:
    """Hold one of these cards; if another process takes it in this very moment, the next one."""
    for _ in range(TRIES):
        card = _next(cards, by, now, after)
        if card is None:
            free_hand(by=by)
            return None
        try:
            hold_card(card, by=by, now=now)
        except (HouseError, IntegrityError):
            continue
        return card
    return None


def _next(cards: QuerySet[Card], by: uuid.UUID, now: datetime, after: Card | None) -> Card | None:
    others = DeskHold.objects.filter(until__gt=now).exclude(account=by)
    free = cards.exclude(hold__in=others)
    if after is None:
        return free.filter(hold__account=by).first() or free.first()
    later = Q(sent_at__gt=after.sent_at) | Q(sent_at=after.sent_at, pk__gt=after.pk)
    return (free.filter(later).first() if after.sent_at is not None else None) or free.first()
