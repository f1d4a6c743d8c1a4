"""The public record: read it, take it along, print its head, check a head that was kept."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.record.queries import entries_of, head_of, lines_of, verify
from burgertop.foundation.wording import HouseError, say
from burgertop.web.forms import RecordCheckForm
from burgertop.web.views.process import seen_process

__all__ = ["check", "head", "lines", "record"]

LINES_A_PAGE = 50


@require_safe
def record(request: HouseRequest, process: str) -> HttpResponse:
    """Show the record, newest line first."""
    found = seen_process(request, process)
    page = Paginator(entries_of(found.pk), LINES_A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "process/record.html", {"process": found, "page": page, "head": head_of(found.pk)})


@require_safe
def lines(request: HouseRequest, process: str) -> StreamingHttpResponse:
    """Hand out the whole record, one JSON object a line, first line first."""
    found = seen_process(request, process)

    def written() -> Iterator[str]:
        for line in lines_of(found.pk):
            yield json.dumps(asdict(line), ensure_ascii=False, sort_keys=True) + "\n"

    response = StreamingHttpResponse(written(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-record.jsonl"'
    return response


@require_safe
def head(request: HouseRequest, process: str) -> HttpResponse:
    """Show the head of the chain on one sheet, to print and to keep."""
    found = seen_process(request, process)
    context = {"process": found, "head": head_of(found.pk), "printed_at": timezone.now()}
    return TemplateResponse(request, "process/record_head.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HouseRequest, process: str) -> HttpResponse:
    """Hold the record of today against a head that somebody kept."""
    found = seen_process(request, process)
    form = RecordCheckForm(request.POST or None)
    context: dict[str, object] = {"process": found, "form": form, "head": head_of(found.pk)}
    if request.method == "POST" and form.is_valid():
        breaks = verify(found.pk, form.cleaned_data["digest"], form.cleaned_data["number"])
        context["is_checked"] = True
        context["breaks"] = [say(HouseError(one.code, number=one.number)) for one in breaks]
    return TemplateResponse(request, "process/record_check.html", context)
