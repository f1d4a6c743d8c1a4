"""The draw of an address, for somebody who has the right that a page needs."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.stages.lottery.queries import draw_or_404

__all__ = ["draw_for"]

Right = Callable[[Actor, Stage, datetime], bool]


def draw_for(request: HouseRequest, process: str, stage: str, draw: str, right: Right) -> Draw:
    """Return the draw with its counts; refuse who has not this right in its stage now."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not right(request.actor, here, timezone.now()):
        raise PermissionDenied
    return draw_or_404(here, draw)
