"""The guides on paper: one sheet each, in four languages, with the words that stand on the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import burgertop.web
from burgertop.foundation.files.press import pages_of, typeset
from burgertop.stages.summit.actions.papers import SHEETS
from burgertop.stages.summit.papers.guides import GUIDES, guide_of, write_guides
from burgertop.stages.summit.papers.writing import Writing

LOCALE = Path(burgertop.web.__file__).with_name("locale")


def bold_in(part: Any) -> Iterator[str]:
    """The bold words of a guide in their order, without the sign at their end."""
    if isinstance(part, dict) and part.get("look") == "bold":
        yield part["words"].rstrip(":. \u00a0")
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from bold_in(one)


def shapes_of(blocks: list[dict[str, Any]]) -> list[object]:
    return [(one["kind"], [shapes_of(item) for item in one.get("items", [])]) for one in blocks]


def words_of(catalog: Catalog) -> dict[str, set[str]]:
    """What each sentence of the screen is in a language, whatever its context."""
    found: dict[str, set[str]] = {}
    for message in catalog:
        if isinstance(message.id, str) and message.id:
            found.setdefault(message.id.rstrip("."), set()).add(str(message.string).rstrip("."))
    return found


@pytest.mark.django_db
def test_each_guide_is_one_sheet_in_every_language(write: Callable[..., Writing]) -> None:
    writing = write("nl")
    writing.hall.stage.process.languages = ["fr", "nl", "de", "en", "ar"]

    values = write_guides(writing)

    assert [one["lang"] for one in values["sheets"]] == ["nl", "fr", "de", "en"] * len(GUIDES)  # type: ignore[attr-defined]  # plain values
    assert pages_of(typeset(SHEETS / "guides.typ", values, now=writing.now)) == 4 * len(GUIDES)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_guide_says_the_same_in_another_language_and_names_buttons_as_they_are(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        words = words_of(read_po(file, locale=language))

    for name in GUIDES:
        here, there = guide_of(name, "en"), guide_of(name, language)
        assert shapes_of(here["blocks"]) == shapes_of(there["blocks"]), name  # type: ignore[arg-type]  # plain values
        pairs = list(zip(bold_in(here["blocks"]), bold_in(there["blocks"]), strict=True))
        assert [(one, other) for one, other in pairs if one in words and other not in words[one]] == [], name
        assert sum(one in words for one, _other in pairs) >= 2, name
