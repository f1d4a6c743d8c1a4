"""The theme desk: read, put together, confirm, take back."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.actions import Decided, Pick
from burgertop.stages.summit.forms import ClusterForm
from burgertop.stages.summit.forms.desk import TITLE_LENGTH, parsed_id
from burgertop.stages.summit.models import Card, Cluster, DeskAct, Round
from burgertop.stages.summit.news import desk_topic, hall_topic
from burgertop.stages.summit.queries import ClusterRow
from burgertop.stages.summit.queries.script import day_of
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["back_to_desk", "check", "clustering", "deal", "desk", "new_cluster", "place", "reading", "undo"]


def clustering(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime, uuid.UUID]:
    """Return the stage, the moment and the account of somebody who works at the desk; nobody else comes further."""
    found, now = seen_stage(request, process, stage)
    account = request.actor.account_id
    if account is None or not permissions.may_cluster(request.actor, found, now):
        raise PermissionDenied
    return found, now, account


def reading(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    """Return the stage and the moment for those who may read the desk."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_read_desk(request.actor, found, now):
        raise PermissionDenied
    return found, now


def desk_round_for(
    request: HouseRequest, process: str, stage: str, *, may: Callable[[Actor, Stage, datetime], bool], **which: object
) -> tuple[Round, datetime]:
    """Return a round and the moment for those who may; one query, for what is asked often."""
    found, now = queries.desk_round(process, stage, **which), timezone.now()
    if found is None or not permissions.may_see_stage(request.actor, found.stage, now):
        raise Http404
    if not may(request.actor, found.stage, now):
        raise PermissionDenied
    return found, now


def back_to_desk(stage: Stage, round_: Round) -> HttpResponse:
    """Lead back to the desk of a round."""
    address = reverse("summit:desk", kwargs={"process": stage.process.slug, "stage": stage.slug})
    return redirect(f"{address}?round={round_.number}")


def _answer(request: HouseRequest, stage: Stage, round_: Round, now: datetime) -> HttpResponse:
    """After an act: the bench alone for a page that asked for it, with what there is to say; else the desk."""
    if "HX-Request" not in request.headers:
        return back_to_desk(stage, round_)
    return _fragment(request, "summit/_bench.html", _context(request, stage, round_, now))


def _dealt(
    request: HouseRequest, round_: Round, rows: Sequence[ClusterRow], card: Card, last: DeskAct | None
) -> HttpResponse:
    """After an act: the next card alone, for a page that hears of the rest by itself."""
    context = {**_words(round_.stage), "round": round_, "hand": queries.dealt_hand(round_, card, rows), "last": last}
    return _fragment(request, "summit/_dealt.html", context)


