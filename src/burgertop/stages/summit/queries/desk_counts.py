"""What the database counts for the theme desk: cards in clusters by origin, hints that were right, the pace."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any, NamedTuple
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
)
from django.db.models.functions import Cast, Replace, StrIndex

from burgertop.foundation.origins import Origin
from burgertop.foundation.prepared import Prepared
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, DeskAct, Objection, Round, Table

__all__ = [
    "ClusterRow",
    "Lot",
    "OriginCount",
    "Pace",
    "TablesIn",
    "end_of",
    "lots_in",
    "merged_in",
    "objections_in",
    "open_objections",
    "pace_of",
    "rows_of",
    "tables_in",
    "unconfirmed_in",
]

LETTERS = "ABCDEFGHILMOPQRSUVWXY"  # J, K, N, T and Z move about the desk
LATELY = 100


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


def rows_of(clusters: Sequence[Cluster], lots: Sequence[Lot]) -> tuple[ClusterRow, ...]:
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


def _lying(round_: UUID) -> QuerySet[ClusterCard]:
    """Where the sent cards of a round lie."""
    return ClusterCard.objects.standing().filter(cluster__round=round_, card__state=CardState.SENT).order_by()


@cache
def _lots(merged: int) -> Prepared[tuple[Any, ...]]:
    """The counting for so many merged clusters; each is given by where it went in the end, and its id in letters."""

    def build(round_: UUID, *gone: Any) -> QuerySet[ClusterCard, tuple[Any, ...]]:
        hints = Replace(
            Cast("suggested", TextField()), Value("-"), Value(""), output_field=TextField()
        )  # ids stand with or without strokes
        here = Replace(Cast("cluster_id", TextField()), Value("-"), Value(""), output_field=TextField())
        rows = _lying(round_).annotate(hints=hints, place=StrIndex(hints, here))
        right = Q(place__gt=0)
        for number in range(merged):
            end, letters = gone[2 * number : 2 * number + 2]
            rows = rows.annotate(**{f"place{number}": StrIndex(hints, Value(letters))})
            right |= Q(cluster=end, **{f"place{number}__gt": 0})
        counted = rows.values("cluster_id", "card__origin").annotate(
            cards=Count("pk"),
            tables=Count("card__table", distinct=True),
            confirmed=Count("confirmed_by"),
            shown=Count("pk", filter=~Q(hints="[]")),
            right=Count("pk", filter=right),
        )
        fields = ("cluster_id", "card__origin", "cards", "tables", "confirmed", "shown", "right")
        return counted.order_by("cluster_id", "card__origin").values_list(*fields)

    return Prepared(build)


def lots_in(round_: Round, merged: Mapping[UUID, UUID]) -> list[Lot]:
    """Count the cards in clusters, and how many lie where a hint had said; a hint at a merged cluster counts, too."""
    gone = [part for one in merged for part in (end_of(one, merged), one.hex)]
    return [Lot(*row) for row in _lots(len(merged)).all(round_.pk, *gone)]


_unconfirmed = Prepared[tuple[UUID | None, int]](
    lambda round_: _lying(round_).filter(confirmed_by=None).values_list("put_by").annotate(Count("pk"))
)


def unconfirmed_in(round_: Round) -> dict[UUID | None, int]:
    """How many placed cards wait for a second person, by who placed them."""
    return dict(_unconfirmed.all(round_.pk))


def _table_rows(stage: UUID, round_: UUID) -> QuerySet[Table, tuple[Any, ...]]:
    has_sent = Exists(Card.objects.sent().filter(round=round_, table=OuterRef("pk")))
    tables = Table.objects.filter(stage=stage).order_by().values("origin")
    counted = tables.annotate(sent=Count("pk", filter=has_sent), count=Count("pk"))
    return counted.values_list("origin", "sent", "count")


_tables = Prepared(_table_rows)


def tables_in(round_: Round) -> tuple[TablesIn, ...]:
    """The tables by origin, the hall first: they are never added up."""
    found = [TablesIn(*row) for row in _tables.all(round_.stage_id, round_.pk)]
    return tuple(sorted(found, key=lambda one: (one.origin != Origin.DRAWN, one.origin)))


def _decided(round_: UUID) -> QuerySet[DeskAct, tuple[Any, ...]]:
    is_timed = ExpressionWrapper(Q(seconds__isnull=False), output_field=BooleanField())
    counted = DeskAct.objects.filter(round=round_, cards__gt=0).annotate(
        is_timed=is_timed, acts=Window(Count("pk")), decided=Window(Sum("cards"))
    )
    return counted.order_by("-is_timed", "-at").values_list("seconds", "acts", "decided")[:LATELY]


_latest = Prepared(_decided)


def pace_of(round_: Round, placed: int) -> Pace:
    """Count the decisions, and take the median of how long the last hundred took."""
    latest = _latest.all(round_.pk)
    seconds = [row[0] for row in latest if row[0] is not None]
    acts, cards = latest[0][1:] if latest else (0, 0)
    return Pace(acts, cards, placed, median(seconds) if seconds else None)


def _open(round_: UUID) -> QuerySet[Objection]:
    return Objection.objects.filter(card__round=round_, answered_at__isnull=True, card__state=CardState.SENT)


_objections = Prepared[UUID](lambda round_: _open(round_).order_by().values_list("pk", flat=True))


def open_objections(round_: Round) -> QuerySet[Objection]:
    """What tables object to in a round and the desk has not answered, oldest first."""
    return _open(round_.pk)


def objections_in(round_: Round) -> int:
    """How many objections of a round are open."""
    return len(_objections.all(round_.pk))


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
