"""The staff of the hall: taken from a file or one by one, changed, ill or here; and who works at which table."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.foundation.files.forms import UploadForm
from burgertop.foundation.files.scratch import fetch, keep
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import StaffDraft
from burgertop.stages.summit.forms import StaffChangeForm, StaffForm
from burgertop.stages.summit.models import Staff
from burgertop.stages.summit.queries.staff import bare_of, staff_of
from burgertop.stages.summit.views.entering import running_stage
from burgertop.stages.summit.views.seats import kept_as

__all__ = ["assign", "change_staff", "drop_staff", "one_language", "staff"]


@require_http_methods(["GET", "POST"])
def staff(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List the staff; add somebody, or a file, which is shown before anything is stored."""
    found, _now = running_stage(request, process, stage)
    sent = request.POST.get("from", "")
    form = StaffForm(request.POST if sent == "one" else None)
    upload = UploadForm(*((request.POST, request.FILES) if sent == "file" else (None, None)))
    owner = f"{request.actor.account_id} staff of {found.pk}"
    preview: list[StaffDraft] = []
    kept, error = None, ""
    try:
        if sent == "file" and upload.is_valid():
            preview = actions.staff_drafts_from(upload.table)
            kept = keep(upload.name, upload.content, owner=owner, sheet=upload.cleaned_data["sheet"])
        elif sent == "kept":
            return _taken(request, found, actions.staff_drafts_from(fetch(kept_as(request), owner=owner).table()))
        elif sent == "one" and form.is_valid():
            return _taken(request, found, [form.draft()])
    except HouseError as caught:
        error = say(caught)
    rounds = queries.rounds_of(found)
    context = {
        "process": found.process,
        "stage": found,
        "here": "staff",
        "staff": staff_of(found),
        "bare": bare_of(found, rounds),
        "form": form,
        "upload": upload,
        "preview": preview,
        "kept_as": kept,
        "error": error,
    }
    return TemplateResponse(request, "summit/staff.html", context)


def _taken(request: HouseRequest, stage: Stage, drafts: list[StaffDraft]) -> HttpResponse:
    new = actions.take_staff(stage, drafts)
    said = ngettext("%(number)s person is new on the list.", "%(number)s people are new on the list.", new)
    messages.success(request, said % {"number": new} if new else _("Nobody on the list is new."))
    return redirect("summit:staff", process=stage.process.slug, stage=stage.slug)


def _staff_or_404(stage: Stage, pk: uuid.UUID) -> Staff:
    return get_object_or_404(Staff.objects.prefetch_related("knows"), pk=pk, stage=stage)


@require_http_methods(["GET", "POST"])
def change_staff(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Change languages of somebody, whom they know, whether they are here."""
    found, now = running_stage(request, process, stage)
    one = _staff_or_404(found, pk)
    form = StaffChangeForm(one, [queries.label_of(person) for person in one.knows.all()], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(found, one, form, now)
        except HouseError as error:
            form.add_error("knows", say(error))
        else:
            messages.success(request, _("Saved. Give out the tables again to make up for it."))
            return redirect("summit:staff", process=process, stage=stage)
    context = {"process": found.process, "stage": found, "one": one, "form": form}
    return TemplateResponse(request, "summit/change_staff.html", context)


def _change(stage: Stage, one: Staff, form: StaffChangeForm, now: datetime) -> None:
    data = form.cleaned_data
    people = queries.people_numbered(stage, data["knows"])
    actions.change_staff(one, languages=data["languages"], knows=people, is_away=data["is_away"], now=now)


@require_POST
def drop_staff(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Take somebody off the list."""
    found, _now = running_stage(request, process, stage)
    actions.drop_staff(_staff_or_404(found, pk))
    return redirect("summit:staff", process=process, stage=stage)


@require_POST
def assign(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Give out the tables."""
    found, now = running_stage(request, process, stage)
    led, heard = actions.assign_staff(found, now=now)
    said = _("%(led)s tables have a facilitator; interpreters work %(heard)s times for a round.")
    messages.success(request, said % {"led": led, "heard": heard})
    return redirect("summit:staff", process=process, stage=stage)


@require_POST
def one_language(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Let tables without the interpreter they need work in one language."""
    found, now = running_stage(request, process, stage)
    many = actions.lead_in_one_language(found, now=now)
    said = ngettext(
        "%(number)s table works in one language now. Plan the seats again.",
        "%(number)s tables work in one language now. Plan the seats again.",
        many,
    )
    nothing = _("Every table has the interpreter it needs, or works in one language already.")
    messages.success(request, said % {"number": many} if many else nothing)
    return redirect("summit:staff", process=process, stage=stage)
