"""What the scans of one person say together: since when they are in the house, and at which doors they were twice.

Doors that have no network bring their scans late and in any order. So the whole story of a person is told anew with
every scan, in the order of the moments at which they were made.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from burgertop.stages.summit.models import Outcome, ScanKind

__all__ = ["Mark", "Story", "story_of"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One scan that counts: when, by which door (none: the desk), and the order in which it came to the server."""

    id: uuid.UUID
    number: int
    at: datetime
    door: uuid.UUID | None
    kind: ScanKind


@dataclass(frozen=True, slots=True)
class Story:
    """What became of somebody: first in, in the house since, gone since, twice in without going out."""

    first: Mark | None = None
    here: Mark | None = None
    left_at: datetime | None = None
    clashes: tuple[tuple[Mark, Mark], ...] = ()
    outcomes: Mapping[uuid.UUID, Outcome] = field(default_factory=dict)


def story_of(marks: Iterable[Mark]) -> Story:
    """Tell the story of one person from all their scans.

    Taking back at the desk ends whatever the server knew until then, at a door only what that door scanned; a scan that
    comes later, from a door that was cut off, counts again.

    >>> nine, ten = datetime(2011, 11, 11, 9), datetime(2011, 11, 11, 10)
    >>> north, south = uuid.UUID(int=1), uuid.UUID(int=2)
    >>> story = story_of([
    ...     Mark(uuid.UUID(int=12), 1, ten, south, ScanKind.IN), Mark(uuid.UUID(int=11), 2, nine, north, ScanKind.IN)
    ... ])
    >>> story.here.at.hour, [(one.door.int, other.door.int) for one, other in story.clashes]
    (9, [(1, 2)])
    """
    known = list(marks)
    taken_back = {one.door: one.number for one in sorted(known, key=_number) if one.kind == ScanKind.UNDO}
    outcomes: dict[uuid.UUID, Outcome] = {}
    first: Mark | None = None
    here: Mark | None = None
    left_at: datetime | None = None
    clashes: list[tuple[Mark, Mark]] = []
    for mark in sorted(known, key=lambda one: (one.at, one.number)):
        if mark.kind == ScanKind.UNDO or mark.number <= max(taken_back.get(None, -1), taken_back.get(mark.door, -1)):
            continue
        if mark.kind == ScanKind.OUT:
            outcomes[mark.id] = Outcome.TAKEN if here is not None else Outcome.NOT_IN
            here, left_at = (None, mark.at) if here is not None else (here, left_at)
        elif here is None:
            first, here, left_at = first or mark, mark, None
            outcomes[mark.id] = Outcome.TAKEN
        elif mark.door == here.door:
            outcomes[mark.id] = Outcome.REPEATED
        else:
            clashes.append((here, mark))
            outcomes[mark.id] = Outcome.CLASH
    return Story(first, here, left_at, tuple(clashes), outcomes)


def _number(mark: Mark) -> int:
    return mark.number
