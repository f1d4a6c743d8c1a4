"""The ballot box: while a ballot is open, sealed papers under the voters' codes; afterwards,
opened papers under random ids, with no way from one to the other.
"""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded

__all__ = [
    "Admission",
    "Ballot",
    "BallotKind",
    "BallotState",
    "BallotText",
    "Option",
    "OptionText",
    "Paper",
    "SealedPaper",
]


class BallotKind(models.TextChoices):
    """What a paper may say."""

    APPROVAL = "approval", pgettext_lazy("ballot kind", "choose some of the options")
    MOTION = "motion", pgettext_lazy("ballot kind", "for, against or abstain")
    RANKING = "ranking", pgettext_lazy("ballot kind", "put the options in order")


class BallotState(models.TextChoices):
    """Where a ballot stands. A ballot opened by mistake is cancelled, never reused."""

    DRAFT = "draft", pgettext_lazy("ballot state", "being prepared")
    OPEN = "open", pgettext_lazy("ballot state", "open")
    COUNTED = "counted", pgettext_lazy("ballot state", "counted")
    CANCELLED = "cancelled", pgettext_lazy("ballot state", "cancelled")


class Admission(models.TextChoices):
    """Who gets a paper."""

    ANYONE = "anyone", pgettext_lazy("admission", "anyone, one paper a browser")
    CODE = "code", pgettext_lazy("admission", "people with a personal code")


class Ballot(Worded):
    """One question put to the vote. Texts: title, question."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="ballots")
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=20, choices=BallotKind)
    rule = models.CharField(max_length=40)
    least_choices = models.PositiveSmallIntegerField(default=1)
    most_choices = models.PositiveSmallIntegerField(default=1)
    seats = models.PositiveSmallIntegerField(default=1)
    eligible = models.PositiveIntegerField(null=True, blank=True)
    quorum = models.PositiveIntegerField(default=0)
    admission = models.CharField(max_length=10, choices=Admission)
    code_purpose = models.SlugField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.DRAFT)
    order_seed = models.CharField(max_length=64, blank=True)
    public_key = models.BinaryField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    papers_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(most_choices__gte=models.F("least_choices")), name="most_choices_not_below_least"
            ),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Whether a paper is taken now; the server's clock decides."""
        return self.state == BallotState.OPEN and (self.closes_at is None or now < self.closes_at)


class BallotText(TextRow):
    """A text of a ballot in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="texts")


class Option(Worded):
    """Something one can choose. Texts: title, detail. ``subject`` is the theme, cluster ... it stands for."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=30, blank=True)
    subject = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "number"], name="option_number_once"),
        ]

    def __str__(self) -> str:
        return f"option {self.number}"


class OptionText(TextRow):
    """A text of an option in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="texts")


class SealedPaper(models.Model):
    """A paper in its envelope, kept under the voter's key while the ballot is open; gone at the count.

    ``voter`` is a keyed hash; ``once`` the hash of the form's own number, so that
    the same form sent twice gives the same receipt, and ``content`` of that number with
    the choices. ``spent`` holds the numbers of papers that were replaced: when one of them
    comes in late it does not undo the change. No time is kept.
    """

    retention: ClassVar = Retention.BALLOT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="sealed_papers")
    voter = models.CharField(max_length=64)
    once = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    spent = models.JSONField(default=list)
    origin = models.CharField(max_length=20, choices=Origin)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "voter"], name="one_paper_per_voter"),
        ]

    def __str__(self) -> str:
        return f"sealed paper {self.pk}"


class Paper(models.Model):
    """An opened paper: what was chosen, under the receipt that only the voter has. No voter, no time."""

    retention: ClassVar = Retention.BALLOT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="papers")
    origin = models.CharField(max_length=20, choices=Origin)
    receipt = models.CharField(max_length=20)
    choices = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "receipt"], name="one_paper_per_receipt"),
        ]

    def __str__(self) -> str:
        return f"paper {self.receipt}"
