"""What the worker does for this room."""

import uuid
from collections.abc import Callable

from django.utils import timezone

from burgertop.foundation.draws.actions import make_lottery
from burgertop.foundation.draws.checking import check_again
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job

__all__ = ["check_draw_again", "make_lottery_of_draw"]

PARTS = 1000


@job("draws.make_lottery")
def make_lottery_of_draw(args: Args, progress: Progress) -> Result:
    """Compute the lottery of the next round of a draw; ``args``: draw."""
    made = make_lottery(_draw(args), now=timezone.now(), progress=_told(progress))
    return {"round": made.number, "panels": made.panels}


@job("draws.check_again")
def check_draw_again(args: Args, progress: Progress) -> Result:
    """Check the last round of a draw and compute its lottery again, changing nothing; ``args``: draw."""
    found = check_again(_draw(args), progress=_told(progress))
    checks: list[object] = [[one.code, one.state, dict(one.params)] for one in found.checks]
    return {"is_same": found.is_same, "checks": checks, "erased": found.erased, "version": found.version}


def _draw(args: Args) -> Draw:
    return Draw.objects.select_related("stage").get(pk=uuid.UUID(str(args["draw"])))


def _told(progress: Progress) -> Callable[[float, str], None]:
    """Tell the page what the core is at: ``draws.at_chances``, ``at_panels``, ``at_distribution``, ``at_pricing``."""
    return lambda share, name: progress.tell(int(share * PARTS), PARTS, f"draws.at_{name}")
