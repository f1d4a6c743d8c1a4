"""Drawing the panel from the people of the summit, and giving out its seats."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from burgertop.core.errors import CoreError
from burgertop.foundation.draws.actions import seal, set_quotas, take_chance
from burgertop.foundation.draws.models import Chance, Draw, DrawState
from burgertop.foundation.draws.queries import quota_table, round_of
from burgertop.foundation.files.tables import MOST_BYTES, read_table
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery.actions import LOTTERY, compute
from burgertop.stages.lottery.forms import ChanceForm, SealForm
from burgertop.stages.lottery.queries import failure_of, last_job
from burgertop.stages.lottery.reading import quotas_in
from burgertop.stages.panel import actions, permissions
from burgertop.stages.panel.actions.seating import DRAW_NAME
from burgertop.stages.panel.forms import QuotaFileForm, SeatPanelForm
from burgertop.stages.panel.views.reading import rights_of
from burgertop.stages.summit.queries import drawn_of, feature_names

__all__ = ["seating"]


@require_http_methods(["GET", "POST"])
def seating(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Lead through the draw of the panel, one step after the other, to numbered seats."""
    one = stage_or_404(process, StageKind.PANEL, stage)
    if not permissions.may_run(request.actor, one, timezone.now()):
        raise PermissionDenied
    draw = Draw.objects.filter(stage=one, name=DRAW_NAME).first()
    step = step_of(draw)
    if request.method == "POST" and request.POST.get("step") != step:
        messages.warning(request, _("This step is done already. Here is the next one."))
        return redirect("panel:seating", process=process, stage=stage)
    form = _form(step, one, request)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            STEPS[step](request, one, draw, form)
        except (HouseError, CoreError) as error:
            messages.error(request, say(error))
        return redirect("panel:seating", process=process, stage=stage)
    job = last_job(draw, LOTTERY) if draw is not None else None
    context = {
        "process": one.process,
        "stage": one,
        "draw": draw,
        "step": step,
        "form": form,
        "round": round_of(draw) if draw is not None else None,
        "job": job,
        "failure": failure_of(job),
        "quotas": quota_table(draw) if draw is not None else [],
        **rights_of(request, one),
    }
    return TemplateResponse(request, "panel/seating.html", context)


def step_of(draw: Draw | None) -> str:
    """Say which step comes next: candidates, quotas, lottery, seal, chance or seats."""
    if draw is None:
        return "candidates"
    if draw.state == DrawState.DRAWN:
        return "seats"
    if draw.state == DrawState.COMMITTED:
        return "chance"
    if round_of(draw) is not None:
        return "seal"
    return "lottery" if draw.quotas.exists() else "quotas"


def _form(step: str, stage: Stage, request: HouseRequest) -> forms.Form | None:
    data, files = request.POST or None, request.FILES or None
    if request.POST.get("do") == "again":
        return None
    if step == "candidates":
        return SeatPanelForm(stage, feature_names(drawn_of(stage)), data)
    if step == "quotas":
        return QuotaFileForm(data, files)
    if step == "seal":
        return SealForm(data)
    return ChanceForm(data) if step == "chance" else None


def _found(request: HouseRequest, stage: Stage, draw: Draw | None, form: SeatPanelForm) -> None:
    candidates = drawn_of(stage)
    if not candidates:
        raise HouseError("panel.no_candidates")
    actions.found_panel_draw(
        stage, seats=form.cleaned_data["seats"], features=form.cleaned_data["features"], candidates=candidates
    )


def _set_quotas(request: HouseRequest, stage: Stage, draw: Draw, form: QuotaFileForm) -> None:
    upload = form.cleaned_data["file"]
    set_quotas(draw, quotas_in(read_table(upload.name, upload.read(MOST_BYTES + 1))))
    messages.success(request, _("The quotas are set."))


def _compute(request: HouseRequest, stage: Stage, draw: Draw, form: None) -> None:
    """Let the worker compute the lottery, or take the quotas back to set others."""
    if request.POST.get("do") == "again":
        set_quotas(draw, ())
    else:
        compute(draw, actor_id=request.actor.account_id, now=timezone.now())


def _seal(request: HouseRequest, stage: Stage, draw: Draw, form: SealForm | None) -> None:
    """Seal the lottery, or throw it away to set other quotas."""
    if form is None:
        set_quotas(draw, ())
        return
    data = form.cleaned_data
    seal(draw, chance=Chance(data["chance"]), source=data["source"], now=timezone.now())
    messages.success(request, _("The lottery is sealed. Its commitment stands in the record."))


def _draw(request: HouseRequest, stage: Stage, draw: Draw, form: ChanceForm) -> None:
    take_chance(draw, form.cleaned_data["public_seed"], now=timezone.now())


def _seat(request: HouseRequest, stage: Stage, draw: Draw, form: None) -> None:
    seats = actions.seat_panel(stage, draw, now=timezone.now())
    said = ngettext("%(count)s seat is given out.", "%(count)s seats are given out.", len(seats))
    messages.success(request, said % {"count": len(seats)})


STEPS: dict[str, Callable[..., None]] = {
    "candidates": _found,
    "quotas": _set_quotas,
    "lottery": _compute,
    "seal": _seal,
    "chance": _draw,
    "seats": _seat,
}
