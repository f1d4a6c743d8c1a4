"""Reading the trace: from an answer back to ideas, from an idea forth to answers."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from burgertop.foundation.trace.actions import Ref
from burgertop.foundation.trace.models import Link

__all__ = ["Story", "came_from", "is_linked_in", "led_to", "stories_back", "story_back", "story_forth"]

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


def is_linked_in(process_id: uuid.UUID, kind: str, pk: uuid.UUID) -> bool:
    """Whether a thing stands in the trace of this process."""
    later, earlier = Q(later_kind=kind, later_id=pk), Q(earlier_kind=kind, earlier_id=pk)
    return Link.objects.filter(later | earlier, process_id=process_id).exists()


def story_back(kind: str, pk: uuid.UUID) -> Story:
    """Walk from a thing to everything it came from; one query a step."""
    return _told((kind, pk), _walk({(kind, pk)}, is_back=True))


def stories_back(kind: str, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Story]:
    """Walk back from many things at once; as many queries as for one."""
    starts = {(kind, pk) for pk in ids}
    links = _walk(starts, is_back=True)
    return {start[1]: _told(start, links) for start in starts}


def story_forth(kind: str, pk: uuid.UUID) -> Story:
    """Walk from a thing to everything that came from it; one query a step."""
    return _told((kind, pk), _walk({(kind, pk)}, is_back=False))


def _walk(starts: set[Ref], *, is_back: bool) -> Mapping[Ref, Sequence[Ref]]:
    """Read every link on the way: for each thing, where its links lead."""
    near, far = ("later", "earlier") if is_back else ("earlier", "later")
    links: dict[Ref, list[Ref]] = {}
    edge = set(starts)
    for _ in range(MOST_STEPS):
        if not edge:
            break
        links.update((here, []) for here in edge)
        following: set[Ref] = set()
        for one in Link.objects.filter(**{f"{near}_id__in": {pk for _, pk in edge}}).order_by("made_at", "id"):
            here = (getattr(one, f"{near}_kind"), getattr(one, f"{near}_id"))
            if here in edge:
                there = (getattr(one, f"{far}_kind"), getattr(one, f"{far}_id"))
                links[here].append(there)
                following.add(there)
        edge = following - links.keys()
    return links


def _told(start: Ref, links: Mapping[Ref, Sequence[Ref]]) -> Story:
    """Tell the story of one thing from the links of the way."""
    story, seen, edge = Story(start), {start}, [start]
    while edge:
        reached = []
        for here in edge:
            for there in links.get(here, ()):
                story.steps.append((here, there))
                if there not in seen:
                    seen.add(there)
                    reached.append(there)
                    story.found[there[0]].append(there[1])
        edge = reached
    return story
