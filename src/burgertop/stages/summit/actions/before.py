"""What is read of a table before its cards are changed: the same few statements for every card of the day."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q

from burgertop.foundation.prepared import Prepared
from burgertop.foundation.texts import speak
from burgertop.stages.summit.models import Card, CardRevision, CardState, CardText, HandoverCard, Round, Table

__all__ = ["Rest", "cards_named", "handed_of", "lock_table", "rest_of", "revisions_of"]


@dataclass(frozen=True, slots=True)
class Rest:
    """The cards of a table in one round that no change names."""

    written: int
    sent: int
    last_number: int


_table = Prepared(lambda pk: Table.objects.select_for_update(of=("self",)).select_related("stage").filter(pk=pk))
_rounds = Prepared(lambda stage: Round.objects.filter(stage=stage))
_cards = Prepared(
    lambda cards, table, keys: Card.objects.filter(Q(pk__in=cards) | Q(table=table, once__in=keys)).order_by("number")
)
_texts = Prepared(lambda cards: CardText.objects.filter(owner__in=cards))
_revisions = Prepared(
    lambda cards, keys: CardRevision.objects.filter(
        Q(once__in=keys)
        | Q(is_conflict=True, settled_at__isnull=True)
        | Q(number=F("card__revision"), is_conflict=False),
        card__in=cards,
    )
)
_handed = Prepared(lambda cards: HandoverCard.objects.standing().filter(card__in=cards))
_others = Prepared[tuple[int, int, int]](
    lambda round_, table, named: (
        Card.objects.filter(round=round_, table=table)
        .exclude(pk__in=named)
        .order_by()
        .values("round")
        .annotate(
            written=Count("pk", filter=~Q(state=CardState.WITHDRAWN)),
            sent=Count("pk", filter=Q(state=CardState.SENT)),
            last=Max("number"),
        )
        .values_list("written", "sent", "last")
    )
)


def lock_table(pk: uuid.UUID) -> tuple[Table, dict[uuid.UUID, Round]]:
    """Lock a table, and read it with its stage, its process and the rounds of the day as they are now."""
    table = _table.first(pk)
    if table is None:
        raise Table.DoesNotExist
    rounds = _rounds.all(table.stage_id)
    for one in rounds:
        one.stage = table.stage
    return table, {one.pk: one for one in rounds}


def cards_named(table: Table, cards: Collection[uuid.UUID], keys: Collection[uuid.UUID]) -> list[Card]:
    """The cards with these ids, of whatever table, and those of this table that came by one of these keys."""
    found = _cards.all(cards, table.pk, keys)
    speak(found, _texts.all([card.pk for card in found]))
    return found


def revisions_of(cards: Sequence[Card], keys: Collection[uuid.UUID]) -> list[CardRevision]:
    """The changes by these keys, the last of each card, and the texts beside it that wait."""
    return _revisions.all([card.pk for card in cards], keys)


def handed_of(cards: Sequence[Card]) -> dict[uuid.UUID, HandoverCard]:
    """How those of the cards were sent that are at the desk."""
    return {one.card_id: one for one in _handed.all([card.pk for card in cards])}


def rest_of(table: Table, round_: Round, named: Collection[uuid.UUID]) -> Rest:
    """Count the cards of a table in a round but those that are named."""
    told = _others.first(round_.pk, table.pk, list(named))
    return Rest(*told) if told is not None else Rest(0, 0, 0)
