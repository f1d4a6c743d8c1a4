"""Drawing the panel from the people of the summit, and giving out its seats."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from burgertop.core.errors import CoreError
from burgertop.foundation.draws.actions import announce_chance, commit, set_quotas
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import quota_table
from burgertop.foundation.files.tables import MOST_BYTES, read_table
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery.reading import quotas_in
from burgertop.stages.panel import actions, permissions
from burgertop.stages.panel.actions.seating import DRAW_NAME
from burgertop.stages.panel.forms import ChanceForm, QuotaFileForm, SeatPanelForm
from burgertop.stages.panel.views.reading import rights_of
from burgertop.stages.summit.queries import feature_names, roster_of

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
    context = {
        "process": one.process,
        "stage": one,
        "draw": draw,
        "step": step,
        "form": form,
        "is_stuck": step == "drawing" and draw is not None and is_stuck(draw),
        "quotas": quota_table(draw) if draw is not None else [],
        **rights_of(request, one),
    }
    return TemplateResponse(request, "panel/seating.html", context)


def step_of(draw: Draw | None) -> str:
    """Say which step comes next: candidates, quotas, seal, chance, drawing or seats."""
    if draw is None:
        return "candidates"
    if draw.state == DrawState.PREPARING:
        return "seal" if draw.quotas.exists() else "quotas"
    if draw.state == DrawState.DRAWN:
        return "seats"
    return "drawing" if draw.public_seed else "chance"


def _form(step: str, stage: Stage, request: HouseRequest) -> SeatPanelForm | QuotaFileForm | ChanceForm | None:
    data, files = request.POST or None, request.FILES or None
    if step == "candidates":
        return SeatPanelForm(stage, feature_names(_candidates(stage)), data)
    if step == "quotas":
        return QuotaFileForm(data, files)
    return ChanceForm(data) if step == "chance" else None


def _candidates(stage: Stage) -> list[Participant]:
    return roster_of(stage)


def _found(request: HouseRequest, stage: Stage, draw: Draw | None, form: SeatPanelForm) -> None:
    candidates = roster_of(stage)
    if not candidates:
        raise HouseError("panel.no_candidates")
    actions.found_panel_draw(
        stage, seats=form.cleaned_data["seats"], features=form.cleaned_data["features"], candidates=candidates
    )


def _set_quotas(request: HouseRequest, stage: Stage, draw: Draw, form: QuotaFileForm) -> None:
    upload = form.cleaned_data["file"]
    set_quotas(draw, quotas_in(read_table(upload.name, upload.read(MOST_BYTES + 1))))
    messages.success(request, _("The quotas are set."))


def _seal(request: HouseRequest, stage: Stage, draw: Draw, form: None) -> None:
    if request.POST.get("do") == "again":
        draw.quotas.all().delete()
        return
    commit(draw, now=timezone.now())
    messages.success(request, _("Pool and quotas are sealed. The digest is in the record."))


def _announce(request: HouseRequest, stage: Stage, draw: Draw, form: ChanceForm) -> None:
    with transaction.atomic():
        announce_chance(draw, form.cleaned_data["public_seed"], now=timezone.now())
        _start(request, stage, draw)


def _draw_again(request: HouseRequest, stage: Stage, draw: Draw, form: None) -> None:
    """Ask the worker once more, when its last try ended without a panel; the chance stays what it was."""
    if is_stuck(draw):
        _start(request, stage, draw)


def is_stuck(draw: Draw) -> bool:
    """Whether no worker is at this draw and it is not drawn."""
    return running_for(draw.pk) is None


def _start(request: HouseRequest, stage: Stage, draw: Draw) -> None:
    start(
        "draws.draw_panel",
        {"draw": str(draw.pk)},
        process_id=stage.process_id,
        actor_id=request.actor.account_id,
        subject=draw.pk,
    )


def _seat(request: HouseRequest, stage: Stage, draw: Draw, form: None) -> None:
    seats = actions.seat_panel(stage, draw, now=timezone.now())
    said = ngettext("%(count)s seat is given out.", "%(count)s seats are given out.", len(seats))
    messages.success(request, said % {"count": len(seats)})


STEPS: dict[str, Callable[..., None]] = {
    "candidates": _found,
    "quotas": _set_quotas,
    "seal": _seal,
    "chance": _announce,
    "drawing": _draw_again,
    "seats": _seat,
}
