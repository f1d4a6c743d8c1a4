"""Hints at the theme desk: which clusters a card looks like, and which waiting cards say much the same.

Letters are compared, not sense. A hint is never applied by itself: a person takes it or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Sum

from burgertop.core.opinion import ClusterIndex, TextIndex
from burgertop.core.opinion import Suggestion as Found
from burgertop.stages.summit.models import Card, Cluster, Round

__all__ = ["Alike", "Place", "Suggestion", "hints_for"]

MOST_SUGGESTED = 3
MOST_ALIKE = 4
NEIGHBORS = 24
LEAST_SAME = 0.45
KEPT_ROUNDS = 8


class Place(NamedTuple):
    """Where a card lies: by whom put, by whom confirmed, and what was suggested for it."""

    card: UUID
    cluster: UUID
    table: UUID
    origin: str
    put_by: UUID | None
    confirmed_by: UUID | None
    suggested: list[str]


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


def hints_for(
    card: Card, round_: Round, places: Sequence[Place], standing: Sequence[UUID]
) -> tuple[tuple[Suggestion, ...], tuple[Alike, ...]]:
    """What a card looks like.

    Returns:
        Of the standing clusters those whose cards or titles look most like it, best first, with what makes it so;
        and the waiting cards that say much the same, the most like first.
    """
    texts, index = _texts_of(round_)
    words = card.say("text", card.language).text
    known, lies_in = set(standing), {place.card: place.cluster for place in places}
    cluster_of = {
        number: cluster
        for number, text in enumerate(texts)
        if (cluster := text.pk if text.kind == "cluster" else lies_in.get(text.pk)) in known and text.pk != card.pk
    }
    found = ClusterIndex(index, cluster_of).suggest(words, most=MOST_SUGGESTED)
    alike = []
    for match in index.closest(words, most=NEIGHBORS, least_share=LEAST_SAME):
        text = texts[match.index]
        if text.kind == "card" and text.pk != card.pk and text.pk not in lies_in:
            alike.append(Alike(text.pk, text.name, text.body, text.language, match.share))
    return tuple(_suggestion(key, one, texts) for key, one in enumerate(found, start=1)), tuple(alike[:MOST_ALIKE])


def _suggestion(key: int, found: Found[UUID], texts: Sequence[Text]) -> Suggestion:
    text = texts[found.nearest.index] if found.nearest is not None else None
    if text is None:
        return Suggestion(key, found.cluster, found.share, "", "", "")
    return Suggestion(key, found.cluster, found.share, text.body, text.language, text.name)


def _texts_of(round_: Round) -> tuple[tuple[Text, ...], TextIndex]:
    """The words of a round's cards and titles, indexed; read anew when one of them changed."""
    sent, standing = Card.objects.sent().filter(round=round_), Cluster.objects.standing().filter(round=round_)
    cards = sent.aggregate(Count("pk"), Sum("revision"), Max("sent_at"))
    clusters = standing.aggregate(Count("pk"), Sum("revision"), Max("made_at"))
    return _indexed(round_.pk, tuple(cards.values()), tuple(clusters.values()))


@lru_cache(maxsize=KEPT_ROUNDS)
def _indexed(
    round_id: UUID, cards: tuple[object, ...], clusters: tuple[object, ...]
) -> tuple[tuple[Text, ...], TextIndex]:
    sent = Card.objects.sent().filter(round=round_id).select_related("table").prefetch_related("texts")
    texts = []
    for card in sent.order_by("sent_at", "id"):
        name = f"{card.table.number}-{card.number}"
        texts.append(Text("card", card.pk, card.say("text", card.language).text, card.language, name))
    for cluster in Cluster.objects.standing().filter(round=round_id, is_rest=False).prefetch_related("texts"):
        texts += [
            Text("cluster", cluster.pk, row.body, row.language, "")
            for row in cluster.texts.all()
            if row.name == "title"
        ]
    return tuple(texts), TextIndex([text.body for text in texts])
