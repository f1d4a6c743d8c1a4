"""The page of one table: the question, the clock, the cards; no menu, no sign-in."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import CardForm
from burgertop.stages.summit.models import Card, Round, Table
from burgertop.stages.summit.news import hall_topic, table_topic
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.calls import table_side
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["edit", "table_page", "withdraw", "write"]

PARTS = {
    "top": "summit/_table_top.html",
    "form": "summit/_table_form.html",
    "cards": "summit/_table_cards.html",
    "side": "summit/_table_side.html",
}
HOUSE_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def _tongues(table: Table) -> list[str]:
    """The languages the page of a table speaks at once: that of the page first, then the table's others."""
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    others = [tag for tag in table.spoken if tag in HOUSE_LANGUAGES and tag != here]
    return [here, *others][:2]


def _context(
    request: HouseRequest, stage: Stage, table: Table, now: datetime, form: CardForm | None = None
) -> dict[str, Any]:
    rounds = queries.rounds_of(stage)
    current = queries.current_round(rounds)
    cards = queries.cards_at(table, current) if current is not None else []
    may_write = permissions.may_write_at_table(request.actor, table, current, now)
    return {
        "process": stage.process,
        "stage": stage,
        "table": table,
        "tongues": _tongues(table),
        "round": current,
        "now": now,
        **day_of(stage, now),
        **table_side(request, table, current, may_write=may_write, now=now),
        "cards": cards,
        "counts": queries.counts_at(cards, current) if current is not None else None,
        "may_write": may_write,
        "form": form or CardForm(table, _first_language(table)),
        "live_url": address_of(hall_topic(stage), table_topic(stage, table.number)),
    }


def _first_language(table: Table) -> str:
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    return here if here in table.spoken else next(iter(table.spoken), here)


@require_safe
def table_page(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a table its round; ``?part=`` gives the live parts alone."""
    found, now = seen_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    if not permissions.may_open_table(request.actor, table, now):
        if permissions.has_old_pass(request.actor, table):
            context = {"process": found.process, "stage": found, "table": table}
            return TemplateResponse(request, "summit/unbound.html", context, status=403)
        raise PermissionDenied
    name = PARTS.get(request.GET.get("part", ""), "summit/table.html")
    return TemplateResponse(request, name, _context(request, found, table, now))


@require_http_methods(["GET", "POST"])
def edit(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Show the page of a table with one of its cards in the form, to be corrected."""
    found, now = seen_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    one = get_object_or_404(Card.objects.standing().prefetch_related("texts"), pk=card, table=table)
    if not permissions.may_hold_pen(request.actor, table):
        raise PermissionDenied
    form = CardForm(table, one.language, **_words_of(one))
    context = {**_context(request, found, table, now, form), "edited": one}
    return TemplateResponse(request, "summit/table.html", context)


def _words_of(card: Card) -> dict[str, Any]:
    return {
        "card": card.pk,
        "revision": card.revision,
        "text": card.say("text", card.language).text,
        "reasons": card.say("reasons", card.language).text,
        "support": card.support,
        "is_dissent": card.is_dissent,
    }


@require_POST
def write(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take a card: a new one, or a change; what cannot be taken stays in the form, with the reason."""
    found, now = seen_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    current = queries.current_round(queries.rounds_of(found))
    if not permissions.may_hold_pen(request.actor, table):
        raise PermissionDenied
    form = CardForm(table, "", request.POST)
    if current is None or not form.is_valid():
        return TemplateResponse(request, "summit/table.html", _context(request, found, table, now, form))
    try:
        conflict = _take(request, table, current, form, now)
    except HouseError as error:
        form.add_error(None, say(error))
        return TemplateResponse(request, "summit/table.html", _context(request, found, table, now, form), status=409)
    if conflict is not None:
        again = CardForm(table, "", _again(request.POST, conflict))
        context = {**_context(request, found, table, now, again), "conflict": conflict}
        return TemplateResponse(request, "summit/table.html", context, status=409)
    return redirect("summit:table", process=process, stage=stage, pk=pk)


def _take(request: HouseRequest, table: Table, current: Round, form: CardForm, now: datetime) -> Card | None:
    """Store the card of a form; returns the card as it stands when the form came too late for it."""
    data = form.cleaned_data
    known = Card.objects.filter(pk=data["card"], table=table).select_related("round").first()
    round_ = known.round if known is not None else current
    round_.stage = table.stage
    if not permissions.may_write_at_table(request.actor, table, round_, now):
        raise HouseError("summit.round_closed")
    device = permissions.device_of(request.actor, table)
    by = request.actor.account_id or (device.pk if device is not None else None)
    draft = form.draft(is_sent=request.POST.get("do") != "keep")
    if known is None or data["revision"] == 0:
        actions.write_card(current, table, draft, card_id=data["card"], once=data["once"], by=by, now=now)
        return None
    outcome = actions.change_card(known, draft, revision=data["revision"], once=data["once"], by=by, now=now)
    return outcome.card if outcome.conflict is not None else None


def _again(posted: Mapping[str, Any], card: Card) -> dict[str, Any]:
    """The words of a form that came too late, ready to be sent knowingly over the newer card."""
    return {**{name: posted[name] for name in posted}, "revision": card.revision, "once": str(uuid.uuid4())}


@require_POST
def withdraw(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Take a card back."""
    found, now = seen_stage(request, process, stage)
    table = queries.table_or_404(found, pk)
    one = get_object_or_404(Card.objects.select_related("round"), pk=card, table=table)
    one.round.stage = found
    if not permissions.may_write_at_table(request.actor, table, one.round, now):
        raise PermissionDenied
    device = permissions.device_of(request.actor, table)
    by = request.actor.account_id or (device.pk if device is not None else None)
    actions.withdraw_card(one, by=by, now=now)
    return redirect("summit:table", process=process, stage=stage, pk=pk)
