"""The report: what is published, who is asked, what they answered."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.people.models import Account
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded
from burgertop.stages.panel.models import Recommendation

__all__ = ["Addressee", "AddresseeText", "Answer", "AnswerState", "AnswerText", "Edition"]


class Addressee(Worded):
    """An office that is asked to answer. Texts: title. It answers by a signed link or as a staff account."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="addressees")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="offices")
    link_key = models.CharField(max_length=32)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"addressee {self.pk}"


class AddresseeText(TextRow):
    """A text of an addressee in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="texts")


class AnswerState(models.TextChoices):
    """What an addressee says to a recommendation."""

    WAITING = "waiting", pgettext_lazy("answer", "no answer yet")
    DRAFT = "draft", pgettext_lazy("answer", "being written")
    PROMISED = "promised", pgettext_lazy("answer", "an answer is promised")
    ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
    IN_PART = "in_part", pgettext_lazy("answer", "accepted in part")
    STUDIED = "studied", pgettext_lazy("answer", "being studied")
    DECLINED = "declined", pgettext_lazy("answer", "declined, with reasons")


class Answer(Worded):
    """One addressee's answer to one recommendation. Texts: body (what will be done), reasons."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="answers")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.WAITING)
    draft_state = models.CharField(max_length=10, choices=AnswerState, blank=True)
    due_on = models.DateField()
    promised_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["recommendation__number", "addressee__order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["addressee", "recommendation"], name="one_answer_each"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerText(TextRow):
    """A text of an answer in one language; drafts have the names draft_body and draft_reasons."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="texts")


class Edition(models.Model):
    """A published edition of the report in one language: the PDF, its digest, when it was made."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=20)
    pdf = models.FileField(upload_to="reports/")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number", "language"], name="edition_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} {self.language}"
