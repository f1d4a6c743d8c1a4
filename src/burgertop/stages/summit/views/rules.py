"""The rules of seats: somebody at a table, people apart, people together; and what counts how much."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.forms import RuleForm, WeightsForm
from burgertop.stages.summit.models import RuleKind, RuleReason, SeatRule
from burgertop.stages.summit.queries.plan import weights_of
from burgertop.stages.summit.queries.room import rules_list
from burgertop.stages.summit.views.entering import running_stage

__all__ = ["drop_rule", "rules", "weigh"]


@require_http_methods(["GET", "POST"])
def rules(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List the rules; add one."""
    found, now = running_stage(request, process, stage)
    form = RuleForm(queries.rounds_of(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _make(found, form, now)
        except HouseError as error:
            is_of_table = error.code in {"seating.unknown_table", "summit.rule_needs_table"}
            form.add_error("table" if is_of_table else "people", say(error))
        else:
            return redirect("summit:rules", process=process, stage=stage)
    context = {
        "process": found.process,
        "stage": found,
        "here": "rules",
        "rules": rules_list(found),
        "form": form,
        "weights_form": _weights_form(found),
    }
    return TemplateResponse(request, "summit/rules.html", context)


@require_POST
def weigh(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Say how much each feature counts."""
    found, _now = running_stage(request, process, stage)
    form = _weights_form(found, request.POST)
    if form.is_valid():
        actions.weigh_features(found, form.chosen())
        messages.success(request, _("The next plan goes by it."))
    else:
        messages.error(request, _("Choose for each feature how much it counts."))
    return redirect("summit:rules", process=process, stage=stage)


def _weights_form(stage: Stage, data: QueryDict | None = None) -> WeightsForm:
    names = queries.feature_names(queries.roster_of(stage))
    return WeightsForm(weights_of(stage, names), data)


def _make(stage: Stage, form: RuleForm, now: datetime) -> None:
    data = form.cleaned_data
    actions.make_rule(
        stage,
        RuleKind(data["kind"]),
        queries.people_numbered(stage, data["people"]),
        reason=RuleReason(data["reason"]),
        table=queries.table_numbered(stage, data["table"]) if data["table"] else None,
        round_=stage.rounds.filter(number=data["round"]).first() if data["round"] else None,
        now=now,
    )


@require_POST
def drop_rule(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give up a rule."""
    found, _now = running_stage(request, process, stage)
    actions.drop_rule(get_object_or_404(SeatRule, pk=pk, stage=found))
    return redirect("summit:rules", process=process, stage=stage)
