"""For authors: what became of my ideas, by code or by the browser they were sent with."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.alphabet import canonical
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import forget, grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.describers import KINDS, Described, describe
from burgertop.foundation.trace.queries import story_forth
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.ideas import CODE_PURPOSE, forget_author
from burgertop.stages.consultation.actions.moderating import appeal
from burgertop.stages.consultation.forms import AppealForm, CodeForm
from burgertop.stages.consultation.models import Idea
from burgertop.stages.consultation.queries.ideas import ideas_of_author
from burgertop.stages.consultation.queries.moderation import hiding_of
from burgertop.stages.consultation.views.door import code_of, context_of, go_to, seen_stage, speech_of

__all__ = ["appeal_hiding", "leave", "let_go", "mine"]

TOLD = 5  # so many ideas have their story on the page; the others a link to it


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show an author's ideas and what came of them; POST takes the personal code."""
    found, now = seen_stage(request, process, stage)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            code = enter(found.process_id, CODE_PURPOSE, typed, network=request.actor.network, now=now)
        except HouseError as error:
            form.add_error("code", say(error))
        else:
            response = go_to("mine", found)
            grant(request, response, Pass(CODE_PURPOSE, found.process_id, code.subject, str(code.pk), canonical(typed)))
            return response
    own = [] if form.errors else list(ideas_of_author(found, speech_of(request, found)))
    for one in own:
        one.hiding = hiding_of(one)  # type: ignore[attr-defined]  # for the page only
    for one in own[:TOLD]:
        one.story = _story_of(one, request.LANGUAGE_CODE)  # type: ignore[attr-defined]  # for the page only
    context = context_of(
        request,
        found,
        now,
        form=form,
        own=own,
        code=code_of(request, found),
        appeal_form=AppealForm(),
    )
    return TemplateResponse(request, "consultation/mine.html", context, status=422 if form.errors else 200)


@require_POST
def appeal_hiding(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take the appeal of an author against the hiding of their idea."""
    found, now = seen_stage(request, process, stage)
    idea = get_object_or_404(found.ideas, pk=pk)
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            appeal(
                idea,
                form.cleaned_data["text"],
                speech=speech_of(request, found),
                language=request.LANGUAGE_CODE.split("-")[0],
                now=now,
            )
        except HouseError as error:
            form.add_error("text", say(error))
        else:
            messages.success(request, _("We will look again. The answer will stand here."))
            return go_to("mine", found)
    context = context_of(request, found, now, form=form, idea=idea)
    return TemplateResponse(request, "consultation/appeal.html", context, status=422)


@require_POST
def leave(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the author's pass off this browser, for instance one that is shared."""
    found, _now = seen_stage(request, process, stage)
    response = go_to("home", found)
    forget(request, response, CODE_PURPOSE, found.process_id)
    messages.success(request, _("This device no longer opens your ideas. Your code does."))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Ask, then cut the link between an author and their ideas; the ideas stay."""
    found, now = seen_stage(request, process, stage)
    if request.method == "POST":
        return _let_go(request, found)
    return TemplateResponse(request, "consultation/let_go.html", context_of(request, found, now))


def _let_go(request: HouseRequest, stage: Stage) -> HttpResponse:
    forget_author(stage, speech_of(request, stage))
    response = go_to("home", stage)
    forget(request, response, CODE_PURPOSE, stage.process_id)
    messages.success(request, _("Nothing here links you to your ideas any more. The ideas themselves stay."))
    return response


def _story_of(idea: Idea, language: str) -> list[Described]:
    """What came of an idea, in the order of the story; the theme first."""
    found = story_forth("idea", idea.pk).found
    return [one for kind in KINDS for one in describe(kind, found.get(kind, [])[:5], language)]
