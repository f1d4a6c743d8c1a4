"""Writing: drafts, amendments, minority notes, sittings, questions."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.retyping import retype
from burgertop.foundation.trace.actions import Ref
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.panel import actions, permissions, queries
from burgertop.stages.panel.forms import (
    AmendmentForm,
    AnswerForm,
    DraftForm,
    MinorityNoteForm,
    QuestionForm,
    SittingForm,
)
from burgertop.stages.panel.models import Question, Recommendation, Sitting
from burgertop.stages.panel.views.reading import seen_recommendation
from burgertop.stages.summit.queries import clusters_named

__all__ = ["amend", "answer", "ask", "draft", "minority_note", "plan", "rewrite", "withdraw"]


def _stage(process: str, stage: str) -> Stage:
    return stage_or_404(process, StageKind.PANEL, stage)


def _fresh() -> dict[str, object]:
    return {"once": uuid.uuid4()}


def _page(request: HouseRequest, stage: Stage, form: object, title: str, action: str, **more: object) -> HttpResponse:
    context = {"process": stage.process, "stage": stage, "form": form, "title": title, "action": action, **more}
    return TemplateResponse(request, "panel/form.html", context)


def _to(recommendation: Recommendation, stage: Stage) -> HttpResponse:
    return redirect("panel:recommendation", process=stage.process.slug, stage=stage.slug, pk=recommendation.pk)


def _sources(stage: Stage, language: str) -> list[tuple[str, str]]:
    """The clusters of the summit that a recommendation may come from."""
    return [(f"cluster:{row.pk}", str(row.say("title", language))) for row in clusters_named(stage.process_id)]


def _refs(chosen: list[str]) -> list[Ref]:
    pairs = (value.split(":", 1) for value in chosen)
    return [(kind, uuid.UUID(pk)) for kind, pk in pairs]


@require_http_methods(["GET", "POST"])
def draft(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Begin a recommendation."""
    one = _stage(process, stage)
    if not permissions.may_draft(request.actor, one, timezone.now()):
        raise PermissionDenied
    sources = _sources(one, request.LANGUAGE_CODE)
    form = DraftForm(one.process.languages, sources, request.POST or None, initial=_fresh())
    if request.method == "POST" and form.is_valid():
        made = actions.draft_recommendation(
            one,
            titles=form.bodies("title"),
            bodies=form.bodies("body"),
            came_from=_refs(form.cleaned_data.get("came_from", [])),
            threshold=form.cleaned_data["threshold"],
            once=form.cleaned_data["once"],
        )
        messages.success(request, _("The draft is saved."))
        return _to(made, one)
    return _page(request, one, form, _("New recommendation"), _("Save the draft"))


