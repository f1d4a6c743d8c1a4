"""Where the device of a table brings what it wrote, and gets the table's cards as the server has them."""

import json
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind, StageState
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.device_clocks import slow_seconds
from burgertop.stages.summit.models import Card, CardRevision, Device, Table
from burgertop.stages.summit.views.brought_cards import CardBatch, read_card_batch
from burgertop.stages.summit.views.entering import seen_table
from burgertop.stages.summit.views.offline import short_wait, worker_file

__all__ = ["sync", "table_worker"]

BUSY_SECONDS = 3
STATUS = {"summit.key_used": 409}


@require_http_methods(["GET", "POST"])
def sync(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take what a device holds, each change once by its key, and tell it how the table's cards stand. GET only asks.

    When the database is busy or full the answer is 503 with a moment to wait: the device keeps everything.
    """
    try:
        with short_wait():
            return _sync(request, process, stage, pk)
    except OperationalError:
        answer = JsonResponse({"state": "busy", "seconds": BUSY_SECONDS}, status=503)
        answer["Retry-After"] = str(BUSY_SECONDS)
        return answer


def _sync(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    table, now = seen_table(request, process, stage, pk)
    device = permissions.old_device_of(request.actor, table)
    if device is None:
        raise PermissionDenied
    if device.revoked_at is not None and not device.is_handed_on:
        return JsonResponse({"state": "ended", "said": say(HouseError("summit.device_ended"))})
    if table.stage.state == StageState.CLOSED:
        return JsonResponse({"state": "closed", "said": say(HouseError("summit.round_closed"))})
    if request.method != "POST":
        return JsonResponse(_state(request, table, device, now))
    try:
        batch = read_card_batch(json.loads(request.body), table.spoken)
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"state": "unreadable"}, status=400)
    answers = _take(table, device, batch, now)
    return JsonResponse({**_state(request, table, device, now), **answers})


def _take(table: Table, device: Device, batch: CardBatch, now: datetime) -> dict[str, object]:
    """Bring the changes; what was refused is said in a sentence of the page's language."""
    answers = []
    seconds = slow_seconds(device, batch.told_at, now=now)
    with transaction.atomic():  # one write to the disk
        if device.revoked_at is not None:
            actions.tell_handed_on(device, now=now)
        if batch.changes:
            answers = actions.bring_changes(table, batch.changes, device=device, now=now, clock_seconds=seconds)
        actions.note_table_device(device, waiting=batch.waiting, clock_seconds=seconds, now=now)
    return {
        "answers": [
            {
                "once": str(one.once),
                "outcome": one.outcome.value,
                "again": one.is_again,
                "status": STATUS.get(one.code, 409 if one.outcome == "conflict" else 422 if one.code else 200),
                "code": one.code,
                "said": say(HouseError.kept(one.code, one.params or {})) if one.code else "",
            }
            for one in answers
        ],
        "unreadable": batch.unreadable,
    }


def _state(request: HouseRequest, table: Table, device: Device, now: datetime) -> dict[str, object]:
    """The cards of the table with their keys, the round, the devices, and the server's moment.

    A device whose table others write for hears that they do, and nothing of the table.
    """
    if device.revoked_at is not None:
        return {"state": "handed_on", "csrf": get_token(request)}
    current = queries.current_round(queries.rounds_of(table.stage))
    cards = queries.cards_at(table, current)
    return {
        "state": "open" if table.stage.state == StageState.OPEN else "closed",
        "now": int(now.timestamp() * 1000),
        "csrf": get_token(request),
        "round": {
            "id": str(current.pk),
            "number": current.number,
            "is_open": current.is_open,
            "limit": current.cards_limit,
        }
        if current is not None
        else None,
        "cards": [_card(one) for one in cards],
        "device": {"number": device.number, "sends": device.is_sender},
        "devices": [
            {"number": one.number, "sends": one.is_sender, "waiting": one.waiting} for one in queries.devices_at(table)
        ],
        "photos": [str(one) for one in queries.photo_ids(table, current)],
    }


def _card(card: Card) -> dict[str, object]:
    beside: list[CardRevision] = getattr(card, "beside", [])
    return {
        "id": str(card.pk),
        "head": str(queries.head_of(card)),
        "round": str(card.round_id),
        "number": card.number,
        "revision": card.revision,
        "state": card.state,
        "is_late": card.is_late,
        "at": int(card.written_at.timestamp() * 1000),
        "text": card.say("text", card.language).text,
        "reasons": card.say("reasons", card.language).text,
        "language": card.language,
        "support": card.support,
        "is_dissent": card.is_dissent,
        "beside": [
            {
                "once": str(one.once),
                "text": one.text,
                "reasons": one.reasons,
                "language": one.language,
                "support": one.support,
                "is_dissent": one.is_dissent,
            }
            for one in beside
        ],
    }


@require_safe
def table_worker(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """The script that keeps the page of this table without a network; its address limits it to this page."""
    stage_or_404(process, StageKind.SUMMIT, stage)
    return worker_file()
