"""Writing to the record: one line at a time, in order."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils import timezone

from burgertop.foundation.record.chain import START, digest_of
from burgertop.foundation.record.models import Entry

__all__ = ["append"]


@transaction.atomic
def append(process_id: uuid.UUID, kind: str, facts: Mapping[str, object], *, now: datetime | None = None) -> Entry:
    """Add a line to the record of a process; two writers at once get two numbers.

    ``facts`` are published as they stand: words, whole numbers, yes and no, nothing, and lists and
    mappings of these. Rows and moments are refused, so that nobody slips in unseen; a share is
    refused because two databases may write it differently, and its digest would no longer fit.

    Raises:
        TypeError: a fact is no plain value.
    """
    plain = {name: _plain(name, value) for name, value in facts.items()}
    _take_turn(process_id)
    last = Entry.objects.filter(process_id=process_id).order_by("-number").first()
    number = last.number + 1 if last else 1
    previous = last.digest if last else START
    at = (now or timezone.now()).astimezone(UTC).replace(microsecond=0)
    return Entry.objects.create(
        process_id=process_id,
        number=number,
        kind=kind,
        facts=plain,
        at=at,
        previous=previous,
        digest=digest_of(str(process_id), number, kind, plain, at, previous),
    )


def _plain(name: str, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, list | tuple):
        return [_plain(name, one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(f"{name}.{key}", one) for key, one in value.items()}
    raise TypeError(f"The fact {name} is no plain value but {type(value).__name__}.")


def _take_turn(process_id: uuid.UUID) -> None:
    """Let writers of one process go one by one; SQLite already does (IMMEDIATE transactions)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [process_id.int % (1 << 63)])
