"""The page of one table: the question, the clock, the cards; no menu, no sign-in. It works by plain forms, too."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import CardForm
from burgertop.stages.summit.models import Card, CardState, Table
from burgertop.stages.summit.news import hall_topic, table_topic
from burgertop.stages.summit.permissions import Holder
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.calls import table_side
from burgertop.stages.summit.views.entering import seen_table

__all__ = ["context_of", "edit", "table_at", "table_page", "tongues_of", "withdraw", "write"]

PARTS = {
    "top": "summit/_table_top.html",
    "form": "summit/_table_form.html",
    "cards": "summit/_table_cards.html",
    "photos": "summit/_table_photos.html",
    "side": "summit/_table_side.html",
}
NO_CARD = uuid.UUID(int=0)
HOUSE_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


_card = Prepared(lambda pk, table: Card.objects.filter(pk=pk, table=table).select_related("round", "table"))


@dataclass(frozen=True, slots=True)
class BlankCard:
    """A card with nothing on it: the shape that the page's script fills."""

    pk: uuid.UUID = NO_CARD
    once: uuid.UUID = NO_CARD
    number: int = 0
    revision: int = 0
    state: str = CardState.DRAFT
    text: str = ""
    reasons: str = ""
    language: str = ""
    support: int | None = None
    is_dissent: bool = False
    is_late: bool = False
    written_at: datetime | None = None
    beside: tuple[()] = ()

    def say(self, name: str, language: str) -> str:
        """Say nothing."""
        return ""


def tongues_of(table: Table) -> list[str]:
    """The languages the page of a table speaks at once: that of the page first, then the table's others."""
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    others = [tag for tag in table.spoken if tag in HOUSE_LANGUAGES and tag != here]
    return [here, *others][:2]


def context_of(
    request: HouseRequest, stage: Stage, table: Table, now: datetime, form: CardForm | None = None
) -> dict[str, Any]:
    """What the page of a table shows, whole or in parts."""
    current = queries.current_round(queries.rounds_of(stage))
    cards = queries.cards_at(table, current)
    devices = queries.devices_at(table)
    device = permissions.device_of(request.actor, table)
    may_write = permissions.may_write_at_table(request.actor, table, current, now)
    holder = permissions.holder_of(request.actor, table)
    return {
        "process": stage.process,
        "stage": stage,
        "table": table,
        "tongues": tongues_of(table),
        "round": current,
        "now": now,
        **day_of(stage, now),
        **table_side(request, table, current, may_write=may_write, now=now),
        "cards": cards,
        "counts": queries.counts_at(cards, current) if current is not None else None,
        "may_write": may_write,
        "is_at_home": permissions.sits_at_home(request.actor, table),
        "may_send": holder is not None and holder.may_send,
        "device": device,
        "photos": queries.photo_ids(table, current),
        "blank": BlankCard(),
        "once": uuid.uuid4(),
        "devices": devices,
        "form": form or CardForm(table, _first_language(table), round=current.pk if current is not None else None),
        "live_url": address_of(hall_topic(stage), table_topic(stage, table.number)),
    }


def _first_language(table: Table) -> str:
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    return here if here in table.spoken else next(iter(table.spoken), here)


def table_at(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> tuple[Table, Holder, datetime]:
    """The table with its stage, who holds its pen, and the moment; nobody else comes further."""
    table, now = seen_table(request, process, stage, pk)
    holder = permissions.holder_of(request.actor, table)
    if holder is None:
        raise PermissionDenied
    return table, holder, now


@require_safe
def table_page(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a table its round; ``?part=`` gives the live parts alone."""
    table, now = seen_table(request, process, stage, pk)
    found = table.stage
    if not permissions.may_open_table(request.actor, table, now):
        if permissions.has_old_pass(request.actor, table):
            context = {"process": found.process, "stage": found, "table": table}
            return TemplateResponse(request, "summit/unbound.html", context, status=403)
        raise PermissionDenied
    name = PARTS.get(request.GET.get("part", ""), "summit/table.html")
    return TemplateResponse(request, name, context_of(request, found, table, now))


@require_safe
def edit(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Show the page of a table with one of its cards in the form, to be corrected."""
    table, _holder, now = table_at(request, process, stage, pk)
    one = get_object_or_404(Card.objects.prefetch_related("texts"), pk=card, table=table)
    form = CardForm(table, one.language, **_words_of(one))
    context = {**context_of(request, table.stage, table, now, form), "edited": one}
    return TemplateResponse(request, "summit/table.html", context)


def _words_of(card: Card) -> dict[str, Any]:
    return {
        "card": card.pk,
        "revision": card.revision,
        "round": card.round_id,
        "text": card.say("text", card.language).text,
        "reasons": card.say("reasons", card.language).text,
        "support": card.support,
        "is_dissent": card.is_dissent,
    }


@require_POST
def write(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Keep a card: a new one, or a change; what cannot be taken stays in the form, with the reason."""
    table, holder, now = table_at(request, process, stage, pk)
    form = CardForm(table, "", request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "summit/table.html", context_of(request, table.stage, table, now, form))
    try:
        conflict = _take(table, form, holder, now)
    except HouseError as error:
        form.add_error(None, say(error))
        context = context_of(request, table.stage, table, now, form)
        return TemplateResponse(request, "summit/table.html", context, status=409)
    if conflict is not None:
        card, kept = conflict
        again = CardForm(table, "", _again(request.POST, card, kept))
        context = {**context_of(request, table.stage, table, now, again), "conflict": card}
        return TemplateResponse(request, "summit/table.html", context, status=409)
    return redirect("summit:table", process=process, stage=stage, pk=pk)


def _take(table: Table, form: CardForm, holder: Holder, now: datetime) -> tuple[Card, uuid.UUID] | None:
    """Store the card of a form; returns the card, and the key of the text kept beside it, when it had moved on."""
    data = form.cleaned_data
    known = _card.first(data["card"], table.pk) if data["revision"] else None
    if known is None:
        actions.write_card(
            data["round"],
            table,
            form.draft(),
            card_id=data["card"],
            once=data["once"],
            by=holder.by,
            now=now,
            takes_late=True,
        )
        return None
    settles = [data["settles"]] if data["settles"] else []
    outcome = actions.change_card(
        known,
        form.draft(),
        revision=data["revision"],
        once=data["once"],
        by=holder.by,
        now=now,
        settles=settles,
        takes_late=True,
    )
    return (outcome.card, data["once"]) if outcome.conflict is not None else None


def _again(posted: Mapping[str, Any], card: Card, kept: uuid.UUID) -> dict[str, Any]:
    """The words of a form that came too late, ready to be kept knowingly over the newer card."""
    again = {"revision": card.revision, "once": str(uuid.uuid4()), "settles": str(kept)}
    return {**{name: posted[name] for name in posted}, **again}


@require_POST
def withdraw(request: HouseRequest, process: str, stage: str, pk: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """Take a card off the table."""
    table, holder, now = table_at(request, process, stage, pk)
    one = get_object_or_404(Card.objects.select_related("round", "table"), pk=card, table=table)
    try:
        actions.withdraw_card(one, by=holder.by, now=now)
    except HouseError as error:
        raise PermissionDenied from error
    return redirect("summit:table", process=process, stage=stage, pk=pk)
