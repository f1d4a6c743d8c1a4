"""The organiser's way from an address file to invitees: commit the list, take the public chance, see it destroyed."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.core.errors import CoreError
from burgertop.foundation.draws.models import Chance
from burgertop.foundation.files import scratch
from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.previews import Preview, preview_of
from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, Sayable, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.addressing import Addresses, LanguageRule, addresses_in, guessed_address_roles
from burgertop.stages.lottery.forms import ChanceForm, FrameForm
from burgertop.stages.lottery.views.finding import stage_for, to_work

__all__ = ["chance", "discard", "frame", "frame_preview"]

FAULTS_SHOWN = 12


def _owner(request: HouseRequest, stage: Stage) -> str:
    return f"{stage.pk}:{request.actor.account_id}:frame"


@require_http_methods(["GET", "POST"])
def frame(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Choose a file with addresses."""
    here = stage_for(request, process, stage, permissions.may_invite)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = scratch.keep(form.name, form.content, owner=_owner(request, here), sheet=form.cleaned_data["sheet"])
        return redirect("lottery:frame_preview", process=process, stage=stage, file=kept)
    return TemplateResponse(request, "lottery/frame.html", {"process": here.process, "stage": here, "form": form})


@dataclass(frozen=True, slots=True)
class _Trial:
    """What would happen with an address file."""

    preview: Preview
    read: Addresses | None

    @property
    def faults(self) -> list[tuple[int, str]]:
        return [(fault.line, str(fault)) for fault in self.read.faults[:FAULTS_SHOWN]] if self.read else []

    @property
    def languages(self) -> list[tuple[str, int]]:
        """How many letters in which language or languages."""
        counts: dict[str, int] = {}
        for one in self.read.people if self.read else ():
            key = " + ".join(one.languages)
            counts[key] = counts.get(key, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])


@require_http_methods(["GET", "POST"])
def frame_preview(request: HouseRequest, process: str, stage: str, file: uuid.UUID) -> HttpResponse:
    """Say what each column is and what would happen; commit the list when that is confirmed."""
    here = stage_for(request, process, stage, permissions.may_invite)
    try:
        kept = scratch.fetch(file, owner=_owner(request, here))
        table = kept.table()
    except FileError as error:
        messages.warning(request, say(error))
        return redirect("lottery:recruitment", process=process, stage=stage)
    form = FrameForm(table, guessed_address_roles(table), request.POST or None, initial={"once": uuid.uuid4()})
    is_whole = form.is_valid()
    trial = _try(here, kept.name, table, form)
    if request.POST.get("step") == "take" and is_whole and trial.read is not None:
        problem = _problem(here, form, trial.read)
        if problem is None:
            wanted = _wanted(request, here, form, file)
            job = actions.ask_for_frame(here, wanted, actor_id=request.actor.account_id, now=timezone.now())
            return to_work(job, here)
        form.add_error(None, say(problem))
    context = {"process": here.process, "stage": here, "form": form, "trial": trial, "preview": trial.preview}
    return TemplateResponse(request, "lottery/frame_preview.html", context)


def _try(stage: Stage, name: str, table: Table, form: FrameForm) -> _Trial:
    rule = form.cleaned_data.get("rule", LanguageRule.FIRST) if form.is_bound else LanguageRule.FIRST
    try:
        first = stage.process.first_language
        read = addresses_in(table, form.roles(), rule=LanguageRule(rule), first_language=first)
    except FileError as error:
        return _Trial(preview_of(name, table, (error,)), None)
    return _Trial(preview_of(name, table), read)


def _problem(stage: Stage, form: FrameForm, read: Addresses) -> Sayable | None:
    """Why this list cannot be committed, if it cannot."""
    data = form.cleaned_data
    if read.faults and not data["is_lenient"]:
        return HouseError("lottery.broken_addresses", rows=len(read.faults), line=read.faults[0].line)
    if stage.frames.filter(name=data["name"]).exclude(pk=data["once"]).exists():
        return HouseError("lottery.frame_name_taken", name=data["name"])
    try:
        actions.check_wanted(read.people, data["group_by"], data["counts"])
    except (CoreError, HouseError) as error:
        return error
    return None


def _wanted(request: HouseRequest, stage: Stage, form: FrameForm, file: uuid.UUID) -> actions.FrameFile:
    data: dict[str, Any] = form.cleaned_data
    return actions.FrameFile(
        file=file,
        owner=_owner(request, stage),
        once=data["once"],
        name=data["name"],
        roles=form.roles(),
        rule=LanguageRule(data["rule"]),
        group_by=data["group_by"],
        wanted=data["counts"],
        chance=Chance(data["chance"]),
        source=data["source"],
        is_lenient=data["is_lenient"],
    )


@require_http_methods(["GET", "POST"])
def chance(request: HouseRequest, process: str, stage: str, frame: str) -> HttpResponse:
    """Write the public chance of a list down; the worker draws with it, and destroys the list."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.frame_or_404(here, frame)
    if not permissions.may_hold_draw(request.actor, here, timezone.now()):
        raise PermissionDenied
    form = ChanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seed = form.cleaned_data["public_seed"]
            job = actions.ask_for_invitees(found, seed, actor_id=request.actor.account_id, now=timezone.now())
        except HouseError as error:
            form.add_error("public_seed", say(error))
        else:
            return to_work(job, here)
    context = {"process": here.process, "stage": here, "frame": found, "form": form}
    return TemplateResponse(request, "lottery/frame_chance.html", context)


@require_POST
def discard(request: HouseRequest, process: str, stage: str, frame: str) -> HttpResponse:
    """Destroy a list that nobody was drawn from yet."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.frame_or_404(here, frame)
    if found.is_waiting:
        actions.destroy_frame(found, now=timezone.now())
        messages.success(request, _("The list is destroyed."))
    else:
        messages.warning(request, say(HouseError("lottery.frame_gone")))
    return redirect("lottery:recruitment", process=process, stage=stage)
