"""What happens to the report, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["AnswerPublished", "EditionPublished"]


@dataclass(frozen=True, slots=True)
class EditionPublished(Event):
    """An edition of the report is out."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    number: int


@dataclass(frozen=True, slots=True)
class AnswerPublished(Event):
    """An addressee has answered a recommendation."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    answer_id: uuid.UUID
