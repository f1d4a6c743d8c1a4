"""The trace as a page: from an answer back to ideas, from an idea forth to answers."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Process
from burgertop.foundation.trace.describers import KINDS, Described, describe
from burgertop.foundation.trace.queries import Story, is_linked_in, story_back, story_forth
from burgertop.web.views.process import seen_process

__all__ = ["Level", "levels_of", "trace"]

SHOWN = 12
STAGE_OF = {
    "idea": "consultation",
    "theme": "consultation",
    "question": "summit",
    "card": "summit",
    "cluster": "summit",
    "recommendation": "panel",
    "answer": "report",
}
HEADINGS = {
    "idea": _("Ideas of citizens"),
    "theme": _("The theme they became"),
    "question": _("The question at the tables"),
    "card": _("Notes of the tables"),
    "cluster": _("What the hall voted on"),
    "recommendation": _("Recommendation of the panel"),
    "answer": _("The answer"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the story: its kind, its things, how many there are in all."""

    kind: str
    stage: str
    heading: str | Promise
    things: list[Described]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - len(self.things))


@require_safe
def trace(request: HouseRequest, process: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Show where a thing came from and what came of it."""
    found = seen_process(request, process)
    start = next(iter(describe(kind, [pk], request.LANGUAGE_CODE)), None) if kind in KINDS else None
    if start is None or not _is_of(found, start):
        raise Http404
    is_all = "all" in request.GET
    context = {
        "process": found,
        "stage": found.stages.filter(kind=STAGE_OF[kind]).first(),
        "start": start,
        "kind": kind,
        "heading": HEADINGS[kind],
        "stage_kind": STAGE_OF[kind],
        "forth": levels_of(story_forth(kind, pk), request.LANGUAGE_CODE, is_all=is_all),
        "back": levels_of(story_back(kind, pk), request.LANGUAGE_CODE, is_all=is_all, is_back=True),
        "is_all": is_all,
    }
    return TemplateResponse(request, "process/trace.html", context)


def _is_of(process: Process, thing: Described) -> bool:
    """Whether a thing belongs to this process, by its own page or, without one, by a link of the trace."""
    if thing.url:
        return resolve(urlsplit(thing.url).path).kwargs.get("process") == process.slug
    return is_linked_in(process.pk, thing.kind, thing.pk)


def levels_of(story: Story, language: str, *, is_all: bool = False, is_back: bool = False) -> list[Level]:
    """Order a story by the kinds of the whole way; the way back begins with the latest.

    Only what is public counts.
    """
    kinds = tuple(reversed(KINDS)) if is_back else KINDS
    levels = []
    for kind in kinds:
        things = describe(kind, story.found.get(kind, []), language)
        if things:
            shown = things if is_all else things[:SHOWN]
            levels.append(Level(kind, STAGE_OF[kind], HEADINGS[kind], shown, len(things)))
    return levels
