"""Blind second coders: draw a sample, code card by card, read the agreement when it is done."""

import secrets
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import CodingForm, SampleForm
from burgertop.stages.summit.models import Cluster, CodingSample, SampledCard
from burgertop.stages.summit.views.desk import clustering, reading

__all__ = ["code", "samples"]

SEED_BYTES = 8


@require_http_methods(["GET", "POST"])
def samples(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show the samples of a round and what came out; POST draws one for this account to code."""
    if request.method == "POST":
        found, now, account = clustering(request, process, stage)
    else:
        found, now = reading(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seed = secrets.token_hex(SEED_BYTES)
        try:
            sample = actions.draw_sample(round_, size=form.cleaned_data["size"], seed=seed, coder=account, now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            return redirect("summit:code", process=process, stage=stage, pk=sample.pk)
    rows = queries.samples_of(round_, request.actor.account_id)
    context = {
        "process": found.process,
        "stage": found,
        "round": round_,
        "form": form,
        "rows": [(row, queries.sample_view(row.sample) if row.may_show else None) for row in rows],
        "may_cluster": permissions.may_cluster(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/coding.html", context)


@require_http_methods(["GET", "POST"])
def code(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a coder one card and the clusters, never where the card lies; POST takes the answer."""
    found, now, account = clustering(request, process, stage)
    sample = get_object_or_404(CodingSample.objects.select_related("round"), pk=pk, round__stage=found)
    sample.round = queries.round_or_404(found, sample.round_id)
    form = CodingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = get_object_or_404(SampledCard, pk=form.cleaned_data["item"], sample=sample)
        into = get_object_or_404(Cluster, pk=form.cleaned_data["cluster"], round=sample.round)
        try:
            actions.code_card(item, into, coder=account, now=now)
        except HouseError as error:
            messages.error(request, say(error))
        return redirect("summit:code", process=process, stage=stage, pk=pk)
    item_now = queries.next_item(sample, account)
    if item_now is None:
        messages.success(request, _("There is nothing left to code here for you."))
        return redirect("summit:coding", process=process, stage=stage, pk=sample.round_id)
    row = next(one for one in queries.samples_of(sample.round, account) if one.sample.pk == sample.pk)
    clusters = sample.round.clusters.standing().prefetch_related("texts").order_by("is_rest", "order")
    context = {
        "process": found.process,
        "stage": found,
        "round": sample.round,
        "sample": sample,
        "item": item_now,
        "place": row.done_by_me + 1,
        "of": row.mine,
        "clusters": clusters,
    }
    return TemplateResponse(request, "summit/code.html", context)
