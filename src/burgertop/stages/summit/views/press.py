"""Facts for the press: a page everybody can read and print, files, and a chart to embed for each result."""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from burgertop.foundation.files.tables import write_csv
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions, permissions
from burgertop.stages.summit.models import HallBallot, LinkKind
from burgertop.stages.summit.queries import press as reads
from burgertop.stages.summit.views.entering import seen_stage
from burgertop.stages.summit.views.releasing import file_name, kept_from_caches

__all__ = ["chart", "facts_file", "press"]

ENDINGS = ("csv", "json")
CHART_SECONDS = 300


def _results(request: HouseRequest, stage: Stage, now: datetime, number: int | None = None) -> list[reads.PressResult]:
    ballots = reads.press_results(stage, number)
    return [
        reads.result_for_press(one, may_see=one.is_released and _may_see(request, one, now), now=now) for one in ballots
    ]


def _may_see(request: HouseRequest, hall: HallBallot, now: datetime) -> bool:
    return permissions.may_see_result(request.actor, hall, now)


def _tells_early(results: list[reads.PressResult]) -> bool:
    """Whether the answer holds a result that the public has not seen."""
    return any(one.is_embargoed and one.result is not None for one in results)


@require_safe
def press(request: HouseRequest, process: str, stage: str, number: int | None = None) -> HttpResponse:
    """Show the facts of the day and its results, or one result at its own address."""
    found, now = seen_stage(request, process, stage)
    results = _results(request, found, now, number)
    if number is not None and not results:
        raise Http404
    link = permissions.link_of(request.actor, found, LinkKind.PRESS, now)
    if link is not None:
        actions.note_opened(link, now=now)
    context = {
        "process": found.process,
        "stage": found,
        "number": number,
        "now": now,
        "facts": reads.facts_of(found, now) if number is None else [],
        "results": results,
        "link": link,
        "licence": reads.LICENCE,
        "lotteries": [one for one in found.process.stages.all() if one.kind == "lottery" and one.state != "planned"],
        "host": f"{request.scheme}://{request.get_host()}",
    }
    response = TemplateResponse(request, "summit/press.html", context)
    return kept_from_caches(response) if _tells_early(results) else response


@require_safe
def chart(request: HouseRequest, process: str, stage: str, number: int) -> HttpResponse:
    """Draw the result of a ballot as a picture to embed; anybody may keep it once it is public."""
    found, now = seen_stage(request, process, stage)
    told = next(iter(_results(request, found, now, number)), None)
    if told is None or told.result is None or told.result.main is None:
        raise Http404
    page = request.build_absolute_uri(reverse("summit:press_result", args=[process, stage, number]))
    until = timezone.localtime(told.hall.embargo_until) if told.is_embargoed and told.hall.embargo_until else None
    warning = _("Embargo until %(until)s") % {"until": f"{until:%Y-%m-%d %H:%M}"} if until else ""
    language = get_language() or "en"
    drawn = reads.chart_of(told.result, told.result.main, language, source=page, warning=warning)
    response = TemplateResponse(request, "summit/press_chart.html", {"chart": drawn}, content_type="image/svg+xml")
    if told.is_embargoed or not told.hall.is_public(now):
        return kept_from_caches(response)
    response["Cache-Control"] = f"public, max-age={CHART_SECONDS}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def facts_file(request: HouseRequest, process: str, stage: str, ending: str) -> HttpResponse:
    """Give the facts and the results as CSV or JSON, every figure with its base and its method."""
    found, now = seen_stage(request, process, stage)
    if ending not in ENDINGS:
        raise Http404
    results = _results(request, found, now)
    language = get_language() or found.process.first_language
    rows = reads.facts_table(reads.facts_of(found, now), results, language)
    embargoed = [one.hall for one in results if one.is_embargoed and one.result is not None]
    if ending == "csv":
        content = write_csv(reads.COLUMNS, rows, has_mark=True)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    else:
        body = {
            "title": found.process.say("title", language).text,
            "source": request.build_absolute_uri(reverse("summit:press", args=[process, stage])),
            "licence": reads.LICENCE,
            "made_at": now,
            "embargo_until": max((one.embargo_until for one in embargoed if one.embargo_until), default=None),
            "facts": [dict(zip(reads.COLUMNS, row, strict=True)) for row in rows],
        }
        response = HttpResponse(
            json.dumps(body, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder), content_type="application/json"
        )
    last = max(embargoed, key=lambda one: one.embargo_until or now, default=None)
    mark = file_name(last, now).partition("ballot-")[0] if last is not None else ""
    response["Content-Disposition"] = f'attachment; filename="{mark}facts-{found.slug}.{ending}"'
    return kept_from_caches(response) if embargoed else response
