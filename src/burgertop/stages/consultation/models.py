"""Ideas, ratings, moderation, themes: what a consultation keeps, and what must always hold.

An idea knows its author only as a speech id, a rating its rater only as a rating id;
nothing here links the two. Ideas are never moved or merged: they are linked.
"""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded

__all__ = [
    "Arrivals",
    "Decision",
    "HideReason",
    "Idea",
    "IdeaState",
    "IdeaText",
    "Moderation",
    "ModerationText",
    "NotTaken",
    "Placement",
    "PlacementText",
    "Raters",
    "Rating",
    "Setup",
    "Theme",
    "ThemeText",
]


class Raters(models.TextChoices):
    """Who may rate."""

    ANYONE = "anyone", pgettext_lazy("raters", "everyone")
    CONTRIBUTORS = "contributors", pgettext_lazy("raters", "people who sent in an idea")


class Setup(models.Model):
    """How one consultation is held; without a row the defaults hold."""

    retention: ClassVar = Retention.RECORD

    stage = models.OneToOneField(Stage, on_delete=models.CASCADE, related_name="consultation")
    ideas_until = models.DateTimeField(null=True, blank=True)
    ratings_until = models.DateTimeField(null=True, blank=True)
    raters = models.CharField(max_length=20, choices=Raters, default=Raters.ANYONE)
    is_read_first = models.BooleanField(default=False)
    most_per_hour = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(1)])
    most_choices = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(25)])

    def __str__(self) -> str:
        return f"setup of {self.stage_id}"


class IdeaState(models.TextChoices):
    """What the public sees of an idea."""

    SHOWN = "shown", pgettext_lazy("idea", "shown")
    HELD = "held", pgettext_lazy("idea", "waiting to be read")
    HIDDEN = "hidden", pgettext_lazy("idea", "hidden")


class IdeaSet(models.QuerySet["Idea"]):
    """Named filters of ideas."""

    def shown(self) -> "IdeaSet":
        """Ideas that everybody can read."""
        return self.filter(state=IdeaState.SHOWN)

    def public(self) -> "IdeaSet":
        """Shown ideas, and hidden ones whose place stays visible with the reason; not those still held."""
        return self.exclude(state=IdeaState.HELD)

    def unplaced(self) -> "IdeaSet":
        """Shown ideas that are under no theme and not marked as not taken."""
        return self.shown().exclude(placements__in=Placement.objects.standing())


class Idea(Worded):
    """What a citizen sends in. Texts: text (the original, and translations).

    ``speech`` is the author's id for speech; it is blank after erasure and for imported ideas.
    ``digest`` finds the same words by the same author, ``source`` the same row of an imported file.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="ideas")
    number = models.PositiveIntegerField()
    speech = models.UUIDField(null=True, blank=True, db_index=True)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    place = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=20, choices=Origin)
    state = models.CharField(max_length=10, choices=IdeaState, default=IdeaState.SHOWN)
    sent_at = models.DateTimeField(default=timezone.now)
    once = models.UUIDField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=80, blank=True)

    objects = IdeaSet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="idea_number_once"),
            models.UniqueConstraint(fields=["stage", "once"], name="idea_form_once"),
            models.UniqueConstraint(
                fields=["stage", "speech", "digest"], condition=Q(speech__isnull=False), name="same_words_once"
            ),
            models.UniqueConstraint(fields=["stage", "source"], condition=~Q(source=""), name="idea_source_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "state", "number"], name="idea_by_state")]

    def __str__(self) -> str:
        return f"idea {self.number}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody can read it."""
        return self.state == IdeaState.SHOWN


class IdeaText(TextRow):
    """A text of an idea in one language."""

    retention: ClassVar = Retention.SPEECH
    owner = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="texts")


class Rating(models.Model):
    """What one rater thinks of one idea; changing one's mind replaces it."""

    retention: ClassVar = Retention.SPEECH

    class Value(models.IntegerChoices):
        """The three answers."""

        AGREE = 1, pgettext_lazy("rating", "I agree")
        DISAGREE = -1, pgettext_lazy("rating", "I disagree")
        PASS = 0, pgettext_lazy("rating", "I don't know, skip")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="ratings")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="ratings")
    rater = models.UUIDField()
    value = models.SmallIntegerField(choices=Value)
    origin = models.CharField(max_length=20, choices=Origin)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "rater"], name="one_rating_per_rater"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="rating_is_one_of_three"),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "rater"], name="ratings_of_rater")]

    def __str__(self) -> str:
        return f"{self.value} for {self.idea_id}"


class Decision(models.TextChoices):
    """What a moderator decided."""

    PASS = "pass", pgettext_lazy("moderation", "read and left as it is")
    HIDE = "hide", pgettext_lazy("moderation", "hidden")
    RESTORE = "restore", pgettext_lazy("moderation", "shown again")


