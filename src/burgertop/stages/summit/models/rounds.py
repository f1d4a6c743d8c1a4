"""The day in the hall: rounds, tables, seats, devices, cards, clusters, and the ballots made of them."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded

__all__ = [
    "Card",
    "CardRevision",
    "CardState",
    "CardText",
    "Cluster",
    "ClusterCard",
    "ClusterText",
    "Device",
    "HallBallot",
    "Round",
    "RoundKind",
    "RoundState",
    "RoundText",
    "Seat",
    "Table",
]


class RoundKind(models.TextChoices):
    """What the tables are asked to write."""

    VISION = "vision", pgettext_lazy("round kind", "visions")
    PRINCIPLE = "principle", pgettext_lazy("round kind", "principles")
    PRIORITY = "priority", pgettext_lazy("round kind", "priorities")
    PROPOSAL = "proposal", pgettext_lazy("round kind", "proposals")
    FREE = "free", pgettext_lazy("round kind", "whatever the table chooses")


class RoundState(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", pgettext_lazy("round state", "planned")
    OPEN = "open", pgettext_lazy("round state", "under way")
    CLOSED = "closed", pgettext_lazy("round state", "done")


class Round(Worded):
    """One question for all tables, for a while. Texts: question, introduction.

    ``theme`` is a theme of the consultation. The tables write until an organiser closes
    the round: ``length_seconds`` only moves the clock. ``seat_digest`` is the fingerprint
    of the seats as they were drawn.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=RoundKind, default=RoundKind.PROPOSAL)
    theme = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PLANNED)
    length_seconds = models.PositiveIntegerField(default=2400, validators=[MinValueValidator(60)])
    cards_limit = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(50)])
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    seat_seed = models.CharField(max_length=200, blank=True)
    seat_digest = models.CharField(max_length=64, blank=True)
    seated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["stage"], condition=Q(state="open"), name="one_open_round"),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(opened_at__isnull=False), name="round_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether the tables may write now."""
        return self.state == RoundState.OPEN

    @property
    def ends_at(self) -> datetime | None:
        """When the clock of an open round runs out; it does not close the round."""
        if self.opened_at is None:
            return None
        return self.opened_at + timedelta(seconds=self.length_seconds)


class RoundText(TextRow):
    """A text of a round in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="texts")


class Table(models.Model):
    """A table of the hall, or of people at home or elsewhere; ``origin`` keeps them apart.

    ``door`` counts how often the printed sheet was made anew: an older sheet binds no more.
    A table that is closed (``closed_at``) gets no people in rounds that are seated from then on.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    seats = models.PositiveSmallIntegerField(default=10, validators=[MinValueValidator(1)])
    languages = models.JSONField(default=list)
    interpreter_languages = models.JSONField(default=list, blank=True)
    is_step_free = models.BooleanField(default=True)
    has_hearing_loop = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.DRAWN)
    door = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="table_number_once"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="table_has_seats"),
        ]

    def __str__(self) -> str:
        return f"table {self.number}"

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every language in which one can take part here, the table's own first."""
        return tuple(dict.fromkeys([*self.languages, *self.interpreter_languages]))


class Seat(models.Model):
    """The table of one participant in one round."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="seated")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="hall_seats")
    is_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "participant"], name="one_seat_per_round"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "table"], name="seats_of_table")]

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Device(models.Model):
    """The device that writes for a table; it holds a secret of which only the hash is kept here."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64, unique=True)
    bound_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table"], condition=Q(revoked_at__isnull=True), name="one_device_per_table"
            ),
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"


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
        return self.sent().exclude(placements__in=ClusterCard.objects.standing())


class Card(Worded):
    """One note of one table. Texts: text, reasons. The id may be made by the device that writes it.

    ``revision`` counts the changes; ``support`` is how many at the table stand behind it.
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

    A stale change (``is_conflict``) is kept with the revision it started from and does not change the card.
    ``written_by`` is the device or the account, never a participant.
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


class ClusterSet(models.QuerySet["Cluster"]):
    """Named filters of clusters."""

    def standing(self) -> "ClusterSet":
        """Clusters that were not taken back."""
        return self.filter(dissolved_at__isnull=True)


class Cluster(Worded):
    """Cards of one round that say much the same. Texts: title, summary."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="clusters")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    made_by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    objects = ClusterSet.as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key"], name="cluster_key_once"),
            models.UniqueConstraint(fields=["round", "order"], name="cluster_order_once"),
        ]

    def __str__(self) -> str:
        return self.key


class ClusterText(TextRow):
    """A text of a cluster in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="texts")


class ClusterCardSet(models.QuerySet["ClusterCard"]):
    """Named filters of placements."""

    def standing(self) -> "ClusterCardSet":
        """Where cards lie now; earlier places have ended."""
        return self.filter(ended_at__isnull=True)


class ClusterCard(models.Model):
    """Where the theme desk put a card. A new place ends the one before; the row stays.

    ``before`` is the place this one ended; undoing goes back to it and marks this row.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="placements")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="placements")
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="after")
    put_by = models.UUIDField(null=True, blank=True)
    put_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ClusterCardSet.as_manager()

    class Meta:
        ordering: ClassVar = ["put_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card"], condition=Q(ended_at__isnull=True), name="one_cluster_per_card"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} in {self.cluster_id}"


class HallBallot(models.Model):
    """A ballot of the hall over the clusters of one round, and when its result was published."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="hall_ballots")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="hall_ballots")
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="in_hall")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="hall_ballot_number_once"),
        ]

    def __str__(self) -> str:
        return f"ballot {self.number} of the hall"
