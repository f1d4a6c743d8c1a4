"""G-Off: local gatherings that hold the same rounds elsewhere, on their own."""

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.tables import Table

__all__ = ["Gathering", "GatheringState", "GatheringTable"]


class GatheringState(models.TextChoices):
    """Where a registration of a gathering stands."""

    ASKED = "asked", pgettext_lazy("gathering", "asked")
    ACCEPTED = "accepted", pgettext_lazy("gathering", "accepted")
    REFUSED = "refused", pgettext_lazy("gathering", "refused")


class Gathering(models.Model):
    """A local gathering: where, in which languages, at how many tables; its address for mail is in the vault.

    ``link_key`` is that of its host page: a new one calls the link back. ``people_came`` and ``counts`` are what the
    host counted at the door (numbers by feature and value); who came stands on the host's own paper only.
    """

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="gatherings")
    place = models.CharField(max_length=120)
    languages = models.JSONField(default=list)
    tables_wanted = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    identity = models.OneToOneField(
        Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="gathering"
    )
    state = models.CharField(max_length=10, choices=GatheringState, default=GatheringState.ASKED)
    link_key = models.CharField(max_length=32, blank=True)
    people_came = models.PositiveIntegerField(null=True, blank=True)
    counts: "models.JSONField[dict[str, dict[str, int]]]" = models.JSONField(default=dict, blank=True)
    once = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True) | ~Q(state="asked") & Q(decided_at__isnull=False),
                name="a_gathering_is_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"

    @property
    def origin(self) -> Origin:
        """Where the voices of a gathering come from."""
        return Origin.G_OFF


class GatheringTable(models.Model):
    """A table of a gathering."""

    retention: ClassVar = Retention.RECORD

    table = models.OneToOneField(Table, on_delete=models.CASCADE, primary_key=True, related_name="at_gathering")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="tables")

    class Meta:
        ordering: ClassVar = ["table__number"]

    def __str__(self) -> str:
        return f"{self.table_id} at {self.gathering_id}"
