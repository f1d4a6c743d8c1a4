"""Reads of the outbox, and the addresses of streams."""

import json
from dataclasses import dataclass

from burgertop.foundation.live.models import Message
from burgertop.foundation.live.topics import sign_topics

__all__ = ["Told", "address_of", "latest", "told_after"]

PREFIX = "/live/"


@dataclass(frozen=True, slots=True)
class Told:
    """A message as a stream sends it; ``body`` is JSON text."""

    number: int
    topic: str
    body: str


def address_of(*topics: str) -> str:
    """Return the address of the stream of these topics; it is the right to listen, too.

    A page opens one stream with all its topics: a browser allows few connections.
    """
    return f"{PREFIX}{sign_topics(*topics)}/"


def latest(count: int) -> list[Told]:
    """The last messages of all topics, oldest first."""
    rows = Message.objects.order_by("-number")[:count]
    return [_told(row) for row in reversed(rows)]


def told_after(number: int, count: int) -> list[Told]:
    """The messages after a number, in order, at most ``count``."""
    return [_told(row) for row in Message.objects.filter(number__gt=number).order_by("number")[:count]]


def _told(row: Message) -> Told:
    return Told(row.number, row.topic, json.dumps(row.body, separators=(",", ":"), sort_keys=True))
