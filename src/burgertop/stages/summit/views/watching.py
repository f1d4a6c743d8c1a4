"""The signed links of observers and the press: made, listed, called back; and the page an observer begins with."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import LinkForm
from burgertop.stages.summit.models import LinkKind, SignedLink
from burgertop.stages.summit.news import desk_topic, hall_topic
from burgertop.stages.summit.queries import eyes
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import running_stage, seen_stage

__all__ = ["call_back", "links", "observe"]

LEADS_TO = {LinkKind.OBSERVER: "summit:observe", LinkKind.PRESS: "summit:press"}


@require_http_methods(["GET", "POST"])
def links(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List the signed links; POST makes one and shows it once."""
    found, now = running_stage(request, process, stage)
    form = LinkForm(request.POST or None)
    context = {"process": found.process, "stage": found, "form": form, "now": now}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kind = LinkKind(data["kind"])
        try:
            made = actions.make_link(found, kind, data["purpose"], ends_at=data["ends_at"], once=data["once"], now=now)
        except HouseError as error:
            form.add_error("ends_at", say(error))
        else:
            path = actions.address_for(made, reverse(LEADS_TO[kind], args=[process, stage]))
            context |= {"made": made, "address": request.build_absolute_uri(path)}
            return TemplateResponse(request, "summit/link_made.html", context)
    return TemplateResponse(request, "summit/links.html", {**context, "links": eyes.links_of(found, now)})


@require_POST
def call_back(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Let a link open nothing from now on."""
    found, now = running_stage(request, process, stage)
    one = get_object_or_404(SignedLink.objects.select_related("stage"), pk=pk, stage=found)
    actions.call_back(one, now=now)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("summit:links", process=process, stage=stage)


@require_safe
def observe(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show an observer the day in numbers and the ways on; the live part alone when it is asked for."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_see_control(request.actor, found, now):
        raise PermissionDenied
    link = permissions.link_of(request.actor, found, LinkKind.OBSERVER, now)
    if link is not None:
        actions.note_opened(link, now=now)
    rounds = queries.rounds_of(found)
    context = {
        "process": found.process,
        "stage": found,
        **day_of(found, now),
        "link": link,
        "rounds": rounds,
        "current": queries.current_round(rounds),
        "numbers": eyes.numbers_of(found),
        "attendance": queries.attendance_of(found, now=now),
        "may_write": permissions.may_look_on(request.actor, found, now),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "live_url": address_of(hall_topic(found), desk_topic(found)),
    }
    name = "summit/_observe.html" if "HX-Request" in request.headers else "summit/observe.html"
    return TemplateResponse(request, name, context)
