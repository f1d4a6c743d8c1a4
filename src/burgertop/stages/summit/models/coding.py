"""Blind second coders: a drawn sample of placed cards, and where somebody who has not seen the places puts them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.cards import Card
from burgertop.stages.summit.models.clusters import Cluster
from burgertop.stages.summit.models.rounds import Round

__all__ = ["Coding", "CodingSample", "SampledCard"]


class CodingSample(models.Model):
    """Cards drawn from the placed ones of a round, spread over the clusters; the same seed draws the same."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="coding_samples")
    seed = models.CharField(max_length=200)
    drawn_by = models.UUIDField(null=True, blank=True)
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["drawn_at", "id"]

    def __str__(self) -> str:
        return f"sample {self.pk}"


class SampledCard(models.Model):
    """One card of a sample, and the cluster in which the desk had it when the sample was drawn."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sample = models.ForeignKey(CodingSample, on_delete=models.CASCADE, related_name="items")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="sampled")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="sampled")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "card"], name="card_once_in_a_sample"),
            models.UniqueConstraint(fields=["sample", "place"], name="place_once_in_a_sample"),
        ]

    def __str__(self) -> str:
        return f"sampled {self.card_id}"


class Coding(models.Model):
    """Where one blind coder puts one card of a sample; never changed."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(SampledCard, on_delete=models.CASCADE, related_name="codings")
    coder = models.UUIDField()
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="codings")
    coded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["coded_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "coder"], name="coded_once_by_each")]

    def __str__(self) -> str:
        return f"coding of {self.item_id}"
