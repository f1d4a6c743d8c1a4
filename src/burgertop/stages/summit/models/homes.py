"""G-Home: people at home, their tables with a room elsewhere, what they say and how they rate it."""

import secrets
import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.stages.summit.models.cards import Card
from burgertop.stages.summit.models.rounds import Round
from burgertop.stages.summit.models.tables import Table

__all__ = [
    "ADDRESS_LENGTH",
    "STATEMENT_LENGTH",
    "HomeGuest",
    "HomeRating",
    "HomeRoom",
    "HomeSeat",
    "HomeSetting",
    "HomeStatement",
    "Reach",
    "RemovalReason",
]

ADDRESS_LENGTH = 300
STATEMENT_LENGTH = 280
SECRET_BYTES = 12


def new_secret() -> str:
    """Make a word nobody can guess, for the address of a room."""
    return secrets.token_hex(SECRET_BYTES)


class Reach(models.TextChoices):
    """Whose statements somebody at home rates."""

    TABLE = "table", pgettext_lazy("reach of ratings", "their own table")
    LANGUAGE = "language", pgettext_lazy("reach of ratings", "all tables of their language")


class RemovalReason(models.TextChoices):
    """Why a moderator hid a statement; a closed list, so that nothing is written about anybody."""

    PERSONAL = "personal", pgettext_lazy("reason to hide", "It names or describes a private person.")
    INSULT = "insult", pgettext_lazy("reason to hide", "It insults people or calls for hatred.")
    OFF_TOPIC = "off_topic", pgettext_lazy("reason to hide", "It has nothing to do with the question.")
    ADVERTISING = "advertising", pgettext_lazy("reason to hide", "It is advertising.")
    TWICE = "twice", pgettext_lazy("reason to hide", "It was sent several times.")


class HomeSetting(models.Model):
    """How people take part from home and from elsewhere: when they may register, where rooms are, how many at a table.

    ``seed`` gives the order in which people are dealt to tables. ``uploads_until`` ends what local gatherings send in.
    """

    retention: ClassVar = Retention.RECORD

    stage = models.OneToOneField(Stage, on_delete=models.CASCADE, primary_key=True, related_name="home_setting")
    is_home_open = models.BooleanField(default=False)
    is_off_open = models.BooleanField(default=False)
    room_pattern = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    least = models.PositiveSmallIntegerField(default=6, validators=[MinValueValidator(2)])
    most = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(40)])
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.LANGUAGE)
    seed = models.CharField(max_length=64, default=new_secret)
    uploads_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(least__gte=2, most__gte=F("least")), name="home_table_least_to_most"),
        ]

    def __str__(self) -> str:
        return f"G-Home of {self.stage_id}"


class HomeGuest(models.Model):
    """Somebody who takes part from home: a language and the rounds they want, no name.

    ``number`` is what staff and the guest call this registration; statements never carry it.
    An address for mail is in the vault, if one was left. ``left_at``: they took themselves off.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="home_guests")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    rounds = models.ManyToManyField(Round, related_name="home_guests", blank=True)
    identity = models.OneToOneField(
        Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="home_guest"
    )
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.G_HOME)
    once = models.UUIDField(unique=True)
    registered_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "number"], name="home_guest_number_once"),
            models.CheckConstraint(condition=Q(origin=Origin.G_HOME), name="a_home_guest_is_at_home"),
        ]

    def __str__(self) -> str:
        return f"guest {self.number}"


class HomeRoom(models.Model):
    """The room of an online table on somebody else's server, and who writes for the table.

    ``address`` was typed for this table; without one the pattern of the setting holds, with ``secret`` in it.
    """

    retention: ClassVar = Retention.PROFILE

    table = models.OneToOneField(Table, on_delete=models.CASCADE, primary_key=True, related_name="home_room")
    secret = models.CharField(max_length=64, default=new_secret)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    pen = models.ForeignKey(HomeGuest, on_delete=models.SET_NULL, null=True, blank=True, related_name="pens")
    pen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"room of {self.table_id}"


class HomeSeat(models.Model):
    """The online table of one guest in one round. ``seen_at``: when their browser was last heard of."""

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="home_seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="home_seats")
    guest = models.ForeignKey(HomeGuest, on_delete=models.CASCADE, related_name="seats")
    seated_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "guest"], name="one_home_seat_per_round"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "table"], name="home_seats_of_table")]

    def __str__(self) -> str:
        return f"home seat {self.pk}"


class HomeStatementSet(models.QuerySet["HomeStatement"]):
    """Named filters of statements."""

    def shown(self) -> "HomeStatementSet":
        """Statements that nobody hid."""
        return self.filter(hidden_at__isnull=True)


class HomeStatement(models.Model):
    """One thing somebody at home said in writing. ``author`` is a random id that leads to nobody; it is cut on request.

    ``card`` is the card that the table made of it; the words of both stay.
    """

    retention: ClassVar = Retention.SPEECH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="home_statements")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="home_statements")
    number = models.PositiveIntegerField()
    author = models.UUIDField(null=True, blank=True)
    person = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    text = models.CharField(max_length=STATEMENT_LENGTH)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.G_HOME)
    once = models.UUIDField()
    said_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_for = models.CharField(max_length=12, choices=RemovalReason, blank=True)
    card = models.OneToOneField(Card, on_delete=models.SET_NULL, null=True, blank=True, related_name="statement")

    objects = HomeStatementSet.as_manager()

    class Meta:
        ordering: ClassVar = ["table__number", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "table", "number"], name="statement_number_once"),
            models.UniqueConstraint(fields=["round", "table", "once"], name="statement_form_once"),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_for="") | Q(hidden_at__isnull=False) & ~Q(hidden_for=""),
                name="hidden_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(origin=Origin.G_HOME), name="a_statement_is_from_home"),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"


class HomeRating(models.Model):
    """What one person at home thinks of one statement, under an id of its own; changing one's mind replaces it."""

    retention: ClassVar = Retention.SPEECH

    class Value(models.IntegerChoices):
        """The three answers, as in the consultation."""

        AGREE = 1, pgettext_lazy("rating", "I agree")
        DISAGREE = -1, pgettext_lazy("rating", "I disagree")
        PASS = 0, pgettext_lazy("rating", "I don't know, skip")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(HomeStatement, on_delete=models.CASCADE, related_name="ratings")
    rater = models.UUIDField()
    value = models.SmallIntegerField(choices=Value)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.G_HOME)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "rater"], name="one_home_rating_per_rater"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="home_rating_is_one_of_three"),
            models.CheckConstraint(condition=Q(origin=Origin.G_HOME), name="a_home_rating_is_from_home"),
        ]

    def __str__(self) -> str:
        return f"{self.value} for {self.statement_id}"
