"""Reads of what was sent."""

from collections import Counter

from django.db.models import QuerySet

from burgertop.foundation.people.models import Identity
from burgertop.foundation.post.models import Sending, SendingState
from burgertop.foundation.process.models import Process

__all__ = ["count_by_state", "is_sent", "sendings_of", "sent_to"]


def sendings_of(process: Process) -> QuerySet[Sending]:
    """Everything sent in a process, newest first."""
    return process.sendings.order_by("-made_at")


def count_by_state(process: Process) -> dict[str, int]:
    """How many messages wait, went out, failed."""
    return dict(Counter(process.sendings.values_list("state", flat=True)))


def is_sent(process: Process, once: str) -> bool:
    """Whether this sending went out, by whatever way."""
    return Sending.objects.filter(process=process, once=once, state=SendingState.SENT).exists()


def sent_to(identity: Identity | None) -> QuerySet[Sending]:
    """Everything sent to one person of the vault, in order."""
    return Sending.objects.filter(identity=identity, identity__isnull=False).order_by("made_at")
