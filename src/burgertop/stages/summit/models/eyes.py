"""Those who look on: signed links for observers and the press, and what observers write."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.stages.summit.models.rounds import Round

__all__ = ["LinkKind", "Observation", "ObservationKind", "SignedLink"]


class LinkKind(models.TextChoices):
    """Who looks on by a signed link."""

    OBSERVER = "observe", pgettext_lazy("link", "observers")
    PRESS = "press", pgettext_lazy("link", "press")


class SignedLink(models.Model):
    """A way in for somebody without an account: for whom, until when, when it was last opened.

    The address carries ids and ``key`` only. A link that is called back opens nothing from that moment on.
    """

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="signed_links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    purpose = models.CharField(max_length=80)
    key = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    called_back_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("made_at")), name="link_ends_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    def is_good(self, now: datetime) -> bool:
        """Whether it opens something at this moment."""
        return self.called_back_at is None and now < self.ends_at


class ObservationKind(models.TextChoices):
    """What an observer wrote."""

    NOTE = "note", pgettext_lazy("observation", "note")
    REPORT = "report", pgettext_lazy("observation", "report")


class Observation(models.Model):
    """A note or a report of an observer: private to its author, and once published never changed again.

    The author is the account, or the link it was written with; ``signed`` is what the author wants to be called.
    A note is about the day, or a round, a table, a cluster. A report has a file. ``digest`` is the SHA-256 of the
    words or of the file as they were published; ``answer`` is what the organiser says beside it.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="observations")
    kind = models.CharField(max_length=10, choices=ObservationKind)
    account = models.UUIDField(null=True, blank=True)
    link = models.ForeignKey(SignedLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="observations")
    signed = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="observations")
    cluster = models.ForeignKey(
        "summit.Cluster", on_delete=models.SET_NULL, null=True, blank=True, related_name="observations"
    )
    table_number = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField(blank=True)
    file = models.FileField(upload_to="observers/", blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    answer = models.TextField(blank=True)
    answer_language = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(digest=""), name="published_observation_has_digest"
            ),
            models.CheckConstraint(
                condition=Q(kind="note", file="") | (Q(kind="report") & ~Q(file="")), name="report_has_file_and_no_note"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(published_at__isnull=False), name="answer_beside_what_is_published"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "published_at"], name="observations_published")]

    def __str__(self) -> str:
        return f"observation {self.pk}"

    @property
    def ending(self) -> str:
        """The ending of the file a report came in."""
        return "pdf" if str(self.file.name).endswith(".pdf") else "md"
