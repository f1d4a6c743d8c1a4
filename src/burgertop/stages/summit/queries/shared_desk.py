"""What all who work at the desk see alike: the clusters with their counts, what waits, how it goes.

It is kept in memory until the desk is told of news (``news.tell_desk``), and then only read anew as far as the news
reach. So ten pages that ask for the same desk cost one reading, and the counting is done by the database.
"""

import threading
import uuid
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Replace, StrIndex

from burgertop.foundation.live.models import Message
from burgertop.foundation.origins import Origin
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, DeskAct, Objection, Round, Table
from burgertop.stages.summit.news import desk_topic
from burgertop.stages.summit.queries.recent import Recent

__all__ = [
    "ClusterRow",
    "OriginCount",
    "Pace",
    "SharedDesk",
    "TablesIn",
    "clusters_of",
    "clusters_worded",
    "end_of",
    "known_card",
    "merged_in",
    "open_objections",
    "shared_desk",
    "standing_clusters",
]

LETTERS = "ABCDEFGHILMOPQRSUVWXY"  # J, K, N, T and Z move about the desk
MOST_READ = 8
LATELY = 100
KEPT_ROUNDS, KEPT_CARDS, KEPT_CLUSTERS = 8, 400, 400
NEWS = 32  # so many of the last messages say what is new; more at once, and everything is read
OLDEST = timedelta(seconds=30)  # tables may be laid without a word to the desk
CARD_KEY = ("pk", "revision", "sent_at", "is_late")  # what a card says changes only with these
UNTOUCHED = frozenset({"hold", "photo", "coding", "objection"})  # news that leave cards and clusters as they are


@dataclass(frozen=True, slots=True)
class OfOrigin:
    """Something that is told for each origin apart, and never added up across origins."""

    origin: str

    @property
    def label(self) -> str:
        """The origin in words; nothing for people drawn by lot, who sit in the hall."""
        return "" if self.origin == Origin.DRAWN else str(Origin(self.origin).label)


@dataclass(frozen=True, slots=True)
class OriginCount(OfOrigin):
    """How many cards came from one origin, and from how many tables."""

    cards: int
    tables: int


@dataclass(frozen=True, slots=True)
class TablesIn(OfOrigin):
    """How many tables of one origin there are, and how many of them have sent cards."""

    sent: int
    count: int


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster with its key on the keyboard, and how many cards it has by origin; how many a second person saw."""

    cluster: Cluster
    letter: str
    origins: tuple[OriginCount, ...]
    count: int
    confirmed: int

    @property
    def tables(self) -> int:
        """From how many tables its cards come."""
        return sum(one.tables for one in self.origins)

    @property
    def eyes(self) -> str:
        """Who has read it: "none" (no cards), "one" or "two" people."""
        if not self.count:
            return "none"
        return "two" if self.confirmed == self.count else "one"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the desk decides, without names: decisions, per card, and the seconds of a usual one."""

    decisions: int
    cards: int
    placed: int
    seconds: float | None

    @property
    def per_card(self) -> float | None:
        """How many decisions a placed card has taken so far."""
        return self.cards / self.placed if self.placed else None


class Lot(NamedTuple):
    """The cards of one origin in one cluster, counted by the database."""

    cluster: UUID
    origin: str
    cards: int
    tables: int
    confirmed: int
    shown: int
    right: int


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


# The memory -----------------------------------------------------------------------------------

_desks = Recent[UUID, SharedDesk](KEPT_ROUNDS)
_reading = Recent[UUID, threading.Lock](KEPT_ROUNDS)
_cards = Recent[tuple[Hashable, ...], Card](KEPT_CARDS)
_clusters = Recent[tuple[Hashable, ...], Cluster](KEPT_CLUSTERS)


