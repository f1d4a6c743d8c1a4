"""Long work of the summit: planning the seats, planning them anew for those who are here, computing a plan again."""

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.queries.doors import present_in

__all__ = ["RECHECK", "RESEAT", "SEAT", "check_again", "propose", "seat"]

SEAT, RESEAT, RECHECK = "summit.seat", "summit.reseat", "summit.check_plan"


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


@job(RESEAT)
def propose(args: Args, progress: Progress) -> Result:
    """Plan the rounds not begun for those who are checked in, to be looked at; ``args``: stage, seed, least."""
    stage = _stage(args)
    plan = actions.propose_reseat(
        stage,
        present_in(stage),
        seed=str(args["seed"]),
        least=int(str(args["least"])),
        now=timezone.now(),
        tell=progress.tell,
    )
    return {"people": plan.people, "moved": plan.figures["moved"]}


@job(RECHECK)
def check_again(args: Args, progress: Progress) -> Result:
    """Compute the standing plan again and tell whether it is the same, changing nothing; ``args``: stage."""
    progress.tell(0, 1)
    found = actions.check_plan_again(_stage(args))
    progress.tell(1, 1)
    return {"is_same": found.is_same, "version": found.version}
