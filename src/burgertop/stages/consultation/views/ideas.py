"""For everybody: the home of the consultation, sending an idea, reading ideas."""

import uuid
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.pseudonyms import pseudonym
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.ideas import CODE_PURPOSE, send_idea
from burgertop.stages.consultation.forms import IdeaForm, SearchForm
from burgertop.stages.consultation.models import HideReason, Idea, IdeaState
from burgertop.stages.consultation.permissions import may_read_desk, may_read_ratings
from burgertop.stages.consultation.queries.ideas import (
    author_of,
    idea_counts,
    idea_languages,
    ideas_by_id,
    ideas_in_order,
    little_read,
    matching_ids,
    similar_ideas,
    with_words,
)
from burgertop.stages.consultation.queries.moderation import hiding_of, removals_of
from burgertop.stages.consultation.queries.ratings import my_ratings, origins_of, with_counts
from burgertop.stages.consultation.queries.themes import agenda_of, progress_of, themes_of
from burgertop.stages.consultation.views.door import code_of, context_of, go_to, rater_of, seen_stage, speech_of
from burgertop.stages.consultation.words import LONGEST, checked_text

__all__ = ["home", "idea", "ideas", "received", "rules", "send"]

PER_PAGE = 25


@require_safe
def home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the question, three little-read ideas, where the consultation stands."""
    found, now = seen_stage(request, process, stage)
    seed = _seed_of(request, found)
    context = context_of(
        request,
        found,
        now,
        counts=idea_counts(found),
        progress=progress_of(found),
        themes=themes_of(found).count(),
        agenda=list(agenda_of(found)),
        ideas=with_counts(found, little_read(found, seed)),
    )
    return TemplateResponse(request, "consultation/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the idea form; POST shows similar ideas first, then sends. Nothing typed is lost on an error."""
    found, now = seen_stage(request, process, stage)
    form = IdeaForm(
        request.POST or None, languages=found.process.languages, page_language=request.LANGUAGE_CODE.split("-")[0]
    )
    similar: list[Idea] = []
    if request.method == "POST" and form.is_valid():
        try:
            text = checked_text(form.cleaned_data["text"])
            is_sure = "send" in request.POST or author_of(found, form.cleaned_data["once"]) is not None
            similar = [] if is_sure else similar_ideas(found, text, without=speech_of(request, found))
            if not similar:
                return _sent(request, found, form.cleaned_data, now)
        except HouseError as error:
            form.add_error("text", say(error))
    context = context_of(
        request,
        found,
        now,
        form=form,
        similar=with_counts(found, similar) if similar else [],
        longest=LONGEST,
    )
    return TemplateResponse(request, "consultation/send.html", context, status=422 if form.errors else 200)


def _sent(request: HouseRequest, stage: Stage, data: dict[str, Any], now: datetime) -> HttpResponse:
    idea, code = send_idea(
        stage,
        data["text"],
        language=data["language"],
        place=data["place"],
        speech=speech_of(request, stage),
        once=data["once"],
        now=now,
        network=request.actor.network,
        known_code=code_of(request, stage),
    )
    response = go_to("received", stage, pk=idea.pk)
    if idea.speech is not None:
        grant(request, response, Pass(CODE_PURPOSE, stage.process_id, idea.speech, detail=code))
    return response


@require_safe
def received(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Say that an idea came in, with its number, the time and the personal code; only to its author."""
    found, now = seen_stage(request, process, stage)
    sent = get_object_or_404(with_words(found.ideas.all()), pk=pk)
    if sent.speech is None or sent.speech != speech_of(request, found):
        return go_to("mine", found)
    context = context_of(request, found, now, idea=sent, code=code_of(request, found))
    return TemplateResponse(request, "consultation/received.html", context)


@require_safe
def ideas(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List ideas: searched, filtered, in an order of chance that stays the same for one visitor."""
    found, now = seen_stage(request, process, stage)
    has_figures = may_read_ratings(request.actor, found, now)
    themes = list(themes_of(found))
    form = SearchForm(
        request.GET,
        themes=themes,
        languages=idea_languages(found),
        page_language=request.LANGUAGE_CODE,
        has_figures=has_figures,
    )
    asked = form.cleaned_data if form.is_valid() else {}
    seed = request.GET.get("seed", "")[:16] or _seed_of(request, found)
    _keep_in_links(request, seed)
    ids = matching_ids(
        found, words=asked.get("q", ""), language=asked.get("language", ""), theme=asked.get("theme", "")
    )
    ordered = ideas_in_order(ids, order=asked.get("order", ""), seed=seed, stage=found)
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    shown = with_counts(found, ideas_by_id(list(page.object_list)))
    context = context_of(request, found, now, form=form, page=page, ideas=shown, seed=seed)
    return TemplateResponse(request, "consultation/ideas.html", context)


@require_safe
def idea(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one idea; of a hidden one the reason, of one not read yet nothing, except to its author and the desk."""
    found, now = seen_stage(request, process, stage)
    one = get_object_or_404(with_words(found.ideas.all()), pk=pk)
    is_mine = one.speech is not None and one.speech == speech_of(request, found)
    is_desk = may_read_desk(request.actor, found, now)
    if one.state == IdeaState.HELD and not (is_mine or is_desk):
        raise Http404
    has_figures = may_read_ratings(request.actor, found, now)
    origins = origins_of(found, one.pk)
    context = context_of(
        request,
        found,
        now,
        idea=one,
        is_mine=is_mine,
        is_readable=one.is_shown or is_mine or is_desk,
        hiding=hiding_of(one),
        origins=origins if has_figures else [],
        rated=sum(counts.rated for _origin, counts in origins),
        mine=my_ratings(found, rater_of(request, found)).get(one.pk),
        doubles=[place.idea for place in one.doubles.filter(ended_at__isnull=True).select_related("idea")],
    )
    return TemplateResponse(request, "consultation/idea.html", context)


@require_safe
def rules(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the rules for ideas, how moderation works, and its figures."""
    found, now = seen_stage(request, process, stage)
    context = context_of(request, found, now, reasons=HideReason.choices, removals=removals_of(found))
    return TemplateResponse(request, "consultation/rules.html", context)


def _seed_of(request: HouseRequest, stage: Stage) -> str:
    """A seed of this browser's own for the order of ideas."""
    return pseudonym(request.actor.visitor, stage.process_id, "order").hex[:12]


def _keep_in_links(request: HouseRequest, seed: str) -> None:
    """Let the links of the pager carry the seed, also for a browser that keeps no cookie."""
    kept = request.GET.copy()
    kept["seed"] = seed
    request.GET = kept  # type: ignore[assignment]  # a copy that may be changed
