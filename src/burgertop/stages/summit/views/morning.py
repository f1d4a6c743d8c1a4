"""The morning: who is here and who is missing; a plan for those who are here, looked at and done; walk-ins seated."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from burgertop.core.errors import CoreError
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import JobState
from burgertop.foundation.jobs.queries import note_of
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import ReseatForm
from burgertop.stages.summit.jobs import RESEAT
from burgertop.stages.summit.models import PlanKind
from burgertop.stages.summit.news import doors_topic
from burgertop.stages.summit.queries import room as reads
from burgertop.stages.summit.queries.doors import present_in
from burgertop.stages.summit.queries.plan import standing_plan
from burgertop.stages.summit.views.entering import hall_stage, running_stage

__all__ = ["accept", "morning", "moves", "propose", "seat_waiting"]


@require_safe
def morning(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show who is here, who waits for a seat, and what is proposed; counts only to observers.

    Who is here is fetched alone when somebody comes in.
    """
    found, now = hall_stage(request, process, stage)
    plan = standing_plan(found)
    job = reads.last_job_of(found, RESEAT)
    context = {
        "process": found.process,
        "stage": found,
        "here": "morning",
        "plan": plan,
        "is_reseated": plan is not None and plan.kind == PlanKind.RESEATED,
        "morning": reads.morning_of(found),
        "failure": note_of(job) if job is not None and job.state == JobState.FAILED else "",
        "form": ReseatForm(initial={"seed": plan.seed} if plan is not None else None),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "may_see_guests": permissions.may_see_guests(request.actor, found, now),
        "live_url": address_of(doors_topic(found)),
    }
    name = "summit/_morning.html" if "HX-Request" in request.headers else "summit/morning.html"
    return TemplateResponse(request, name, context)


@require_POST
def propose(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Start planning for those who are here; what comes out is shown, and nothing changes."""
    found, _now = running_stage(request, process, stage)
    form = ReseatForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the public chance first."))
        return redirect("summit:morning", process=process, stage=stage)
    args = {"stage": str(found.pk), **form.cleaned_data}
    job = start(RESEAT, args, process_id=found.process_id, actor_id=request.actor.account_id, subject=found.pk)
    back = reverse("summit:morning", kwargs={"process": process, "stage": stage})
    return redirect(f"{reverse('process:job', kwargs={'process': process, 'pk': job.pk})}?next={back}")


@require_POST
def accept(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Do what was proposed and looked at; with ``no`` forget it."""
    found, now = running_stage(request, process, stage)
    if "no" in request.POST:
        actions.discard_proposal(found)
        return redirect("summit:morning", process=process, stage=stage)
    try:
        plan = actions.accept_proposal(found, pk, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        moved = plan.figures["moved"]
        said = ngettext(
            "Done: %(number)s person changes tables. Show the list of moves.",
            "Done: %(number)s people change tables. Show the list of moves.",
            moved,
        )
        messages.success(request, said % {"number": moved} if moved else _("Done: nobody changes tables."))
    return redirect("summit:morning", process=process, stage=stage)


@require_POST
def seat_waiting(request: HouseRequest, process: str, stage: str, pk: uuid.UUID | None = None) -> HttpResponse:
    """Seat one walk-in, or everybody who waits; nobody else moves."""
    found, now = running_stage(request, process, stage)
    try:
        if pk is None:
            number, error = actions.seat_waiting(found, reads.waiting_for_seat(found), now=now)
            said = ngettext("%(number)s person has a seat now.", "%(number)s people have a seat now.", number)
            messages.success(request, said % {"number": number} if number else _("Nobody got a seat."))
            if error is not None:
                messages.error(request, say(error))
        else:
            person = get_object_or_404(Participant, pk=pk, process=found.process_id, pk__in=present_in(found))
            seats = actions.seat_walk_in(found, person, now=now)
            tables = "; ".join(
                _("round %(round)s: table %(table)s") % {"round": seat.round.number, "table": seat.table.number}
                for seat in seats
            )
            messages.success(request, f"{queries.label_of(person)} – {tables}")
    except (CoreError, HouseError) as caught:
        messages.error(request, say(caught))
    return redirect("summit:morning", process=process, stage=stage)


@require_safe
def moves(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """The list to print or to show: who changes tables, by number."""
    found, now = hall_stage(request, process, stage)
    plan = standing_plan(found)
    is_shown = plan is not None and plan.kind == PlanKind.RESEATED
    if not permissions.may_see_guests(request.actor, found, now):
        raise PermissionDenied
    context = {
        "process": found.process,
        "stage": found,
        "plan": plan,
        "moves": reads.moves_in(found, plan) if plan is not None and is_shown else (),
    }
    return TemplateResponse(request, "summit/moves.html", context)