@require_http_methods(["GET", "POST"])
def rewrite(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Write a new version of a draft."""
    one = _stage(process, stage)
    if not permissions.may_draft(request.actor, one, timezone.now()):
        raise PermissionDenied
    found = queries.recommendation_or_404(one, pk)
    form = DraftForm(one.process.languages, (), request.POST or None, initial={**_fresh(), **_standing(found)})
    more: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite(
                found,
                titles=form.bodies("title"),
                bodies=form.bodies("body"),
                seen_version=form.cleaned_data["seen_version"],
                threshold=form.cleaned_data["threshold"],
            )
        except HouseError as error:
            if error.code == "panel.written_meanwhile":
                retype(form, seen_version=error.params["now"])
                more["standing"] = [row for row in found.texts.all() if row.name == "body" and row.body]
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The new version is saved."))
            return _to(found, one)
    return _page(request, one, form, _("New version"), _("Save the new version"), **more)


def _standing(recommendation: Recommendation) -> Mapping[str, object]:
    words = {f"{row.name}__{row.language}": row.body for row in recommendation.texts.all()}
    return {**words, "seen_version": recommendation.version, "threshold": recommendation.threshold}


@require_http_methods(["GET", "POST"])
def amend(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Propose another wording."""
    one = _stage(process, stage)
    if not permissions.may_propose(request.actor, one, timezone.now()):
        raise PermissionDenied
    found = seen_recommendation(request, one, pk)
    form = AmendmentForm(found, request.LANGUAGE_CODE, request.POST or None, initial=_fresh())
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        try:
            actions.propose_amendment(
                found,
                bodies={language: form.cleaned_data["body"]},
                reasons={language: form.cleaned_data["reason"]},
                language=language,
                once=form.cleaned_data["once"],
                now=timezone.now(),
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The amendment is proposed."))
            return _to(found, one)
    return _page(request, one, form, _("Propose an amendment"), _("Propose it"))


@require_POST
def withdraw(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take a proposed amendment back; staff does it when the member who proposed it asks."""
    one = _stage(process, stage)
    if not permissions.may_draft(request.actor, one, timezone.now()):
        raise PermissionDenied
    amendment = queries.amendment_or_404(one, pk)
    try:
        actions.withdraw_amendment(amendment)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("The amendment is withdrawn."))
    return _to(amendment.recommendation, one)


@require_http_methods(["GET", "POST"])
def minority_note(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Put a minority note beside a recommendation."""
    one = _stage(process, stage)
    if not permissions.may_propose(request.actor, one, timezone.now()):
        raise PermissionDenied
    found = seen_recommendation(request, one, pk)
    form = MinorityNoteForm(one.process.languages, queries.seats_of(one), request.POST or None, initial=_fresh())
    if request.method == "POST" and form.is_valid():
        actions.add_minority_note(
            found,
            bodies=form.bodies("body"),
            signed_by=form.cleaned_data["signed_by"],
            once=form.cleaned_data["once"],
            now=timezone.now(),
        )
        messages.success(request, _("The minority note is saved."))
        return _to(found, one)
    return _page(request, one, form, _("Minority note"), _("Save the note"))


@require_http_methods(["GET", "POST"])
def plan(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Plan a sitting."""
    one = _stage(process, stage)
    if not permissions.may_run(request.actor, one, timezone.now()):
        raise PermissionDenied
    initial = {**_fresh(), "number": one.sittings.count() + 1}
    form = SittingForm(one.process.languages, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.plan_sitting(
            one,
            number=data["number"],
            begins_on=data["begins_on"],
            ends_on=data["ends_on"],
            titles=form.bodies("title"),
            agendas=form.bodies("agenda"),
        )
        return redirect("panel:sittings", process=process, stage=stage)
    return _page(request, one, form, _("Plan a sitting"), _("Save the sitting"))


@require_http_methods(["GET", "POST"])
def ask(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Put a question to an expert."""
    one = _stage(process, stage)
    if not permissions.may_propose(request.actor, one, timezone.now()):
        raise PermissionDenied
    sitting = get_object_or_404(Sitting, pk=pk, stage=one)
    form = QuestionForm(one.process.languages, request.POST or None, initial=_fresh())
    if request.method == "POST" and form.is_valid():
        actions.ask(
            sitting,
            questions=form.bodies("question"),
            experts=form.bodies("expert"),
            once=form.cleaned_data["once"],
        )
        return redirect("panel:sittings", process=process, stage=stage)
    return _page(request, one, form, _("Ask an expert"), _("Ask the question"))


@require_http_methods(["GET", "POST"])
def answer(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Put an expert's answer beside the question."""
    one = _stage(process, stage)
    if not permissions.may_draft(request.actor, one, timezone.now()):
        raise PermissionDenied
    found = get_object_or_404(Question.objects.prefetch_related("texts"), pk=pk, sitting__stage=one)
    words = {f"{row.name}__{row.language}": row.body for row in found.texts.all()}
    form = AnswerForm(one.process.languages, request.POST or None, initial={**_fresh(), **words})
    if request.method == "POST" and form.is_valid():
        actions.answer_question(found, form.bodies("answer"))
        return redirect("panel:sittings", process=process, stage=stage)
    return _page(request, one, form, str(found.say("question", request.LANGUAGE_CODE)), _("Save the answer"))
