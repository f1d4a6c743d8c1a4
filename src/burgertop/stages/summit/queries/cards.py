"""Reads of cards: those of one table, and all of them for a file."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Stage
from burgertop.foundation.texts import speak
from burgertop.stages.summit.models import (
    Card,
    CardRevision,
    CardState,
    CardText,
    ClusterCard,
    Device,
    Round,
    Table,
    TableTopic,
)

__all__ = ["Counts", "cards_at", "cards_table", "counts_at", "devices_at", "head_of", "picked_at"]

COLUMNS = (
    "round",
    "kind",
    "table",
    "card",
    "topic",
    "language",
    "text",
    "reasons",
    "support",
    "dissent",
    "origin",
    "sent_at",
    "cluster",
    "id",
    "late",
    "typed",
)


NO_ROUND = uuid.UUID(int=0)
IS_BESIDE = Q(is_conflict=True, settled_at__isnull=True)
IS_HEAD = Q(is_conflict=False, number=F("card__revision"))

_cards = Prepared(
    lambda table, round_: (
        Card.objects.filter(table=table)
        .filter(
            Q(pk__in=CardRevision.objects.filter(IS_BESIDE, card__table=table).order_by().values("card"))
            | (Q(round=round_) & ~Q(state=CardState.WITHDRAWN))
        )
        .select_related("round")
        .order_by("-round__number", "-number")
    )
)
_texts = Prepared(lambda cards: CardText.objects.filter(owner__in=cards))
_revisions = Prepared(
    lambda cards: CardRevision.objects.filter(IS_BESIDE | IS_HEAD, card__in=cards).order_by("written_at")
)
_devices = Prepared(lambda table: Device.objects.standing().filter(table=table))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards of a table are kept here, sent, and may still be sent."""

    kept: int
    sent: int
    free: int

    @property
    def saved(self) -> int:
        """How many the server has."""
        return self.kept + self.sent


def cards_at(table: Table, round_: Round | None) -> list[Card]:
    """The cards of a table in a round that were not taken off, newest first, with texts.

    Each card has ``beside``: texts that came too late and wait until the table has chosen. Cards of other rounds, or
    taken off, are there as long as they have such a text.
    """
    found: list[Any] = _cards.all(table.pk, round_.pk if round_ is not None else NO_ROUND)
    keys = [card.pk for card in found]
    speak(found, _texts.all(keys))
    known = defaultdict(list)
    for one in _revisions.all(keys):
        known[one.card_id].append(one)
    for card in found:
        card.beside = [one for one in known[card.pk] if one.is_conflict]
        card.heads = [one for one in known[card.pk] if not one.is_conflict]
    return found


def head_of(card: Card) -> uuid.UUID:
    """The key of the change with which a card of ``cards_at`` got its words."""
    found: list[CardRevision] = getattr(card, "heads", [])
    return found[0].once if found else card.once


def picked_at(table: Table, picked: Sequence[str]) -> list[Card]:
    """Those of a table's kept cards that were picked, in their order, with texts."""
    known = {
        str(card.pk): card for card in Card.objects.filter(table=table, state=CardState.DRAFT).prefetch_related("texts")
    }
    return sorted((known[pk] for pk in dict.fromkeys(picked) if pk in known), key=lambda card: card.number)


def devices_at(table: Table) -> list[Device]:
    """The devices that write for a table now."""
    return _devices.all(table.pk)


def counts_at(cards: Sequence[Card], round_: Round) -> Counts:
    """Count the cards of a table in a round."""
    here = [card.state for card in cards if card.round_id == round_.pk]
    sent = here.count(CardState.SENT)
    return Counts(kept=here.count(CardState.DRAFT), sent=sent, free=max(round_.cards_limit - sent, 0))


def cards_table(stage: Stage, language: str) -> tuple[Sequence[str], Iterator[Sequence[str | int | None]]]:
    """Every sent card of the day as columns and rows; names nobody."""
    cards = (
        Card.objects.sent()
        .filter(round__stage=stage)
        .select_related("round", "table")
        .prefetch_related("texts")
        .order_by("round__number", "table__number", "number")
    )
    placements = ClusterCard.objects.standing().filter(card__round__stage=stage)
    cluster_of = {
        placement.card_id: placement.cluster.say("title", language).text
        for placement in placements.select_related("cluster").prefetch_related("cluster__texts")
    }

    topics = {(one.round_id, one.table_id): one.text for one in TableTopic.objects.filter(round__stage=stage)}

    def rows() -> Iterator[Sequence[str | int | None]]:
        for card in cards:
            yield (
                card.round.number,
                card.round.kind,
                card.table.number,
                card.number,
                topics.get((card.round_id, card.table_id), ""),
                card.language,
                card.say("text", card.language).text,
                card.say("reasons", card.language).text,
                card.support,
                "yes" if card.is_dissent else "",
                card.origin,
                card.sent_at.isoformat(timespec="seconds") if card.sent_at else "",
                cluster_of.get(card.pk, ""),
                str(card.pk),
                "yes" if card.is_late else "",
                "yes" if card.is_typed else "",
            )

    return COLUMNS, rows()
