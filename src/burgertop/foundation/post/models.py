"""What was sent to whom, and the proof that it was."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Process
from burgertop.foundation.retention import Retention

__all__ = ["Channel", "Sending", "SendingState"]


class Channel(models.TextChoices):
    """How something goes out."""

    MAIL = "mail", pgettext_lazy("channel", "e-mail")
    LETTER = "letter", pgettext_lazy("channel", "letter")
    SMS = "sms", pgettext_lazy("channel", "text message")


class SendingState(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", pgettext_lazy("sending", "waiting")
    SENT = "sent", pgettext_lazy("sending", "sent")
    FAILED = "failed", pgettext_lazy("sending", "failed")


class Sending(models.Model):
    """One message to one person or office. The words are kept as a digest, the address in the vault.

    ``claimed_at`` is set while somebody is sending it, so that nobody else does.
    """

    retention: ClassVar = Retention.CONTACT

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="sendings")
    identity = models.ForeignKey(Identity, on_delete=models.SET_NULL, null=True, blank=True, related_name="sendings")
    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.SlugField(max_length=40)
    once = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=SendingState, default=SendingState.WAITING)
    error = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "channel", "once"], name="send_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"
