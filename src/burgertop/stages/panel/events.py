"""What happens in the panel, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["RecommendationDecided"]


@dataclass(frozen=True, slots=True)
class RecommendationDecided(Event):
    """The panel has adopted a recommendation, or has not."""

    process_id: uuid.UUID
    stage_id: uuid.UUID
    recommendation_id: uuid.UUID
    is_adopted: bool
