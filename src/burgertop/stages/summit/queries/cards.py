"""Reads of cards: those of one table, and all of them for a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, CardState, ClusterCard, Round, Table, TableTopic

__all__ = ["Counts", "cards_at", "cards_table", "counts_at"]

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
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards of a table are kept here, sent, and still free to write."""

    kept: int
    sent: int
    free: int


def cards_at(table: Table, round_: Round) -> list[Card]:
    """The cards of a table in a round that were not taken back, newest first, with texts."""
    cards = Card.objects.standing().filter(table=table, round=round_)
    return list(cards.prefetch_related("texts").order_by("-number"))


def counts_at(cards: Sequence[Card], round_: Round) -> Counts:
    """Count the cards of a table."""
    sent = sum(1 for card in cards if card.state == CardState.SENT)
    return Counts(kept=len(cards) - sent, sent=sent, free=max(round_.cards_limit - len(cards), 0))


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
            )

    return COLUMNS, rows()
