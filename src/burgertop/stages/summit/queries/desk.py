"""Reads of the theme desk: the cards to read, the clusters, who confirmed what, and how fast it goes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from burgertop.foundation.origins import Origin
from burgertop.stages.summit.models import (
    Card,
    CardState,
    Cluster,
    ClusterCard,
    DeskAct,
    DeskActKind,
    DeskHold,
    Objection,
    Round,
    Table,
)
from burgertop.stages.summit.queries.suggestions import Alike, Place, Suggestion, hints_for

__all__ = [
    "Bench",
    "ClusterRow",
    "Hand",
    "OriginCount",
    "Pace",
    "TablesIn",
    "Waiting",
    "bench_of",
    "cards_in",
    "check_of",
    "clusters_of",
    "end_of",
    "hand_of",
    "merged_in",
    "open_objections",
    "places_in",
    "undoable_acts",
]

LETTERS = "ABCDEFGHILMOPQRSUVWXY"  # J, K, N, T and Z move about the desk
MOST_READ = 8
LATELY = 100


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many cards came from one origin, and from how many tables; never added up across origins."""

    origin: str
    cards: int
    tables: int

    @property
    def label(self) -> str:
        """The origin in words; nothing for people drawn by lot, who sit in the hall."""
        return _label_of(self.origin)


@dataclass(frozen=True, slots=True)
class TablesIn:
    """How many tables of one origin there are, and how many of them have sent cards."""

    origin: str
    sent: int
    count: int

    @property
    def label(self) -> str:
        """The origin in words; nothing for the hall."""
        return _label_of(self.origin)


def _label_of(origin: str) -> str:
    return "" if origin == Origin.DRAWN else str(Origin(origin).label)


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
class Waiting:
    """A card that waits, and whether somebody else has it in hand."""

    card: Card
    is_in_hand: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """The card somebody has in hand: what it looks like, and what waits and says much the same."""

    card: Card
    suggestions: tuple[tuple[Suggestion, ClusterRow], ...]
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the desk decides, without names: decisions, per card, and the seconds of a usual one."""

    decisions: int
    per_card: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the theme desk in one round."""

    waiting: tuple[Waiting, ...]
    waiting_count: int
    free_count: int
    hand: Hand | None
    clusters: tuple[ClusterRow, ...]
    placed_count: int
    confirmed_count: int
    to_confirm: int
    right: int
    shown: int
    pace: Pace
    objections: int
    tables: tuple[TablesIn, ...]
    last: DeskAct | None

    @property
    def confirmed_share(self) -> float | None:
        """Which share of the placed cards two people have seen."""
        return self.confirmed_count / self.placed_count if self.placed_count else None


def places_in(round_: Round) -> list[Place]:
    """Where the sent cards of a round lie; one query, no words."""
    rows = ClusterCard.objects.standing().filter(cluster__round=round_, card__state=CardState.SENT).order_by()
    return [
        Place(*row)
        for row in rows.values_list(
            "card_id", "cluster_id", "card__table_id", "card__origin", "put_by", "confirmed_by", "suggested"
        )
    ]


def clusters_of(round_: Round, places: Sequence[Place] | None = None) -> list[ClusterRow]:
    """The clusters of a round in their order, the rest last, with their counts; a fixed number of queries."""
    inside: dict[UUID, list[Place]] = defaultdict(list)
    for place in places_in(round_) if places is None else places:
        inside[place.cluster].append(place)
    rows = []
    letters = iter(LETTERS)
    standing = round_.clusters.standing().prefetch_related("texts").order_by("is_rest", "order")
    for cluster in standing:
        cluster.round = round_
        here = inside[cluster.pk]
        letter = "" if cluster.is_rest else next(letters, "")
        confirmed = sum(1 for place in here if place.confirmed_by is not None)
        rows.append(ClusterRow(cluster, letter, _by_origin(here), len(here), confirmed))
    return rows


def _by_origin(places: Iterable[Place]) -> tuple[OriginCount, ...]:
    tables: dict[str, set[UUID]] = defaultdict(set)
    cards: Counter[str] = Counter()
    for place in places:
        tables[place.origin].add(place.table)
        cards[place.origin] += 1
    return tuple(OriginCount(origin, cards[origin], len(tables[origin])) for origin in sorted(cards))


def cards_in(cluster: Cluster) -> list[ClusterCard]:
    """Everything behind a cluster: its placements with cards and texts, oldest first; then cards taken back."""
    lain = Q(ended_at__isnull=True) | Q(card__state=CardState.WITHDRAWN, undone_at__isnull=True)
    found = cluster.placements.filter(lain).select_related("card__table", "card__round")
    rows = list(found.prefetch_related("card__texts").order_by("ended_at", "put_at", "id"))
    lying = [row for row in rows if row.ended_at is None and row.card.state == CardState.SENT]
    back = {row.card_id: row for row in rows if row.card.state == CardState.WITHDRAWN and _is_last(row)}
    return [*lying, *back.values()]


def _is_last(row: ClusterCard) -> bool:
    """Whether a card was taken back while it lay here: the place ended in the moment the card went."""
    return row.ended_at is not None and row.ended_at == row.card.withdrawn_at


def open_objections(round_: Round) -> QuerySet[Objection]:
    """What tables object to in a round and the desk has not answered, oldest first."""
    return Objection.objects.filter(card__round=round_, answered_at__isnull=True, card__state=CardState.SENT)


