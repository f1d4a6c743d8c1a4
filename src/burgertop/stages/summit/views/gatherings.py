"""G-Off: registering a gathering, deciding on it, its host page with tables, pack, counts and cards, its own result."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.scratch import fetch, keep
from burgertop.foundation.files.tables import read_table
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.post.actions import send_mail
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import GatheringForm, LateCardForm, PeopleForm
from burgertop.stages.summit.models import Gathering, GatheringState, RoundState
from burgertop.stages.summit.printing import door_address
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import running_stage, seen_stage
from burgertop.stages.summit.views.seats import kept_as

__all__ = [
    "decide",
    "desk",
    "gatherings",
    "host",
    "hosted",
    "link",
    "result",
    "send_card",
    "send_file",
]


@require_http_methods(["GET", "POST"])
def gatherings(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show where people meet, and register one more gathering."""
    found, now = seen_stage(request, process, stage)
    form = GatheringForm(found.process.languages, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_gathering(found, form.draft(), once=form.cleaned_data["once"], now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Thank you. The organizers answer you by e-mail."))
            return redirect("summit:gatherings", process=process, stage=stage)
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "setting": queries.home_setting(found),
        "is_closed": found.state == StageState.CLOSED,
        "rows": queries.accepted_gatherings(found),
    }
    return TemplateResponse(request, "summit/gatherings.html", context)


@require_safe
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the organiser every registration."""
    found, _now = running_stage(request, process, stage)
    context = {"process": found.process, "stage": found, "rows": list(queries.gatherings_of(found))}
    return TemplateResponse(request, "summit/gathering_desk.html", context)


@require_POST
def decide(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, do: str) -> HttpResponse:
    """Accept or refuse a gathering; who is accepted gets their link by mail."""
    found, now = running_stage(request, process, stage)
    try:
        gathering = actions.decide_gathering(queries.gathering_or_404(found, pk), is_accepted=do == "accept", now=now)
    except HouseError as error:
        messages.error(request, say(error))
        return redirect("summit:gathering_desk", process=process, stage=stage)
    if gathering.state == GatheringState.ACCEPTED:
        _mail_link(request, gathering)
        return _shown_link(request, gathering)
    return redirect("summit:gathering_desk", process=process, stage=stage)


@require_POST
def link(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Call the link of a gathering back and show the new one, this once."""
    found, _now = running_stage(request, process, stage)
    gathering = queries.gathering_or_404(found, pk)
    if gathering.state != GatheringState.ACCEPTED:
        raise Http404
    return _shown_link(request, actions.renew_gathering_link(gathering))


def _address_of(request: HouseRequest, gathering: Gathering) -> str:
    where = {"process": gathering.stage.process.slug, "stage": gathering.stage.slug, "pk": gathering.pk}
    return request.build_absolute_uri(actions.link_for_gathering(gathering, reverse("summit:gathering", kwargs=where)))


def _shown_link(request: HouseRequest, gathering: Gathering) -> HttpResponse:
    context = {
        "process": gathering.stage.process,
        "stage": gathering.stage,
        "gathering": gathering,
        "mail": queries.gathering_mail(gathering),
        "link": _address_of(request, gathering),
    }
    return TemplateResponse(request, "summit/gathering_link.html", context)


def _mail_link(request: HouseRequest, gathering: Gathering) -> None:
    """Send the host their link, in the first language of the gathering that the house speaks."""
    known = {code for code, _name in settings.LANGUAGES}
    with override(next((tag for tag in gathering.languages if tag in known), settings.LANGUAGE_CODE)):
        lines = (
            _("Your gathering in %(place)s takes part.") % {"place": gathering.place},
            _("Your host page: %(address)s") % {"address": _address_of(request, gathering)},
            _("Keep this link to yourself: whoever has it acts for your gathering."),
        )
        send_mail(
            gathering.stage.process,
            "gathering_link",
            subject=_("Your gathering takes part"),
            body="\n\n".join(lines),
            once=f"gathering:{gathering.pk}",
            identity=gathering.identity,
        )


def hosted(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> tuple[Stage, Gathering, datetime]:
    """The gathering for who has its link, and for the organiser; nobody else comes further."""
    found, now = seen_stage(request, process, stage)
    gathering = queries.gathering_or_404(found, pk)
    if gathering.state != GatheringState.ACCEPTED or not permissions.may_host(request.actor, gathering, now):
        raise PermissionDenied
    return found, gathering, now


def _host_context(gathering: Gathering, now: datetime, **more: Any) -> dict[str, Any]:
    stage = gathering.stage
    rounds = queries.rounds_of(stage)
    tables = queries.gathering_tables(gathering)
    begun = actions.rounds_taken(rounds)
    return {
        "process": stage.process,
        "stage": stage,
        "gathering": gathering,
        "tables": [(table, door_address(table)) for table in tables],
        "results": queries.gathering_rounds(gathering, rounds),
        "takes_uploads": actions.takes_uploads(gathering, now),
        "uploads_until": queries.home_setting(stage).uploads_until,
        "people_form": PeopleForm(gathering.counts, initial={"people": gathering.people_came}),
        "card_form": LateCardForm(begun, tables, gathering.languages),
        "has_begun": bool(begun),
        "upload": UploadForm(),
        **day_of(stage, now),
        **more,
    }


@never_cache
@require_http_methods(["GET", "POST"])
def host(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a host their gathering; POST stores how many people came."""
    _found, gathering, now = hosted(request, process, stage, pk)
    form = PeopleForm(gathering.counts, request.POST or None, initial={"people": gathering.people_came})
    if request.method == "POST" and form.is_valid():
        actions.count_people(gathering, form.cleaned_data["people"], form.counts())
        messages.success(request, _("The numbers are stored."))
        return redirect("summit:gathering", process=process, stage=stage, pk=pk)
    context = _host_context(gathering, now, **({"people_form": form} if form.is_bound else {}))
    return TemplateResponse(request, "summit/gathering.html", context)


@require_POST
def send_card(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take one card that was written on paper and send it to the theme desk."""
    found, gathering, now = hosted(request, process, stage, pk)
    begun = actions.rounds_taken(queries.rounds_of(found))
    form = LateCardForm(begun, queries.gathering_tables(gathering), gathering.languages, request.POST)
    if form.is_valid():
        try:
            actions.send_late_cards(
                gathering, [form.card()], once=form.cleaned_data["once"], by=request.actor.account_id, now=now
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The card is at the theme desk."))
            return redirect("summit:gathering", process=process, stage=stage, pk=pk)
    context = _host_context(gathering, now, card_form=form)
    return TemplateResponse(request, "summit/gathering.html", context, status=409 if form.is_valid() else 200)


@require_POST
def send_file(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Look at a file of cards first, then send them all."""
    found, gathering, now = hosted(request, process, stage, pk)
    owner = f"cards of {gathering.pk}"
    begun, tables = actions.rounds_taken(queries.rounds_of(found)), queries.gathering_tables(gathering)
    is_kept = request.POST.get("from") == "kept"
    upload = UploadForm(None if is_kept else request.POST, None if is_kept else request.FILES)
    more: dict[str, Any] = {"upload": upload}
    try:
        if is_kept:
            pk_kept = kept_as(request)
            file = fetch(pk_kept, owner=owner)
            cards = actions.late_cards_from(read_table(file.name, file.content), begun, tables)
            number = len(actions.send_late_cards(gathering, cards, once=pk_kept, by=request.actor.account_id, now=now))
            done = ngettext("%(number)s card is at the theme desk.", "%(number)s cards are at the theme desk.", number)
            messages.success(request, done % {"number": number} if number else _("This file has no new card."))
            return redirect("summit:gathering", process=process, stage=stage, pk=pk)
        if upload.is_valid():
            more["preview"] = actions.late_cards_from(upload.table, begun, tables)
            more["kept_as"] = keep(upload.name, upload.content, owner=owner)
    except HouseError as error:
        more["error"] = say(error)
    return TemplateResponse(request, "summit/gathering.html", _host_context(gathering, now, **more))


@require_safe
def result(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show what one gathering sent in the rounds that are over, apart from the hall."""
    found, now = seen_stage(request, process, stage)
    gathering = queries.gathering_or_404(found, pk)
    if gathering.state != GatheringState.ACCEPTED:
        raise Http404
    may_host = permissions.may_host(request.actor, gathering, now)
    rounds = [one for one in queries.rounds_of(found) if may_host or one.state == RoundState.CLOSED]
    context = {
        "process": found.process,
        "stage": found,
        "gathering": gathering,
        "results": queries.gathering_rounds(gathering, rounds),
    }
    return TemplateResponse(request, "summit/gathering_result.html", context)
