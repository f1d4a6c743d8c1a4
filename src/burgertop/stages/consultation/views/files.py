"""The organiser's files: ideas in and out, and ideas that came on paper."""

import random
import secrets
import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.files import scratch
from burgertop.foundation.files.previews import preview_of
from burgertop.foundation.files.tables import MOST_BYTES, read_table, write_csv, write_xlsx
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.ideas import send_idea
from burgertop.stages.consultation.actions.importing import import_ideas, plan_import
from burgertop.stages.consultation.forms import ImportForm, PaperIdeaForm
from burgertop.stages.consultation.permissions import may_exchange
from burgertop.stages.consultation.queries.files import (
    IDEA_COLUMNS,
    POLIS_COLUMNS,
    VOTE_COLUMNS,
    idea_rows,
    polis_rows,
    vote_rows,
)
from burgertop.stages.consultation.queries.ideas import idea_counts
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage
from burgertop.stages.consultation.words import LONGEST

__all__ = ["exchange", "export", "paper", "take_in"]

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Upload = tuple[str, bytes]


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show import and export; POST reads the files and says what would come in. Nothing is stored yet."""
    found, now = _exchanging(request, process, stage)
    form = _import_form(request, found)
    preview: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        uploads = [_read(form.cleaned_data["ideas"])]
        if form.cleaned_data["votes"]:
            uploads.append(_read(form.cleaned_data["votes"]))
        try:
            tables = [read_table(name, content) for name, content in uploads]
            plan = plan_import(found, *tables, language=form.cleaned_data["language"])
            kept = [scratch.keep(name, content, owner=_owner(request, found)) for name, content in uploads]
            preview = {"plan": plan, "preview": preview_of(uploads[0][0], tables[0]), "kept": kept}
        except HouseError as error:
            form.add_error("ideas", say(error))
    context = context_of(
        request,
        found,
        now,
        form=form,
        counts=idea_counts(found),
        language=form.cleaned_data.get("language", "") if form.is_bound else "",
        **preview,
    )
    return TemplateResponse(
        request, "consultation/exchange.html", context, status=422 if form.is_bound and form.errors else 200
    )


@require_POST
def take_in(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Store what was previewed."""
    found, now = _exchanging(request, process, stage)
    try:
        names = [uuid.UUID(value) for value in (request.POST.getlist("kept") or [""])[:2]]
        kept = [scratch.fetch(name, owner=_owner(request, found)) for name in names]
        tables = [read_table(one.name, one.content) for one in kept]
        plan = plan_import(found, *tables, language=request.POST.get("language", ""))
        count = import_ideas(found, plan, now=now)
    except ValueError as error:
        raise Http404 from error
    except HouseError as error:
        messages.error(request, say(error))
    else:
        for name in names:
            scratch.drop(name)
        said = ngettext("%(count)s idea came in.", "%(count)s ideas came in.", count) % {"count": count}
        messages.success(request, said if count else _("No new idea came in."))
    return go_to("exchange", found)


@require_safe
def export(request: HouseRequest, process: str, stage: str, kind: str, ending: str) -> HttpResponse:
    """Hand out ideas or ratings as CSV or XLSX; no author, no rater."""
    found, _now = _exchanging(request, process, stage)
    columns: tuple[str, ...]
    if ending not in {"csv", "xlsx"}:
        raise Http404
    if kind == "ideas":
        columns, rows = IDEA_COLUMNS, list(idea_rows(found))
    elif kind == "comments":
        columns, rows = POLIS_COLUMNS, list(polis_rows(found))
    elif kind == "votes":
        columns, rows = VOTE_COLUMNS, vote_rows(found, random.Random(secrets.randbits(128)))  # noqa: S311  # seeded so
    else:
        raise Http404
    is_book = ending == "xlsx"
    content = write_xlsx(columns, rows) if is_book else write_csv(columns, rows)
    response = HttpResponse(content, content_type=EXCEL if is_book else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.process.slug}-{kind}.{ending}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Type an idea that came on paper; its code goes onto the reply card."""
    found, now = _exchanging(request, process, stage)
    languages, page_language = found.process.languages, request.LANGUAGE_CODE.split("-")[0]
    form = PaperIdeaForm(request.POST or None, languages=languages, page_language=page_language)
    sent, code = None, ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sent, code = send_idea(
                found,
                data["text"],
                language=data["language"],
                place=data["place"],
                speech=uuid.uuid4(),
                origin=Origin.PAPER,
                once=data["once"],
                now=now,
            )
        except HouseError as error:
            form.add_error("text", say(error))
        else:
            form = PaperIdeaForm(languages=languages, page_language=data["language"])
    context = context_of(request, found, now, form=form, idea=sent, code=code, longest=LONGEST)
    return TemplateResponse(
        request, "consultation/paper.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _exchanging(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    found, now = seen_stage(request, process, stage)
    if not may_exchange(request.actor, found, now):
        raise PermissionDenied
    return found, now


def _import_form(request: HouseRequest, stage: Stage) -> ImportForm:
    is_sent = request.method == "POST"
    return ImportForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        languages=stage.process.languages,
        page_language=request.LANGUAGE_CODE.split("-")[0],
    )


def _owner(request: HouseRequest, stage: Stage) -> str:
    return f"{request.actor.account_id}:consultation:{stage.pk}"


def _read(upload: UploadedFile[bytes]) -> Upload:
    return upload.name or "", upload.read(MOST_BYTES + 1)
