"""What happens to a draw, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["PanelDrawn"]


@dataclass(frozen=True, slots=True)
class PanelDrawn(Event):
    """The seats of a draw have been drawn."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    draw_id: uuid.UUID
