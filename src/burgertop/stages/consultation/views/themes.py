"""For everybody: the themes, their ideas, who put them there, and what was not taken."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.stages.consultation.queries.ratings import with_counts
from burgertop.stages.consultation.queries.themes import (
    agenda_of,
    ideas_under,
    most_ideas,
    not_taken_of,
    progress_of,
    theme_or_404,
    themes_of,
)
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage

__all__ = ["not_taken", "theme", "themes"]

PER_PAGE = 25


@require_safe
def themes(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List the themes with how many ideas each has, and the agenda once there is one."""
    found, now = seen_stage(request, process, stage)
    rows = list(themes_of(found))
    context = context_of(
        request,
        found,
        now,
        themes=rows,
        most=most_ideas(rows),
        agenda=list(agenda_of(found)),
        progress=progress_of(found),
    )
    return TemplateResponse(request, "consultation/themes.html", context)


@require_safe
def theme(request: HouseRequest, process: str, stage: str, key: str) -> HttpResponse:
    """Show a theme and its ideas; a merged one leads to where its ideas are now."""
    found, now = seen_stage(request, process, stage)
    one = theme_or_404(found, key)
    if one.merged_into is not None:
        return go_to("theme", found, key=one.merged_into.key)
    page = Paginator(ideas_under(one), PER_PAGE).get_page(request.GET.get("page"))
    context = context_of(request, found, now, theme=one, page=page, ideas=with_counts(found, list(page)))
    return TemplateResponse(request, "consultation/theme.html", context)


@require_safe
def not_taken(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List the ideas that are under no theme, each with the reason."""
    found, now = seen_stage(request, process, stage)
    page = Paginator(not_taken_of(found), PER_PAGE).get_page(request.GET.get("page"))
    context = context_of(request, found, now, page=page, ideas=with_counts(found, list(page)))
    return TemplateResponse(request, "consultation/not_taken.html", context)
