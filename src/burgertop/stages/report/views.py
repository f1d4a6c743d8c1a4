"""Pages of the report."""

import uuid

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.people.public_pages import same_for_all
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.retyping import retype
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.report import actions, permissions, queries
from burgertop.stages.report.forms import AddresseeForm, AnswerForm, DueForm
from burgertop.stages.report.models import Addressee, Answer, AnswerState, AnswerText, Edition

__all__ = ["answer", "answers", "desk", "edition", "home", "make_link"]

PRINTING = "report.publish_edition"


def _stage(process: str, stage: str) -> Stage:
    return stage_or_404(process, StageKind.REPORT, stage)


@same_for_all
@require_safe
def home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the adopted recommendations, their votes and what was answered."""
    one = _stage(process, stage)
    now = timezone.now()
    context = {
        "process": one.process,
        "stage": one,
        "chapters": queries.chapters_of(one),
        "editions": sorted(queries.latest_editions(one), key=lambda edition: edition.language != request.LANGUAGE_CODE),
        "may_publish": permissions.may_publish(request.actor, one, now),
        "office": permissions.addressee_of(request.actor, one),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "report/home.html", context)


@require_safe
def edition(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> FileResponse:
    """Hand out one published edition as PDF."""
    found = get_object_or_404(Edition, pk=pk, stage=_stage(process, stage))
    name = f"{process}-{found.number}-{found.language}.pdf"
    try:
        pdf = found.pdf.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(pdf, content_type="application/pdf", as_attachment=False, filename=name)


@require_http_methods(["GET", "POST"])
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Name addressees, ask for answers, publish an edition."""
    one = _stage(process, stage)
    if not permissions.may_publish(request.actor, one, timezone.now()):
        raise PermissionDenied
    do = request.POST.get("do", "")
    naming = AddresseeForm(
        one.process.languages, request.POST if do == "name" else None, initial={"once": uuid.uuid4()}
    )
    asking = DueForm(request.POST if do == "ask" else None, initial={"due_on": one.process.answers_due_on})
    if do == "publish":
        return redirect("process:job", process=process, pk=_print(request, one).pk)
    if do == "name" and naming.is_valid():
        actions.name_addressee(one, naming.titles(), once=naming.cleaned_data["once"])
        return redirect("report:desk", process=process, stage=stage)
    if do == "ask" and asking.is_valid():
        _ask(request, one, asking)
        return redirect("report:desk", process=process, stage=stage)
    context = {
        "process": one.process,
        "stage": one,
        "naming": naming,
        "asking": asking,
        "offices": one.addressees.prefetch_related("texts", "answers"),
        "editions": queries.editions_of(one),
    }
    return TemplateResponse(request, "report/desk.html", context)


def _print(request: HouseRequest, stage: Stage) -> Job:
    """Ask the worker for the next edition; one that is being printed is not asked for twice."""
    return running_for(stage.pk, PRINTING) or start(
        PRINTING,
        {"stage": str(stage.pk)},
        process_id=stage.process_id,
        actor_id=request.actor.account_id,
        subject=stage.pk,
    )


def _ask(request: HouseRequest, stage: Stage, form: DueForm) -> None:
    try:
        count = actions.ask_for_answers(stage, due_on=form.cleaned_data["due_on"], now=timezone.now())
    except HouseError as error:
        messages.error(request, say(error))
    else:
        said = ngettext("%(count)s answer is asked.", "%(count)s answers are asked.", count)
        messages.success(request, said % {"count": count} if count else _("No new answer is asked."))


@require_POST
def make_link(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Make a fresh signed link for an office and show it once."""
    one = _stage(process, stage)
    if not permissions.may_publish(request.actor, one, timezone.now()):
        raise PermissionDenied
    office = actions.renew_link(get_object_or_404(one.addressees.prefetch_related("texts"), pk=pk))
    address = reverse("report:answers", args=[process, stage])
    context = {
        "process": one.process,
        "stage": one,
        "office": office,
        "link": request.build_absolute_uri(actions.link_for(office, address)),
    }
    return TemplateResponse(request, "report/link.html", context)


def _office(request: HouseRequest, stage: Stage) -> Addressee:
    """Return the office that is let in; who holds an old link is told that there is a newer one."""
    office = permissions.addressee_of(request.actor, stage)
    if office is None:
        is_old = permissions.has_old_link(request.actor, stage)
        raise PermissionDenied(say(HouseError("links.replaced")) if is_old else "")
    return office


@require_safe
def answers(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show an office the one list of what is asked of it."""
    one = _stage(process, stage)
    office = _office(request, one)
    context = {
        "process": one.process,
        "stage": one,
        "office": office,
        "rows": queries.answers_asked_of(office),
        "may_answer": permissions.may_answer(request.actor, one, timezone.now()),
    }
    return TemplateResponse(request, "report/answers.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Write an answer as a draft, look at it, publish it."""
    one = _stage(process, stage)
    office = _office(request, one)
    if not permissions.may_answer(request.actor, one, timezone.now()):
        raise PermissionDenied
    found = queries.answer_or_404(office, pk)
    form = AnswerForm(one.process.languages, request.POST or None, initial=_drafted(found))
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        if request.POST.get("do") == "publish":
            return redirect("report:home", process=process, stage=stage)
        return redirect("report:answer", process=process, stage=stage, pk=pk)
    context = {
        "process": one.process,
        "stage": one,
        "office": office,
        "answer": found,
        "form": form,
        "standing": _standing(found) if form.has_error(NON_FIELD_ERRORS, "written_meanwhile") else [],
    }
    return TemplateResponse(request, "report/answer.html", context)


def _save(request: HouseRequest, found: Answer, form: AnswerForm) -> bool:
    data = form.cleaned_data
    try:
        actions.save_draft(
            found,
            state=AnswerState(data["state"]),
            bodies=form.bodies("body"),
            reasons=form.bodies("reasons"),
            promised_on=data["promised_on"],
            seen_revision=data["seen_revision"],
        )
        if request.POST.get("do") == "publish":
            actions.publish_answer(found, now=timezone.now(), promised_on=data["promised_on"])
    except HouseError as error:
        retype(form, seen_revision=Answer.objects.get(pk=found.pk).revision)
        form.add_error(None, ValidationError(say(error), code=error.code.removeprefix("report.")))
        return False
    messages.success(request, _("Published.") if request.POST.get("do") == "publish" else _("The draft is saved."))
    return True


def _standing(found: Answer) -> list[AnswerText]:
    """What somebody else saved meanwhile, to compare with."""
    return list(found.texts.filter(name__in=("draft_body", "draft_reasons")).exclude(body=""))


def _drafted(found: Answer) -> dict[str, object]:
    words = {
        f"{row.name.removeprefix('draft_')}__{row.language}": row.body
        for row in found.texts.all()
        if row.name.startswith("draft_")
    }
    return {
        **words,
        "state": found.draft_state,
        "promised_on": found.promised_on,
        "seen_revision": found.revision,
    }
