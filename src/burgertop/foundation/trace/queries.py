"""Reading the trace: from an answer back to ideas, from an idea forth to answers."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from burgertop.foundation.trace.actions import Ref
from burgertop.foundation.trace.models import Link

__all__ = ["Story", "came_from", "led_to", "story_back", "story_forth"]

MOST_STEPS = 12


@dataclass(slots=True)
class Story:
    """Everything reached from a start, in the order it was reached, by kind."""

    start: Ref
    found: dict[str, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    steps: list[tuple[Ref, Ref]] = field(default_factory=list)


def came_from(kind: str, pk: uuid.UUID) -> list[Ref]:
    """The things this came from directly."""
    links = Link.objects.filter(later_kind=kind, later_id=pk).order_by("made_at", "id")
    return [(link.earlier_kind, link.earlier_id) for link in links]


def led_to(kind: str, pk: uuid.UUID) -> list[Ref]:
    """The things that came from this directly."""
    links = Link.objects.filter(earlier_kind=kind, earlier_id=pk).order_by("made_at", "id")
    return [(link.later_kind, link.later_id) for link in links]


def story_back(kind: str, pk: uuid.UUID) -> Story:
    """Walk from a thing to everything it came from; one query a step."""
    return _walk((kind, pk), is_back=True)


def story_forth(kind: str, pk: uuid.UUID) -> Story:
    """Walk from a thing to everything that came from it; one query a step."""
    return _walk((kind, pk), is_back=False)


def _walk(start: Ref, *, is_back: bool) -> Story:
    near, far = ("later", "earlier") if is_back else ("earlier", "later")
    story, seen, edge = Story(start), {start}, {start}
    for _ in range(MOST_STEPS):
        if not edge:
            break
        ids = {pk for _, pk in edge}
        links = Link.objects.filter(**{f"{near}_id__in": ids}).order_by("made_at", "id")
        following: set[Ref] = set()
        for one in links:
            here = (getattr(one, f"{near}_kind"), getattr(one, f"{near}_id"))
            there = (getattr(one, f"{far}_kind"), getattr(one, f"{far}_id"))
            if here not in edge:
                continue
            story.steps.append((here, there))
            if there not in seen:
                seen.add(there)
                following.add(there)
                story.found[there[0]].append(there[1])
        edge = following
    return story
