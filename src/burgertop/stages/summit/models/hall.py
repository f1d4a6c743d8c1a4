"""Who works at the tables, what must hold at them, and each plan of the hall that was made."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = [
    "Duty",
    "Effort",
    "FeatureWeight",
    "PlanKind",
    "PlanState",
    "RuleKind",
    "RuleReason",
    "SeatMove",
    "SeatPlan",
    "SeatRule",
    "Staff",
    "StaffRole",
    "Weight",
]


class StaffRole(models.TextChoices):
    """What somebody does at a table."""

    FACILITATOR = "facilitator", pgettext_lazy("staff", "facilitator")
    INTERPRETER = "interpreter", pgettext_lazy("staff", "interpreter")


class StaffSet(models.QuerySet["Staff"]):
    """Named filters of the staff of the hall."""

    def here(self) -> "StaffSet":
        """Those who can be given a table."""
        return self.filter(away_since__isnull=True)


class Staff(models.Model):
    """Somebody who works at a table: in which languages, and whom of the participants they know.

    ``away_since``: ill, or did not come. No account is needed.
    """

    retention: ClassVar = Retention.IDENTITY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="hall_staff")
    role = models.CharField(max_length=12, choices=StaffRole)
    name = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    knows = models.ManyToManyField(Participant, related_name="known_by_staff", blank=True)
    away_since = models.DateTimeField(null=True, blank=True)

    objects = StaffSet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stage", "role", "name"], condition=~Q(name=""), name="hall_staff_name_once"
            ),
        ]
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return f"staff {self.pk}"

    @property
    def is_away(self) -> bool:
        """Whether this person cannot be given a table."""
        return self.away_since is not None


class Duty(models.Model):
    """A table of somebody of the staff: a facilitator's for the day (no round), an interpreter's for one round."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="duties")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="duties")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="duties")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff"], condition=Q(round=None), name="one_table_for_the_day"),
            models.UniqueConstraint(fields=["table"], condition=Q(round=None), name="one_facilitator_at_table"),
            models.UniqueConstraint(
                fields=["staff", "round"], condition=Q(round__isnull=False), name="one_table_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["table", "round"], condition=Q(round__isnull=False), name="one_interpreter_in_a_round"
            ),
        ]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return f"duty {self.pk}"


class RuleKind(models.TextChoices):
    """What a rule of the seating asks for."""

    PIN = "pin", pgettext_lazy("rule of seats", "sits at this table")
    APART = "apart", pgettext_lazy("rule of seats", "sit apart")
    TOGETHER = "together", pgettext_lazy("rule of seats", "sit together")


class RuleReason(models.TextChoices):
    """Why there is a rule; a closed list, so that nothing about health or quarrels is written down."""

    CARER = "carer", pgettext_lazy("reason of a rule", "a carer")
    SIGN_INTERPRETER = "sign", pgettext_lazy("reason of a rule", "a sign interpreter")
    ACCESS = "access", pgettext_lazy("reason of a rule", "access to the table")
    COLLEAGUES = "colleagues", pgettext_lazy("reason of a rule", "they know each other")
    CONFLICT = "conflict", pgettext_lazy("reason of a rule", "they should not meet")
    BY_HAND = "by_hand", pgettext_lazy("reason of a rule", "decided by the organizers")


class SeatRule(models.Model):
    """A rule that every seating keeps: a fixed table (in one round, or in all), people apart, people together."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="seat_rules")
    kind = models.CharField(max_length=10, choices=RuleKind)
    people = models.ManyToManyField(Participant, related_name="seat_rules")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, null=True, blank=True, related_name="seat_rules")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="seat_rules")
    reason = models.CharField(max_length=12, choices=RuleReason)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="pin", table__isnull=False) | ~Q(kind="pin") & Q(table=None, round=None),
                name="a_pin_has_a_table",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Weight(models.TextChoices):
    """How much it counts that the tables mirror the hall in one feature; the numbers are the weights of the core."""

    NOT = "0", pgettext_lazy("weight of a feature", "does not count")
    PLAIN = "1", pgettext_lazy("weight of a feature", "counts")
    MORE = "3", pgettext_lazy("weight of a feature", "counts more")
    MOST = "10", pgettext_lazy("weight of a feature", "counts most")


class FeatureWeight(models.Model):
    """A feature that counts more or less than the others when seats are planned."""

    retention: ClassVar = Retention.RECORD

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="feature_weights")
    feature = models.CharField(max_length=60)
    weight = models.CharField(max_length=2, choices=Weight)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "feature"], name="one_weight_for_a_feature"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="a_weight_that_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.feature} {self.weight}"


class Effort(models.TextChoices):
    """How long a plan is improved; the names are those of the core."""

    QUICK = "quick", pgettext_lazy("effort of a plan", "quick: a few seconds")
    GOOD = "good", pgettext_lazy("effort of a plan", "good: half a minute")
    BEST = "best", pgettext_lazy("effort of a plan", "best: a few minutes")


class PlanKind(models.TextChoices):
    """How a plan came about."""

    DRAWN = "drawn", pgettext_lazy("plan of seats", "for everybody on the roster")
    RESEATED = "reseated", pgettext_lazy("plan of seats", "for those who are here")


class PlanState(models.TextChoices):
    """Where a plan stands."""

    PROPOSED = "proposed", pgettext_lazy("plan of seats", "shown, not yet done")
    STANDING = "standing", pgettext_lazy("plan of seats", "stands")
    PAST = "past", pgettext_lazy("plan of seats", "replaced")


class SeatPlan(models.Model):
    """A plan of the hall: from which chance, by which digests, and how good it is; the seats stand in ``Seat``.

    ``rounds`` are the numbers of the rounds it seats. ``figures`` name nobody. ``given`` is what it was computed
    from (ids of people, locks, seats before), kept while the plan stands so that it can be computed again;
    ``proposal`` the seats of a plan that is shown and not yet done. Both are empty in a plan that was replaced.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="seat_plans")
    kind = models.CharField(max_length=10, choices=PlanKind, default=PlanKind.DRAWN)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.STANDING)
    seed = models.CharField(max_length=200)
    effort = models.CharField(max_length=10, choices=Effort)
    least_at_table = models.PositiveSmallIntegerField(default=8, validators=[MinValueValidator(1)])
    least_speakers = models.PositiveSmallIntegerField(default=3)
    rounds = models.JSONField(default=list)
    people = models.PositiveIntegerField()
    tables = models.PositiveSmallIntegerField()
    input_digest = models.CharField(max_length=64)
    rules_digest = models.CharField(max_length=64)
    result_digest = models.CharField(max_length=64)
    figures: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)
    given: "models.JSONField[dict[str, Any]]" = models.JSONField(default=dict)
    proposal = models.JSONField(default=list)
    planned_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-planned_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage"], condition=Q(state="standing"), name="one_standing_plan"),
            models.UniqueConstraint(fields=["stage"], condition=Q(state="proposed"), name="one_proposed_plan"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class SeatMove(models.Model):
    """One person moved by hand; the two rows of a swap have the same ``act``. Undoing marks the row and keeps it."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seat_moves")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seat_moves")
    origin_table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="moves_away")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="moves_here")
    was_by_hand = models.BooleanField(default=False)
    act = models.UUIDField(default=uuid.uuid4)
    moved_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-moved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "participant"], name="moved_once_in_an_act"),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"
