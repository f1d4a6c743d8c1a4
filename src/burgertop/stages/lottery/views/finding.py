"""The draw of an address, for somebody who has the right that a page needs; and the way on from there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.stages.lottery.queries import draw_or_404

__all__ = ["draw_for", "stage_for", "to_job", "to_page", "to_work"]

Right = Callable[[Actor, Stage, datetime], bool]


def draw_for(request: HouseRequest, process: str, stage: str, draw: str, right: Right) -> Draw:
    """Return the draw with its counts; refuse who has not this right in its stage now."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not right(request.actor, here, timezone.now()):
        raise PermissionDenied
    return draw_or_404(here, draw)


def to_page(name: str, draw: Draw, **more: Any) -> HttpResponseRedirect:
    """Go on to a page of a draw."""
    return HttpResponseRedirect(_address(name, draw, **more))


def to_job(job: Job, draw: Draw) -> HttpResponseRedirect:
    """Go on to the page of long work on a draw; from there the way leads to its desk."""
    here = reverse("process:job", args=[draw.stage.process.slug, job.pk])
    return HttpResponseRedirect(f"{here}?next={_address('desk', draw)}")


def _address(name: str, draw: Draw, **more: Any) -> str:
    names = {"process": draw.stage.process.slug, "stage": draw.stage.slug, "draw": draw.name}
    return reverse(f"lottery:{name}", kwargs=names | more)


def stage_for(request: HouseRequest, process: str, stage: str, right: Right) -> Stage:
    """Return the lottery of an address; refuse who has not this right in it now."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not right(request.actor, here, timezone.now()):
        raise PermissionDenied
    return here


def to_work(job: Job, stage: Stage) -> HttpResponseRedirect:
    """Go on to the page of long work on the recruitment; from there the way leads back to it."""
    onward = reverse("lottery:recruitment", kwargs={"process": stage.process.slug, "stage": stage.slug})
    return HttpResponseRedirect(f"{reverse('process:job', args=[stage.process.slug, job.pk])}?next={onward}")
