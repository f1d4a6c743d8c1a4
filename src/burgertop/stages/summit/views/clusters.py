"""One cluster: all its cards, its words, merging, splitting; and the ballot made of clusters."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.core.errors import CoreError
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.actions import Pick
from burgertop.stages.summit.forms import BallotForm, ClusterForm, SplitForm
from burgertop.stages.summit.forms.desk import parsed_id
from burgertop.stages.summit.models import Cluster
from burgertop.stages.summit.views.desk import back_to_desk, clustering, reading
from burgertop.stages.summit.views.entering import running_stage

__all__ = ["cluster", "dissolve", "merge", "new_ballot", "split"]


def _cluster_or_404(stage: Stage, pk: uuid.UUID) -> Cluster:
    found = get_object_or_404(Cluster.objects.select_related("round").prefetch_related("texts"), pk=pk)
    found.round = queries.round_or_404(stage, found.round_id)
    return found


@require_http_methods(["GET", "POST"])
def cluster(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a cluster with all its cards; write its title and summary anew."""
    found, now = reading(request, process, stage)
    may_cluster = permissions.may_cluster(request.actor, found, now)
    if request.method == "POST" and not may_cluster:
        raise PermissionDenied
    one = _cluster_or_404(found, pk)
    if one.dissolved_at is not None:
        messages.error(request, say(HouseError("summit.cluster_gone")))
        if one.merged_into_id is not None:
            return redirect("summit:cluster", process=process, stage=stage, pk=one.merged_into_id)
        return back_to_desk(found, one.round)
    words = {f"{row.name}__{row.language}": row.body for row in one.texts.all()}
    start = {**words, "revision": one.revision}
    form = ClusterForm(found.process.languages, request.POST or None, start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reword_cluster(
                one,
                titles=form.bodies("title"),
                summaries=form.bodies("summary"),
                revision=form.cleaned_data["revision"],
                by=request.actor.account_id,
                now=now,
            )
        except HouseError as error:
            form = ClusterForm(found.process.languages, {**request.POST.dict(), "revision": str(one.revision)})
            form.full_clean()
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Saved."))
            return back_to_desk(found, one.round)
    rows = queries.clusters_of(one.round)
    placements = queries.cards_in(one)
    account = request.actor.account_id
    context = {
        "process": found.process,
        "stage": found,
        "round": one.round,
        "row": next(row for row in rows if row.cluster.pk == one.pk),
        "rows": rows,
        "placements": placements,
        "to_confirm": [
            row for row in placements if not row.ended_at and not row.confirmed_by and row.put_by != account
        ],
        "form": form if may_cluster else None,
        "split_form": SplitForm(found.process.languages) if may_cluster else None,
        "may_cluster": may_cluster,
    }
    return TemplateResponse(request, "summit/cluster.html", context)


@require_POST
def merge(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Put all cards of a cluster into another one and take it off the desk."""
    found, now, account = clustering(request, process, stage)
    one = _cluster_or_404(found, pk)
    into = get_object_or_404(Cluster, pk=parsed_id(request.POST.get("into", "")), round=one.round)
    try:
        actions.merge_clusters(one, into, by=account, now=now)
    except HouseError as error:
        messages.error(request, say(error))
        return back_to_desk(found, one.round)
    messages.success(request, _("Merged. You can take it back at the desk."))
    return redirect("summit:cluster", process=process, stage=stage, pk=into.pk)


@require_POST
def split(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take the ticked cards out of a cluster into a new one."""
    found, now, account = clustering(request, process, stage)
    one = _cluster_or_404(found, pk)
    form = SplitForm(found.process.languages, request.POST)
    ticked = [pk for pk in map(parsed_id, request.POST.getlist("placement")) if pk is not None]
    picks = [Pick(card, place) for place, card in one.placements.filter(pk__in=ticked).values_list("pk", "card_id")]
    try:
        if form.is_valid():
            made = actions.split_cluster(one, picks, titles=form.bodies("title"), by=account, now=now)
            messages.success(request, _("Split. You can take it back at the desk."))
            return redirect("summit:cluster", process=process, stage=stage, pk=made.pk)
        messages.error(request, _("The new cluster needs a title."))
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:cluster", process=process, stage=stage, pk=pk)


@require_POST
def dissolve(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take an empty cluster off the desk."""
    found, now, _account = clustering(request, process, stage)
    one = _cluster_or_404(found, pk)
    try:
        actions.dissolve_cluster(one, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return back_to_desk(found, one.round)


@require_http_methods(["GET", "POST"])
def new_ballot(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a ballot from the clusters of a round; look at it first, in each language."""
    found, now = running_stage(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    clusters = [row.cluster for row in queries.clusters_of(round_) if not row.cluster.is_rest]
    posted = set(request.POST.getlist("clusters"))
    chosen = [one for one in clusters if str(one.pk) in posted] if request.method == "POST" else clusters
    faults = queries.faults_of(round_, chosen)
    form = BallotForm(clusters, get_language() or "en", faults.counts, request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != "look":
        data = form.cleaned_data
        try:
            actions.put_to_ballot(
                round_,
                form.chosen(),
                most_choices=data["most_choices"],
                seats=data["seats"],
                waivers=form.waivers(),
                by=request.actor.account_id,
                now=now,
            )
        except (HouseError, CoreError) as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The ballot is ready. Open it when the hall is."))
            return redirect("summit:control", process=process, stage=stage)
    context = {
        "process": found.process,
        "stage": found,
        "form": form,
        "round": round_,
        "clusters": clusters,
        "faults": [row for row in faults.rows if row.is_any],
        "previews": queries.previews_of(round_, chosen),
        "most_choices": form["most_choices"].value(),
    }
    return TemplateResponse(request, "summit/ballot_form.html", context)
