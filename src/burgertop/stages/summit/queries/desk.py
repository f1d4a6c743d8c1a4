"""Reads of the theme desk: the cards to read, and the clusters."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from burgertop.stages.summit.models import Card, Cluster, ClusterCard, Round, Table

__all__ = ["Bench", "ClusterRow", "bench_of", "clusters_of"]

LETTERS = "ABCDEFGHILMOPQRSTUVWXY"  # J, K, N and Z move about the desk
MOST_READ = 12


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster with its key on the keyboard, its cards, and how many tables they come from."""

    cluster: Cluster
    letter: str
    cards: tuple[Card, ...]
    tables: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the theme desk in one round."""

    waiting: tuple[Card, ...]
    waiting_count: int
    clusters: tuple[ClusterRow, ...]
    tables_in: int
    tables_all: int
    last: ClusterCard | None

    @property
    def placed_count(self) -> int:
        """How many cards lie in clusters."""
        return sum(len(row.cards) for row in self.clusters)


def clusters_of(round_: Round) -> list[ClusterRow]:
    """The clusters of a round in their order, each with its sent cards; a fixed number of queries."""
    placed: dict[UUID, list[Card]] = defaultdict(list)
    placements = ClusterCard.objects.standing().filter(cluster__round=round_, card__in=Card.objects.sent())
    found = placements.select_related("card__table").prefetch_related("card__texts").order_by("put_at")
    for placement in found:
        placed[placement.cluster_id].append(placement.card)
    rows = []
    for place, cluster in enumerate(round_.clusters.standing().prefetch_related("texts")):
        cluster.round = round_
        cards = tuple(placed[cluster.pk])
        letter = LETTERS[place] if place < len(LETTERS) else ""
        rows.append(ClusterRow(cluster, letter, cards, len({card.table_id for card in cards})))
    return rows


def bench_of(round_: Round, account: UUID | None) -> Bench:
    """The desk of a round for one account (whose last act can be undone), oldest cards first."""
    waiting = Card.objects.unplaced().filter(round=round_)
    shown = waiting.select_related("table").prefetch_related("texts").order_by("sent_at", "id")[:MOST_READ]
    mine = ClusterCard.objects.filter(Q(put_by=account), cluster__round=round_, undone_at__isnull=True)
    last = mine.standing().select_related("card__table", "cluster").prefetch_related("cluster__texts")
    return Bench(
        waiting=tuple(shown),
        waiting_count=waiting.count(),
        clusters=tuple(clusters_of(round_)),
        tables_in=Card.objects.sent().filter(round=round_).order_by().values("table_id").distinct().count(),
        tables_all=Table.objects.filter(stage_id=round_.stage_id).count(),
        last=last.order_by("put_at", "id").last() if account else None,
    )
