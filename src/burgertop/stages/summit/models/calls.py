"""What goes between the control desk and the tables: calls for help, messages to everyone, topics a table chose."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = ["DayMessage", "DayMessageText", "HelpCall", "HelpKind", "TableTopic"]


class HelpKind(models.TextChoices):
    """What a table asks for."""

    FACILITATOR = "facilitator", pgettext_lazy("help", "somebody to lead the talk")
    INTERPRETER = "interpreter", pgettext_lazy("help", "an interpreter")
    TECHNICAL = "technical", pgettext_lazy("help", "the device")
    ACCESS = "access", pgettext_lazy("help", "somebody is not well, or needs access")


class HelpCallSet(models.QuerySet["HelpCall"]):
    """Named filters of calls for help."""

    def open(self) -> "HelpCallSet":
        """Calls that are not over."""
        return self.filter(ended_at__isnull=True)


class HelpCall(models.Model):
    """A table that asked for help: since when, taken by which account, over since when."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "called_at"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="help_calls")
    kind = models.CharField(max_length=12, choices=HelpKind)
    once = models.UUIDField(unique=True)
    called_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HelpCallSet.as_manager()

    class Meta:
        ordering: ClassVar = ["called_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "kind"], condition=Q(ended_at__isnull=True), name="one_open_call_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"help for {self.table_id}"


class DayMessage(Worded):
    """A short message to everyone, on tables and screens until it is taken away. Text: text."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="day_messages")
    once = models.UUIDField(unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["sent_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage"], condition=Q(ended_at__isnull=True), name="one_message_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class DayMessageText(TextRow):
    """A message to everyone in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(DayMessage, on_delete=models.CASCADE, related_name="texts")


class TableTopic(models.Model):
    """What a table chose to talk about in a round with a free topic."""

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="topics")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="topics")
    text = models.CharField(max_length=120)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "table"], name="one_topic_per_table"),
        ]

    def __str__(self) -> str:
        return self.text
