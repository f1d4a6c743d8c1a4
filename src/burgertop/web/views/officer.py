"""The pages of the data protection officer: the clock, the access log, the register and the draft assessment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import entries_of
from burgertop.web.class_words import class_words
from burgertop.web.clearing import due_of, ended_on, keeping_of
from burgertop.web.keeping_form import KeepingForm
from burgertop.web.permissions import may_guard_data
from burgertop.web.processing import looks_of, processing_of
from burgertop.web.views.process import seen_process

__all__ = ["data", "register"]

TOLD = ("data_cleared", "person_erased")
LOOKS_A_PAGE = 50


def _guarded(request: HouseRequest, slug: str) -> Process:
    process = seen_process(request, slug)
    if not may_guard_data(request.actor, process):
        raise PermissionDenied
    return process


@require_http_methods(["GET", "POST"])
def data(request: HouseRequest, process: str) -> HttpResponse:
    """Show what goes when, set the days, read who opened names and what the clock has done."""
    found = _guarded(request, process)
    form = KeepingForm(request.POST or None, instance=keeping_of(found))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("process:desk_data", process=found.slug)
    context = {
        "process": found,
        "form": form,
        "ended_on": ended_on(found),
        "dues": [(class_words(due.retention), due) for due in due_of(found)],
        "done": entries_of(found.pk).filter(kind__in=TOLD)[:20],
        "page": Paginator(looks_of(found), LOOKS_A_PAGE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "desk/data.html", context)


@require_safe
def register(request: HouseRequest, process: str) -> HttpResponse:
    """Show the register of processing and the draft assessment, to print."""
    found = _guarded(request, process)
    context = {"process": found, "it": processing_of(found), "printed_at": timezone.now()}
    return TemplateResponse(request, "desk/processing.html", context)
