"""The house's own regular work: forgetting what nobody needs any more."""

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.live.actions import forget_old_messages
from burgertop.foundation.retention import forget_old_traces

__all__ = ["forget_messages", "forget_traces"]

HOUR_SECONDS = 3_600
DAY_SECONDS = 24 * HOUR_SECONDS


@job("live.forget_messages", every_seconds=HOUR_SECONDS)
def forget_messages(args: Args, progress: Progress) -> Result:
    """Delete the live messages of yesterday."""
    return {"forgotten": forget_old_messages()}


@job("jobs.forget_traces", every_seconds=DAY_SECONDS)
def forget_traces(args: Args, progress: Progress) -> Result:
    """Delete the technical traces of a month ago: ended work, counts of wrong codes and passwords, old sessions."""
    return {"forgotten": forget_old_traces(now=timezone.now())}
