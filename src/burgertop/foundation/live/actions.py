"""Telling live pages that something changed, and forgetting old messages."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from burgertop.foundation.live.models import Message
from burgertop.foundation.live.outbox import ring_after_commit
from burgertop.foundation.live.topics import check_topic
from burgertop.foundation.prepared import insert

__all__ = ["forget_old_messages", "publish"]

KEPT = timedelta(days=1)


def publish(topic: str, body: Mapping[str, object], *, process_id: uuid.UUID) -> None:
    """Tell everyone who listens to a topic that something changed.

    The message is a row of the caller's own transaction: it is sent when that
    transaction is committed and vanishes with it when it fails. Call it last, and
    put ids and numbers into ``body``, never words: who listens reads the page.
    """
    insert([Message(topic=check_topic(topic), body=dict(body), process_id=process_id)])
    ring_after_commit()


def forget_old_messages(*, now: datetime | None = None) -> int:
    """Delete the messages nobody can still miss (a day old); return how many."""
    return Message.objects.filter(at__lt=(now or timezone.now()) - KEPT).delete()[0]
