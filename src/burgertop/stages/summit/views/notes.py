"""What observers write: their own notes and reports, and what they published, with the organiser's answer beside it."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files.tables import write_csv
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import NoteForm, ReplyForm, ReportForm, SignedForm
from burgertop.stages.summit.models import LinkKind, Observation
from burgertop.stages.summit.queries import eyes
from burgertop.stages.summit.views.entering import seen_stage

__all__ = ["answer", "change", "drop", "notes", "notes_file", "observations", "piece", "publish", "report"]

ENDINGS = ("csv", "txt")
TYPES = {"pdf": "application/pdf", "md": "text/markdown; charset=utf-8"}


def _writing(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime, actions.Author]:
    """The stage, the moment, and who writes: the account of an observer, or whoever holds a link."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_look_on(request.actor, found, now):
        raise PermissionDenied
    link = permissions.link_of(request.actor, found, LinkKind.OBSERVER, now)
    account = request.actor.account_id if permissions.may_look_on_as_staff(request.actor, found) else None
    return found, now, actions.Author(account, link if account is None else None)


def _own(request: HouseRequest, stage: Stage, pk: uuid.UUID, now: datetime) -> Observation:
    one = eyes.observation_or_404(stage, pk)
    if not permissions.is_author(request.actor, one, now):
        raise Http404
    return one


def _note_form(stage: Stage, request: HouseRequest, initial: dict[str, object]) -> NoteForm:
    rounds, clusters = queries.rounds_of(stage), eyes.clusters_to_note(stage)
    languages = [get_language() or "en", *stage.process.languages]
    data = request.POST if "body" in request.POST else None
    return NoteForm(rounds, clusters, languages, data, {"language": languages[0], **initial})


def _draft(form: NoteForm) -> actions.NoteDraft:
    round_, cluster, table = form.subject()
    return actions.NoteDraft(form.cleaned_data["body"], form.cleaned_data["language"], round_, cluster, table)


@require_http_methods(["GET", "POST"])
def notes(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show an observer their own notes and reports; POST keeps another note."""
    found, now, author = _writing(request, process, stage)
    form = _note_form(found, request, {"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(found, author, _draft(form), once=form.cleaned_data["once"], now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The note is kept. Only you read it."))
            return redirect("summit:notes", process=process, stage=stage)
    return _notes_page(request, found, author, form=form)


def _notes_page(
    request: HouseRequest,
    stage: Stage,
    author: actions.Author,
    *,
    form: NoteForm | None = None,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    languages = [get_language() or "en", *stage.process.languages]
    context = {
        "process": stage.process,
        "stage": stage,
        "form": form or _note_form(stage, request, {"once": uuid.uuid4()}),
        "report_form": report_form or ReportForm(languages, initial={"once": uuid.uuid4(), "language": languages[0]}),
        "own": eyes.observations_by(stage, author.account, author.link),
        "link": author.link,
    }
    return TemplateResponse(request, "summit/notes.html", context)


@require_POST
def report(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Take the file of a report; nobody else sees it until its author publishes it."""
    found, now, author = _writing(request, process, stage)
    form = ReportForm([get_language() or "en", *found.process.languages], request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.take_report(
                found,
                author,
                form.content,
                ending=form.ending,
                language=data["language"],
                once=data["once"],
                now=now,
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The report is kept. Look at it, then publish it."))
            return redirect("summit:notes", process=process, stage=stage)
    return _notes_page(request, found, author, report_form=form)


@require_http_methods(["GET", "POST"])
def change(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Write a note anew, as long as it is not published."""
    found, now, _author = _writing(request, process, stage)
    note = _own(request, found, pk, now)
    if note.kind != "note" or note.published_at is not None:
        raise Http404
    about = f"round-{note.round_id}" if note.round_id else f"cluster-{note.cluster_id}" if note.cluster_id else ""
    words = {"once": note.pk, "body": note.body, "language": note.language, "about": about, "table": note.table_number}
    form = _note_form(found, request, words)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_note(note, _draft(form), now=now)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("summit:notes", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "note": note, "form": form}
    return TemplateResponse(request, "summit/change_note.html", context)


@require_POST
def drop(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Throw away a note or a report that is not published."""
    found, now, _author = _writing(request, process, stage)
    try:
        actions.drop_observation(_own(request, found, pk, now))
        messages.success(request, _("Thrown away."))
    except HouseError as error:
        messages.error(request, say(error))
    return redirect("summit:notes", process=process, stage=stage)


@require_POST
def publish(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Publish a note or a report, unchanged and whole."""
    found, now, _author = _writing(request, process, stage)
    one = _own(request, found, pk, now)
    form = SignedForm(request.POST)
    if form.is_valid():
        actions.publish_observation(one, signed=form.cleaned_data["signed"], now=now)
        messages.success(request, _("Published. Its digest stands in the record; nobody can change it any more."))
    else:
        messages.error(request, " ".join(str(one) for one in form.errors["signed"]))
    return redirect("summit:notes", process=process, stage=stage)


@require_safe
def notes_file(request: HouseRequest, process: str, stage: str, ending: str) -> HttpResponse:
    """Give an observer their own notes to take along, as a table or as a text."""
    found, _now, author = _writing(request, process, stage)
    if ending not in ENDINGS:
        raise Http404
    own = eyes.observations_by(found, author.account, author.link)
    language = get_language() or found.process.first_language
    if ending == "csv":
        content = write_csv(*eyes.notes_table(own, language), has_mark=True)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(eyes.notes_text(own, language), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notes-{found.slug}.{ending}"'
    return response


@require_safe
def observations(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show everybody what observers published, whole and unchanged, and the answers beside it."""
    found, now = seen_stage(request, process, stage)
    context = {
        "process": found.process,
        "stage": found,
        "published": eyes.published_observations(found),
        "may_answer": permissions.may_answer_observers(request.actor, found, now),
    }
    return TemplateResponse(request, "summit/observations.html", context)


@require_safe
def piece(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponseBase:
    """Give a note or a report byte for byte, as a file to save; before it is published only to its author."""
    found, now = seen_stage(request, process, stage)
    one = eyes.observation_or_404(found, pk)
    if one.published_at is None and not permissions.is_author(request.actor, one, now):
        raise Http404
    if one.kind == "note":
        response: HttpResponseBase = HttpResponse(one.body.encode(), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="note-{one.pk.hex[:8]}.txt"'
    else:
        name = f"report-{one.pk.hex[:8]}.{one.ending}"
        try:
            file = one.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, content_type=TYPES[one.ending], as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_http_methods(["GET", "POST"])
def answer(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Write the organiser's answer beside what an observer published."""
    found, now = seen_stage(request, process, stage)
    if not permissions.may_answer_observers(request.actor, found, now):
        raise PermissionDenied
    one = eyes.observation_or_404(found, pk)
    if one.published_at is None:
        raise Http404
    languages = [get_language() or "en", *found.process.languages]
    words = {"answer": one.answer, "language": one.answer_language or languages[0]}
    form = ReplyForm(languages, request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.answer_observation(one, answer=data["answer"], language=data["language"], now=now)
        messages.success(request, _("The answer stands beside it."))
        return redirect("summit:observations", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "one": one, "form": form}
    return TemplateResponse(request, "summit/answer_observation.html", context)
