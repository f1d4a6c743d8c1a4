"""What a door's device brings, as JSON, read with care: one scan that cannot be read never stops the others."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from burgertop.stages.summit.actions import ScanDraft
from burgertop.stages.summit.models import How, ScanKind

__all__ = ["MOST_SCANS", "Batch", "moment_told", "read_batch"]

MOST_SCANS = 200
KINDS = {str(one): one for one in (ScanKind.IN, ScanKind.OUT, ScanKind.UNDO)}
HOWS = {str(one): one for one in How}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MILLISECONDS = (datetime(2200, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Scans of one device, the moment by its clock when it sent them, and how many more it holds.

    ``cursor`` is the number of the last scan it knows of, ``unreadable`` the ids that make no sense.
    """

    drafts: list[ScanDraft]
    told_at: datetime
    holds: int
    cursor: int
    unreadable: list[str]


def read_batch(sent: object) -> Batch:
    """Read what a device sent.

    Raises:
        ValueError, TypeError, KeyError: it is no batch at all.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent["scans"], list):
        raise TypeError
    drafts, unreadable = [], []
    for row in sent["scans"][:MOST_SCANS]:
        try:
            drafts.append(_draft(row))
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            unreadable.append(str(row.get("id", ""))[:40] if isinstance(row, Mapping) else "")
    return Batch(
        drafts=drafts,
        told_at=moment_told(sent["now"]),
        holds=max(0, min(int(sent.get("holds") or 0), 100_000)),
        cursor=max(0, min(int(sent.get("cursor") or 0), 2**31 - 1)),
        unreadable=unreadable,
    )


def _draft(row: Mapping[str, object]) -> ScanDraft:
    person = str(row.get("person") or "")
    return ScanDraft(
        scanned_at=moment_told(row["at"]),
        participant=uuid.UUID(person) if person else None,
        code=str(row.get("code") or "")[:40],
        kind=KINDS[str(row["kind"])],
        how=HOWS[str(row["how"])],
        id=uuid.UUID(str(row["id"])),
    )


def moment_told(milliseconds: object) -> datetime:
    """A moment of a device's clock, which may be far off but stays within what a database takes."""
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        raise TypeError
    return EPOCH + timedelta(milliseconds=min(max(milliseconds, 0), LATEST_MILLISECONDS))
