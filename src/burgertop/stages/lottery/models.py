"""What the lottery stage keeps beside the draw itself: files taken in, frames, invitees, letters, replies."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.draws.models import Chance, Draw
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG, TextRow, Worded

__all__ = [
    "Answer",
    "Bundle",
    "Channel",
    "Diet",
    "Frame",
    "Intake",
    "Invitation",
    "InvitationText",
    "Invitee",
    "Letter",
    "Look",
    "Partner",
    "Refusal",
    "Reply",
    "Return",
    "Wave",
    "Window",
]


class Intake(models.Model):
    """A file that was taken into a draw, once; the file itself is not kept."""

    retention: ClassVar = Retention.LOG
    moment: ClassVar = "taken_at"

    class Kind(models.TextChoices):
        """What the file brought."""

        POOL = "pool", pgettext_lazy("file", "the pool")
        QUOTAS = "quotas", pgettext_lazy("file", "the quotas")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="intakes")
    kind = models.CharField(max_length=10, choices=Kind)
    once = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rows} rows"


class Frame(models.Model):
    """A list of addresses that is committed, drawn from, and destroyed; here stand only its length and its digest.

    ``wanted`` are the letters by value of the feature ``group_by``, or under "" when there is none. The list itself
    is a file sealed under a key of its own: kind ``frames``, name the id.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="frames")
    name = models.SlugField(max_length=40)
    rows = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    group_by = models.CharField(max_length=60, blank=True)
    wanted = models.JSONField(default=dict)
    chance = models.CharField(max_length=12, choices=Chance)
    source = models.CharField(max_length=200)
    committed_at = models.DateTimeField()
    public_seed = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["committed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "name"], name="frame_name_once"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | ~Q(public_seed=""), name="frame_drawn_by_public_chance"
            ),
        ]

    def __str__(self) -> str:
        return f"frame {self.name}"

    @property
    def letters(self) -> int:
        """How many rows are to be drawn."""
        return int(sum(self.wanted.values()))

    @property
    def is_waiting(self) -> bool:
        """Whether the frame is there and its chance is not known yet."""
        return not self.public_seed and self.destroyed_at is None


class Partner(models.Model):
    """An organisation that has some seats kept and nominates people for them; ``link_key`` is that of its page."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    link_key = models.CharField(max_length=32)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["stage", "name"], name="partner_name_once")]

    def __str__(self) -> str:
        return f"partner {self.pk}"


class Return(models.TextChoices):
    """Why a letter came back."""

    MOVED = "moved", pgettext_lazy("letter came back", "moved")
    UNKNOWN = "unknown", pgettext_lazy("letter came back", "unknown at this address")
    DIED = "died", pgettext_lazy("letter came back", "died")
    REFUSED = "refused", pgettext_lazy("letter came back", "not taken in")


class InviteeSet(models.QuerySet["Invitee"]):
    """Named filters of invitees."""

    def drawn(self) -> "InviteeSet":
        """Those whom the lot chose: all but those whom a partner nominated."""
        return self.filter(partner__isnull=True)


class Invitee(models.Model):
    """Somebody drawn from a frame, or nominated by a partner, who is written to, under a random id.

    ``order`` is the place in the order of the draw (or of the nominations), ``row`` that in the frame, ``languages``
    those of the letter, ``household`` the same for people at one address. ``participant`` is there from the first yes
    on. ``returned_at``: a letter came back, and nobody was reached.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="invitees")
    frame = models.ForeignKey(Frame, on_delete=models.CASCADE, null=True, blank=True, related_name="invitees")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="nominees")
    row = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField()
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.DRAWN)
    identity = models.OneToOneField(Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitee")
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitee"
    )
    languages = models.JSONField(default=list)
    features = models.JSONField(default=dict)
    household = models.CharField(max_length=64, blank=True)
    wants_large_print = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_as = models.CharField(max_length=10, choices=Return, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = InviteeSet.as_manager()

    class Meta:
        ordering: ClassVar = ["frame__committed_at", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["frame", "row"], name="invited_once_a_row"),
            models.UniqueConstraint(fields=["partner", "order"], name="nominated_once_a_number"),
            models.CheckConstraint(
                condition=(Q(frame__isnull=False, partner__isnull=True) & ~Q(origin=Origin.PARTNER))
                | Q(frame__isnull=True, partner__isnull=False, origin=Origin.PARTNER),
                name="drawn_or_nominated",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_as="")
                | (Q(returned_at__isnull=False) & ~Q(returned_as="")),
                name="returned_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "order"], name="lottery_invitees_in_order")]

    def __str__(self) -> str:
        return f"invitee {self.pk}"

    @property
    def language(self) -> str:
        """The first language of the letter."""
        return str(self.languages[0])


class Window(models.TextChoices):
    """Where the envelope has its window."""

    LEFT = "left", pgettext_lazy("window", "left")
    RIGHT = "right", pgettext_lazy("window", "right")


PARTNER_SHARE = 0.1


class Invitation(Worded):
    """How the people of a stage are written to, and until when they may answer.

    Texts: subject, body, reminder, sender, signature, back (the address on the card). ``answer_by`` holds for all.
    ``partner_share`` is how much of all seats, 0..1, partners may have together.
    """

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.OneToOneField(Stage, on_delete=models.CASCADE, related_name="invitation")
    answer_by = models.DateTimeField(null=True, blank=True)
    window = models.CharField(max_length=5, choices=Window, default=Window.RIGHT)
    has_card = models.BooleanField(default=True)
    partner_share = models.FloatField(
        default=PARTNER_SHARE, validators=[MinValueValidator(0.0), MaxValueValidator(0.5)]
    )

    def __str__(self) -> str:
        return f"invitation of {self.stage_id}"

    def is_late(self, now: datetime) -> bool:
        """Whether the time to answer is over."""
        return self.answer_by is not None and now > self.answer_by


class InvitationText(TextRow):
    """A text of an invitation in one language."""

    retention: ClassVar = Retention.RECORD
    owner = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="texts")


