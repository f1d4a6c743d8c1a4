"""The first lines of every page: which stage, may it be seen, and the code somebody types to come in."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_for_form, stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit.actions.votes import CODE_PURPOSE
from burgertop.stages.summit.forms import CodeForm
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.permissions import may_run_day, may_see_seats, may_see_stage
from burgertop.stages.summit.queries import rounds_of, table_for_form, table_or_404

__all__ = ["come_in", "hall_stage", "round_shown", "running_stage", "seat_pass", "seen_stage", "seen_table"]


def seen_stage(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment; a stage that is not yet public is not there for the public."""
    read = stage_for_form if request.method == "POST" else stage_or_404
    found, now = read(process, StageKind.SUMMIT, stage), timezone.now()
    if not may_see_stage(request.actor, found, now):
        raise Http404
    return found, now


def seen_table(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> tuple[Table, datetime]:
    """Return a table with its stage, and the moment; of a stage that is not yet public nothing is there."""
    if request.method != "POST":
        found, now = seen_stage(request, process, stage)
        return table_or_404(found, pk), now
    table, now = table_for_form(process, stage, pk), timezone.now()
    if not may_see_stage(request.actor, table.stage, now):
        raise Http404
    return table, now


def running_stage(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment for those who run the day; nobody else comes further."""
    found, now = stage_or_404(process, StageKind.SUMMIT, stage), timezone.now()
    if not may_run_day(request.actor, found, now):
        raise PermissionDenied
    return found, now


def seat_pass(request: HouseRequest, stage: Stage) -> Pass | None:
    """The seat this browser's code opens, as long as the code works."""
    held = request.actor.pass_for(CODE_PURPOSE, stage.process_id)
    if held is None:
        return None
    try:
        code_id = uuid.UUID(held.key)
    except ValueError:
        return None
    return held if is_standing(code_id) else None


def come_in(request: HouseRequest, stage: Stage, form: CodeForm) -> HttpResponse | None:
    """Check a seat code that was typed; on success the browser gets its pass and comes to the same page again."""
    if not form.is_valid():
        return None
    try:
        code = enter(
            stage.process_id,
            CODE_PURPOSE,
            form.cleaned_data["code"],
            network=request.actor.network,
            now=timezone.now(),
        )
    except HouseError as error:
        form.add_error("code", say(error))
        return None
    response = HttpResponseRedirect(request.path)
    grant(request, response, Pass(CODE_PURPOSE, stage.process_id, code.subject, key=str(code.pk)))
    return response


def hall_stage(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment for the staff of the hall and observers; nobody else comes further."""
    found, now = seen_stage(request, process, stage)
    if not may_see_seats(request.actor, found, now):
        raise PermissionDenied
    return found, now


def round_shown(request: HouseRequest, stage: Stage) -> tuple[list[Round], Round | None]:
    """The rounds, and the one that ``?round=`` names; without it the open one, else the first."""
    rounds = rounds_of(stage)
    asked = request.GET.get("round", "")
    shown = next((one for one in rounds if str(one.number) == asked), None)
    return rounds, shown or next((one for one in rounds if one.is_open), None) or next(iter(rounds), None)
