"""What a table presses beside its cards: a call for help, and the topic it chose."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import HelpForm, TopicForm
from burgertop.stages.summit.models import HelpKind, Round, Table
from burgertop.stages.summit.queries.board import call_or_404, calls_at, topic_of
from burgertop.stages.summit.views.entering import seen_table

__all__ = ["call_help", "call_over", "choose_topic", "table_side"]


def table_side(
    request: HouseRequest, table: Table, round_: Round | None, *, may_write: bool, now: datetime
) -> dict[str, object]:
    """What stands beside the cards of a table: its topic, its calls for help, the script."""
    topic = topic_of(round_, table)
    first = next(iter(table.spoken), table.stage.process.first_language)
    return {
        "topic": topic,
        "topic_form": TopicForm(table, topic.language if topic is not None else first, text=str(topic or "")),
        "calls": calls_at(table),
        "help_kinds": HelpKind.choices,
        "may_call": permissions.may_call_help(request.actor, table, now),
    }


@require_POST
def call_help(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Let a table ask for help; the control desk sees it at once."""
    table, now = seen_table(request, process, stage, pk)
    if not permissions.may_call_help(request.actor, table, now):
        raise PermissionDenied
    form = HelpForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    kind = HelpKind(form.cleaned_data["kind"])
    try:
        actions.call_for_help(table, kind=kind, once=form.cleaned_data["once"], now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:table", process=process, stage=stage, pk=pk)


@require_POST
def call_over(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, call: uuid.UUID) -> HttpResponse:
    """Let a table say that it needs no help any more."""
    table, now = seen_table(request, process, stage, pk)
    if not permissions.may_call_help(request.actor, table, now):
        raise PermissionDenied
    one = call_or_404(table.stage, call)
    if one.table_id != table.pk:
        raise PermissionDenied
    actions.end_call(one, now=now)
    return redirect("summit:table", process=process, stage=stage, pk=pk)


@require_POST
def choose_topic(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Write down what a table talks about in a round with a free topic."""
    table, now = seen_table(request, process, stage, pk)
    found = table.stage
    current = queries.current_round(queries.rounds_of(found))
    if current is None or not permissions.may_write_at_table(request.actor, table, current, now):
        raise PermissionDenied
    form = TopicForm(table, next(iter(table.spoken), found.process.first_language), request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        data = form.cleaned_data
        try:
            actions.choose_topic(current, table, data["text"], data["language"], now=now)
        except HouseError as error:
            messages.error(request, say(error))
    return redirect("summit:table", process=process, stage=stage, pk=pk)
