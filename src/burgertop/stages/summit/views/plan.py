"""The plan of seats: made, shown with its figures, computed again; somebody moved by hand with the cost shown first."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.core.errors import CoreError
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import note_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import CodeForm, PlanForm, SwapForm
from burgertop.stages.summit.jobs import RECHECK, SEAT
from burgertop.stages.summit.models import Seat, SeatPlan, Table
from burgertop.stages.summit.queries import room as reads
from burgertop.stages.summit.queries.plan import last_act_of, standing_plan
from burgertop.stages.summit.views.entering import hall_stage, round_shown, running_stage

__all__ = ["draw", "loosen", "move", "plan", "recheck", "undo"]


NEAR = 0.2  # above the bound; further away it says little


def _above(balance: float, bound: float) -> float | None:
    """By which share a plan is above what nobody can beat; none when the bound says nothing."""
    return balance / bound - 1 if bound > 0 else None


def _figures(plan: SeatPlan) -> dict[str, Any]:
    figures = plan.figures
    above = _above(figures["balance"], figures["bound"])
    most = max((balance for _name, balance, _bound in figures["by_feature"]), default=0.0)
    return {
        **figures,
        "above": above,
        "is_near": above is not None and above <= NEAR,
        "most": most,
    }


def _failure(job: Job | None, plan: SeatPlan | None) -> str:
    """Why the last planning came to nothing, until a later one did not."""
    is_over = job is not None and plan is not None and plan.planned_at >= job.made_at
    return note_of(job) if job is not None and job.state == JobState.FAILED and not is_over else ""


@require_safe
def plan(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the standing plan in plain figures, and who sits where: numbers to the organiser, counts to others."""
    found, now = hall_stage(request, process, stage)
    rounds, shown = round_shown(request, found)
    standing = standing_plan(found)
    context = {
        "process": found.process,
        "stage": found,
        "here": "seats",
        "rounds": rounds,
        "round": shown,
        "tables": queries.seat_list(shown) if shown is not None else [],
        "hall": [] if shown is not None else queries.hall_of(found, None),
        "roster_count": len(queries.roster_of(found)),
        "plan": standing,
        "figures": _figures(standing) if standing is not None else None,
        "failure": _failure(reads.last_job_of(found, SEAT), standing),
        "recheck": reads.last_job_of(found, RECHECK),
        "last_move": next(iter(last_act_of(found)), None),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "plan_form": PlanForm(initial={"seed": standing.seed} if standing is not None else None),
        "code_form": CodeForm(),
    }
    return TemplateResponse(request, "summit/seats.html", context)


def _to_job(request: HouseRequest, stage: Stage, kind: str, args: dict[str, object]) -> HttpResponse:
    """Start long work on the seats, and go to its page; from there back to the plan."""
    job = start(
        kind,
        {"stage": str(stage.pk), **args},
        process_id=stage.process_id,
        actor_id=request.actor.account_id,
        subject=stage.pk,
    )
    seats_url = reverse("summit:seats", kwargs={"process": stage.process.slug, "stage": stage.slug})
    job_url = reverse("process:job", kwargs={"process": stage.process.slug, "pk": job.pk})
    return redirect(f"{job_url}?next={seats_url}")


@require_POST
def draw(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Start planning the seats of every planned round; the page of the job shows how far it is."""
    found, _now = running_stage(request, process, stage)
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the public chance first."))
        return redirect("summit:seats", process=process, stage=stage)
    return _to_job(request, found, SEAT, form.cleaned_data)


@require_POST
def recheck(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Start computing the standing plan again, from what the record says."""
    found, _now = running_stage(request, process, stage)
    return _to_job(request, found, RECHECK, {})


@require_POST
def undo(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take back the last move by hand."""
    found, now = running_stage(request, process, stage)
    try:
        many = actions.undo_last_move(found, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        said = ngettext(
            "%(number)s person sits where they sat before.", "%(number)s people sit where they sat before.", many
        )
        messages.success(request, said % {"number": many})
    return redirect("summit:seats", process=process, stage=stage)


def _seat_or_404(stage: Stage, pk: uuid.UUID) -> Seat:
    seats = Seat.objects.select_related("round", "table", "participant")
    return get_object_or_404(seats, pk=pk, round__stage=stage)


@require_POST
def loosen(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Let a seat that was changed by hand go: the next plan may move this person."""
    found, _now = running_stage(request, process, stage)
    seat = _seat_or_404(found, pk)
    actions.loosen_seat(seat)
    return redirect("summit:table_seats", process=process, stage=stage, pk=seat.table_id)


def _target(stage: Stage, seat: Seat, form: SwapForm) -> tuple[Table, Seat | None]:
    """The table somebody goes to, and the seat they change with, if any."""
    if form.cleaned_data["number"]:
        return queries.table_numbered(stage, form.cleaned_data["number"]), None
    (person,) = queries.people_numbered(stage, [form.cleaned_data["swap"].strip()])
    other = Seat.objects.filter(round=seat.round, participant=person).select_related("table").first()
    if other is None:
        raise HouseError("seating.unseated", ids=(form.cleaned_data["swap"],))
    return other.table, other


@require_http_methods(["GET", "POST"])
def move(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Move one person: first what it would change, then, with ``do``, the move itself."""
    found, now = running_stage(request, process, stage)
    seat = _seat_or_404(found, pk)
    form = SwapForm(request.POST or None)
    cost, target = None, None
    if request.method == "POST" and form.is_valid():
        try:
            target, other = _target(found, seat, form)
            if "do" in request.POST:
                if other is not None:
                    actions.swap_seats(seat, other, now=now)
                else:
                    actions.move_seat(seat, target, now=now)
                messages.success(request, _("Moved to table %(number)s.") % {"number": target.number})
                address = reverse("summit:seats", kwargs={"process": process, "stage": stage})
                return redirect(f"{address}?round={seat.round.number}")
            cost = actions.move_cost(found, seat, target, swap_with=other)
        except (HouseError, CoreError) as error:
            form.add_error(None, say(error))
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "seat": seat,
        "target": target,
        "cost": cost,
        "broken": [say(one) for one in cost.broken] if cost is not None else [],
        "mended": [say(one) for one in cost.mended] if cost is not None else [],
    }
    return TemplateResponse(request, "summit/move.html", context)
