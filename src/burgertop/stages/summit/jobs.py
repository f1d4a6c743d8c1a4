"""Long work of the summit: seats planned, planned anew for those who are here, computed again; papers for the day."""

import uuid

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions.packs import print_pack
from burgertop.stages.summit.actions.papers import Wish, drop_old_papers, has_old_papers, print_paper
from burgertop.stages.summit.models import Gathering
from burgertop.stages.summit.papers.keeping import PRINT
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.packs import PRINT_PACK
from burgertop.stages.summit.queries.doors import present_in

__all__ = [
    "RECHECK",
    "RESEAT",
    "SEAT",
    "check_again",
    "drop_papers",
    "print_for_a_gathering",
    "print_for_the_day",
    "propose",
    "seat",
]

SEAT, RESEAT, RECHECK = "summit.seat", "summit.reseat", "summit.check_plan"
HOUR_SECONDS = 3_600


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


@job(PRINT)
def print_for_the_day(args: Args, progress: Progress) -> Result:
    """Print one paper; ``args``: stage, what, language, shares, account (who asked)."""
    wish = Wish(Paper(str(args["what"])), str(args["language"]), int(str(args.get("shares", 1))))
    account = uuid.UUID(str(args["account"])) if args.get("account") else None
    return print_paper(_stage(args), wish, job=progress.job_id, account=account, now=timezone.now(), tell=progress.tell)


@job(PRINT_PACK)
def print_for_a_gathering(args: Args, progress: Progress) -> Result:
    """Print the pack of a local gathering; ``args``: gathering, language."""
    gathering = Gathering.objects.select_related("stage__process").get(pk=str(args["gathering"]))
    return print_pack(gathering, str(args["language"]), job=progress.job_id, now=timezone.now(), tell=progress.tell)


@job("summit.drop_papers", every_seconds=HOUR_SECONDS, when=has_old_papers)
def drop_papers(args: Args, progress: Progress) -> Result:
    """Destroy the printed papers of a day ago."""
    return {"files": drop_old_papers(now=timezone.now())}