def shared_desk(round_: Round, now: datetime) -> SharedDesk:
    """The desk of a round as everybody sees it: one query when there are no news, a fixed number otherwise."""
    with _reading.get_or_make(round_.pk, threading.Lock):  # who comes meanwhile takes what this one reads
        newest = Message.objects.filter(topic=desk_topic(round_.stage)).order_by("-number")
        news = {number: str(body.get("kind", "")) for number, body in newest.values_list("number", "body")[:NEWS]}
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
        objections = open_objections(round_).count() if "objection" in kinds else known.objections
        return replace(known, news=news, objections=objections)
    if kinds <= UNTOUCHED | {"card"}:
        return _read(round_, news, known.read_at, words=known, pace=known.pace)
    return _read(round_, news, known.read_at, tables=known.tables)


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
    lots = _lots(round_, merged)
    placed = sum(lot.cards for lot in lots)
    return SharedDesk(
        key=uuid.uuid4(),
        news=news,
        read_at=read_at,
        waiting=waiting,
        waiting_count=waiting_count,
        clusters=_rows(clusters, lots),
        merged=merged,
        placed_count=placed,
        confirmed_count=sum(lot.confirmed for lot in lots),
        unconfirmed=dict(_lying(round_).filter(confirmed_by=None).values_list("put_by").annotate(Count("pk"))),
        right=sum(lot.right for lot in lots),
        shown=sum(lot.shown for lot in lots),
        pace=_pace(round_, placed) if pace is None else replace(pace, placed=placed),
        objections=open_objections(round_).count(),
        tables=_tables_in(round_) if tables is None else tables,
    )


# The readings ---------------------------------------------------------------------------------


def clusters_of(round_: Round) -> list[ClusterRow]:
    """The clusters of a round in their order, the rest last, with their counts; a fixed number of queries."""
    clusters = list(round_.clusters.standing().prefetch_related("texts").order_by("is_rest", "order"))
    for one in clusters:
        one.round = round_
    return list(_rows(clusters, _lots(round_, {})))


def clusters_worded(round_: Round) -> tuple[ClusterRow, ...]:
    """The clusters of a round with their letters and words, and nothing counted; one query when the words are known."""
    return _rows(standing_clusters(round_)[0], ())


def known_card(card: Card) -> Card:
    """A card with its words: out of memory, or read with one query; its table must be there."""
    key = tuple(getattr(card, name) for name in CARD_KEY)
    kept = _cards.get(key)
    if kept is None:
        prefetch_related_objects([card], "texts")
        _cards.put(key, card)
        return card
    return kept


def standing_clusters(round_: Round) -> tuple[list[Cluster], dict[UUID, UUID]]:
    """The clusters of a round with their words, the rest last, and which went into which; words known are not read."""
    fields = ("pk", "revision", "order", "is_rest", "dissolved_at", "merged_into_id")
    found = list(Cluster.objects.filter(round=round_).order_by("is_rest", "order").values_list(*fields))
    keys = {pk: (pk, *facts) for pk, *facts in found}
    merged = {pk: into for pk, *_facts, into in found if into is not None}
    known = {pk: _clusters.get(keys[pk]) for pk, *_facts, gone, _into in found if gone is None}
    missing = [pk for pk, kept in known.items() if kept is None]
    if missing:
        for one in Cluster.objects.filter(pk__in=missing).prefetch_related("texts"):
            known[one.pk] = one
            _clusters.put((one.pk, *(getattr(one, name) for name in fields[1:])), one)
    return [kept for kept in known.values() if kept is not None], merged


def _rows(clusters: Sequence[Cluster], lots: Sequence[Lot]) -> tuple[ClusterRow, ...]:
    inside: dict[UUID, list[Lot]] = defaultdict(list)
    for lot in lots:
        inside[lot.cluster].append(lot)
    letters = iter(LETTERS)
    rows = []
    for cluster in clusters:
        here = inside[cluster.pk]
        origins = tuple(OriginCount(lot.origin, lot.cards, lot.tables) for lot in here)
        letter = "" if cluster.is_rest else next(letters, "")
        cards, confirmed = sum(lot.cards for lot in here), sum(lot.confirmed for lot in here)
        rows.append(ClusterRow(cluster, letter, origins, cards, confirmed))
    return tuple(rows)


def _lying(round_: Round) -> QuerySet[ClusterCard]:
    """Where the sent cards of a round lie."""
    return ClusterCard.objects.standing().filter(cluster__round=round_, card__state=CardState.SENT).order_by()


