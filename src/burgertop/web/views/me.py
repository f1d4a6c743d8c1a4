"""A participant's own page: in with a code; what is held of them and what they agreed to."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.people.actions import give_consent, withdraw_consent
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.models import Participant, Purpose
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.queries import consents_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Process
from burgertop.foundation.wording import HouseError, say
from burgertop.web.holdings import held_of
from burgertop.web.own_forms import CONSENT_WORDS, ConsentsForm, OwnCodeForm
from burgertop.web.views.process import seen_process

__all__ = ["consents", "me", "own_participant"]

PURPOSE = "seat"


def own_participant(request: HouseRequest, process: Process) -> Participant | None:
    """Return whose page this browser's code opens; a replaced code opens nothing."""
    door = request.actor.pass_for(PURPOSE, process.pk)
    if door is None or (door.key and not is_standing(uuid.UUID(door.key))):
        return None
    people = Participant.objects.select_related("identity", "process").filter(process=process, erased_at__isnull=True)
    return people.filter(pk=door.subject).first()


@require_http_methods(["GET", "POST"])
def me(request: HouseRequest, process: str) -> HttpResponse:
    """Ask for the code; then show what is kept and what was agreed to."""
    found = seen_process(request, process)
    person = own_participant(request, found)
    if person is not None:
        given = {consent.purpose: consent for consent in consents_of(person) if consent.withdrawn_at is None}
        context = {
            "process": found,
            "person": person,
            "form": ConsentsForm(found, initial={purpose: purpose in given for purpose in Purpose.values}),
            "holdings": held_of(person),
        }
        return TemplateResponse(request, "me/me.html", context)
    form = OwnCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = enter(
                found.pk, PURPOSE, form.cleaned_data["code"], network=request.actor.network, now=timezone.now()
            )
        except HouseError as error:
            form.add_error("code", say(error))
        else:
            response = HttpResponseRedirect(reverse("process:me", args=[found.slug]))
            grant(request, response, Pass(PURPOSE, found.pk, code.subject, key=str(code.pk)))
            return response
    return TemplateResponse(request, "me/code.html", {"process": found, "form": form})


@require_POST
def consents(request: HouseRequest, process: str) -> HttpResponse:
    """Keep what somebody agrees to, and take back what they no longer agree to."""
    found = seen_process(request, process)
    person = own_participant(request, found)
    if person is None:
        return redirect("process:me", process=found.slug)
    form = ConsentsForm(found, request.POST)
    if not form.is_valid():
        context = {"process": found, "person": person, "form": form, "holdings": held_of(person)}
        return TemplateResponse(request, "me/me.html", context, status=422)
    _store(person, form.cleaned_data, language=request.LANGUAGE_CODE, is_by_guardian=form.needs_guardian)
    messages.success(request, _("Saved. You can change this at any time."))
    return redirect("process:me", process=found.slug)


def _store(person: Participant, ticked: Mapping[str, object], *, language: str, is_by_guardian: bool) -> None:
    now = timezone.now()
    for purpose in Purpose:
        if ticked.get(purpose.value):
            give_consent(
                person,
                purpose,
                wording=str(CONSENT_WORDS[purpose]),
                language=language,
                now=now,
                is_by_guardian=is_by_guardian,
            )
        else:
            withdraw_consent(person, purpose, now=now)
