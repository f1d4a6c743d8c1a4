"""Long work of the summit: drawing the seats of every round; papers for the day."""

import uuid

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.actions import seat_round
from burgertop.stages.summit.actions.papers import Wish, drop_old_papers, has_old_papers, print_paper
from burgertop.stages.summit.models import RoundState
from burgertop.stages.summit.papers.keeping import PRINT
from burgertop.stages.summit.papers.kinds import Paper

__all__ = ["SEAT", "drop_papers", "print_for_the_day", "seat"]

SEAT = "summit.seat"
HOUR_SECONDS = 3_600


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


@job(PRINT)
def print_for_the_day(args: Args, progress: Progress) -> Result:
    """Print one paper; ``args``: stage, what, language, shares, account (who asked)."""
    stage = Stage.objects.select_related("process").get(pk=uuid.UUID(str(args["stage"])))
    wish = Wish(Paper(str(args["what"])), str(args["language"]), int(str(args.get("shares", 1))))
    account = uuid.UUID(str(args["account"])) if args.get("account") else None
    return print_paper(stage, wish, job=progress.job_id, account=account, now=timezone.now(), tell=progress.tell)


@job("summit.drop_papers", every_seconds=HOUR_SECONDS, when=has_old_papers)
def drop_papers(args: Args, progress: Progress) -> Result:
    """Destroy the printed papers of a day ago."""
    return {"files": drop_old_papers(now=timezone.now())}
