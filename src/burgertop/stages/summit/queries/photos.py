"""Reads of the photos of flip charts: which there are, and one of them; the bytes only of the one that is shown."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, Photo, Round, Table

__all__ = ["Wall", "photo_ids", "photo_or_404", "walls_of"]


_photos = Prepared[uuid.UUID](
    lambda table, round_: (
        Photo.objects.filter(table=table, round=round_, taken_back_at__isnull=True)
        .order_by("taken_at")
        .values_list("pk", flat=True)
    )
)


def photo_ids(table: Table, round_: Round | None) -> list[uuid.UUID]:
    """The photos of a table in a round."""
    return _photos.all(table.pk, round_.pk) if round_ is not None else []


@dataclass(frozen=True, slots=True)
class Wall:
    """What a table left of a round: its flip charts, and the cards it sent."""

    table: Table
    photos: Sequence[Photo]
    cards: Sequence[Card]


def walls_of(round_: Round) -> list[Wall]:
    """The flip charts of a round by table, without their bytes, each beside the cards that the table sent."""
    found = Photo.objects.filter(round=round_, taken_back_at__isnull=True, size__gt=0)
    photos: dict[Table, list[Photo]] = defaultdict(list)
    for photo in found.select_related("table").defer("image").order_by("table__number", "taken_at"):
        photos[photo.table].append(photo)
    cards: dict[uuid.UUID, list[Card]] = defaultdict(list)
    sent = Card.objects.sent().filter(round=round_, table__in=photos)
    for card in sent.prefetch_related("texts").order_by("number"):
        cards[card.table_id].append(card)
    return [Wall(table, mine, cards[table.pk]) for table, mine in photos.items()]


def photo_or_404(stage: Stage, pk: uuid.UUID) -> Photo:
    """Return a photo of this stage with its bytes, or answer "not found"."""
    found = Photo.objects.filter(pk=pk, round__stage=stage, taken_back_at__isnull=True, size__gt=0)
    photo = found.select_related("table", "round").first()
    if photo is None:
        raise Http404
    return photo