def _fragment(request: HouseRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """A part of the page, with what there is to say, and without the shell of a page around it."""
    notes = list(messages.get_messages(request))
    return HttpResponse(render_to_string(name, {**context, "notes": notes, "csrf_token": get_token(request)}))


def _context(request: HouseRequest, stage: Stage, round_: Round | None, now: datetime) -> dict[str, object]:
    return {
        **_words(stage),
        "round": round_,
        "bench": queries.bench_of(round_, request.actor.account_id, now) if round_ is not None else None,
        "may_cluster": permissions.may_cluster(request.actor, stage, now),
    }


def _words(stage: Stage) -> dict[str, object]:
    """What every part of the desk says its words with; titles are typed in the page's language, if there is such."""
    here = get_language() or "en"
    return {
        "process": stage.process,
        "stage": stage,
        "language": here,
        "title_length": TITLE_LENGTH,
        "title_language": _title_language(stage),
    }


def _title_language(stage: Stage) -> str:
    """The language in which a title is typed at the desk: that of the page, if the process speaks it."""
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    return here if here in stage.process.languages else next(iter(stage.process.languages), here)


@require_safe
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the cards to read and the clusters of a round."""
    asked = request.GET.get("round", "")
    if "HX-Request" in request.headers and asked.isdecimal():
        may = permissions.may_read_desk
        round_, now = desk_round_for(request, process, stage, may=may, number=int(asked))
        return _fragment(request, "summit/_bench.html", _context(request, round_.stage, round_, now))
    found, now = reading(request, process, stage)
    rounds = queries.rounds_of(found)
    shown = next((one for one in rounds if str(one.number) == asked), None) or queries.current_round(rounds)
    if shown is not None:
        shown.stage = found
    context = _context(request, found, shown, now)
    if "HX-Request" in request.headers:
        return _fragment(request, "summit/_bench.html", context)
    context |= {
        "rounds": rounds,
        "now": now,
        **day_of(found, now),
        "may_run": permissions.may_run_day(request.actor, found, now),
        "live_url": address_of(desk_topic(found), hall_topic(found)),
    }
    return TemplateResponse(request, "summit/desk.html", context)


@require_POST
def deal(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Deal this account a card: the one it asks for, the next one, or the oldest that nobody has in hand."""
    round_, now = desk_round_for(request, process, stage, may=permissions.may_cluster, pk=pk)
    account = _account(request)
    do = request.POST.get("do", "")
    card = _card(request, "card", round_)
    dealt = None
    try:
        if do in {"take", "keep"} and card is not None:
            actions.hold_card(card, by=account, now=now)
        elif do == "free":
            actions.free_hand(by=account)
        else:
            dealt = actions.deal_card(round_, by=account, now=now, after=card if do == "next" else None)
            if dealt is None and do != "keep":
                messages.info(request, _("Nothing waits that nobody has in hand."))
    except HouseError as error:
        messages.error(request, say(error))
    if do == "keep":
        return HttpResponse(status=204)
    return _answer(request, round_.stage, round_, now)


def _account(request: HouseRequest) -> uuid.UUID:
    if request.actor.account_id is None:
        raise PermissionDenied
    return request.actor.account_id


@require_POST
def place(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Put a card, and those that were ticked with it, into a cluster, a new one, or with those that stand alone."""
    first = _id(request, "card")
    if first is None:
        clustering(request, process, stage)
        raise Http404
    round_, now = desk_round_for(request, process, stage, may=permissions.may_cluster, cards=first)
    account = _account(request)
    picks = [Pick(first, _id(request, "seen"))]
    picks += [Pick(pk, None) for pk in map(parsed_id, request.POST.getlist("alike")) if pk is not None]
    if len(picks) > 1 and Card.objects.filter(pk__in=[one.card for one in picks], round=round_).count() != len(picks):
        raise Http404
    decided, rows = None, queries.clusters_worded(round_)
    try:
        decided = _put(request, round_, rows, picks, account, now)
    except HouseError as error:
        messages.error(request, say(error))
    onward = request.POST.get("next", "")
    if onward == "check":
        actions.deal_check(round_, by=account, now=now)
        return redirect("summit:check", process=process, stage=stage, pk=round_.pk)
    if parsed_id(onward) is not None:
        return redirect("summit:cluster", process=process, stage=stage, pk=onward)
    is_brief = "HX-Request" in request.headers and request.POST.get("brief") == "1"
    if is_brief and decided is not None and decided.next is not None:
        act = decided.placed[0].act
        return _dealt(request, round_, rows, decided.next, act if act is not None and act.by == account else None)
    if decided is None and request.POST.get("deal"):
        actions.deal_card(round_, by=account, now=now)
    return _answer(request, round_.stage, round_, now)


def _put(
    request: HouseRequest,
    round_: Round,
    rows: Sequence[ClusterRow],
    picks: list[Pick],
    account: uuid.UUID,
    now: datetime,
) -> Decided | None:
    """Do what was decided; where the next card was asked for and goes along, say which."""
    do, title = request.POST.get("do", ""), request.POST.get("new_title", "").strip()[:TITLE_LENGTH]
    suggested: list[uuid.UUID] = []
    if do == "new":
        if not title:
            messages.error(request, _("The new cluster needs a title."))
        else:
            actions.place_in_new(round_, picks, titles={_title_language(round_.stage): title}, by=account, now=now)
        return None
    if do == "rest":
        into = actions.make_rest(round_, by=account, now=now)
    else:
        wanted = parsed_id(do) or _id(request, "cluster")
        known = next((row.cluster for row in rows if row.cluster.pk == wanted), None)
        into = known or get_object_or_404(Cluster, pk=wanted, round=round_)  # one that is gone says so itself
        shown = [pk for pk in map(parsed_id, request.POST.get("suggested", "").split()) if pk is not None]
        suggested = [pk for pk in shown if any(row.cluster.pk == pk for row in rows)]
    if request.POST.get("deal"):
        return actions.decide(round_, into, picks, by=account, now=now, suggested=suggested)
    actions.place_cards(into, picks, by=account, now=now, suggested=suggested)
    return None


def _card(request: HouseRequest, name: str, round_: Round) -> Card | None:
    pk = _id(request, name)
    return Card.objects.filter(pk=pk, round=round_).first() if pk is not None else None


def _id(request: HouseRequest, name: str) -> uuid.UUID | None:
    return parsed_id(request.POST.get(name, ""))


@require_POST
def undo(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take back the last act of this account in a round."""
    round_, now = desk_round_for(request, process, stage, may=permissions.may_cluster, pk=pk)
    account = _account(request)
    try:
        actions.undo_last(round_, by=account, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    return _answer(request, round_.stage, round_, now)


@require_http_methods(["GET", "POST"])
def check(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show a card that somebody else placed, to be confirmed; POST confirms it, or deals the next one."""
    if request.method != "POST":
        found, now = reading(request, process, stage)
    else:
        found, now, account = clustering(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    if request.method == "POST":
        seen = [one for one in map(parsed_id, request.POST.getlist("placement")) if one is not None]
        after = _card(request, "after", round_)
        try:
            done = actions.confirm_placements(round_, seen, by=account, now=now) if seen else 0
            if len(seen) > 1:
                messages.success(request, _("Cards confirmed: %(cards)s.") % {"cards": done})
        except HouseError as error:
            messages.error(request, say(error))
        if request.POST.get("cluster"):
            return redirect("summit:cluster", process=process, stage=stage, pk=_id(request, "cluster"))
        actions.deal_check(round_, by=account, now=now, after=after)
        if "HX-Request" not in request.headers:
            return redirect("summit:check", process=process, stage=stage, pk=pk)
    shared = queries.shared_desk(round_, now)
    context = {
        "process": found.process,
        "stage": found,
        "round": round_,
        "placement": queries.check_of(round_, request.actor.account_id, now),
        "rows": shared.clusters,
        "confirmed": shared.confirmed_count,
        "placed": shared.placed_count,
        "to_confirm": shared.to_confirm(request.actor.account_id),
        "may_cluster": permissions.may_cluster(request.actor, found, now),
        "notes": list(messages.get_messages(request)) if "HX-Request" in request.headers else [],
    }
    name = "summit/_check.html" if "HX-Request" in request.headers else "summit/check.html"
    return TemplateResponse(request, name, context)


@require_http_methods(["GET", "POST"])
def new_cluster(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a cluster with words in several languages, and put the card in that asked for it."""
    found, now, account = clustering(request, process, stage)
    round_ = queries.round_or_404(found, pk)
    form = ClusterForm(found.process.languages, request.POST or None, {"card": request.GET.get("card", "")})
    if request.method == "POST" and form.is_valid():
        card = Card.objects.sent().filter(pk=form.cleaned_data["card"], round=round_).first()
        picks = [Pick(card.pk, None)] if card is not None else []
        titles, summaries = form.bodies("title"), form.bodies("summary")
        try:
            actions.place_in_new(round_, picks, titles=titles, summaries=summaries, by=account, now=now)
        except HouseError as error:
            messages.error(request, say(error))
        else:
            messages.success(request, _("The cluster is made."))
        return back_to_desk(found, round_)
    context = {"process": found.process, "stage": found, "round": round_, "form": form}
    return TemplateResponse(request, "summit/cluster_form.html", context)
