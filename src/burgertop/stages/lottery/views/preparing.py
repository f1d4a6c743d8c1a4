"""The organiser's work before the seal: a draw, its pool, its quotas, and whether a panel exists."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.core.errors import CoreError
from burgertop.core.sortition import Feasibility, Quotas
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import quota_table, round_of, rounds_of
from burgertop.foundation.draws.terms import feasibility_of, terms_of
from burgertop.foundation.files import scratch
from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.previews import preview_of
from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries, trying
from burgertop.stages.lottery.forms import ConfirmForm, DutiesForm, NewDrawForm, PoolForm, QuotasForm
from burgertop.stages.lottery.reading import guessed_roles
from burgertop.stages.lottery.views.finding import draw_for, to_job, to_page

__all__ = ["check", "desk", "duties", "new_draw", "pool", "pool_preview", "quotas", "quotas_file", "quotas_preview"]

LOOK_SECONDS = 5.0


def _owner(request: HouseRequest, draw: Draw) -> str:
    return f"{draw.pk}:{request.actor.account_id}"


@require_http_methods(["GET", "POST"])
def new_draw(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Make a draw of this lottery."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    if not permissions.may_prepare(request.actor, here, timezone.now()):
        raise PermissionDenied
    form = NewDrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = draws.found_draw(here, form.cleaned_data["name"], seats=form.cleaned_data["seats"])
        except HouseError as error:
            form.add_error("name", say(error))
        else:
            return redirect("lottery:desk", process=process, stage=stage, draw=made.name)
    context = {"process": here.process, "stage": here, "form": form}
    return TemplateResponse(request, "lottery/new_draw.html", context)


@require_safe
def desk(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Show where the work on a draw stands, with the exact counts of the pool against the quotas."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    now = timezone.now()
    if not permissions.may_read_pool(request.actor, here, now):
        raise PermissionDenied
    found = queries.draw_or_404(here, draw)
    filling, job, recheck = (queries.last_job(found, kind) for kind in (actions.POOL, actions.LOTTERY, actions.RECHECK))
    context = {
        "process": here.process,
        "stage": here,
        "draw": found,
        "round": round_of(found),
        "rounds": [(one, queries.chances_of(one)) for one in rounds_of(found)],
        "steps": queries.steps_of(found),
        "features": queries.lines_of(found, is_public=False),
        "intakes": found.intakes.all()[:10],
        "filling": filling,
        "filling_failure": queries.failure_of(filling),
        "job": job,
        "failure": queries.failure_of(job),
        "recheck": recheck,
        "recheck_failure": queries.failure_of(recheck),
        "checks": queries.checks_in(recheck),
        "vacancies": queries.vacancies_of(found),
        **_rights(request, found),
    }
    return TemplateResponse(request, "lottery/desk.html", context)


def _rights(request: HouseRequest, draw: Draw) -> dict[str, bool]:
    """What this person may do on the desk, given where the draw stands."""
    now = timezone.now()
    is_preparing = draw.state == DrawState.PREPARING
    may_prepare = permissions.may_prepare(request.actor, draw.stage, now)
    may_hold_draw = permissions.may_hold_draw(request.actor, draw.stage, now)
    can_go = queries.can_be_computed(draw)
    return {
        "may_fill": may_prepare and is_preparing,
        "may_prepare": may_prepare and is_preparing and draw.filling_from is None,
        "may_hold_draw": may_hold_draw,
        "may_compute": can_go and (may_hold_draw or (may_prepare and is_preparing)),
        "may_check": can_go and may_prepare,
        "may_read_roster": permissions.may_read_roster(request.actor, draw.stage, now),
    }


@require_http_methods(["GET", "POST"])
def pool(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Choose a file with people for the pool."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    return _upload(request, found, "pool_preview", "lottery/pool.html")


@require_http_methods(["GET", "POST"])
def quotas_file(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Choose a file with quotas."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    return _upload(request, found, "quotas_preview", "lottery/quotas_file.html")


def _upload(request: HouseRequest, draw: Draw, next_page: str, template: str) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if draw.state != DrawState.PREPARING:
        messages.warning(request, say(HouseError("draws.sealed")))
        return to_page("desk", draw)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        file = scratch.keep(form.name, form.content, owner=_owner(request, draw), sheet=sheet)
        return to_page(next_page, draw, file=file)
    context = {"process": draw.stage.process, "stage": draw.stage, "draw": draw, "form": form}
    return TemplateResponse(request, template, context)


@require_http_methods(["GET", "POST"])
def pool_preview(request: HouseRequest, process: str, stage: str, draw: str, file: uuid.UUID) -> HttpResponse:
    """Say what each column is and what would happen; take the people in when that is confirmed."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    try:
        kept = scratch.fetch(file, owner=_owner(request, found))
        table = kept.table()
    except FileError as error:
        return _gone(request, found, error, "pool")
    form = PoolForm(table, guessed_roles(table), request.POST or None, initial={"once": uuid.uuid4()})
    is_whole = form.is_valid()
    trial = _trial(found, table, form) if is_whole or not form.is_bound else None
    if request.POST.get("step") == "take" and is_whole and trial is not None and not trial.problems:
        wanted = actions.PoolFile(
            file,
            _owner(request, found),
            form.roles(),
            form.people_origin(),
            form.cleaned_data["once"],
            form.cleaned_data["is_fresh"],
        )
        job = actions.ask_for_pool(found, wanted, actor_id=request.actor.account_id, now=timezone.now())
        return to_job(job, found)
    preview = preview_of(kept.name, table, trial.problems if trial else ())
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/pool_preview.html", context | {"preview": preview, "trial": trial})


