"""The stops of the tour "follow one idea": their words, and the page each leads to."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from burgertop.foundation.process.models import Process
from burgertop.foundation.trace.queries import story_forth
from burgertop.stages.consultation.models import Idea
from burgertop.stages.summit.models import HallBallot
from burgertop.web.demo.content import load_content
from burgertop.web.demo.first_stage import once_of

__all__ = ["Stop", "stops_of"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: heading and text in the language of the page, the stage it is in, the page it shows."""

    number: int
    kind: str
    heading: str
    text: str
    url: str


def stops_of(process: Process) -> list[Stop]:
    """Return the stops in order; each leads to the real page of the thing it tells of."""
    content = load_content()
    language = (get_language() or "en").split("-")[0]
    hero = Idea.objects.filter(stage__process=process, once=once_of(content.process.hero_idea)).first()
    found: Mapping[str, Sequence[uuid.UUID]] = story_forth("idea", hero.pk).found if hero is not None else {}
    pages = _pages(process, hero, found)
    return [
        Stop(
            number=number,
            kind=step.stage,
            heading=step.heading.by_language().get(language, step.heading.en),
            text=step.text.by_language().get(language, step.text.en),
            url=pages.get(step.key, ""),
        )
        for number, step in enumerate(content.tour, start=1)
    ]


def _pages(process: Process, hero: Idea | None, found: Mapping[str, Sequence[uuid.UUID]]) -> dict[str, str]:
    """Return the address of each stop; what is not there yet has none."""
    slugs = {stage.kind: stage.slug for stage in process.stages.all()}
    first_ballot = HallBallot.objects.filter(stage__process=process).order_by("number").first()
    theme = next(iter(found.get("theme", ())), None)
    wanted: dict[str, tuple[str, str, list[object]]] = {
        "sent-in": ("consultation:idea", "consultation", [hero.pk if hero else ""]),
        "rated": ("consultation:rate", "consultation", []),
        "under-a-theme": ("process:trace", "", ["theme", theme]),
        "three-of-25": ("consultation:result", "consultation", []),
        "letters": ("lottery:home", "lottery", []),
        "drawn": ("lottery:draw", "lottery", ["hall"]),
        "seats": ("summit:home", "summit", []),
        "card": ("process:trace", "", ["card", next(iter(found.get("card", ())), "")]),
        "hall-ballot": ("summit:result", "summit", [first_ballot.pk if first_ballot else ""]),
        "panel": ("panel:home", "panel", []),
        "recommendation": ("panel:recommendation", "panel", [next(iter(found.get("recommendation", ())), "")]),
        "answer": ("process:trace", "", ["answer", next(iter(found.get("answer", ())), "")]),
    }
    pages = {}
    for key, (name, kind, more) in wanted.items():
        args = [process.slug, slugs.get(kind, ""), *more] if kind else [process.slug, *more]
        try:
            pages[key] = reverse(name, args=args)
        except NoReverseMatch:
            continue
    return pages
