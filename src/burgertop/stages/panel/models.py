"""The panel: sittings, questions to experts, recommendations in versions, amendments, votes."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded

__all__ = [
    "Amendment",
    "AmendmentState",
    "AmendmentText",
    "MinorityNote",
    "MinorityNoteText",
    "PanelSeat",
    "Question",
    "QuestionText",
    "Recommendation",
    "RecommendationState",
    "RecommendationText",
    "Sitting",
    "SittingText",
    "Version",
]


class PanelSeat(models.Model):
    """A seat of the panel: a participant drawn from the roster, under a seat number."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="panel_seats")
    number = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="panel_seats")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="panel_seat_number_once"),
            models.UniqueConstraint(fields=["stage", "participant"], name="panel_seat_once"),
        ]

    def __str__(self) -> str:
        return f"panel seat {self.number}"


class Sitting(Worded):
    """A day or a weekend on which the panel meets. Texts: title, agenda."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="sittings")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="sitting_number_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("begins_on")), name="sitting_ends_later"),
        ]

    def __str__(self) -> str:
        return f"sitting {self.number}"


class SittingText(TextRow):
    """A text of a sitting in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="texts")


class Question(Worded):
    """A question of the panel to an expert, with the answer. Texts: question, expert, answer."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="questions")
    asked_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering: ClassVar = ["asked_at"]

    def __str__(self) -> str:
        return f"question {self.pk}"


class QuestionText(TextRow):
    """A text of a question in one language."""

    retention: ClassVar = Retention.SPEECH
    owner = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="texts")


class RecommendationState(models.TextChoices):
    """Where a recommendation stands."""

    DRAFT = "draft", pgettext_lazy("recommendation state", "draft")
    VOTING = "voting", pgettext_lazy("recommendation state", "being voted on")
    ADOPTED = "adopted", pgettext_lazy("recommendation state", "adopted")
    REJECTED = "rejected", pgettext_lazy("recommendation state", "not adopted")


class Recommendation(Worded):
    """What the panel asks for. Texts: title, body (the standing version), topic."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RecommendationState, default=RecommendationState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    ballot = models.UUIDField(null=True, blank=True)
    threshold = models.CharField(max_length=5, default="2/3")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="recommendation_number_once"),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.number}"


class RecommendationText(TextRow):
    """A text of a recommendation in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="texts")


class Version(models.Model):
    """An earlier wording of a recommendation in one language; never changed."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    title = models.TextField()
    body = models.TextField()
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["number", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "number", "language"], name="version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} {self.language}"


class AmendmentState(models.TextChoices):
    """Where an amendment stands."""

    PROPOSED = "proposed", pgettext_lazy("amendment state", "proposed")
    VOTING = "voting", pgettext_lazy("amendment state", "being voted on")
    ADOPTED = "adopted", pgettext_lazy("amendment state", "adopted")
    REJECTED = "rejected", pgettext_lazy("amendment state", "not adopted")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment state", "withdrawn")


class Amendment(Worded):
    """A change proposed to a recommendation. Texts: body (the whole new wording), reason."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    to_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED)
    ballot = models.UUIDField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="amendment_number_once"),
        ]

    def __str__(self) -> str:
        return f"amendment {self.number}"


class AmendmentText(TextRow):
    """A text of an amendment in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="texts")


class MinorityNote(Worded):
    """What members who voted otherwise want to be read beside the recommendation. Texts: body."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="minority_notes")
    signed_by = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering: ClassVar = ["written_at"]

    def __str__(self) -> str:
        return f"minority note {self.pk}"


class MinorityNoteText(TextRow):
    """A text of a minority note in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(MinorityNote, on_delete=models.CASCADE, related_name="texts")
