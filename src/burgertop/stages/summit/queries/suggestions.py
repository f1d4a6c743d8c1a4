"""Hints at the theme desk: which clusters a card looks like, and which waiting cards say much the same.

Letters are compared, not sense. A hint is never applied by itself: a person takes it or not.

What the hints know of a round is kept in memory. They learn at once while there is little to know, and with many
cards whenever one card in fifty is new or lies elsewhere; a cluster that comes, goes or gets other words is learned at
once. What they say of a single card is looked up before it is said.
"""

import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from burgertop.core.opinion import ClusterIndex, Match, TextIndex
from burgertop.core.opinion import Suggestion as Found
from burgertop.foundation.prepared import Prepared
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, DeskAct, Round
from burgertop.stages.summit.queries.recent import Recent

__all__ = ["Alike", "Suggestion", "hints_for"]

MOST_SUGGESTED = 3
MOST_ALIKE = 4
NEIGHBORS = 24
LEAST_SAME = 0.45
KEPT_ROUNDS, KEPT_HINTS = 8, 200
ONE_IN = 50
FEW = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A cluster a card looks like, its key, and the card or the title that makes it look so."""

    key: int
    cluster: UUID
    share: float
    because: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A waiting card that says much the same."""

    card: UUID
    name: str
    text: str
    language: str
    share: float


class Text(NamedTuple):
    """One text the hints know: that of a card (table and number) or the title of a cluster."""

    kind: str
    pk: UUID
    body: str
    language: str
    name: str


class Stamp(NamedTuple):
    """How much there is to know of a round: acts and what was taken back, placed cards, sent cards, their changes."""

    acts: int
    placed: int
    sent: int
    revisions: int

    def is_near(self, newer: "Stamp") -> bool:
        """Whether little has changed since: at most one in fifty."""
        return sum(abs(one - other) for one, other in zip(self[:3], newer[:3], strict=True)) <= self.sent // ONE_IN


