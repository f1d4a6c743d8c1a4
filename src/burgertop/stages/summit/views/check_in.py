"""Checking in at the desk, without JavaScript: find somebody, let them in or out, put right what went wrong."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.actions import Source
from burgertop.stages.summit.forms import FindForm, SettleForm
from burgertop.stages.summit.models import Settled
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["clash", "desk", "guest", "once_of"]

IN, OUT, UNDO, NEW_BADGE = "in", "out", "undo", "badge"
PHOTOS = {"photos": True, "no_photos": False}


def checking_stage(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment for those who check people in; nobody else comes further."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_check_in(request.actor, found, now):
        raise PermissionDenied
    return found, now


@require_http_methods(["GET", "POST"])
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Find somebody by code or name; nothing is checked in before a name is chosen."""
    found, now = checking_stage(request, process, stage)
    form = FindForm(request.POST or None)
    guests: list[queries.Guest] = []
    if request.method == "POST" and form.is_valid():
        by = request.actor.account_id
        try:
            guests = actions.find_guests(found, form.cleaned_data["typed"], by=by, is_desk=True, now=now)
        except HouseError as error:
            form.add_error("typed", say(error))
    context = {"process": found.process, "stage": found, "form": form, "guests": guests, "now": now}
    return TemplateResponse(request, "summit/check_in.html", context)


@require_http_methods(["GET", "POST"])
def guest(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one person; POST checks in or out, takes it back, gives a new badge, or keeps a word about photos.

    Sent twice it counts once.
    """
    found, now = checking_stage(request, process, stage)
    people = Participant.objects.filter(process=found.process, erased_at__isnull=True).select_related("identity")
    person = get_object_or_404(people, pk=pk)
    scan, told, refused = None, "", ""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == NEW_BADGE:
        actions.replace_badge(found, person, now=now)
        told = _("The old badge is good no longer. Give them this code until the new badge is printed.")
    elif do == UNDO:
        if not permissions.may_run_doors(request.actor, found, now):
            raise PermissionDenied
        for arrival in queries.arrivals_of(found).filter(participant=person):
            arrival.stage = found
            actions.undo_arrival(arrival, by=request.actor.account_id, now=now)
        told = _("The check-in is taken back. What was scanned is kept.")
    elif do in PHOTOS:
        told, refused = _about_photos(person, is_yes=PHOTOS[do], now=now)
    elif do in {IN, OUT}:
        source = Source(by=request.actor.account_id)
        scan = actions.check_in(found, person, source, is_out=do == OUT, once=once_of(request), now=now)
    context = {
        "process": found.process,
        "stage": found,
        "guest": actions.open_guest(found, person, by=request.actor.account_id, now=now),
        "scan": scan,
        "told": told,
        "refused": refused,
        "photos": queries.photo_answer_of(person),
        "once": uuid.uuid4(),
        "badge": queries.badge_codes(found, [person.pk])[person.pk] if do == NEW_BADGE else "",
        "may_run": permissions.may_run_doors(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/guest.html", context)


def _about_photos(person: Participant, *, is_yes: bool, now: datetime) -> tuple[str, str]:
    """What to say after a word about photos was kept, or why it was not."""
    try:
        actions.agree_to_photos(person, is_yes=is_yes, now=now)
    except HouseError as error:
        return "", say(error)
    if is_yes:
        return _("Noted. Print a new badge, or take the mark off this one."), ""
    return _("Noted, and it counts at once. Put an orange dot on the badge."), ""


def once_of(request: HouseRequest) -> uuid.UUID:
    """The id that a form brought, so that the same form sent twice counts once."""
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()


@require_http_methods(["GET", "POST"])
def clash(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one person who was checked in at two doors; POST says what it was."""
    found, now = checking_stage(request, process, stage)
    told = queries.clash_or_404(found, pk)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        settled = Settled(form.cleaned_data["settled"])
        actions.settle_clash(told, settled, by=request.actor.account_id, now=timezone.now())
        if settled == Settled.COPIED_BADGE and told.second.participant_id is not None:
            return redirect("summit:guest", process=process, stage=stage, pk=told.second.participant_id)
        return redirect("summit:doors", process=process, stage=stage)
    person = told.second.participant
    context = {
        "process": found.process,
        "stage": found,
        "clash": told,
        "form": form,
        "guest": actions.open_guest(found, person, by=request.actor.account_id, now=now) if person else None,
    }
    return TemplateResponse(request, "summit/clash.html", context)
