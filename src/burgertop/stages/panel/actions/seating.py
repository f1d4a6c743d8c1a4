"""The panel is drawn from the roster of the summit and takes its seats."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.draws.actions import add_members, found_draw
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import roster_of
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel.models import PanelSeat

__all__ = ["found_panel_draw", "leave_panel", "return_to_panel", "seat_panel"]

DRAW_NAME = "panel"


@transaction.atomic
def found_panel_draw(stage: Stage, *, seats: int, features: Sequence[str], candidates: Sequence[Participant]) -> Draw:
    """Found the draw of the panel with its candidates as the pool; a second call returns the first draw."""
    found = Draw.objects.filter(stage=stage, name=DRAW_NAME).first()
    if found is not None:
        return found
    draw = found_draw(stage, DRAW_NAME, seats=seats, features=features)
    add_members(draw, candidates)
    return draw


@transaction.atomic
def seat_panel(stage: Stage, draw: Draw, *, now: datetime) -> list[PanelSeat]:
    """Give everyone drawn a numbered seat; calling it again seats nobody twice."""
    if draw.state != DrawState.DRAWN:
        raise HouseError("panel.not_drawn")
    Stage.objects.select_for_update().get(pk=stage.pk)
    seated = set(stage.panel_seats.values_list("participant_id", flat=True))
    number = stage.panel_seats.aggregate(most=Max("number"))["most"] or 0
    fresh = [
        PanelSeat(stage=stage, number=number + place, participant_id=member.participant_id)
        for place, member in enumerate(
            (member for member in roster_of(draw) if member.participant_id not in seated), start=1
        )
    ]
    PanelSeat.objects.bulk_create(fresh)
    if fresh:
        append(stage.process_id, "panel_seated", {"stage": str(stage.pk), "seats": len(seated) + len(fresh)}, now=now)
    return fresh


@transaction.atomic
def leave_panel(participant_id: uuid.UUID, *, now: datetime) -> int:
    """Give up the seats of one participant in panels; return how many were held until now."""
    return PanelSeat.objects.filter(participant_id=participant_id, left_at__isnull=True).update(left_at=now)


@transaction.atomic
def return_to_panel(participant_id: uuid.UUID) -> int:
    """Take back the seats in panels that one participant gave up."""
    return PanelSeat.objects.filter(participant_id=participant_id, left_at__isnull=False).update(left_at=None)
