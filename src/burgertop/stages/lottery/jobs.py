"""What the worker does for the lottery."""

import uuid

from django.utils import timezone

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.stages.lottery.actions import POOL, PoolFile, take_pool

__all__ = ["take_pool_of_file"]


@job(POOL)
def take_pool_of_file(args: Args, progress: Progress) -> Result:
    """Take the people of an uploaded file into the pool of a draw; ``args``: draw and those of ``PoolFile``."""
    draw = Draw.objects.select_related("stage__process").get(pk=uuid.UUID(str(args["draw"])))
    intake = take_pool(draw, PoolFile.of(args), now=timezone.now(), progress=progress.tell)
    return {"rows": intake.rows}
