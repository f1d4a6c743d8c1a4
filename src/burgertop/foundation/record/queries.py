"""Reads of the record, its head, and the check of the whole chain."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db.models import QuerySet

from burgertop.foundation.record.chain import START, Break, Line, check_chain
from burgertop.foundation.record.models import Entry

__all__ = ["Head", "entries_of", "head_of", "lines_of", "verify"]


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a record: what a witness keeps."""

    number: int
    digest: str


def entries_of(process_id: uuid.UUID) -> QuerySet[Entry]:
    """The record of a process, newest line first."""
    return Entry.objects.filter(process_id=process_id).order_by("-number")


def head_of(process_id: uuid.UUID) -> Head:
    """Return the head of the chain; number 0 when nothing is written yet."""
    last = entries_of(process_id).first()
    return Head(last.number, last.digest) if last else Head(0, START)


def lines_of(process_id: uuid.UUID) -> Iterator[Line]:
    """The lines as they are published, first one first."""
    for entry in Entry.objects.filter(process_id=process_id).order_by("number").iterator():
        yield Line(
            process_id=str(entry.process_id),
            number=entry.number,
            kind=entry.kind,
            facts=entry.facts,
            at=entry.at.astimezone(UTC).isoformat(),
            previous=entry.previous,
            digest=entry.digest,
        )


def verify(process_id: uuid.UUID, head: str = "", head_number: int = 0) -> tuple[Break, ...]:
    """Check the stored chain, against a kept head when one is given."""
    return check_chain(lines_of(process_id), head, head_number)
