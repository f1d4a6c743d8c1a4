"""What the worker does for this room by itself: it counts the ballots whose time is over."""

from datetime import datetime

from django.utils import timezone

from burgertop.foundation.ballotbox.closing import close_due
from burgertop.foundation.ballotbox.queries import due_ballots
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job

__all__ = ["count_due_ballots"]

EVERY_SECONDS = 30


def _is_any_due(now: datetime) -> bool:
    return due_ballots(now).exists()


@job("ballotbox.count_due", every_seconds=EVERY_SECONDS, when=_is_any_due)
def count_due_ballots(args: Args, progress: Progress) -> Result:
    """Count every ballot whose time is over."""
    done = close_due(now=timezone.now())
    return {"counted": [str(pk) for pk in done.counted], "failed": [str(pk) for pk in done.failed]}