def _trial(draw: Draw, table: Table, form: PoolForm) -> trying.PoolTrial:
    is_fresh = form.is_bound and form.cleaned_data["is_fresh"]
    return trying.try_pool(draw, table, form.roles(), form.people_origin(), is_fresh=is_fresh)


@require_http_methods(["GET", "POST"])
def quotas_preview(request: HouseRequest, process: str, stage: str, draw: str, file: uuid.UUID) -> HttpResponse:
    """Show the quotas of a file against the pool; take them in when that is confirmed."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    try:
        kept = scratch.fetch(file, owner=_owner(request, found))
        table = kept.table()
    except FileError as error:
        return _gone(request, found, error, "quotas_file")
    trial = trying.try_quotas(found, table)
    form = ConfirmForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid() and not trial.problems:
        try:
            actions.take_quotas(
                found,
                trial.quotas,
                once=form.cleaned_data["once"],
                digest=fingerprint(kept.content),
                now=timezone.now(),
            )
        except (CoreError, HouseError) as error:
            form.add_error(None, say(error))
        else:
            scratch.drop(file)
            messages.success(request, _("The quotas are in place."))
            return to_page("desk", found)
    preview = preview_of(kept.name, table, trial.problems)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/quotas_preview.html", context | {"preview": preview, "trial": trial})


def _gone(request: HouseRequest, draw: Draw, error: FileError, page: str) -> HttpResponse:
    """Go on to the desk when this very confirmation was taken before, else ask for the file again."""
    sent = ConfirmForm(request.POST or None)
    if sent.is_bound and sent.is_valid() and queries.intake_of(sent.cleaned_data["once"]):
        messages.info(request, _("This was done already. Nothing was done twice."))
        return to_page("desk", draw)
    messages.warning(request, say(error))
    return to_page(page, draw)


@require_http_methods(["GET", "POST"])
def quotas(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Change seats, rule and quotas by hand; HTMX asks whether a panel could meet them as they are typed."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    if found.state != DrawState.PREPARING:
        messages.warning(request, say(HouseError("draws.sealed")))
        return to_page("desk", found)
    form = QuotasForm(quota_table(found), found, request.POST or None)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    if request.POST.get("step") == "look":
        context |= {"is_looked": True, **(_feasible(found, form) if form.is_valid() else {})}
        name = "lottery/_feasible.html" if "HX-Request" in request.headers else "lottery/quotas.html"
        return TemplateResponse(request, name, context)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_quotas(found, form.terms(), form.quotas())
        except (CoreError, HouseError) as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The quotas are in place."))
            return to_page("desk", found)
    return TemplateResponse(request, "lottery/quotas.html", context)


def _feasible(draw: Draw, form: QuotasForm) -> dict[str, Any]:
    """Say whether a panel meets the quotas as they are typed; nothing is stored."""
    wanted = form.terms()
    try:
        quotas = Quotas(wanted["seats"], form.quotas())
        terms = replace(terms_of(draw), quotas=quotas, per_household=wanted["per_household"])
        return _told(feasibility_of(terms, time_limit_seconds=LOOK_SECONDS))
    except (CoreError, HouseError) as error:
        return {"problem": say(error)}


def _told(answer: Feasibility) -> dict[str, Any]:
    return {"answer": answer, "moves": queries.relaxations_in(answer)}


@require_http_methods(["GET", "POST"])
def duties(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Say who has a seat in any case and who cannot be drawn."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    if found.state != DrawState.PREPARING:
        messages.warning(request, say(HouseError("draws.sealed")))
        return to_page("desk", found)
    form = DutiesForm(request.POST or None, initial=queries.duties_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            draws.set_duties(found, form.duties())
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("This is noted."))
            return to_page("desk", found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "form": form}
    return TemplateResponse(request, "lottery/duties.html", context)


@require_POST
def check(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Say whether a panel exists; if not, which quotas clash and the smallest change that would help."""
    found = draw_for(request, process, stage, draw, permissions.may_prepare)
    context: dict[str, Any] = {"process": found.stage.process, "stage": found.stage, "draw": found}
    context["may_hold_draw"] = permissions.may_hold_draw(request.actor, found.stage, timezone.now())
    try:
        context |= _told(feasibility_of(terms_of(found)))
    except (CoreError, HouseError) as error:
        context |= {"problem": say(error)}
    return TemplateResponse(request, "lottery/check.html", context)
