"""A table sends what it picked: the cards are read aloud, the table agrees, one press; and it can call them back."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.models import Card, Table
from burgertop.stages.summit.permissions import Holder
from burgertop.stages.summit.views.table import context_of, table_at

__all__ = ["call_back", "read_back", "send", "settle", "take_send"]


@require_safe
def read_back(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show the picked cards large, to be read aloud before they are sent."""
    table, _holder, now = table_at(request, process, stage, pk)
    picked = queries.picked_at(table, request.GET.getlist("card"))
    context: dict[str, Any] = {**context_of(request, table.stage, table, now), "picked": picked, "once": uuid.uuid4()}
    if not picked:
        context["problem"] = say(HouseError("summit.nothing_picked"))
    return TemplateResponse(request, "summit/read_back.html", context)


@require_POST
def send(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Send the cards that were read aloud, each as it was then; what cannot be sent is said."""
    table, holder, now = table_at(request, process, stage, pk)
    picked = _read_aloud(request)
    try:
        _check_sender(holder)
        actions.send_cards(table, picked, once=_once(request), by=holder.by, now=now, takes_late=True)
    except HouseError as error:
        context = {
            **context_of(request, table.stage, table, now),
            "picked": queries.picked_at(table, [str(card) for card, _revision in picked]),
            "once": uuid.uuid4(),
            "problem": say(error),
        }
        return TemplateResponse(request, "summit/read_back.html", context, status=409)
    return redirect("summit:table", process=process, stage=stage, pk=pk)


def _check_sender(holder: Holder) -> None:
    if not holder.may_send:
        raise HouseError("summit.other_device_sends")


def _read_aloud(request: HouseRequest) -> list[tuple[uuid.UUID, int]]:
    """The cards of the form, each with the revision that was read aloud; what makes no sense is left out."""
    found = []
    for word in request.POST.getlist("card"):
        card, _, revision = word.partition(".")
        try:
            found.append((uuid.UUID(card), int(revision[:9])))
        except ValueError:
            continue
    return found


def _once(request: HouseRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()


def _card(table: Table, card: uuid.UUID) -> Card:
    return get_object_or_404(Card.objects.select_related("round", "table"), pk=card, table=table)


@require_POST
def call_back(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Call a sent card back to the table."""
    table, holder, now = table_at(request, process, stage, pk)
    if not holder.may_send:
        raise PermissionDenied
    try:
        actions.call_back_card(_card(table, card), by=holder.by, now=now)
    except HouseError as error:
        raise PermissionDenied from error
    return redirect("summit:table", process=process, stage=stage, pk=pk)


@require_POST
def settle(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Leave a card as it is: the text beside it is not wanted."""
    table, _holder, now = table_at(request, process, stage, pk)
    try:
        texts = [uuid.UUID(request.POST.get("settles", ""))]
    except ValueError:
        texts = []
    actions.settle_card(_card(table, card), texts, now=now)
    return redirect("summit:table", process=process, stage=stage, pk=pk)


@require_POST
def take_send(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Let this device of the table send from now on."""
    table, _holder, now = table_at(request, process, stage, pk)
    device = permissions.device_of(request.actor, table)
    if device is None:
        raise PermissionDenied
    actions.take_send(device, now=now)
    return redirect("summit:table", process=process, stage=stage, pk=pk)
