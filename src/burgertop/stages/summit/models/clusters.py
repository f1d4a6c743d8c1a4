"""The theme desk: clusters of cards that say much the same, who put what where, and what tables object."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded
from burgertop.stages.summit.models.cards import Card
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.votes import HallBallot

__all__ = [
    "Answer",
    "BallotWaiver",
    "Cluster",
    "ClusterCard",
    "ClusterText",
    "DeskAct",
    "DeskActKind",
    "DeskHold",
    "Objection",
    "WaiverKind",
]


class ClusterSet(models.QuerySet["Cluster"]):
    """Named filters of clusters."""

    def standing(self) -> "ClusterSet":
        """Clusters that were not taken back."""
        return self.filter(dissolved_at__isnull=True)


class Cluster(Worded):
    """Cards of one round that say much the same. Texts: title, summary.

    ``revision`` counts the changes of its words. One cluster of a round may be its rest
    (``is_rest``): cards that were read and stand alone; it goes on no ballot. A cluster that went
    into another one says which (``merged_into``), one that was split off says from where.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="clusters")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    is_rest = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="split")
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    objects = ClusterSet.as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="cluster_key_once"),
            models.UniqueConstraint(fields=["round", "order"], name="cluster_order_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(is_rest=True), name="one_rest_per_round"),
        ]

    def __str__(self) -> str:
        return self.key


class ClusterText(TextRow):
    """A text of a cluster in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="texts")


class DeskActKind(models.TextChoices):
    """What somebody at the desk did."""

    PLACE = "place", pgettext_lazy("desk act", "put in")
    MAKE = "make", pgettext_lazy("desk act", "new cluster")
    MERGE = "merge", pgettext_lazy("desk act", "merged")
    SPLIT = "split", pgettext_lazy("desk act", "split")
    REWORD = "reword", pgettext_lazy("desk act", "worded anew")


class DeskAct(models.Model):
    """One act at the theme desk, which its author can take back as one; the row stays.

    ``cards`` is how many cards it decided, ``seconds`` how long its author had the card in hand
    (unknown without a hold). ``words`` are the words before a change, ``revision`` that of the
    cluster after it.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="desk_acts")
    kind = models.CharField(max_length=10, choices=DeskActKind)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="acts")
    cards = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(null=True, blank=True)
    words = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["round", "by", "at"], name="acts_of_somebody")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ClusterCardSet(models.QuerySet["ClusterCard"]):
    """Named filters of placements."""

    def standing(self) -> "ClusterCardSet":
        """Where cards lie now; earlier places have ended."""
        return self.filter(ended_at__isnull=True)

    def of_sent_cards(self) -> "ClusterCardSet":
        """Placements of cards that were not taken back."""
        return self.filter(card__in=Card.objects.sent())


class ClusterCard(models.Model):
    """Where the theme desk put a card. A new place ends the one before; the row stays.

    ``before`` is the place this one ended; undoing goes back to it and marks this row.
    Somebody else than who put it confirms it. ``suggested`` are the clusters the desk showed as
    like the card, best first, when it was put here; empty when it showed none.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="placements")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="placements")
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="after")
    act = models.ForeignKey(DeskAct, on_delete=models.SET_NULL, null=True, blank=True, related_name="placements")
    suggested = models.JSONField(default=list, blank=True)
    put_by = models.UUIDField(null=True, blank=True)
    put_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ClusterCardSet.as_manager()

    class Meta:
        ordering: ClassVar = ["put_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card"], condition=Q(ended_at__isnull=True), name="one_cluster_per_card"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(put_by__isnull=True) | ~Q(confirmed_by=F("put_by")),
                name="a_second_person_confirms",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} in {self.cluster_id}"


class DeskHold(models.Model):
    """The card somebody at the desk has in hand, for a short while; others are dealt other cards."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "until"

    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="hold")
    account = models.UUIDField(unique=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"hold of {self.card_id}"


class Answer(models.TextChoices):
    """What the desk answered a table."""

    MOVED = "moved", pgettext_lazy("answer to a table", "the card was moved")
    KEPT = "kept", pgettext_lazy("answer to a table", "the card stays")


class Objection(models.Model):
    """A table says that the desk did not understand its card; the desk moves it or says why it stays.

    ``made_by`` is the device or the account, never a participant.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="objections")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="objections")
    reason = models.TextField(blank=True)
    once = models.UUIDField(unique=True)
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField(blank=True)
    moved_to = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="won")
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(answered_at__isnull=True), name="one_open_objection_per_card"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="objection_answered_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class WaiverKind(models.TextChoices):
    """Which check of a ballot was left out."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("waiver", "cards that only one person has placed")
    WORDS = "words", pgettext_lazy("waiver", "words missing in a language")
    OBJECTIONS = "objections", pgettext_lazy("waiver", "tables that object and have no answer")


class BallotWaiver(models.Model):
    """A check that was left out when a ballot of the hall was made: which, for how many, and why."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hall = models.ForeignKey(HallBallot, on_delete=models.CASCADE, related_name="waivers")
    kind = models.CharField(max_length=12, choices=WaiverKind)
    count = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["hall", "kind"], name="one_waiver_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.hall_id}"
