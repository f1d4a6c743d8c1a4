"""What the worker does for this room."""

import uuid

from django.utils import timezone

from burgertop.foundation.draws.actions import draw_panel
from burgertop.foundation.draws.checking import replay
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job

__all__ = ["draw_again", "draw_announced_panel"]


@job("draws.draw_panel")
def draw_announced_panel(args: Args, progress: Progress) -> Result:
    """Draw the panel of a draw whose public chance stands in the record; ``args``: draw."""
    draw = Draw.objects.get(pk=uuid.UUID(str(args["draw"])))
    progress.tell(0, 2)
    drawn = draw_panel(draw, public_seed=draw.public_seed, now=timezone.now())
    progress.tell(2, 2)
    return {"draw": str(drawn.pk), "seats": drawn.seats}


@job("draws.replay")
def draw_again(args: Args, progress: Progress) -> Result:
    """Draw a finished draw again and compare, changing nothing; ``args``: draw."""
    draw = Draw.objects.select_related("stage").get(pk=uuid.UUID(str(args["draw"])))
    progress.tell(0, 1)
    found = replay(draw)
    progress.tell(1, 1)
    return {"is_same": found.is_same, "erased": found.erased, "version": found.version}
