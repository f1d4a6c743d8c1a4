"""Lists as rows: the same rows go onto paper, into a workbook and into CSV."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Column", "Grid", "Row", "Section"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in mm (0: as wide as its words; below 1: a share), how its cells look.

    ``kind``: ``text``, ``strong``, or for paper only ``box`` (to tick) and ``line`` (to write on).
    """

    name: str
    width: float = 0
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``key`` is the letter under which it is looked up."""

    cells: tuple[str | int, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, with what is said of them first; ``flow``: so many columns of text on a page."""

    head: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    texts: Sequence[str] = ()
    breaks: bool = False
    flow: int = 1

    @property
    def kept(self) -> list[int]:
        """The columns that a file has: those that are not filled in by hand."""
        return [place for place, column in enumerate(self.columns) if column.kind not in {"box", "line"}]


@dataclass(frozen=True, slots=True)
class Grid:
    """A list: its title, what it says at the top, its sections.

    A file has one table: ``for_file`` when the list has one for it; else all sections, with their heads in a first
    column by the name of ``first_head``; else the first section.
    """

    title: str
    intro: Sequence[str]
    sections: Sequence[Section]
    is_large: bool = False
    is_wide: bool = False
    first_head: str = ""
    for_file: Section | None = None

    def file_columns(self) -> list[str]:
        """The headings of its file: one for the section first, when there are several."""
        first = self.for_file or self.sections[0]
        names = [first.columns[place].name for place in first.kept]
        return [self.first_head, *names] if self.first_head else names

    def file_rows(self) -> list[list[str | int]]:
        """The rows of its file."""
        rows: list[list[str | int]] = []
        sections = [self.for_file] if self.for_file else self.sections if self.first_head else self.sections[:1]
        for section in sections:
            start: list[str | int] = [section.head] if self.first_head else []
            rows += [[*start, *(row.cells[place] for place in section.kept)] for row in section.rows]
        return rows