class Wave(models.Model):
    """Letters that go out together: first letters, or reminders to those who have not answered."""

    retention: ClassVar = Retention.RECORD

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    is_reminder = models.BooleanField(default=False)
    letters = models.PositiveIntegerField()
    once = models.UUIDField(unique=True)
    planned_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["stage", "number"], name="wave_number_once")]

    def __str__(self) -> str:
        return f"wave {self.number}"


class Bundle(models.Model):
    """Letters of a wave in one PDF file. The file is sealed for a day: kind ``letters``, name the id."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="bundles")
    number = models.PositiveSmallIntegerField()
    printed = models.PositiveIntegerField(default=0)
    printed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["wave", "number"], name="bundle_number_once")]

    def __str__(self) -> str:
        return f"bundle {self.number}"

    @property
    def is_there(self) -> bool:
        """Whether the file can be fetched."""
        return self.printed_at is not None and self.dropped_at is None


class Letter(models.Model):
    """One letter to one invitee; its code is only in the printed file."""

    retention: ClassVar = Retention.CONTACT

    id = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="letters")
    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="letters")
    place = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["wave", "invitee"], name="one_letter_a_wave")]

    def __str__(self) -> str:
        return f"letter {self.place}"


class Answer(models.TextChoices):
    """What somebody says to an invitation."""

    YES = "yes", pgettext_lazy("reply", "Yes, I want to take part")
    NO = "no", pgettext_lazy("reply", "No, I do not take part")
    LATER = "later", pgettext_lazy("reply", "Not this time, perhaps another time")


class Refusal(models.TextChoices):
    """Why somebody does not take part; nobody has to say."""

    NO_TIME = "no_time", pgettext_lazy("why not", "I have no time on those days")
    WORK = "work", pgettext_lazy("why not", "I have to work")
    CARE = "care", pgettext_lazy("why not", "I look after somebody")
    HEALTH = "health", pgettext_lazy("why not", "My health")
    FAR = "far", pgettext_lazy("why not", "It is too far")
    LANGUAGE = "language", pgettext_lazy("why not", "The language")
    NOT_FOR_ME = "not_for_me", pgettext_lazy("why not", "It is not for me")
    NO_TRUST = "no_trust", pgettext_lazy("why not", "I do not think that anything comes of it")
    MOVED = "moved", pgettext_lazy("why not", "The person has moved or has died")
    OTHER = "other", pgettext_lazy("why not", "Something else")


class Channel(models.TextChoices):
    """How an answer came in."""

    WEB = "web", pgettext_lazy("channel", "on the web")
    PHONE = "phone", pgettext_lazy("channel", "by phone")
    CARD = "card", pgettext_lazy("channel", "on a card")


class Diet(models.TextChoices):
    """What somebody eats."""

    ANYTHING = "", pgettext_lazy("diet", "everything")
    VEGETARIAN = "vegetarian", pgettext_lazy("diet", "vegetarian")
    VEGAN = "vegan", pgettext_lazy("diet", "vegan")
    HALAL = "halal", pgettext_lazy("diet", "halal")
    KOSHER = "kosher", pgettext_lazy("diet", "kosher")
    ALLERGY = "allergy", pgettext_lazy("diet", "I have an allergy; please ask me")


class Reply(models.Model):
    """What an invitee answered last, by whatever way. ``version`` counts up: two desks never overwrite each other.

    ``needs`` are asked once and used by seating, badges and lists. ``is_late``: said after the time to answer was over.
    """

    retention: ClassVar = Retention.PROFILE

    invitee = models.OneToOneField(Invitee, on_delete=models.CASCADE, primary_key=True, related_name="reply")
    answer = models.CharField(max_length=8, choices=Answer)
    reason = models.CharField(max_length=12, choices=Refusal, blank=True)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    needs = models.JSONField(default=dict)
    channel = models.CharField(max_length=8, choices=Channel)
    is_late = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    answered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["answer", "is_late"], name="lottery_replies_by_answer")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(answer="yes") | Q(reason=""), name="a_yes_has_no_reason")
        ]

    def __str__(self) -> str:
        return f"{self.answer}, version {self.version}"


class Look(models.TextChoices):
    """Why names of invitees are opened."""

    NAME = "name", pgettext_lazy("opening", "to find somebody by name")
    REPLY = "reply", pgettext_lazy("opening", "to take a reply")
    LETTERS = "letters", pgettext_lazy("opening", "to print letters")
