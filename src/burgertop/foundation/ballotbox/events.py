"""What happens to a ballot, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["BallotClosed", "BallotOpened"]


@dataclass(frozen=True, slots=True)
class BallotOpened(Event):
    """Papers are taken."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    ballot_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class BallotClosed(Event):
    """The papers are counted."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    ballot_id: uuid.UUID
