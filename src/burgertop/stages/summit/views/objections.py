"""Where a table's cards went, what it objects to, and what the desk answers."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import AnswerForm, ObjectionForm
from burgertop.stages.summit.models import Card, Cluster, Objection
from burgertop.stages.summit.news import desk_topic, hall_topic, table_topic
from burgertop.stages.summit.views.desk import clustering, reading
from burgertop.stages.summit.views.entering import seen_table
from burgertop.stages.summit.views.table import tongues_of

__all__ = ["answer", "objections", "table_clusters"]


@require_http_methods(["GET", "POST"])
def table_clusters(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a table where its sent cards went; POST takes an objection."""
    table, now = seen_table(request, process, stage, pk)
    found = table.stage
    if not permissions.may_open_table(request.actor, table, now):
        raise PermissionDenied
    may_object = permissions.may_object(request.actor, table, now)
    if request.method == "POST":
        form = ObjectionForm(request.POST)
        if not may_object:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            card = get_object_or_404(Card.objects.sent(), pk=data["card"], table=table)
            holder = permissions.holder_of(request.actor, table)
            by = holder.by if holder is not None else None
            try:
                actions.object_to_place(
                    card, seen=data["cluster"], reason=data["reason"], once=data["once"], by=by, now=now
                )
            except HouseError as error:
                messages.error(request, say(error))
            else:
                messages.success(request, _("The theme desk has it. The answer appears here."))
        else:
            messages.error(request, _("Write what the table meant, in at most 300 characters."))
        return redirect("summit:table_clusters", process=process, stage=stage, pk=pk)
    context = {
        "process": found.process,
        "stage": found,
        "table": table,
        "tongues": tongues_of(table),
        "rounds": queries.fates_of(table),
        "may_object": may_object,
        "live_url": address_of(hall_topic(found), table_topic(found, table.number)),
    }
    name = "summit/_table_clusters.html" if "HX-Request" in request.headers else "summit/table_clusters.html"
    return TemplateResponse(request, name, context)


@require_safe
def objections(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show what tables object to in a round, the unanswered ones first."""
    found, now = reading(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    context = {
        "process": found.process,
        "stage": found,
        "round": round_,
        "objections": queries.objections_of(round_),
        "rows": queries.clusters_of(round_),
        "may_cluster": permissions.may_cluster(request.actor, found, now),
        "live_url": address_of(desk_topic(found)),
    }
    name = "summit/_objections.html" if "HX-Request" in request.headers else "summit/objections.html"
    return TemplateResponse(request, name, context)


@require_POST
def answer(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Answer a table: move its card, or say why it stays."""
    found, now, account = clustering(request, process, stage)
    one = get_object_or_404(Objection.objects.select_related("card__round"), pk=pk, card__round__stage=found)
    form = AnswerForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        into = None
        if request.POST.get("do") == "move":
            into = get_object_or_404(Cluster, pk=data["cluster"], round=one.card.round)
        try:
            actions.answer_objection(one, text=data["text"], move_to=into, by=account, now=now)
        except HouseError as error:
            messages.error(request, say(error))
        else:
            messages.success(request, _("Answered. The table reads it now."))
    else:
        messages.error(request, _("This answer is too long."))
    return redirect("summit:objections", process=process, stage=stage, pk=one.card.round_id)
