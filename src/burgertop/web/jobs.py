"""The regular work of the house as a whole: backups and personal data whose day has come."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Process
from burgertop.web.backups.ledger import backups, forget_due
from burgertop.web.backups.restoring import erase_again
from burgertop.web.clearing import clear_due, has_ended_processes

__all__ = ["clear_personal_data", "forget_backups"]

DAY_SECONDS = 24 * 3_600


def _has_due(now: datetime) -> bool:
    return any(not one.gone_at and one.goes_on <= now.date() for one in backups(Path(settings.HOME)))


@job("backups.forget", every_seconds=DAY_SECONDS, when=_has_due)
def forget_backups(args: Args, progress: Progress) -> Result:
    """Delete the backups whose day has come, where they were made."""
    return {"forgotten": len(forget_due(Path(settings.HOME), now=timezone.now()))}


@job("people.clear_due", every_seconds=DAY_SECONDS, when=has_ended_processes)
def clear_personal_data(args: Args, progress: Progress) -> Result:
    """Clear what no ended process may keep any longer, and erase again whom a restored backup brought back."""
    now = timezone.now()
    again = erase_again(now=now)
    processes = list(Process.objects.all())
    cleared: dict[str, int] = {}
    for number, process in enumerate(processes, 1):
        for retention, rows in clear_due(process, now=now).items():
            cleared[retention] = cleared.get(retention, 0) + rows
        progress.tell(number, len(processes))
    return {"cleared": cleared, "erased_again": again}
