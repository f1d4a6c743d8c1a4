"""The public moment: the seal, the chance, the draw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.core.errors import CoreError
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import ChanceForm, SealForm
from burgertop.stages.lottery.models import Chance

__all__ = ["chance", "progress", "progress_json", "recheck", "seal"]


def _held(request: HouseRequest, process: str, stage: str, draw: str) -> Draw:
    """Return the draw for somebody who may hold it."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not permissions.may_hold_draw(request.actor, here, timezone.now()):
        raise PermissionDenied
    return queries.draw_or_404(here, draw)


def _to(name: str, draw: Draw) -> HttpResponseRedirect:
    return redirect(_address(name, draw))


def _address(name: str, draw: Draw) -> str:
    names = {"process": draw.stage.process.slug, "stage": draw.stage.slug, "draw": draw.name}
    return reverse(f"lottery:{name}", kwargs=names)


@require_http_methods(["GET", "POST"])
def seal(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Ask before pool and quotas are sealed; POST seals them and announces where the chance comes from."""
    found = _held(request, process, stage, draw)
    ceremony = queries.ceremony_of(found)
    if ceremony is not None:
        return _to("desk", found)
    form = SealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.seal(found, chance=Chance(data["chance"]), source=data["source"], now=timezone.now())
        except (CoreError, HouseError) as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Pool and quotas are sealed. Their digest stands in the record."))
            return _to("desk", found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/seal.html", context)


@require_http_methods(["GET", "POST"])
def chance(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Take the public chance; POST writes it into the record and lets the worker draw."""
    found = _held(request, process, stage, draw)
    ceremony = queries.ceremony_of(found)
    if ceremony is None:
        messages.warning(request, say(HouseError("lottery.no_ceremony")))
        return _to("desk", found)
    if found.state == DrawState.DRAWN:
        return _to("draw", found)
    form = ChanceForm(request.POST or None, initial={"public_seed": found.public_seed})
    if request.method == "POST" and form.is_valid():
        seed = form.cleaned_data["public_seed"]
        try:
            job = actions.hold(found, seed, actor_id=request.actor.account_id, now=timezone.now())
        except (CoreError, HouseError) as error:
            form.add_error("public_seed", say(error))
        else:
            return _to("progress" if job else "draw", found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/chance.html", context | {"ceremony": ceremony})


@require_safe
def progress(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Show how far the draw is; goes on to the result when it is there."""
    found = _held(request, process, stage, draw)
    job = queries.job_of_draw(found)
    if found.state == DrawState.DRAWN or job is None:
        return _to("draw", found)
    context = {
        "process": found.stage.process,
        "stage": found.stage,
        "draw": found,
        "job": job,
        "text": _text(job),
        "poll_url": _address("progress_json", found),
        "has_failed": job.state in (JobState.FAILED, JobState.CANCELLED),
    }
    return TemplateResponse(request, "lottery/progress.html", context)


@require_safe
def progress_json(request: HouseRequest, process: str, stage: str, draw: str) -> JsonResponse:
    """Tell a page how far the draw is."""
    found = _held(request, process, stage, draw)
    job = queries.job_of_draw(found)
    is_drawn = found.state == DrawState.DRAWN
    is_over = is_drawn or job is None or job.has_ended
    page = "draw" if is_drawn else "progress"
    answer = {
        "share": 1.0 if is_drawn else job.share if job else 0.0,
        "text": _text(job) if job else "",
        "is_over": is_over,
        "next": _address(page, found) if is_over else "",
    }
    return JsonResponse(answer)


@require_POST
def recheck(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Let the worker draw again and compare; the answer stands on the desk."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not permissions.may_read_roster(request.actor, here, timezone.now()):
        raise PermissionDenied
    found = queries.draw_or_404(here, draw)
    try:
        actions.recheck(found, actor_id=request.actor.account_id, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.info(request, _("The draw is being made again. The answer will stand on this page."))
    return _to("desk", found)


def _text(job: Job) -> str:
    if job.state == JobState.WAITING:
        return _("The draw waits for its turn.")
    if job.state == JobState.RUNNING:
        return _("A panel that meets all quotas is being looked for.")
    if job.state == JobState.DONE:
        return _("The draw is done.")
    return say(HouseError(job.note_code or "jobs.failed", **job.note_params))
