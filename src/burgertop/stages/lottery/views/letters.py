"""The recruitment at a glance, the texts of the letters, their waves and files, and the page that proves them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import ConfirmForm, InvitationForm, SentForm, WaveForm
from burgertop.stages.lottery.views.finding import stage_for, to_work

__all__ = ["bundle", "forget_reserve", "letter", "print_again", "print_letters", "recruitment", "sent", "texts", "wave"]


@require_safe
def recruitment(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show how far the recruitment is: lists, waves, numbers; no names."""
    here = stage_for(request, process, stage, permissions.may_read_pool)
    commit, draws, prints = (
        queries.last_jobs(here.process_id, kind) for kind in (actions.COMMIT, actions.INVITE, actions.PRINT)
    )
    context = {
        "process": here.process,
        "stage": here,
        "invitation": queries.invitation_or_none(here),
        "frames": [(one, draws.get(one.pk)) for one in queries.frames_of(here)],
        "commit": commit.get(here.pk),
        "commit_failure": queries.failure_of(commit.get(here.pk)),
        "waves": [(one, prints.get(one.pk)) for one in queries.waves_of(here)],
        "counts": queries.recruited(here),
        "sent_form": SentForm(initial={"sent_on": timezone.localdate()}),
        "may_invite": permissions.may_invite(request.actor, here, timezone.now()),
        "may_hold_draw": permissions.may_hold_draw(request.actor, here, timezone.now()),
        "may_take_replies": permissions.may_take_replies(request.actor, here, timezone.now()),
    }
    return TemplateResponse(request, "lottery/recruitment.html", context)


@require_http_methods(["GET", "POST"])
def texts(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Set the last day to answer, the envelope and the texts of the letters."""
    here = stage_for(request, process, stage, permissions.may_invite)
    invitation = actions.invitation_of(here)
    form = InvitationForm(invitation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_invitation(invitation, form.terms(), form.words(), timezone.now())
        messages.success(request, _("This is noted."))
        return redirect("lottery:recruitment", process=process, stage=stage)
    context = {"process": here.process, "stage": here, "form": form}
    return TemplateResponse(request, "lottery/letter_texts.html", context)


@require_http_methods(["GET", "POST"])
def wave(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Say who gets a letter now; the worker prints."""
    here = stage_for(request, process, stage, permissions.may_invite)
    form = WaveForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            planned = actions.plan_wave(
                here, is_reminder=data["kind"] == "reminder", most=data["most"], once=data["once"], now=now
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            planned.stage = here
            return to_work(actions.ask_for_letters(planned, actor_id=request.actor.account_id, now=now), here)
    context = {"process": here.process, "stage": here, "form": form, "counts": queries.recruited(here)}
    return TemplateResponse(request, "lottery/wave.html", context)


@require_POST
def print_letters(request: HouseRequest, process: str, stage: str, number: int) -> HttpResponse:
    """Print what is not printed yet of a wave."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.wave_or_404(here, number)
    return to_work(actions.ask_for_letters(found, actor_id=request.actor.account_id, now=timezone.now()), here)


@require_POST
def print_again(request: HouseRequest, process: str, stage: str, number: int, bundle: int) -> HttpResponse:
    """Print a bundle anew, with other codes."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.wave_or_404(here, number)
    try:
        actions.print_again(queries.bundle_or_404(found, bundle), now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
        return redirect("lottery:recruitment", process=process, stage=stage)
    return to_work(actions.ask_for_letters(found, actor_id=request.actor.account_id, now=timezone.now()), here)


@require_safe
def bundle(request: HouseRequest, process: str, stage: str, number: int, bundle: int) -> HttpResponse:
    """Give the file of a bundle, for the printer; it holds names and codes and is kept nowhere on the way."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.bundle_or_404(queries.wave_or_404(here, number), bundle)
    try:
        content = actions.bundle_file(found)
    except FileError as error:
        messages.warning(request, say(error))
        return redirect("lottery:recruitment", process=process, stage=stage)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{here.process.slug}-{number}-{bundle}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def sent(request: HouseRequest, process: str, stage: str, number: int) -> HttpResponse:
    """Say that a wave was handed to the post."""
    here = stage_for(request, process, stage, permissions.may_invite)
    found = queries.wave_or_404(here, number)
    form = SentForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say on which day the letters went to the post."))
        return redirect("lottery:recruitment", process=process, stage=stage)
    try:
        actions.mark_sent(found, sent_on=form.cleaned_data["sent_on"], now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.success(request, _("This is noted."))
    return redirect("lottery:recruitment", process=process, stage=stage)


@require_http_methods(["GET", "POST"])
def forget_reserve(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Delete those who were drawn and never written to, after a question."""
    here = stage_for(request, process, stage, permissions.may_invite)
    form = ConfirmForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        gone = actions.forget_reserve(here, now=timezone.now())
        said = ngettext("%(people)s person is deleted.", "%(people)s people are deleted.", gone) % {"people": gone}
        messages.success(request, said if gone else _("Nobody waits in the reserve. Nothing is deleted."))
        return redirect("lottery:recruitment", process=process, stage=stage)
    context = {"process": here.process, "stage": here, "form": form, "counts": queries.recruited(here)}
    return TemplateResponse(request, "lottery/forget_reserve.html", context)


@require_safe
def letter(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Tell everybody whether a letter they hold is real: who sends it, when, how many, and what it never asks."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    context = {
        "process": here.process,
        "stage": here,
        "waves": queries.sent_waves(here),
        "invitation": queries.invitation_or_none(here),
        "may_reply": permissions.may_reply(request.actor, here, timezone.now()),
    }
    return TemplateResponse(request, "lottery/letter.html", context)
