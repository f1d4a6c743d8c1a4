"""A draw: its pool, its quotas, and round by round its lottery, its public chance, and who was drawn."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention

__all__ = ["Chance", "Draw", "DrawState", "Duty", "Margin", "Member", "QuotaRow", "Round", "RoundFile", "Standing"]


class DrawState(models.TextChoices):
    """Where a draw stands."""

    PREPARING = "preparing", pgettext_lazy("draw state", "being prepared")
    COMMITTED = "committed", pgettext_lazy("draw state", "sealed: the lottery can no longer change")
    DRAWN = "drawn", pgettext_lazy("draw state", "drawn")


class Chance(models.TextChoices):
    """Where the chance of a round comes from; announced before it is known."""

    DICE = "dice", pgettext_lazy("chance", "dice thrown in public")
    PUBLIC_TEXT = "public_text", pgettext_lazy("chance", "a public text, such as the numbers of a national lottery")


class Standing(models.TextChoices):
    """What the draw made of a member of the pool."""

    IN_POOL = "in_pool", pgettext_lazy("standing", "in the pool")
    DRAWN = "drawn", pgettext_lazy("standing", "drawn")
    LEFT = "left", pgettext_lazy("standing", "left")
    REPLACEMENT = "replacement", pgettext_lazy("standing", "replacement")


class Duty(models.TextChoices):
    """Whether chance decides about a member of the pool."""

    FREE = "", pgettext_lazy("duty", "by lot")
    MUST = "must", pgettext_lazy("duty", "has a seat in any case")
    NEVER = "never", pgettext_lazy("duty", "cannot be drawn")


class Draw(models.Model):
    """One draw of some seats from one pool.

    ``panels`` is the number of numbered panels as asked; None: as many as the least chance needs.
    ``per_household`` is the most people of one household; None: no limit. ``filling_from`` is set while people are
    being added: the last number of the pool that stays if that is broken off. ``eased`` are quotas that give way in the
    next round of replacements: feature, value, least, most.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="draws")
    name = models.SlugField(max_length=40)
    seats = models.PositiveIntegerField()
    features = models.JSONField(default=list)
    rule = models.CharField(max_length=40, default="leximin")
    panels = models.PositiveIntegerField(null=True, blank=True)
    per_household = models.PositiveIntegerField(null=True, blank=True)
    filling_from = models.PositiveIntegerField(null=True, blank=True, editable=False)
    eased = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=DrawState, default=DrawState.PREPARING)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "name"], name="draw_name_once"),
            models.CheckConstraint(condition=models.Q(seats__gt=0), name="draw_has_seats"),
        ]

    def __str__(self) -> str:
        return f"draw {self.name}"


class Round(models.Model):
    """A lottery of a draw and its public chance: the first gives the panel, later ones replace who has left.

    It is computed, then sealed (``committed_at``), then drawn (``drawn_at``); only what is not sealed may go.
    ``eased`` are the quotas that gave way in it: feature, value, least, most.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=40)
    seats = models.PositiveIntegerField()
    panels = models.PositiveIntegerField()
    version = models.CharField(max_length=20)
    input_digest = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    eased = models.JSONField(default=list, blank=True)
    computed_at = models.DateTimeField()
    chance = models.CharField(max_length=12, choices=Chance, blank=True)
    source = models.CharField(max_length=200, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    public_seed = models.CharField(max_length=200, blank=True)
    panel = models.PositiveIntegerField(null=True, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "number"], name="draw_round_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="draw_round_from_one"),
            models.CheckConstraint(
                condition=models.Q(drawn_at__isnull=True) | models.Q(committed_at__isnull=False),
                name="draw_round_sealed_before_drawn",
            ),
            models.CheckConstraint(
                condition=models.Q(drawn_at__isnull=True) | ~models.Q(public_seed=""), name="draw_round_drawn_by_chance"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.draw_id}"


class RoundFile(models.Model):
    """What is kept of the lottery of a round: numbers of the pool, no features and no names.

    ``lottery`` is its canonical form, ``public`` what everybody gets before the chance, both compressed JSON;
    ``leaves`` are the digests of the salted rows, 32 bytes each, by number written as text. ``must`` and ``never``
    are the numbers for whom chance did not decide in this round.
    """

    retention: ClassVar = Retention.RECORD

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="file", primary_key=True)
    lottery = models.BinaryField()
    public = models.BinaryField()
    leaves = models.BinaryField()
    must = models.JSONField(default=list)
    never = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"file of {self.round_id}"


class QuotaRow(models.Model):
    """Least and most seats of one value of one feature."""

    retention: ClassVar = Retention.RECORD

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="quotas")
    feature = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    least_flex = models.PositiveIntegerField(null=True, blank=True)
    most_flex = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "feature", "value"], name="one_quota_per_value"),
            models.CheckConstraint(condition=models.Q(most__gte=models.F("least")), name="quota_most_not_below_least"),
        ]

    def __str__(self) -> str:
        return f"{self.feature} {self.value}: {self.least} to {self.most}"


class Margin(models.Model):
    """How many people of the population have a value of a feature: what the quotas were proposed from."""

    retention: ClassVar = Retention.RECORD

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="margins")
    feature = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    people = models.PositiveBigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "feature", "value"], name="one_margin_per_value")
        ]

    def __str__(self) -> str:
        return f"{self.feature} {self.value}: {self.people}"


class Member(models.Model):
    """A participant in the pool of a draw, and what became of it.

    ``number`` is the row in the pool, ``seated_in`` the number of the round that gave a seat.
    ``household`` is the same for people of one household and tells nothing else; empty where it is not known.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="drawn_in")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=20, choices=Origin)
    duty = models.CharField(max_length=8, choices=Duty, blank=True, default=Duty.FREE)
    household = models.CharField(max_length=64, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.IN_POOL)
    seated_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "participant"], name="once_in_a_pool"),
            models.UniqueConstraint(fields=["draw", "number"], name="pool_number_once"),
        ]

    def __str__(self) -> str:
        return f"member {self.number}"
