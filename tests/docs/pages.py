"""Reading the documents: their headings, their links, their blocks of code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["DOCS", "ROOT", "Block", "anchors_of", "blocks_of", "documents", "headings_of", "links_of", "prose_of"]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SKIPPED = {".git", ".venv", "var", "build", "dist", ".hypothesis", "node_modules"}

FENCE = re.compile(r"^(?P<mark>```+)(?P<kind>[^`\n]*)\n(?P<code>.*?)^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a document: ``kind`` is what stands after the fence."""

    path: Path
    line: int
    kind: str
    code: str

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


@cache
def documents() -> tuple[Path, ...]:
    """Every document of the project."""
    found = (path for path in ROOT.rglob("*.md") if not SKIPPED.intersection(path.relative_to(ROOT).parts))
    return tuple(sorted(found))


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def prose_of(path: Path) -> str:
    """A document without its blocks of code; its lines keep their numbers."""
    return FENCE.sub(lambda found: "\n" * found[0].count("\n"), _text(path))


def headings_of(path: Path, level: int | None = None) -> list[str]:
    """The headings of a document, of one level when it is named."""
    return [title for marks, title in HEADING.findall(prose_of(path)) if level is None or len(marks) == level]


def anchors_of(path: Path) -> set[str]:
    """What a link may name after ``#``, as code hosts make it of the headings."""
    anchors: set[str] = set()
    for title in headings_of(path):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain.replace("`", "")).strip().replace(" ", "-")
        number = 0
        while (unique := f"{anchor}-{number}" if number else anchor) in anchors:
            number += 1
        anchors.add(unique)
    return anchors


def links_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every link of a document with its line."""
    prose = re.sub(r"`[^`\n]*`", "", prose_of(path))
    for found in LINK.finditer(prose):
        yield prose.count("\n", 0, found.start()) + 1, found[1]


def blocks_of(path: Path) -> Iterator[Block]:
    """Every block of code of a document."""
    for found in FENCE.finditer(_text(path)):
        yield Block(path, _text(path).count("\n", 0, found.start()) + 1, found["kind"].strip(), found["code"])
