"""A process for everyone: what it is, where it stands, what was promised, what is new."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from burgertop.foundation.people.public_pages import same_for_all
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import News, Process
from burgertop.foundation.process.queries import news_of, process_or_404
from burgertop.foundation.record.queries import entries_of, head_of
from burgertop.web.permissions import may_enter_desk, may_see_process
from burgertop.web.stages import stage_items

__all__ = ["home", "mandate", "news", "seen_process"]

LINES_ON_HOME = 4
NEWS_ON_HOME = 3
FILMS_ON_HOME = 6


def seen_process(request: HouseRequest, slug: str) -> Process:
    """Return the process if this actor may see it; an unlisted one does not exist for others."""
    process = process_or_404(slug)
    if not may_see_process(request.actor, process):
        raise Http404
    return process


@same_for_all
@require_safe
def home(request: HouseRequest, process: str) -> HttpResponse:
    """Show what the process is, its stages, its promise, news and the last lines of the record."""
    found = seen_process(request, process)
    stages = list(found.stages.all())
    items = stage_items(stages, found, None, request.LANGUAGE_CODE)
    items_of_news = news_of(found)
    context = {
        "process": found,
        "items": items,
        "now": next((item for item in items if item.is_current), None),
        "news": items_of_news.filter(kind=News.Kind.NEWS)[:NEWS_ON_HOME],
        "films": items_of_news.exclude(kind=News.Kind.NEWS)[:FILMS_ON_HOME],
        "entries": entries_of(found.pk)[:LINES_ON_HOME],
        "head": head_of(found.pk),
        "may_enter_desk": may_enter_desk(request.actor, found),
    }
    return TemplateResponse(request, "process/home.html", context)


@same_for_all
@require_safe
def mandate(request: HouseRequest, process: str) -> HttpResponse:
    """Show who asked, what they promised to do with the result, and who pays."""
    return TemplateResponse(request, "process/mandate.html", {"process": seen_process(request, process)})


@same_for_all
@require_safe
def news(request: HouseRequest, process: str) -> HttpResponse:
    """Show every news item, film and stream."""
    found = seen_process(request, process)
    return TemplateResponse(request, "process/news.html", {"process": found, "news": news_of(found)})
