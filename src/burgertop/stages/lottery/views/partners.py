"""Partner seats: the organiser gives them, a partner nominates with a signed link; names are shown to neither."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import NominationForm, PartnerForm, PartnerShareForm, SeatsForm, WithdrawForm
from burgertop.stages.lottery.models import Partner
from burgertop.stages.lottery.views.finding import stage_for

__all__ = ["link", "nominate", "partners", "seats", "share", "withdraw"]


@require_http_methods(["GET", "POST"])
def partners(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the partners with their seats in counts; POST adds one."""
    here = stage_for(request, process, stage, permissions.may_invite)
    form = PartnerForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_partner(here, data["name"], seats=data["seats"], once=data["once"], now=timezone.now())
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("This is noted."))
            return redirect("lottery:partners", process=process, stage=stage)
    invitation = actions.invitation_of(here)
    context = {
        "process": here.process,
        "stage": here,
        "form": form,
        "share_form": PartnerShareForm(initial={"percent": round(100 * invitation.partner_share)}),
        "partners": queries.partner_counts(here),
        "given": queries.seats_of_partners(here),
        "most": queries.most_partner_seats(here),
    }
    return TemplateResponse(request, "lottery/partners.html", context)


@require_POST
def share(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Set how much of all seats partners may have."""
    here = stage_for(request, process, stage, permissions.may_invite)
    form = PartnerShareForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Give a number from 0 to 50."))
        return redirect("lottery:partners", process=process, stage=stage)
    try:
        actions.set_partner_share(here, form.cleaned_data["percent"] / 100, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.success(request, _("This is noted."))
    return redirect("lottery:partners", process=process, stage=stage)


@require_POST
def seats(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give one partner more seats or fewer."""
    here = stage_for(request, process, stage, permissions.may_invite)
    partner = queries.partner_or_404(here, pk)
    form = SeatsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Give a number of seats, one at least."))
        return redirect("lottery:partners", process=process, stage=stage)
    try:
        actions.set_seats_of_partner(partner, form.cleaned_data["seats"], now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.success(request, _("This is noted."))
    return redirect("lottery:partners", process=process, stage=stage)


@require_POST
def link(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a new link for a partner and show it once; the one before no longer opens."""
    here = stage_for(request, process, stage, permissions.may_invite)
    partner = actions.renew_partner_link(queries.partner_or_404(here, pk))
    path = actions.link_for_partner(partner, _page_of(here))
    address = request.build_absolute_uri(path)
    context = {"process": here.process, "stage": here, "partner": partner, "address": address}
    response = TemplateResponse(request, "lottery/partner_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def nominate(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """The page of a partner: how many of its seats are taken, and the form for one person more."""
    here, partner = _partner(request, process, stage)
    form = NominationForm(list(here.process.languages), request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.nominate(partner, form.nomination(), now=timezone.now())
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            said = _("Nominated as number %(number)s. We write to this person, who answers for themselves.")
            messages.success(request, said % {"number": made.order})
            return redirect("lottery:nominate", process=process, stage=stage)
    context = {
        "process": here.process,
        "stage": here,
        "partner": partner,
        "form": form,
        "count": next(one for one in queries.partner_counts(here) if one.partner == partner),
        "open": queries.open_nominations(partner),
    }
    return TemplateResponse(request, "lottery/nominate.html", context)


@require_POST
def withdraw(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take a nomination back that was not answered."""
    _here, partner = _partner(request, process, stage)
    form = WithdrawForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else 0
    try:
        actions.withdraw_nomination(partner, number, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.success(request, _("Nomination %(number)s is taken back. The seat is free.") % {"number": number})
    return redirect("lottery:nominate", process=process, stage=stage)


def _partner(request: HouseRequest, process: str, stage: str) -> tuple[Stage, Partner]:
    """The partner whose link this browser opened; refuse everybody else."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    partner = permissions.partner_of(request.actor, here)
    if partner is None or not permissions.may_nominate(request.actor, here, timezone.now()):
        raise PermissionDenied
    partner.stage = here
    return here, partner


def _page_of(stage: Stage) -> str:
    return reverse("lottery:nominate", kwargs={"process": stage.process.slug, "stage": stage.slug})
