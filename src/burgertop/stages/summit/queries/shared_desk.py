"""What all who work at the desk see alike: the clusters with their counts, what waits, how it goes.

It is kept in memory until the desk is told of news (``news.tell_desk``), and then only read anew as far as the news
reach. So ten pages that ask for the same desk cost one reading, and the counting is done by the database.
"""

import threading
import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Window

from burgertop.foundation.live.models import Message
from burgertop.foundation.prepared import Prepared
from burgertop.foundation.texts import speak
from burgertop.stages.summit.models import Card, CardText, Cluster, Round
from burgertop.stages.summit.news import desk_topic
from burgertop.stages.summit.queries.desk_counts import (
    ClusterRow,
    Pace,
    TablesIn,
    lots_in,
    objections_in,
    pace_of,
    rows_of,
    tables_in,
    unconfirmed_in,
)
from burgertop.stages.summit.queries.recent import Recent

__all__ = ["SharedDesk", "clusters_of", "clusters_worded", "known_card", "shared_desk", "standing_clusters"]

MOST_READ = 8
KEPT_ROUNDS, KEPT_CARDS, KEPT_CLUSTERS = 8, 400, 400
NEWS = 32  # so many of the last messages say what is new; more at once, and everything is read
OLDEST = timedelta(seconds=30)  # whatever else may change without a word to the desk
CARD_KEY = ("pk", "revision", "sent_at", "is_late")  # what a card says changes only with these
UNTOUCHED = frozenset({"hold", "photo", "coding", "objection"})  # news that leave cards and clusters as they are


@dataclass(frozen=True, slots=True)
class SharedDesk:
    """The desk of a round at one moment, the same for everybody; ``key`` is another one for each reading."""

    key: UUID
    news: Mapping[int, str]
    read_at: datetime
    waiting: tuple[Card, ...]
    waiting_count: int
    clusters: tuple[ClusterRow, ...]
    merged: Mapping[UUID, UUID]
    placed_count: int
    confirmed_count: int
    unconfirmed: Mapping[UUID | None, int]
    right: int
    shown: int
    pace: Pace
    objections: int
    tables: tuple[TablesIn, ...]

    def to_confirm(self, account: UUID | None) -> int:
        """How many cards wait to be confirmed by this account: those that somebody else has placed."""
        return sum(count for by, count in self.unconfirmed.items() if by is None or by != account)


CLUSTER_KEY = ("pk", "revision", "order", "is_rest", "dissolved_at", "merged_into_id")

_newest = Prepared[tuple[int, dict[str, object]]](
    lambda topic: Message.objects.filter(topic=topic).order_by("-number").values_list("number", "body")[:NEWS]
)
_standing = Prepared[tuple[Any, ...]](
    lambda round_: Cluster.objects.filter(round=round_).order_by("is_rest", "order").values_list(*CLUSTER_KEY)
)
_first = Prepared[tuple[Any, ...]](
    lambda round_: (
        Card.objects.unplaced()
        .filter(round=round_)
        .annotate(waiting=Window(Count("pk")))
        .order_by("sent_at", "id")
        .values_list(*CARD_KEY, "waiting")[:MOST_READ]
    )
)
_tabled = Prepared(lambda cards: Card.objects.filter(pk__in=cards).select_related("table"))
_texts = Prepared(lambda cards: CardText.objects.filter(owner__in=cards))


# The memory -----------------------------------------------------------------------------------

_desks = Recent[UUID, SharedDesk](KEPT_ROUNDS)
_reading = Recent[UUID, threading.Lock](KEPT_ROUNDS)
_cards = Recent[tuple[Hashable, ...], Card](KEPT_CARDS)
_clusters = Recent[tuple[Hashable, ...], Cluster](KEPT_CLUSTERS)


def shared_desk(round_: Round, now: datetime) -> SharedDesk:
    """The desk of a round as everybody sees it: one query when there are no news, a fixed number otherwise."""
    with _reading.get_or_make(round_.pk, threading.Lock):  # who comes meanwhile takes what this one reads
        newest = _newest.all(desk_topic(round_.stage))
        news = {number: str(body.get("kind", "")) for number, body in newest}
        known = _desks.get(round_.pk)
        if known is None or not timedelta() <= now - known.read_at < OLDEST or (news and not news.keys() & known.news):
            desk = _read(round_, news, now)
        else:
            kinds = {kind for number, kind in news.items() if number not in known.news}
            desk = _renewed(known, round_, news, kinds) if kinds else known
        _desks.put(round_.pk, desk)
        return desk


