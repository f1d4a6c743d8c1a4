"""The reply desk: answers by phone and on cards, by the same rules as on the web; names are opened and counted."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions, queries
from burgertop.stages.lottery.forms import (
    CodeForm,
    ConfirmForm,
    DeskAnswerForm,
    DeskNeedsForm,
    LettersForm,
    NameForm,
    ReturnedRowForm,
    ReturnForm,
)
from burgertop.stages.lottery.models import Channel, Return
from burgertop.stages.lottery.views.finding import stage_for

__all__ = ["code", "desk", "erase", "invitee", "letter_back", "letters", "needs", "returned"]


@require_http_methods(["GET", "POST"])
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Find somebody by the code of the letter, or by name; looking by name opens the vault and is counted."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    step, now = request.POST.get("step", ""), timezone.now()
    by_code = CodeForm(request.POST if step == "code" else None)
    by_name = NameForm(request.POST if step == "name" else None)
    found = None
    if step == "code" and by_code.is_valid():
        try:
            typed = by_code.cleaned_data["typed"]
            entered = enter(here.process_id, actions.REPLY, typed, network=request.actor.network, now=now)
        except HouseError as error:
            by_code.add_error("typed", say(error))
        else:
            return redirect("lottery:desk_invitee", process=process, stage=stage, pk=entered.subject)
    if step == "name" and by_name.is_valid():
        sealed, account = queries.identities_in(here), request.actor.account_id
        opened = actions.find_by_name(here, sealed, account=account, now=now)
        found = queries.found_by_name(opened, by_name.cleaned_data["name"])
    context = {
        "process": here.process,
        "stage": here,
        "by_code": by_code,
        "by_name": by_name,
        "by_row": ReturnedRowForm(list(here.frames.order_by("name"))),
        "found": found,
        "returned": queries.last_returned(here),
        "nominated": queries.nominations_to_call(here),
    }
    return TemplateResponse(request, "lottery/reply_desk.html", context)


@require_http_methods(["GET", "POST"])
def invitee(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one invitee with what was answered; POST takes an answer, by phone or from a card."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    known, now = queries.reply_of(found), timezone.now()
    languages = list(dict.fromkeys([*found.languages, *here.process.languages]))
    form = DeskAnswerForm(known, here.process, languages, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft, channel = form.draft(data["language"]), Channel(data["channel"])
            given = actions.answer(found, draft, channel=channel, version=data["version"], now=now)
        except HouseError as error:
            messages.warning(request, say(error))
            return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)
        messages.success(request, _("The answer is taken.") if not given.is_late else _("Taken: after the last day."))
        page = "lottery:desk_needs" if given.answer == "yes" else "lottery:desk_invitee"
        return redirect(page, process=process, stage=stage, pk=pk)
    identity = actions.open_for_reply(found, account=request.actor.account_id, now=now)
    invitation = queries.invitation_or_none(here)
    context = {
        "process": here.process,
        "stage": here,
        "invitee": found,
        "identity": identity,
        "reply": known,
        "form": form,
        "letters_form": LettersForm(found, list(here.process.languages)),
        "return_form": ReturnForm(),
        "is_late": found.partner is None and invitation is not None and invitation.is_late(now),
        "invitation": invitation,
        "pools": queries.places_in_pools(found),
    }
    return TemplateResponse(request, "lottery/desk_invitee.html", context)


@require_http_methods(["GET", "POST"])
def needs(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Note what somebody needs and agrees to, as they say it."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    known = queries.reply_of(found)
    if known is None or known.answer != "yes" or found.erased_at is not None:
        return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)
    given = {str(one.purpose) for one in queries.consents_given(found) if one.withdrawn_at is None}
    languages = list(dict.fromkeys([*found.languages, *here.process.languages]))
    form = DeskNeedsForm(known, languages, given, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.tell_needs(known, form.cleaned_data, form.agreed(), version=version, now=timezone.now())
        except HouseError as error:
            messages.warning(request, say(error))
        else:
            messages.success(request, _("This is noted."))
        return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)
    context = {"process": here.process, "stage": here, "invitee": found, "form": form}
    return TemplateResponse(request, "lottery/desk_needs.html", context)


@require_POST
def letters(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Note in which language and print somebody wants letters from now on."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    form = LettersForm(found, list(here.process.languages), request.POST)
    if form.is_valid():
        try:
            actions.wish_letters(found, form.cleaned_data["languages"], is_large=form.cleaned_data["is_large"])
        except HouseError as error:
            messages.warning(request, say(error))
        else:
            messages.success(request, _("This is noted."))
    else:
        messages.warning(request, _("Choose one language or two."))
    return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)


@require_POST
def returned(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Note that the letter to a row of a list came back."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    frames = list(here.frames.order_by("name"))
    form = ReturnedRowForm(frames, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        chosen = next((one for one in frames if one.name == data.get("frame")), None)
        try:
            found = actions.invitee_in_row(here, chosen, data["row"])
            actions.mark_returned(found, Return(data["returned_as"]), now=timezone.now())
        except HouseError as error:
            messages.warning(request, say(error))
        else:
            messages.success(request, _("Noted: the letter to row %(row)s came back.") % {"row": data["row"]})
    else:
        messages.warning(request, _("Give the number of a row, and say why the letter came back."))
    return redirect("lottery:reply_desk", process=process, stage=stage)


@require_POST
def letter_back(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Note that the letter to one invitee came back, or take this note back."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    form = ReturnForm(request.POST)
    try:
        if request.POST.get("do") == "undo":
            actions.unmark_returned(found)
        elif form.is_valid():
            actions.mark_returned(found, Return(form.cleaned_data["returned_as"]), now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.success(request, _("This is noted."))
    return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)


@require_POST
def code(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a new code for somebody who lost the letter, and show it once."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    try:
        made = actions.new_code(found, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
        return redirect("lottery:desk_invitee", process=process, stage=stage, pk=pk)
    context = {"process": here.process, "stage": here, "invitee": found, "code": made}
    response = TemplateResponse(request, "lottery/desk_code.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def erase(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Erase somebody who asks for it on the phone, after a question."""
    here = stage_for(request, process, stage, permissions.may_take_replies)
    found = queries.invitee_or_404(here, pk)
    form = ConfirmForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        actions.erase_invitee(found, now=timezone.now())
        messages.success(request, _("The data of this person are erased."))
        return redirect("lottery:reply_desk", process=process, stage=stage)
    context = {"process": here.process, "stage": here, "invitee": found, "form": form}
    return TemplateResponse(request, "lottery/desk_erase.html", context)
