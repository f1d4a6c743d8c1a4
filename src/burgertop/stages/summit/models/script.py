"""The script of the day: its items, the one clock they run on, and what was pressed."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded
from burgertop.stages.summit.models.rounds import Round

__all__ = ["ActKind", "DayClock", "ItemKind", "ScriptAct", "ScriptItem", "ScriptText"]


class ItemKind(models.TextChoices):
    """What an item of the script is."""

    INTRODUCTION = "introduction", pgettext_lazy("item of the script", "introduction")
    ROUND = "round", pgettext_lazy("item of the script", "round")
    BREAK = "break", pgettext_lazy("item of the script", "break")
    VOTE = "vote", pgettext_lazy("item of the script", "vote")
    OTHER = "other", pgettext_lazy("item of the script", "other")


class ScriptItem(Worded):
    """One item of the day with its minutes. Texts: title, a text for each place, prompts, speaker, paper.

    The places are hall, tables, home and off: what happens there meanwhile. Prompts are for the table hosts.
    ``length_seconds`` is the length as planned, ``added`` what was given or taken on the day, ``paused`` how long the
    clock stood still: planned and real length stay side by side. Begun before ``not_before_at``, it is asked once more.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="script_items")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind, default=ItemKind.OTHER)
    length_seconds = models.PositiveIntegerField(default=600, validators=[MinValueValidator(60)])
    round = models.OneToOneField(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="item")
    not_before_at = models.DateTimeField(null=True, blank=True)
    added = models.DurationField(default=timedelta)
    paused = models.DurationField(default=timedelta)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "order"], name="script_order_once"),
            models.CheckConstraint(
                condition=Q(kind="round", round__isnull=False) | Q(~Q(kind="round"), round__isnull=True),
                name="a_round_has_its_item",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
                name="an_item_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.order}"


class ScriptText(TextRow):
    """A text of an item of the script in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(ScriptItem, on_delete=models.CASCADE, related_name="texts")


class DayClock(models.Model):
    """The one clock of a day: when it is to begin, which item is under way, since when it stands still.

    ``revision`` counts what was pressed: a desk that has not seen the last press is refused.
    """

    retention: ClassVar = Retention.RECORD

    stage = models.OneToOneField(Stage, on_delete=models.CASCADE, primary_key=True, related_name="clock")
    planned_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    current = models.ForeignKey(ScriptItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paused_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | Q(current__isnull=False), name="only_an_item_stands_still"
            ),
        ]

    def __str__(self) -> str:
        return f"clock at {self.revision}"


class ActKind(models.TextChoices):
    """What can be pressed at the control desk."""

    BEGUN = "begun", pgettext_lazy("press at the control desk", "begun")
    ENDED = "ended", pgettext_lazy("press at the control desk", "ended")
    PAUSED = "paused", pgettext_lazy("press at the control desk", "clock stopped")
    RESUMED = "resumed", pgettext_lazy("press at the control desk", "clock goes on")
    STRETCHED = "stretched", pgettext_lazy("press at the control desk", "time changed")
    PUT_BACK = "put_back", pgettext_lazy("press at the control desk", "begun by mistake")


class ScriptAct(models.Model):
    """One press at the control desk: what, when, by which account; ``before`` is what was under way until then."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="script_acts")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ActKind)
    item = models.ForeignKey(ScriptItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="acts")
    before = models.ForeignKey(ScriptItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seconds = models.IntegerField(default=0)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "revision"], name="one_press_per_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.revision}"
