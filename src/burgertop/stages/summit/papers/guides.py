"""The guides on paper: one sheet for each who works on the day, in every language of the process that there is."""

from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from burgertop.foundation.texts import base_of
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.writing import HOUSE_LANGUAGES, Writing

__all__ = ["GUIDES", "guide_of", "write_guides"]

GUIDES = ("table-host", "note-taker", "theme-team", "control-desk", "g-off-host", "observer")
FOLDER = Path(__file__).with_name("guides")
PARSER = MarkdownIt("commonmark", {"html": False})
LISTS = {"bullet_list_open": False, "ordered_list_open": True}
LIST_ENDS = {"bullet_list_close", "ordered_list_close"}


def write_guides(writing: Writing) -> dict[str, object]:
    """Every guide in each language of the process, that of the page first; English where the house knows none."""
    spoken = [base_of(tag) for tag in (writing.language, *writing.hall.stage.process.languages)]
    languages = [tag for tag in dict.fromkeys(spoken) if tag in HOUSE_LANGUAGES] or ["en"]
    return {
        **writing.head(str(Paper.GUIDES.label)),
        "sheets": [guide_of(name, language) for name in GUIDES for language in languages],
    }


def guide_of(name: str, language: str) -> dict[str, object]:
    """One guide as blocks: headings, paragraphs and lists, each of runs that are plain, bold or code."""
    tokens = PARSER.parse((FOLDER / f"{name}.{language}.md").read_text("utf-8"))
    head, *blocks = _blocks(iter(tokens))
    return {"lang": language, "head": head["runs"], "blocks": blocks}


def _blocks(tokens: Any) -> list[dict[str, Any]]:
    """The blocks until the end of the list in which they stand, or of the text."""
    found: list[dict[str, Any]] = []
    kind = "paragraph"
    for token in tokens:
        if token.type in LIST_ENDS:
            break
        if token.type in LISTS:
            found.append({"kind": "list", "is_numbered": LISTS[token.type], "items": _items(tokens)})
        elif token.type in {"heading_open", "paragraph_open"}:
            kind = token.type.removesuffix("_open")
        elif token.type == "inline":
            found.append({"kind": kind, "runs": _runs(token.children or [])})
    return found


def _items(tokens: Any) -> list[list[dict[str, Any]]]:
    """The items of a list, each with its blocks."""
    items: list[list[dict[str, Any]]] = []
    for token in tokens:
        if token.type in LIST_ENDS:
            break
        if token.type == "list_item_open":
            items.append([])
        elif token.type == "inline":
            items[-1].append({"kind": "paragraph", "runs": _runs(token.children or [])})
        elif token.type in LISTS:
            items[-1].append({"kind": "list", "is_numbered": LISTS[token.type], "items": _items(tokens)})
    return items


def _runs(tokens: list[Token]) -> list[dict[str, str]]:
    runs: list[dict[str, str]] = []
    look = ""
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            look = "bold" if token.type == "strong_open" else ""
        elif token.type == "softbreak":
            runs.append({"look": look, "words": " "})
        elif token.content:
            runs.append({"look": "code" if token.type == "code_inline" else look, "words": token.content})
    return runs