def undoable_acts(round_: Round, account: UUID) -> QuerySet[DeskAct]:
    """The acts of an account of which something can still be taken back, oldest first."""
    standing = ClusterCard.objects.standing()
    mine = Exists(standing.filter(act=OuterRef("pk")))
    inside = Exists(standing.filter(cluster=OuterRef("cluster")))
    confirmed = Exists(
        standing.filter(cluster__round=OuterRef("round"), confirmed_by=OuterRef("by"), confirmed_at=OuterRef("at"))
    )
    empty = Q(cards=0, kind=DeskActKind.MAKE, cluster__dissolved_at__isnull=True) & ~Q(inside)
    empty |= Q(cards=0, kind=DeskActKind.MERGE, cluster__dissolved_at__isnull=False)
    reworded = Q(kind=DeskActKind.REWORD, cluster__revision=F("revision"))
    can = Q(mine) | empty | reworded | Q(confirmed, kind=DeskActKind.CONFIRM)
    return DeskAct.objects.filter(can, round=round_, by=account, undone_at__isnull=True).order_by("at", "id")


def hand_of(round_: Round, card: Card | None, places: Sequence[Place], rows: Sequence[ClusterRow]) -> Hand | None:
    """What somebody with this card in hand sees beside it."""
    if card is None:
        return None
    row_of = {row.cluster.pk: row for row in rows if not row.cluster.is_rest}
    shown, alike = hints_for(card, round_, places, list(row_of))
    return Hand(card, tuple((one, row_of[one.cluster]) for one in shown), alike)


def bench_of(round_: Round, account: UUID | None, now: datetime) -> Bench:
    """The desk of a round for one account: the card in its hand, the others that wait, oldest first, the clusters."""
    places = places_in(round_)
    waiting = Card.objects.unplaced().filter(round=round_)
    holds = DeskHold.objects.filter(until__gt=now, card__in=waiting)
    held = dict(holds.values_list("card_id", "account"))
    in_hand = next((card for card, holder in held.items() if holder == account), None)
    cards = waiting.select_related("table").prefetch_related("texts").order_by("sent_at", "id")
    shown = list(cards[:MOST_READ])
    mine = next((card for card in shown if card.pk == in_hand), None)
    if mine is None and in_hand is not None:
        mine = cards.filter(pk=in_hand).first()
    rows, count = clusters_of(round_, places), waiting.count()
    right, judged = _judged(round_, places)
    return Bench(
        waiting=tuple(Waiting(card, held.get(card.pk, account) != account) for card in shown if card.pk != in_hand),
        waiting_count=count,
        free_count=max(count - len(held), 0) if mine is None else 0,
        hand=hand_of(round_, mine, places, rows),
        clusters=tuple(rows),
        placed_count=len(places),
        confirmed_count=sum(1 for place in places if place.confirmed_by is not None),
        to_confirm=sum(1 for place in places if place.confirmed_by is None and place.put_by != account),
        right=right,
        shown=judged,
        pace=_pace(round_, len(places)),
        objections=open_objections(round_).count(),
        tables=_tables_in(round_),
        last=_last_act(round_, account),
    )


def _tables_in(round_: Round) -> tuple[TablesIn, ...]:
    """The tables by origin, the hall first: they are never added up."""
    has_sent = Exists(Card.objects.sent().filter(round=round_, table=OuterRef("pk")))
    tables = Table.objects.filter(stage_id=round_.stage_id).order_by().values("origin")
    rows = tables.annotate(count=Count("pk"), sent=Count("pk", filter=has_sent))
    found = [TablesIn(row["origin"], row["sent"], row["count"]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.origin != Origin.DRAWN, one.origin)))


def _last_act(round_: Round, account: UUID | None) -> DeskAct | None:
    if account is None:
        return None
    return undoable_acts(round_, account).select_related("cluster").prefetch_related("cluster__texts").last()


def _judged(round_: Round, places: Sequence[Place]) -> tuple[int, int]:
    """In how many of the cards that came with a suggestion the card now lies in a suggested cluster."""
    merged = merged_in(round_.pk)
    judged = [place for place in places if place.suggested]
    right = 0
    for place in judged:
        ends = {end_of(UUID(one), merged) for one in place.suggested}
        right += place.cluster in ends
    return right, len(judged)


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


def _pace(round_: Round, placed: int) -> Pace:
    """Count the decisions, and take the median of how long the last hundred took."""
    decided = DeskAct.objects.filter(round=round_, cards__gt=0)
    counted = decided.aggregate(acts=Count("pk"), cards=Sum("cards"))
    timed = decided.filter(seconds__isnull=False).order_by("-at").values_list("seconds", flat=True)
    seconds = [one for one in timed[:LATELY] if one is not None]
    per_card = (counted["cards"] or 0) / placed if placed else None
    return Pace(counted["acts"], per_card, median(seconds) if seconds else None)


def check_of(round_: Round, account: UUID | None, now: datetime) -> ClusterCard | None:
    """The placement that this account has in hand to confirm, with card and cluster."""
    if account is None:
        return None
    held = DeskHold.objects.filter(account=account, until__gt=now).values("card")
    places = ClusterCard.objects.standing().filter(
        cluster__round=round_, confirmed_by__isnull=True, card__in=held, card__state=CardState.SENT
    )
    found = places.exclude(put_by=account) | places.filter(put_by__isnull=True)
    shown = found.select_related("card__table", "cluster").prefetch_related("card__texts", "cluster__texts")
    return shown.first()
