"""What happens to a process, told after it has happened."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.events import Event

__all__ = ["ProcessFounded", "StageClosed", "StageOpened"]


@dataclass(frozen=True, slots=True)
class ProcessFounded(Event):
    """A process has been made from a template."""

    process_id: uuid.UUID
    template: str


@dataclass(frozen=True, slots=True)
class StageOpened(Event):
    """A stage is under way."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StageClosed(Event):
    """A stage is done."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    kind: str
    at: datetime
