"""Long work of the summit: drawing the seats of every round."""

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.actions import seat_round
from burgertop.stages.summit.models import RoundState

__all__ = ["SEAT", "seat"]

SEAT = "summit.seat"


@job(SEAT)
def seat(args: Args, progress: Progress) -> Result:
    """Draw the seats of every planned round from one public seed; the job's page says what does not fit."""
    stage = Stage.objects.select_related("process").get(pk=str(args["stage"]))
    planned = list(stage.rounds.filter(state=RoundState.PLANNED).order_by("number"))
    progress.tell(0, max(len(planned), 1))
    for done, round_ in enumerate(planned, start=1):
        round_.stage = stage
        seat_round(round_, seed=str(args["seed"]), now=timezone.now())
        progress.tell(done, len(planned))
    return {"rounds": len(planned)}
