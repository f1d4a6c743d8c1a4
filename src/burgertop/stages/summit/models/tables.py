"""Tables, who sits at them round by round, and the devices that write for them."""

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.rounds import Round

__all__ = ["Device", "Seat", "Table"]


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


class DeviceSet(models.QuerySet["Device"]):
    """Named filters of devices."""

    def standing(self) -> "DeviceSet":
        """Devices whose right was not ended."""
        return self.filter(revoked_at__isnull=True)


class Device(models.Model):
    """A device that writes for a table; it holds a secret of which only the hash is kept here.

    Several may write at once, and one of them sends (``is_sender``). ``waiting`` is how many changes it last said it
    keeps and has not brought, ``clock_seconds`` by how much its clock is slow. ``is_handed_on``: its right ended
    because others write for the table now; what it wrote until it was told so (``told_at``) is still taken.
    """

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField(default=1)
    is_sender = models.BooleanField(default=False)
    bound_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    clock_seconds = models.IntegerField(default=0)
    is_handed_on = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceSet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table"], condition=Q(is_sender=True, revoked_at__isnull=True), name="one_sender_per_table"
            ),
            models.UniqueConstraint(
                fields=["table", "number"], condition=Q(revoked_at__isnull=True), name="device_number_once"
            ),
            models.CheckConstraint(
                condition=Q(is_handed_on=False) | Q(revoked_at__isnull=False), name="handed_on_is_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"device {self.number}"