class HideReason(models.TextChoices):
    """The published rules; an idea is hidden for one of these and for nothing else."""

    INSULT = "insult", gettext_lazy("It insults or threatens somebody.")
    HATE = "hate", gettext_lazy("It stirs up hate against a group of people.")
    PERSONAL_DATA = "personal_data", gettext_lazy("It names a private person or gives an address, mail or phone.")
    UNLAWFUL = "unlawful", gettext_lazy("It breaks the law.")
    ADVERTISING = "advertising", gettext_lazy("It is an advertisement.")
    UNREADABLE = "unreadable", gettext_lazy("It holds no words that can be understood.")


class Moderation(Worded):
    """One decision about one idea. Texts: note (public), appeal (of the author), answer (public).

    Public pages say the role, never the account.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="moderations")
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.CharField(max_length=20, choices=HideReason, blank=True)
    account = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    at = models.DateTimeField(default=timezone.now)
    appealed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decision="hide") | ~Q(reason=""), name="hiding_has_a_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(appealed_at__isnull=False), name="answer_needs_an_appeal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} of {self.idea_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether the author asked for a second look and nobody has answered."""
        return self.appealed_at is not None and self.answered_at is None


class ModerationText(TextRow):
    """A text of a decision in one language."""

    retention: ClassVar = Retention.SPEECH
    owner = models.ForeignKey(Moderation, on_delete=models.CASCADE, related_name="texts")


class ThemeSet(models.QuerySet["Theme"]):
    """Named filters of themes."""

    def standing(self) -> "ThemeSet":
        """Themes that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def on_agenda(self) -> "ThemeSet":
        """The themes that the vote chose, in the order of the vote."""
        return self.filter(agenda_order__isnull=False).order_by("agenda_order")


class Theme(Worded):
    """What several ideas are about. Texts: title, question, summary.

    ``agenda_order`` is set when the vote chose it. A merged theme stays, and says into which.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    is_on_ballot = models.BooleanField(default=False)
    agenda_order = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_themes"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = ThemeSet.as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "key"], name="theme_key_once"),
            models.UniqueConstraint(fields=["stage", "order"], name="theme_order_once"),
            models.UniqueConstraint(
                fields=["stage", "agenda_order"], condition=Q(agenda_order__isnull=False), name="agenda_order_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="theme_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ThemeText(TextRow):
    """A text of a theme in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="texts")


class NotTaken(models.TextChoices):
    """Why an idea is under no theme; published with the idea."""

    ALONE = "alone", gettext_lazy("It stands alone: no other idea is about this.")
    UNCLEAR = "unclear", gettext_lazy("We could not tell what it asks for.")
    TOO_LOCAL = "too_local", gettext_lazy("It is about one street or one case, and goes to the town.")
    ABOUT_US = "about_us", gettext_lazy("It is about this process itself, and goes to the organisers.")


class PlacementSet(models.QuerySet["Placement"]):
    """Named filters of placements."""

    def standing(self) -> "PlacementSet":
        """Where ideas are now; earlier placements have ended."""
        return self.filter(ended_at__isnull=True)


class Placement(Worded):
    """Where the theme team put an idea: under a theme, or not taken. Texts: note (public).

    Rows are never changed: a new place ends the one before. ``same_as`` links an idea that says
    the same; both keep their own ratings.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="placements")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    not_taken = models.CharField(max_length=20, choices=NotTaken, blank=True)
    same_as = models.ForeignKey(Idea, on_delete=models.SET_NULL, null=True, blank=True, related_name="doubles")
    is_from_suggestion = models.BooleanField(default=False)
    put_by = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.THEME_TEAM)
    put_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementSet.as_manager()

    class Meta:
        ordering: ClassVar = ["put_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea"], condition=Q(ended_at__isnull=True), name="one_standing_place"),
            models.CheckConstraint(
                condition=Q(theme__isnull=False, not_taken="") | (Q(theme__isnull=True) & ~Q(not_taken="")),
                name="under_a_theme_or_not_taken",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("put_by")), name="second_reader_is_another"
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("idea")), name="not_same_as_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} under {self.theme_id or self.not_taken}"


class PlacementText(TextRow):
    """A text of a placement in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="texts")


class Arrivals(models.Model):
    """How many ideas came from one network (a keyed hash of the day) in one hour; says nothing of which."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "window"

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="arrivals")
    network = models.CharField(max_length=64)
    window = models.DateTimeField()
    ideas = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "arrivals"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "network", "window"], name="arrivals_once_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.ideas} at {self.window:%H:%M}"
