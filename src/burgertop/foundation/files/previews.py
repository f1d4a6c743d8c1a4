"""What a person sees of a file before anything of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.foundation.files.tables import Table
from burgertop.foundation.wording import HouseError, Sayable, say

__all__ = ["SHOWN_ROWS", "Preview", "preview_of"]

SHOWN_ROWS = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, how many there are, and what is to be known about it, in sentences."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    notes: tuple[str, ...]
    problems: tuple[str, ...]


def preview_of(name: str, table: Table, problems: Sequence[Sayable] = ()) -> Preview:
    """Make the preview of a table, for ``files/_preview.html``."""
    return Preview(
        name=name,
        columns=table.columns,
        rows=table.rows[:SHOWN_ROWS],
        count=len(table.rows),
        notes=tuple(say(HouseError(note.code, **note.params)) for note in table.notes),
        problems=tuple(say(problem) for problem in problems),
    )
