"""People: staff accounts and their roles, participants, the identity vault, consents.

Identity, speech, ratings and ballots have their own random ids. The only link
between a name and a participant is ``Participant.identity``; erasure cuts it.
"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Process
from burgertop.foundation.retention import Retention
from burgertop.foundation.texts import LANGUAGE_TAG

__all__ = [
    "Account",
    "Consent",
    "Identity",
    "Keeping",
    "Membership",
    "Opening",
    "Participant",
    "Purpose",
    "Role",
]


class AccountManager(BaseUserManager["Account"]):
    """Makes staff accounts; the mail address is the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> "Account":
        """Make an account that may sign in."""
        account = self.model(email=self.normalize_email(email).lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **more: object) -> "Account":
        """Make the operator of the server."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **more)


class Account(AbstractBaseUser, PermissionsMixin):
    """A staff account; citizens have none."""

    retention: ClassVar = Retention.IDENTITY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    def __str__(self) -> str:
        return f"account {self.pk}"


class Role(models.TextChoices):
    """What a person may be in a process."""

    ORGANISER = "organiser", pgettext_lazy("role", "Organiser")
    MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
    THEME_TEAM = "theme_team", pgettext_lazy("role", "Theme team")
    FACILITATOR = "facilitator", pgettext_lazy("role", "Facilitator")
    REPLY_DESK = "reply_desk", pgettext_lazy("role", "Reply desk")
    PANEL_MEMBER = "panel_member", pgettext_lazy("role", "Panel member")
    ADDRESSEE = "addressee", pgettext_lazy("role", "Addressee")
    OBSERVER = "observer", pgettext_lazy("role", "Observer")
    PRESS = "press", pgettext_lazy("role", "Press")
    DATA_PROTECTION = "data_protection", pgettext_lazy("role", "Data protection officer")


class Membership(models.Model):
    """A role of a staff account in one process."""

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "account", "role"], name="one_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.process_id}"


class Identity(models.Model):
    """A row of the vault: who somebody is, sealed with a key outside the database."""

    retention: ClassVar = Retention.IDENTITY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="identities")
    sealed = models.BinaryField(blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Participant(models.Model):
    """Somebody who takes part in a stage, under a random id.

    ``features`` are the values the draw works with (sex, age band, province ...),
    a profile and no identity. ``pool_id`` is the id the pool file gave the person.
    """

    retention: ClassVar = Retention.PROFILE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="participants")
    identity = models.OneToOneField(
        Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="participant"
    )
    origin = models.CharField(max_length=20, choices=Origin)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    speaks = models.JSONField(default=list)
    features = models.JSONField(default=dict)
    pool_id = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["process", "pool_id"], condition=~models.Q(pool_id=""), name="pool_id_once"
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Purpose(models.TextChoices):
    """What somebody may agree to; each is asked apart."""

    TAKE_PART = "take_part", pgettext_lazy("consent", "to take part")
    PHOTO = "photo", pgettext_lazy("consent", "to be in photos")
    STREAM = "stream", pgettext_lazy("consent", "to be seen in the live stream")
    RESEARCH = "research", pgettext_lazy("consent", "that researchers use my answers")
    CONTACT_LATER = "contact_later", pgettext_lazy("consent", "to be written to later")
    LINK_SPEECH = "link_speech", pgettext_lazy("consent", "that my ideas are linked to my seat")


class Consent(models.Model):
    """One consent of one participant for one purpose, with its receipt."""

    retention: ClassVar = Retention.PROFILE

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.CharField(max_length=64)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    is_by_guardian = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.participant_id}"


class Opening(models.Model):
    """One look of staff at who somebody is: whose account, why, at whom, when; ids only, no name.

    ``participant_id`` is the participant, or the invitee who is none yet; empty when many were looked through at
    once, ``people`` of them.
    """

    retention: ClassVar = Retention.ACCESS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="openings")
    participant_id = models.UUIDField(null=True, blank=True, db_index=True)
    people = models.PositiveIntegerField(default=1)
    account_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["process", "-at"], name="openings_newest")]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Keeping(models.Model):
    """How many days after its end a process keeps each class; without a row the defaults hold.

    ``ended_on`` is the day from which the days count; empty: the day on which the last stage was closed.
    """

    retention: ClassVar = Retention.RECORD

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="keeping", primary_key=True)
    ended_on = models.DateField(null=True, blank=True)
    identity_days = models.PositiveSmallIntegerField(default=90)
    contact_days = models.PositiveSmallIntegerField(default=90)
    profile_days = models.PositiveSmallIntegerField(default=365)
    speech_days = models.PositiveSmallIntegerField(null=True, blank=True, default=365)
    access_days = models.PositiveSmallIntegerField(default=730)

    def __str__(self) -> str:
        return f"keeping of {self.process_id}"