def _lots(round_: Round, merged: Mapping[UUID, UUID]) -> list[Lot]:
    """Count the cards in clusters, and how many lie where a hint had said; a hint at a merged cluster counts, too."""
    hints = Replace(
        Cast("suggested", TextField()), Value("-"), Value(""), output_field=TextField()
    )  # ids stand with or without strokes
    here = Replace(Cast("cluster_id", TextField()), Value("-"), Value(""), output_field=TextField())
    right = Q(place__gt=0)
    for gone in merged:
        right |= Q(cluster=end_of(gone, merged), hints__contains=gone.hex)
    rows = _lying(round_).annotate(hints=hints, place=StrIndex(hints, here)).values("cluster_id", "card__origin")
    counted = rows.annotate(
        cards=Count("pk"),
        tables=Count("card__table", distinct=True),
        confirmed=Count("confirmed_by"),
        shown=Count("pk", filter=~Q(hints="[]")),
        right=Count("pk", filter=right),
    )
    fields = ("cluster_id", "card__origin", "cards", "tables", "confirmed", "shown", "right")
    return [Lot(*row) for row in counted.order_by("cluster_id", "card__origin").values_list(*fields)]


def _waiting(round_: Round) -> tuple[tuple[Card, ...], int]:
    """The cards that have waited longest, and how many wait; cards known are not read again."""
    waiting = Card.objects.unplaced().filter(round=round_).annotate(waiting=Window(Count("pk")))
    first = list(waiting.order_by("sent_at", "id").values_list(*CARD_KEY, "waiting")[:MOST_READ])
    known = {row[0]: _cards.get(row[:4]) for row in first}
    missing = [pk for pk, kept in known.items() if kept is None]
    if missing:
        for card in Card.objects.filter(pk__in=missing).select_related("table").prefetch_related("texts"):
            known[card.pk] = card
            _cards.put(tuple(getattr(card, name) for name in CARD_KEY), card)
    return tuple(kept for kept in known.values() if kept is not None), first[0][4] if first else 0


def _tables_in(round_: Round) -> tuple[TablesIn, ...]:
    """The tables by origin, the hall first: they are never added up."""
    has_sent = Exists(Card.objects.sent().filter(round=round_, table=OuterRef("pk")))
    tables = Table.objects.filter(stage_id=round_.stage_id).order_by().values("origin")
    rows = tables.annotate(count=Count("pk"), sent=Count("pk", filter=has_sent))
    found = [TablesIn(row["origin"], row["sent"], row["count"]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.origin != Origin.DRAWN, one.origin)))


def _pace(round_: Round, placed: int) -> Pace:
    """Count the decisions, and take the median of how long the last hundred took."""
    decided = DeskAct.objects.filter(round=round_, cards__gt=0)
    is_timed = ExpressionWrapper(Q(seconds__isnull=False), output_field=BooleanField())
    counted = decided.annotate(is_timed=is_timed, acts=Window(Count("pk")), decided=Window(Sum("cards")))
    latest = list(counted.order_by("-is_timed", "-at").values_list("seconds", "acts", "decided")[:LATELY])
    seconds = [row[0] for row in latest if row[0] is not None]
    acts, cards = latest[0][1:] if latest else (0, 0)
    return Pace(acts, cards, placed, median(seconds) if seconds else None)


def open_objections(round_: Round) -> QuerySet[Objection]:
    """What tables object to in a round and the desk has not answered, oldest first."""
    return Objection.objects.filter(card__round=round_, answered_at__isnull=True, card__state=CardState.SENT)


def merged_in(round_id: UUID) -> dict[UUID, UUID]:
    """The clusters of a round that went into others, and into which."""
    gone = Cluster.objects.filter(round=round_id, merged_into__isnull=False)
    return dict(gone.values_list("pk", "merged_into_id"))


def end_of(cluster: UUID, merged: Mapping[UUID, UUID]) -> UUID:
    """Follow a cluster to the one it went into in the end."""
    for _ in range(len(merged)):
        if cluster not in merged:
            break
        cluster = merged[cluster]
    return cluster
