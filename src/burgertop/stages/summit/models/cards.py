"""Cards, as the tables write them."""

import uuid
from typing import ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = ["Card", "CardRevision", "CardState", "CardText"]


class CardState(models.TextChoices):
    """Where a card stands."""

    DRAFT = "draft", pgettext_lazy("card", "kept at the table")
    SENT = "sent", pgettext_lazy("card", "sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("card", "taken back")


class CardSet(models.QuerySet["Card"]):
    """Named filters of cards."""

    def sent(self) -> "CardSet":
        """Cards that the theme desk reads."""
        return self.filter(state=CardState.SENT)

    def standing(self) -> "CardSet":
        """Cards that count against the limit of a table."""
        return self.exclude(state=CardState.WITHDRAWN)

    def unplaced(self) -> "CardSet":
        """Sent cards that lie in no cluster."""
        places: QuerySet[models.Model] = QuerySet(apps.get_model("summit", "ClusterCard"))
        return self.sent().filter(~Exists(places.filter(card=OuterRef("pk"), ended_at__isnull=True)))


class Card(Worded):
    """One note of one table. Texts: text, reasons. The id may be made by the device that writes it.

    ``revision`` counts the changes; ``support`` is how many at the table stand behind it. A card that is late
    (``is_late``) came, or was changed or sent, when its round was closed: its device had no network. ``is_typed``:
    the staff typed it in from a sheet of paper.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="cards")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    origin = models.CharField(max_length=20, choices=Origin)
    support = models.PositiveSmallIntegerField(null=True, blank=True)
    is_dissent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CardState, default=CardState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    is_late = models.BooleanField(default=False)
    is_typed = models.BooleanField(default=False)
    once = models.UUIDField()
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CardSet.as_manager()

    class Meta:
        ordering: ClassVar = ["table__number", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "table", "number"], name="card_number_once"),
            models.UniqueConstraint(fields=["round", "table", "once"], name="card_form_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "state", "sent_at"], name="cards_as_sent")]

    def __str__(self) -> str:
        return f"card {self.number}"


class CardText(TextRow):
    """A text of a card in one language."""

    retention: ClassVar = Retention.SPEECH
    owner = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="texts")


class CardRevision(models.Model):
    """A card as it once stood: nothing that was written is lost.

    A stale change (``is_conflict``) is kept with the revision it started from and does not change the card; it waits
    until the table has chosen (``settled_at``). ``written_by`` is the device or the account, never a participant.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    once = models.UUIDField()
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    text = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    support = models.PositiveSmallIntegerField(null=True, blank=True)
    is_dissent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CardState)
    is_conflict = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["number", "written_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card", "once"], name="card_change_once"),
            models.UniqueConstraint(
                fields=["card", "number"], condition=Q(is_conflict=False), name="card_revision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"
