"""What somebody may do with what is held of them: take it along, print it, put it right, leave, have it erased."""

import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.draws.actions import come_back, leave
from burgertop.foundation.draws.models import Member, Standing
from burgertop.foundation.draws.queries import SEATED, places_of_person
from burgertop.foundation.people.actions import correct, erase
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.passes import forget
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.people.vault import VaultError, open_identity
from burgertop.foundation.process.models import Process
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.panel.actions import leave_panel, return_to_panel
from burgertop.web.backups.ledger import Backup, holding
from burgertop.web.holdings import copy_of, held_of
from burgertop.web.own_forms import CorrectForm
from burgertop.web.views.me import PURPOSE, own_participant
from burgertop.web.views.process import seen_process

__all__ = ["copy", "correction", "leaving", "let_go", "on_paper"]


def _own(request: HouseRequest, slug: str) -> tuple[Process, Participant | None]:
    """Return the process and whose page this is; nobody's without a working code."""
    found = seen_process(request, slug)
    return found, own_participant(request, found)


@require_safe
def copy(request: HouseRequest, process: str) -> HttpResponse:
    """Give everything that is held of somebody as a file that programs read."""
    found, person = _own(request, process)
    if person is None:
        return redirect("process:me", process=found.slug)
    content = json.dumps(copy_of(person, now=timezone.now()), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-my-data.json"'
    return response


@require_safe
def on_paper(request: HouseRequest, process: str) -> HttpResponse:
    """Show everything that is held of somebody on one page, to read, to print, to keep."""
    found, person = _own(request, process)
    if person is None:
        return redirect("process:me", process=found.slug)
    context = {"process": found, "holdings": held_of(person), "printed_at": timezone.now()}
    return TemplateResponse(request, "me/on_paper.html", context)


@require_http_methods(["GET", "POST"])
def correction(request: HouseRequest, process: str) -> HttpResponse:
    """Let somebody put right who they are and in which language they are written to."""
    found, person = _own(request, process)
    if person is None:
        return redirect("process:me", process=found.slug)
    try:
        held = open_identity(person.identity) if person.identity is not None else {}
    except VaultError:
        messages.warning(request, _("Your details cannot be opened at the moment. Call us."))
        return redirect("process:me", process=found.slug)
    form = CorrectForm(found, request.POST or None, initial={**held, "language": person.language})
    if request.method == "POST" and form.is_valid():
        correct(person, form.fields_of_identity(), language=form.cleaned_data["language"])
        messages.success(request, _("Saved. You can change this at any time."))
        return redirect("process:me", process=found.slug)
    return TemplateResponse(request, "me/correct.html", {"process": found, "form": form})


@require_http_methods(["GET", "POST"])
def leaving(request: HouseRequest, process: str) -> HttpResponse:
    """Give up one's seat, asked once more; take it back as long as nobody was drawn for it."""
    found, person = _own(request, process)
    if person is None:
        return redirect("process:me", process=found.slug)
    places = list(places_of_person(person))
    seated = [one for one in places if one.standing in SEATED]
    left = [one for one in places if one.standing == Standing.LEFT]
    if request.method == "POST":
        is_back = request.POST.get("do") == "return"
        _change_seats(request, person, left if is_back else seated, come_back if is_back else leave, is_back=is_back)
        return redirect("process:me", process=found.slug)
    return TemplateResponse(request, "me/leave.html", {"process": found, "seated": seated, "left": left})


def _change_seats(
    request: HouseRequest, person: Participant, places: list[Member], change: Callable[..., Member], *, is_back: bool
) -> None:
    """Give up every seat, or take every one back; all or none."""
    now = timezone.now()
    try:
        with transaction.atomic():
            for place in places:
                change(place, now=now)
            if is_back:
                return_to_panel(person.pk)
            else:
                leave_panel(person.pk, now=now)
    except HouseError as error:
        messages.warning(request, say(error))
        return
    if places:
        messages.success(request, _("You have your seat again.") if is_back else _("Your seat is free for another."))


@require_http_methods(["GET", "POST"])
def let_go(request: HouseRequest, process: str) -> HttpResponse:
    """Erase somebody on their own wish: asked once more, then done; backups that still hold them are named."""
    found, person = _own(request, process)
    if person is None:
        return redirect("process:me", process=found.slug)
    context: dict[str, object] = {"process": found, "backups": _backups_with(person)}
    if request.method != "POST":
        return TemplateResponse(request, "me/let_go.html", {**context, "back": reverse("process:me", args=[process])})
    erased = erase(person, now=timezone.now())
    response = TemplateResponse(request, "me/erased.html", {**context, "erased_at": erased.erased_at})
    forget(request, response, PURPOSE, found.pk)
    return response


def _backups_with(person: Participant) -> tuple[Backup, ...]:
    return holding(Path(settings.HOME), since=person.created_at, until=timezone.now())
