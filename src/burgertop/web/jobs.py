"""The regular work of the house as a whole: backups whose day has come."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.web.backups.ledger import backups, forget_due

__all__ = ["forget_backups"]

DAY_SECONDS = 24 * 3_600


def _has_due(now: datetime) -> bool:
    return any(not one.gone_at and one.goes_on <= now.date() for one in backups(Path(settings.HOME)))


@job("backups.forget", every_seconds=DAY_SECONDS, when=_has_due)
def forget_backups(args: Args, progress: Progress) -> Result:
    """Delete the backups whose day has come, where they were made."""
    return {"forgotten": len(forget_due(Path(settings.HOME), now=timezone.now()))}
