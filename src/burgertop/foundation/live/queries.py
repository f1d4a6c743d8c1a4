"""Reads of the outbox, and the addresses of streams."""

import json
from dataclasses import dataclass

from django.db.models import Q

from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.models import Message
from burgertop.foundation.live.topics import sign_topics
from burgertop.foundation.prepared import Prepared

__all__ = ["Told", "address_of", "latest", "told_since"]

PREFIX = "/live/"


@dataclass(frozen=True, slots=True)
class Told:
    """A message as a stream sends it; ``body`` is JSON text."""

    number: int
    topic: str
    body: str


MOST_READ = 500

_new = Prepared[tuple[int, str, object]](
    lambda last: (
        Message.objects.filter(number__gt=last).order_by("number").values_list("number", "topic", "body")[:MOST_READ]
    )
)
_new_and_late = Prepared[tuple[int, str, object]](
    lambda last, holes: (
        Message.objects.filter(Q(number__gt=last) | Q(number__in=holes))
        .order_by("number")
        .values_list("number", "topic", "body")[:MOST_READ]
    )
)


def address_of(*topics: str) -> str:
    """Return the address of the stream of these topics; it is the right to listen, too.

    A page opens one stream with all its topics: a browser allows few connections.
    """
    return f"{PREFIX}{sign_topics(*topics)}/"


def latest(count: int) -> list[Told]:
    """The last messages of all topics, oldest first."""
    rows = Message.objects.order_by("-number").values_list("number", "topic", "body")[:count]
    return [_told(*row) for row in reversed(rows)]


def told_since(cursor: Cursor) -> list[Told]:
    """The messages a reader has not read, in order, late ones first; 500 at most, then ask again."""
    found = _new_and_late.all(cursor.last, sorted(cursor.holes)) if cursor.holes else _new.all(cursor.last)
    return [_told(*row) for row in found]


def _told(number: int, topic: str, body: object) -> Told:
    return Told(number, topic, json.dumps(body, separators=(",", ":"), sort_keys=True))
