"""How a page shows a traced thing: each stage says it for its own kinds; ``web/wiring.py`` collects."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from burgertop.foundation.texts import Said

__all__ = ["KINDS", "Described", "Describer", "describe", "register"]

# The kinds in the order of the story, first thing first.
KINDS = ("idea", "theme", "question", "statement", "card", "cluster", "recommendation", "answer")


@dataclass(frozen=True, slots=True)
class Described:
    """One thing of the trace as a page shows it: where it is from, its words, its own page."""

    kind: str
    pk: uuid.UUID
    where: str | Promise
    title: Said
    text: Said | None = None
    url: str = ""
    origin: str = ""
    note: str | Promise = ""


Describer = Callable[[Sequence[uuid.UUID], str], Iterable[Described]]
_describers: dict[str, Describer] = {}


def register(kind: str, describer: Describer) -> None:
    """Say who describes a kind; the last word counts."""
    _describers[kind] = describer


def describe(kind: str, ids: Iterable[uuid.UUID], language: str) -> list[Described]:
    """Describe things of one kind in the order given; what is hidden or gone is left out."""
    wanted = list(dict.fromkeys(ids))
    if kind not in _describers or not wanted:
        return []
    found = {one.pk: one for one in _describers[kind](wanted, language)}
    return [found[pk] for pk in wanted if pk in found]
