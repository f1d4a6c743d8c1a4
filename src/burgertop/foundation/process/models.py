"""A process and its stages: what every other room refers to."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import TextRow, Worded

__all__ = ["MinorsRule", "News", "NewsText", "Process", "ProcessText", "Stage", "StageKind", "StageText", "Template"]

RESERVED_SLUGS = frozenset(
    {
        *(
            "a",
            "accessibility",
            "accounts",
            "admin",
            "api",
            "brand",
            "bureau",
            "d",
            "demo",
            "display",
            "healthy",
            "limits",
        ),
        *("live", "media", "new", "source", "staff", "static", "t", "verify", "your-data"),
    }
)
HEX_COLOUR = RegexValidator(r"^(#[0-9a-fA-F]{6})?\Z", gettext_lazy("Enter a color such as #0b4f5a."))


def check_slug(slug: str) -> None:
    """Refuse an address that the house itself uses."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(gettext_lazy("This address is in use by the site itself."), code="reserved")


class Template(models.TextChoices):
    """The forms of a process that we know; a template lays out its stages."""

    BELGIAN = "belgian", pgettext_lazy("process template", "Belgian G1000: consultation, summit, panel")
    DUTCH = "dutch", pgettext_lazy("process template", "Dutch: burgertop, burgerforum, burgerraad")
    PANEL_ONLY = "panel_only", pgettext_lazy("process template", "Panel only")


class MinorsRule(models.TextChoices):
    """What holds for people under the process's own age of majority."""

    NOT_ADMITTED = "not_admitted", pgettext_lazy("minors", "not admitted")
    WITH_CONSENT = "with_consent", pgettext_lazy("minors", "with the written consent of a parent or guardian")
    ADMITTED = "admitted", pgettext_lazy("minors", "admitted on their own consent")


class StageKind(models.TextChoices):
    """The five kinds of stage, in the order of the story."""

    CONSULTATION = "consultation", pgettext_lazy("stage", "Consultation")
    LOTTERY = "lottery", pgettext_lazy("stage", "Lottery")
    SUMMIT = "summit", pgettext_lazy("stage", "Summit")
    PANEL = "panel", pgettext_lazy("stage", "Panel")
    REPORT = "report", pgettext_lazy("stage", "Report")


class StageState(models.TextChoices):
    """Where a stage stands."""

    PLANNED = "planned", pgettext_lazy("stage state", "planned")
    OPEN = "open", pgettext_lazy("stage state", "under way")
    CLOSED = "closed", pgettext_lazy("stage state", "done")


class Process(Worded):
    """One summit from first idea to last answer; many live on one server.

    Texts: title, subtitle, question, about, mandate, promise, funding, organiser,
    press, phone_hours, idea_rules.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True, validators=[check_slug])
    template = models.CharField(max_length=20, choices=Template)
    languages = models.JSONField(default=list)
    is_listed = models.BooleanField(default=True)
    least_age = models.PositiveSmallIntegerField(default=16, validators=[MaxValueValidator(99)])
    age_of_majority = models.PositiveSmallIntegerField(default=18, validators=[MinValueValidator(12)])
    minors_rule = models.CharField(max_length=20, choices=MinorsRule, default=MinorsRule.WITH_CONSENT)
    phone = models.CharField(max_length=30, blank=True)
    contact_mail = models.EmailField(blank=True)
    brand = models.CharField(max_length=7, blank=True, validators=[HEX_COLOUR])
    brand_deep = models.CharField(max_length=7, blank=True, validators=[HEX_COLOUR])
    choice = models.CharField(max_length=7, blank=True, validators=[HEX_COLOUR])
    logo = models.FileField(upload_to="logos/", blank=True)
    answers_due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at", "slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def first_language(self) -> str:
        """The language that comes first in this process."""
        return str(self.languages[0]) if self.languages else "en"


class ProcessText(TextRow):
    """A text of a process in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="texts")


class StageSet(models.QuerySet["Stage"]):
    """Named filters of stages."""

    def open(self) -> "StageSet":
        """Stages that are under way."""
        return self.filter(state=StageState.OPEN)

    def of_kind(self, kind: StageKind) -> "StageSet":
        """Stages of one kind, in order."""
        return self.filter(kind=kind)


class Stage(Worded):
    """One instance of a stage: a process may hold any number of each kind.

    Texts: title, window (what the stage bar says of the time), about.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=StageKind)
    slug = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StageState, default=StageState.PLANNED)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    objects = StageSet.as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "kind", "slug"], name="stage_address_once"),
            models.UniqueConstraint(fields=["process", "order"], name="stage_order_once"),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="stage_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"

    def is_open(self, now: datetime) -> bool:
        """Whether the stage is under way and inside its window."""
        if self.state != StageState.OPEN:
            return False
        has_begun = self.opens_at is None or self.opens_at <= now
        return has_begun and (self.closes_at is None or now < self.closes_at)


class StageText(TextRow):
    """A text of a stage in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="texts")


class News(Worded):
    """A news item, a film or a stream link on the home of a process. Texts: title, body."""

    retention: ClassVar = Retention.RECORD

    class Kind(models.TextChoices):
        """What sort of item it is."""

        NEWS = "news", pgettext_lazy("news", "News")
        FILM = "film", pgettext_lazy("news", "Film")
        STREAM = "stream", pgettext_lazy("news", "Live stream")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="news")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    link = models.URLField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-published_at"]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return f"{self.kind} {self.published_at:%Y-%m-%d}"


class NewsText(TextRow):
    """A text of a news item in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(News, on_delete=models.CASCADE, related_name="texts")
