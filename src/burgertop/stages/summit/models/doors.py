"""The doors of the hall: their devices, what was scanned there, and who is in the house."""

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention

__all__ = [
    "Arrival",
    "Badge",
    "Clash",
    "Door",
    "DoorDevice",
    "DoorLook",
    "Ending",
    "How",
    "Outcome",
    "Scan",
    "ScanKind",
    "Settled",
]


class Door(models.Model):
    """A door of the hall. ``sheet`` counts how often its printed sheet was made anew: an older one binds no more."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="doors")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    name = models.CharField(max_length=60)
    sheet = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="door_number_once"),
            models.UniqueConstraint(fields=["stage", "name"], name="door_name_once"),
        ]

    def __str__(self) -> str:
        return f"door {self.number}"


class Ending(models.TextChoices):
    """Why a device no longer checks in."""

    REPLACED = "replaced", pgettext_lazy("door device", "another device took its place")
    SHUT_OUT = "shut_out", pgettext_lazy("door device", "lost or stolen")
    CLOSED = "closed", pgettext_lazy("door device", "the door was closed")


class DoorDevice(models.Model):
    """A device that checks people in at a door; it holds a secret of which only the hash is kept here.

    ``holds`` is how many scans it last said it keeps and has not sent, ``clock_seconds`` by how much its clock is slow.
    A device whose place was taken still brings what it holds.
    """

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    door = models.ForeignKey(Door, on_delete=models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64, unique=True)
    bound_at = models.DateTimeField(default=timezone.now)
    listed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    holds = models.PositiveIntegerField(default=0)
    clock_seconds = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        ordering: ClassVar = ["bound_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["door"], condition=Q(ended_at__isnull=True), name="one_device_per_door"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="door_device_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"door device {self.pk}"


class Badge(models.Model):
    """The number of the badge that is good for one participant; without a row it is the first. No code is stored."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="badges")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="badges")
    number = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "participant"], name="one_badge_per_person"),
        ]

    def __str__(self) -> str:
        return f"badge {self.number} of {self.participant_id}"


class ScanKind(models.TextChoices):
    """What happened at the door."""

    IN = "in", pgettext_lazy("scan", "came in")
    OUT = "out", pgettext_lazy("scan", "went out")
    WALK_IN = "walk_in", pgettext_lazy("scan", "came in without a seat")
    UNDO = "undo", pgettext_lazy("scan", "taken back")


class How(models.TextChoices):
    """How somebody was found."""

    SQUARE = "square", pgettext_lazy("found by", "the square on the badge")
    CODE = "code", pgettext_lazy("found by", "a code that was typed")
    NAME = "name", pgettext_lazy("found by", "their name")


class Outcome(models.TextChoices):
    """What the server made of a scan when it came."""

    TAKEN = "taken", pgettext_lazy("scan", "taken")
    REPEATED = "repeated", pgettext_lazy("scan", "was in already, by the same door")
    CLASH = "clash", pgettext_lazy("scan", "was in already, by another door")
    NOT_IN = "not_in", pgettext_lazy("scan", "was not in")
    REPLACED = "replaced", pgettext_lazy("scan", "an old badge")
    UNKNOWN = "unknown", pgettext_lazy("scan", "not on the list")
    SHUT_OUT = "shut_out", pgettext_lazy("scan", "from a device that was shut out")


class Scan(models.Model):
    """One check-in or going out, as it was made; never changed. The id is made by the device.

    ``number`` is the order in which scans came to the server. ``scanned_at`` is what the clock of the device said,
    ``at`` the moment by the server's clock. ``code`` is kept only where it names nobody.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="scans")
    number = models.PositiveIntegerField()
    door = models.ForeignKey(Door, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    device = models.ForeignKey(DoorDevice, on_delete=models.SET_NULL, null=True, blank=True, related_name="scans")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="door_scans"
    )
    kind = models.CharField(max_length=8, choices=ScanKind, default=ScanKind.IN)
    how = models.CharField(max_length=8, choices=How)
    outcome = models.CharField(max_length=10, choices=Outcome)
    is_counted = models.BooleanField(default=True)
    code = models.CharField(max_length=10, blank=True)
    by = models.UUIDField(null=True, blank=True)
    scanned_at = models.DateTimeField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="scan_number_once"),
            models.CheckConstraint(
                condition=Q(is_counted=False) | Q(participant__isnull=False), name="counted_scan_is_of_somebody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["participant", "number"], name="scans_of_person")]

    def __str__(self) -> str:
        return f"scan {self.number}"


class Arrival(models.Model):
    """Somebody who came: in the house since a moment, or gone since one. It follows from the scans.

    ``is_expected`` is false for a walk-in: somebody who was invited and has no seat yet.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="hall_arrivals")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="hall_arrivals")
    first_scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    is_expected = models.BooleanField(default=True)
    came_at = models.DateTimeField()
    in_since = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["came_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "participant"], name="one_arrival_per_person"),
            models.CheckConstraint(
                condition=Q(in_since__isnull=False, left_at__isnull=True)
                | Q(in_since__isnull=True, left_at__isnull=False),
                name="in_the_house_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class Settled(models.TextChoices):
    """What staff found out about two check-ins of one person."""

    SAME_PERSON = "same", pgettext_lazy("clash", "the same person came in twice")
    COPIED_BADGE = "copied", pgettext_lazy("clash", "another person: the badge was copied")


class Clash(models.Model):
    """One person checked in at two doors without going out between; kept until staff says what it was."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="clashes")
    first = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    settled_as = models.CharField(max_length=8, choices=Settled, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "clashes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="clash_told_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_as="") | (Q(settled_at__isnull=False) & ~Q(settled_as="")),
                name="clash_settled_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"clash {self.pk}"


class DoorLook(models.TextChoices):
    """Why names are opened at the doors."""

    LIST = "door_list", pgettext_lazy("opening", "for the list of a door")
    SEARCH = "door_search", pgettext_lazy("opening", "to find somebody at the door")
    PERSON = "door_person", pgettext_lazy("opening", "to check somebody in")