def _renewed(known: SharedDesk, round_: Round, news: Mapping[int, str], kinds: set[str]) -> SharedDesk:
    """Read anew what the news touch; the moment of the last whole reading stays."""
    if kinds <= UNTOUCHED:
        objections = objections_in(round_) if "objection" in kinds else known.objections
        return replace(known, news=news, objections=objections)
    if kinds <= UNTOUCHED | {"card"}:
        return _read(round_, news, known.read_at, words=known, pace=known.pace)
    return _read(round_, news, known.read_at, tables=None if "table" in kinds else known.tables)


def _read(
    round_: Round,
    news: Mapping[int, str],
    read_at: datetime,
    *,
    words: SharedDesk | None = None,
    pace: Pace | None = None,
    tables: tuple[TablesIn, ...] | None = None,
) -> SharedDesk:
    waiting, waiting_count = _waiting(round_)
    clusters: Sequence[Cluster]
    merged: Mapping[UUID, UUID]
    if words is None:
        clusters, merged = standing_clusters(round_)
    else:
        clusters, merged = [row.cluster for row in words.clusters], words.merged
    lots = lots_in(round_, merged)
    placed = sum(lot.cards for lot in lots)
    return SharedDesk(
        key=uuid.uuid4(),
        news=news,
        read_at=read_at,
        waiting=waiting,
        waiting_count=waiting_count,
        clusters=rows_of(clusters, lots),
        merged=merged,
        placed_count=placed,
        confirmed_count=sum(lot.confirmed for lot in lots),
        unconfirmed=unconfirmed_in(round_),
        right=sum(lot.right for lot in lots),
        shown=sum(lot.shown for lot in lots),
        pace=pace_of(round_, placed) if pace is None else replace(pace, placed=placed),
        objections=objections_in(round_),
        tables=tables_in(round_) if tables is None else tables,
    )


# The readings ---------------------------------------------------------------------------------


def clusters_of(round_: Round) -> list[ClusterRow]:
    """The clusters of a round in their order, the rest last, with their counts; a fixed number of queries."""
    clusters = list(round_.clusters.standing().prefetch_related("texts").order_by("is_rest", "order"))
    for one in clusters:
        one.round = round_
    return list(rows_of(clusters, lots_in(round_, {})))


def clusters_worded(round_: Round) -> tuple[ClusterRow, ...]:
    """The clusters of a round with their letters and words, and nothing counted; one query when the words are known."""
    return rows_of(standing_clusters(round_)[0], ())


def known_card(card: Card) -> Card:
    """A card with its words: out of memory, or read with one query; its table must be there."""
    key = tuple(getattr(card, name) for name in CARD_KEY)
    kept = _cards.get(key)
    if kept is None:
        speak([card], _texts.all([card.pk]))
        _cards.put(key, card)
        return card
    return kept


def standing_clusters(round_: Round) -> tuple[list[Cluster], dict[UUID, UUID]]:
    """The clusters of a round with their words, the rest last, and which went into which; words known are not read."""
    found = _standing.all(round_.pk)
    keys = {pk: (pk, *facts) for pk, *facts in found}
    merged = {pk: into for pk, *_facts, into in found if into is not None}
    known = {pk: _clusters.get(keys[pk]) for pk, *_facts, gone, _into in found if gone is None}
    missing = [pk for pk, kept in known.items() if kept is None]
    if missing:
        for one in Cluster.objects.filter(pk__in=missing).prefetch_related("texts"):
            known[one.pk] = one
            _clusters.put((one.pk, *(getattr(one, name) for name in CLUSTER_KEY[1:])), one)
    return [kept for kept in known.values() if kept is not None], merged


def _waiting(round_: Round) -> tuple[tuple[Card, ...], int]:
    """The cards that have waited longest, and how many wait; cards known are not read again."""
    first = _first.all(round_.pk)
    known = {row[0]: _cards.get(row[:4]) for row in first}
    missing = [pk for pk, kept in known.items() if kept is None]
    if missing:
        cards = _tabled.all(missing)
        speak(cards, _texts.all(missing))
        for card in cards:
            known[card.pk] = card
            _cards.put(tuple(getattr(card, name) for name in CARD_KEY), card)
    return tuple(kept for kept in known.values() if kept is not None), first[0][4] if first else 0
