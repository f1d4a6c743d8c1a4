"""An invitee's own page: the code of the letter opens it; the answer, what one needs, what one agrees to."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import forget, grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import CodeForm, ConfirmForm, NeedsForm, ReplyForm
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Reply
from burgertop.stages.lottery.views.finding import stage_for

__all__ = ["erase", "mine", "needs", "reply"]


@require_http_methods(["GET", "POST"])
def reply(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the code of a letter and open the page of its person."""
    here = stage_for(request, process, stage, permissions.may_see_draw)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, now = form.cleaned_data["typed"], timezone.now()
        try:
            entered = enter(here.process_id, actions.REPLY, typed, network=request.actor.network, now=now)
        except HouseError as error:
            form.add_error("typed", say(error))
        else:
            response = redirect("lottery:reply_mine", process=process, stage=stage)
            grant(request, response, Pass(actions.REPLY, here.process_id, entered.subject, key=str(entered.pk)))
            return response
    context = {"process": here.process, "stage": here, "form": form, "invitation": queries.invitation_or_none(here)}
    return TemplateResponse(request, "lottery/reply.html", context)


@require_http_methods(["GET", "POST"])
def mine(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show what was answered; POST answers or changes it."""
    here = stage_for(request, process, stage, permissions.may_see_draw)
    invitee = _invitee(request, here)
    if invitee is None:
        return redirect("lottery:reply", process=process, stage=stage)
    known = queries.reply_of(invitee)
    form = ReplyForm(known, here.process, request.POST or None)
    may_reply = permissions.may_reply(request.actor, here, timezone.now())
    if request.method == "POST" and form.is_valid() and may_reply:
        try:
            draft, version = form.draft(request.LANGUAGE_CODE), form.cleaned_data["version"]
            given = actions.answer(invitee, draft, channel=Channel.WEB, version=version, now=timezone.now())
        except HouseError as error:
            known = queries.reply_of(invitee)
            form = ReplyForm(known, here.process)
            messages.warning(request, say(error))
        else:
            page = "lottery:needs" if given.answer == Answer.YES else "lottery:reply_mine"
            return redirect(page, process=process, stage=stage)
    context = _context(here, invitee, known) | {"form": form, "may_reply": may_reply}
    context["show_form"] = known is None or "change" in request.GET or form.errors
    return TemplateResponse(request, "lottery/reply_mine.html", context)


@require_http_methods(["GET", "POST"])
def needs(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Ask once what somebody who comes needs, and what they agree to."""
    here = stage_for(request, process, stage, permissions.may_see_draw)
    invitee = _invitee(request, here)
    known = queries.reply_of(invitee) if invitee is not None else None
    if invitee is None or known is None or known.answer != Answer.YES:
        return redirect("lottery:reply_mine", process=process, stage=stage)
    given = {str(one.purpose) for one in queries.consents_given(invitee) if one.withdrawn_at is None}
    form = NeedsForm(known, list(here.process.languages), given, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_needs(
                known, form.cleaned_data, form.agreed(), version=form.cleaned_data["version"], now=timezone.now()
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Saved. You can change this at any time."))
            return redirect("lottery:reply_mine", process=process, stage=stage)
    context = _context(here, invitee, known) | {"form": form}
    return TemplateResponse(request, "lottery/needs.html", context)


@require_http_methods(["GET", "POST"])
def erase(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Delete what is kept of an invitee, after a question."""
    here = stage_for(request, process, stage, permissions.may_see_draw)
    invitee = _invitee(request, here)
    if invitee is None:
        return redirect("lottery:reply", process=process, stage=stage)
    form = ConfirmForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        actions.erase_invitee(invitee, now=timezone.now())
        messages.success(request, _("Your data are erased."))
        home = reverse("lottery:home", kwargs={"process": process, "stage": stage})
        response = HttpResponseRedirect(home)
        forget(request, response, actions.REPLY, here.process_id)
        return response
    context = {"process": here.process, "stage": here, "form": form}
    return TemplateResponse(request, "lottery/reply_erase.html", context)


def _context(stage: Stage, invitee: Invitee, known: Reply | None) -> dict[str, Any]:
    invitation = queries.invitation_or_none(stage)
    return {
        "process": stage.process,
        "stage": stage,
        "invitation": invitation,
        "is_late": invitee.partner is None and invitation is not None and invitation.is_late(timezone.now()),
        "reply": known,
        "partner": invitee.partner,
        "consents": queries.consents_given(invitee),
    }


def _invitee(request: HouseRequest, stage: Stage) -> Invitee | None:
    """Whose page this browser's code opens; a replaced code opens nothing."""
    held = request.actor.pass_for(actions.REPLY, stage.process_id)
    if held is None or not held.key or not is_standing(uuid.UUID(held.key)):
        return None
    people = Invitee.objects.filter(stage=stage, erased_at__isnull=True).select_related("partner")
    invitee = people.filter(pk=held.subject).first()
    if invitee is not None:
        invitee.stage = stage
    return invitee
