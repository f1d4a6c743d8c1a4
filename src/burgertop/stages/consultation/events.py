"""What happens in a consultation, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["AgendaSet", "IdeaHidden", "IdeaSent"]


@dataclass(frozen=True, slots=True)
class IdeaSent(Event):
    """An idea came in."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    idea_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class IdeaHidden(Event):
    """An idea was hidden."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    idea_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class AgendaSet(Event):
    """The vote on the themes was counted; these themes are the agenda, in this order."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    theme_ids: tuple[uuid.UUID, ...]