Name = tuple[str, UUID, str]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the hints know of a round: its texts under their numbers, and which cluster each belongs to."""

    key: UUID
    stamp: Stamp
    titles: tuple[tuple[UUID, int], ...]
    revisions: Mapping[UUID, int]
    numbers: Mapping[Name, int]
    texts: Mapping[int, Text]
    index: TextIndex
    clusters: ClusterIndex[UUID]


NOTHING = Known(uuid.uuid4(), Stamp(0, 0, 0, 0), (), {}, {}, {}, TextIndex(), ClusterIndex(TextIndex(), {}))

_known = Recent[UUID, Known](KEPT_ROUNDS)
_learning = Recent[UUID, threading.Lock](KEPT_ROUNDS)
_found = Recent[tuple[UUID, UUID, int], tuple[tuple[Found[UUID], ...], tuple[Match, ...]]](KEPT_HINTS)


def _lying(cards: Sequence[UUID]) -> "QuerySet[Card, tuple[Any, ...]]":
    placed = ClusterCard.objects.standing().filter(card=OuterRef("pk"))
    found = Card.objects.sent().filter(pk__in=cards).annotate(is_placed=Exists(placed)).order_by()
    return found.values_list("pk", "revision", "is_placed")


def _counted(round_: UUID) -> "QuerySet[Round, tuple[Any, ...]]":
    acts = DeskAct.objects.filter(round=OuterRef("pk")).order_by().values("round")
    placed = ClusterCard.objects.standing().filter(cluster__round=OuterRef("pk")).order_by().values("cluster__round")
    sent = Card.objects.sent().filter(round=OuterRef("pk")).order_by().values("round")

    def number(rows: QuerySet[Any], counted: Any) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(number=counted).values("number")), 0)

    return Round.objects.filter(pk=round_).values_list(
        number(acts, Count("pk") + Count("undone_at")),
        number(placed, Count("pk")),
        number(sent, Count("pk")),
        number(sent, Sum("revision")),
    )


_standing = Prepared(_lying)
_stamps = Prepared(_counted)


def hints_for(
    card: Card, round_: Round, clusters: Sequence[Cluster]
) -> tuple[tuple[Suggestion, ...], tuple[Alike, ...]]:
    """What a card looks like; two queries, a few more when there is something to learn.

    Args:
        clusters: the standing ones with their words, without that of the cards that stand alone.

    Returns:
        Of the clusters those whose cards or titles look most like it, best first, with what makes it so; and the
        waiting cards that say much the same, the most like first.
    """
    known = _known_of(round_, clusters)
    asked = (known.key, card.pk, card.revision)
    hints = _found.get(asked)
    if hints is None:
        words = card.say("text", card.language).text
        near = known.index.closest(words, most=NEIGHBORS, least_share=LEAST_SAME)
        hints = known.clusters.suggest(words, most=MOST_SUGGESTED), near
        _found.put(asked, hints)
    suggested, near = hints
    named = [match.index for match in near] + [one.nearest.index for one in suggested if one.nearest is not None]
    cards = [known.texts[number].pk for number in named if known.texts[number].kind == "card"]
    rows = _standing.all(cards)
    is_placed = {pk: lies for pk, revision, lies in rows if revision == known.revisions[pk]}
    alike = []
    for match in near:
        text = known.texts[match.index]
        if text.pk != card.pk and is_placed.get(text.pk) is False:
            alike.append(Alike(text.pk, text.name, text.body, text.language, match.share))
    shown = tuple(_suggestion(key, one, known.texts, is_placed) for key, one in enumerate(suggested, start=1))
    return shown, tuple(alike[:MOST_ALIKE])


def _suggestion(key: int, found: Found[UUID], texts: Mapping[int, Text], standing: Mapping[UUID, bool]) -> Suggestion:
    text = texts[found.nearest.index] if found.nearest is not None else None
    if text is None or (text.kind == "card" and text.pk not in standing):
        return Suggestion(key, found.cluster, found.share, "", "", "")
    return Suggestion(key, found.cluster, found.share, text.body, text.language, text.name)


def _known_of(round_: Round, clusters: Sequence[Cluster]) -> Known:
    with _learning.get_or_make(round_.pk, threading.Lock):
        known, stamp = _known.get(round_.pk), _stamp_of(round_)
        titles = tuple((one.pk, one.revision) for one in clusters)
        if known is None or known.titles != titles or not _is_fresh(known.stamp, stamp):
            known = _learned(round_, clusters, stamp, known or NOTHING)
            _known.put(round_.pk, known)
        return known


def _is_fresh(known: Stamp, newer: Stamp) -> bool:
    is_reworded = known.sent == newer.sent and known.revisions != newer.revisions
    return not is_reworded and known.is_near(newer)


def _stamp_of(round_: Round) -> Stamp:
    return next(Stamp(*row) for row in _stamps.all(round_.pk))


def _learned(round_: Round, clusters: Sequence[Cluster], stamp: Stamp, before: Known) -> Known:
    """Learn what is new: only texts that were not known are read and counted."""
    revisions = dict(Card.objects.sent().filter(round=round_).order_by("sent_at", "id").values_list("pk", "revision"))
    fresh = [pk for pk, revision in revisions.items() if before.revisions.get(pk) != revision]
    wanted = _texts_of_cards(round_, fresh) | {name: text for one in clusters for name, text in _titles_of(one)}
    names = {("card", pk, "") for pk in revisions} | wanted.keys()
    numbers = {name: number for name, number in before.numbers.items() if name in names}
    gone = [number for name, number in before.numbers.items() if name not in names]
    first_free = max(before.texts, default=-1) + 1
    numbers |= {name: number for number, name in enumerate((one for one in wanted if one not in numbers), first_free)}
    texts = {number: before.texts[number] for number in before.numbers.values() if number not in set(gone)}
    changed = {numbers[name]: text for name, text in wanted.items() if texts.get(numbers[name]) != text}
    texts |= changed
    index = before.index.without(gone).put({number: text.body for number, text in changed.items()})
    return Known(
        uuid.uuid4(),
        stamp,
        tuple((one.pk, one.revision) for one in clusters),
        {pk: revision for pk, revision in revisions.items() if ("card", pk, "") in numbers},
        numbers,
        texts,
        index,
        ClusterIndex(index, _clusters_of(texts, {one.pk for one in clusters})),
    )


def _texts_of_cards(round_: Round, fresh: Sequence[UUID]) -> dict[Name, Text]:
    if not fresh:
        return {}
    sent = Card.objects.sent().filter(round=round_)
    cards = (sent.filter(pk__in=fresh) if len(fresh) <= FEW else sent).order_by("sent_at", "id")
    return {
        ("card", card.pk, ""): Text(
            "card", card.pk, card.say("text", card.language).text, card.language, f"{card.table.number}-{card.number}"
        )
        for card in cards.select_related("table").prefetch_related("texts")
    }


def _clusters_of(texts: Mapping[int, Text], standing: set[UUID]) -> dict[int, UUID]:
    """To which cluster each text belongs: a title to its own, a card to the one it lies in."""
    places = ClusterCard.objects.standing().filter(cluster__in=standing)
    lies_in = dict(places.order_by().values_list("card_id", "cluster_id"))
    found = {}
    for number, text in sorted(texts.items()):
        cluster = text.pk if text.kind == "cluster" else lies_in.get(text.pk)
        if cluster in standing and cluster is not None:
            found[number] = cluster
    return found


def _titles_of(cluster: Cluster) -> list[tuple[Name, Text]]:
    return [
        (("cluster", cluster.pk, row.language), Text("cluster", cluster.pk, row.body, row.language, ""))
        for row in cluster.texts.all()
        if row.name == "title"
    ]
