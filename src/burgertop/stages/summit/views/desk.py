"""The theme desk: read, put together, undo."""

import uuid
from datetime import datetime

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
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import ClusterForm
from burgertop.stages.summit.models import Card, Cluster, Round
from burgertop.stages.summit.news import desk_topic, hall_topic
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["cluster", "desk", "dissolve", "new_cluster", "place", "undo"]


def _clustering(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    found, now = seen_stage(request, process, stage)
    if not permissions.may_cluster(request.actor, found, now):
        raise PermissionDenied
    return found, now


def _back(stage: Stage, round_: Round) -> HttpResponse:
    address = reverse("summit:desk", kwargs={"process": stage.process.slug, "stage": stage.slug})
    return redirect(f"{address}?round={round_.number}")


@require_safe
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the cards to read and the clusters of a round."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_read_desk(request.actor, found, now):
        raise PermissionDenied
    rounds = queries.rounds_of(found)
    asked = request.GET.get("round", "")
    shown = next((one for one in rounds if str(one.number) == asked), None) or queries.current_round(rounds)
    context = {
        "process": found.process,
        "stage": found,
        "rounds": rounds,
        "round": shown,
        "now": now,
        **day_of(found, now),
        "bench": queries.bench_of(shown, request.actor.account_id) if shown is not None else None,
        "may_cluster": permissions.may_cluster(request.actor, found, now),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "live_url": address_of(desk_topic(found), hall_topic(found)),
    }
    name = "summit/_bench.html" if "HX-Request" in request.headers else "summit/desk.html"
    return TemplateResponse(request, name, context)


@require_POST
def place(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Put a card into a cluster."""
    found, now = _clustering(request, process, stage)
    card = get_object_or_404(Card.objects.select_related("round"), pk=_id(request, "card"), round__stage=found)
    into = get_object_or_404(Cluster.objects.standing(), pk=_id(request, "cluster"), round__stage=found)
    try:
        actions.place_card(card, into, by=request.actor.account_id, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return _back(found, card.round)


def _id(request: HouseRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None


@require_POST
def undo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take back the last placement of this account in a round."""
    found, now = _clustering(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    if request.actor.account_id is None:
        raise PermissionDenied
    try:
        actions.undo_last(round_, by=request.actor.account_id, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return _back(found, round_)


@require_http_methods(["GET", "POST"])
def new_cluster(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a cluster, and put the card in that asked for it."""
    found, now = _clustering(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    form = ClusterForm(found.process.languages, request.POST or None, {"card": request.GET.get("card", "")})
    if request.method == "POST" and form.is_valid():
        by = request.actor.account_id
        titles, summaries = form.bodies("title"), form.bodies("summary")
        made = actions.make_cluster(round_, titles=titles, summaries=summaries, by=by, now=now)
        card = Card.objects.sent().filter(pk=form.cleaned_data["card"], round=round_).first()
        if card is not None:
            actions.place_card(card, made, by=by, now=now)
        messages.success(request, _("The cluster is made."))
        return _back(found, round_)
    context = {"process": found.process, "stage": found, "round": round_, "form": form}
    return TemplateResponse(request, "summit/cluster_form.html", context)


@require_http_methods(["GET", "POST"])
def cluster(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a cluster with all its cards; write its title and summary anew."""
    found, now = seen_stage(request, process, stage)
    may_cluster = permissions.may_cluster(request.actor, found, now)
    if not permissions.may_read_desk(request.actor, found, now) or (request.method == "POST" and not may_cluster):
        raise PermissionDenied
    one = get_object_or_404(Cluster.objects.standing().select_related("round").prefetch_related("texts"), pk=pk)
    one.round = queries.round_or_404(found, one.round_id)
    words = {f"{row.name}__{row.language}": row.body for row in one.texts.all()}
    form = ClusterForm(found.process.languages, request.POST or None, words)
    if request.method == "POST" and form.is_valid():
        actions.reword_cluster(one, titles=form.bodies("title"), summaries=form.bodies("summary"))
        messages.success(request, _("Saved."))
        return _back(found, one.round)
    rows = queries.clusters_of(one.round)
    context = {
        "process": found.process,
        "stage": found,
        "round": one.round,
        "row": next(row for row in rows if row.cluster.pk == one.pk),
        "rows": rows,
        "form": form if may_cluster else None,
        "may_cluster": may_cluster,
    }
    return TemplateResponse(request, "summit/cluster.html", context)


@require_POST
def dissolve(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take an empty cluster off the desk."""
    found, now = _clustering(request, process, stage)
    one = get_object_or_404(Cluster.objects.select_related("round"), pk=pk, round__stage=found)
    try:
        actions.dissolve_cluster(one, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return _back(found, one.round)
