"""What the worker does for this room."""

import uuid

from django.utils import timezone

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.report.actions import publish_edition

__all__ = ["print_edition"]


@job("report.publish_edition")
def print_edition(args: Args, progress: Progress) -> Result:
    """Print and publish the next edition; ``args``: stage."""
    stage = Stage.objects.select_related("process").get(pk=uuid.UUID(str(args["stage"])))
    languages = len(stage.process.languages)
    progress.tell(0, languages)
    editions = publish_edition(stage, now=timezone.now())
    progress.tell(languages, languages)
    return {"edition": editions[0].number if editions else 0}
