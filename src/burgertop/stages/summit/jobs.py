"""Long work of the summit: planning the seats, planning them anew for those who are here, computing a plan again."""

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions

__all__ = ["RECHECK", "SEAT", "check_again", "seat"]

SEAT, RECHECK = "summit.seat", "summit.check_plan"


def _stage(args: Args) -> Stage:
    return Stage.objects.select_related("process").get(pk=str(args["stage"]))


@job(SEAT)
def seat(args: Args, progress: Progress) -> Result:
    """Seat everybody in all planned rounds; ``args``: stage, seed, effort, least_speakers."""
    plan = actions.seat_hall(
        _stage(args),
        seed=str(args["seed"]),
        effort=str(args["effort"]),
        least_speakers=int(str(args["least_speakers"])),
        now=timezone.now(),
        tell=progress.tell,
    )
    return {"rounds": len(plan.rounds), "people": plan.people}


@job(RECHECK)
def check_again(args: Args, progress: Progress) -> Result:
    """Compute the standing plan again and tell whether it is the same, changing nothing; ``args``: stage."""
    progress.tell(0, 1)
    found = actions.check_plan_again(_stage(args))
    progress.tell(1, 1)
    return {"is_same": found.is_same, "version": found.version}
