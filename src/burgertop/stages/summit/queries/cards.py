"""Reads of cards: those of one table, and all of them for a file."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, CardRevision, CardState, ClusterCard, Device, Round, Table, TableTopic

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
    is_beside = Q(is_conflict=True, settled_at__isnull=True)
    is_head = Q(is_conflict=False, number=F("card__revision"))
    waiting = Q(pk__in=CardRevision.objects.filter(is_beside, card__table=table).order_by().values("card"))
    cards = Card.objects.filter(table=table).filter(waiting | (Q(round=round_) & ~Q(state=CardState.WITHDRAWN)))
    revisions = CardRevision.objects.filter(is_beside | is_head).order_by("written_at")
    found: list[Any] = list(
        cards.select_related("round")
        .prefetch_related("texts", Prefetch("revisions", revisions, to_attr="known"))
        .order_by("-round__number", "-number")
    )
    for card in found:
        card.beside = [one for one in card.known if one.is_conflict]
        card.heads = [one for one in card.known if not one.is_conflict]
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
    return list(Device.objects.standing().filter(table=table))


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
