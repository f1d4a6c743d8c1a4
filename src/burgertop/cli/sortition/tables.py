"""Reading a file of the draw: by its size first, then as a table whose every cell can be named."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.saying import sentence_of, spoken
from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.sheets import formulas_of
from burgertop.foundation.files.tables import MOST_BYTES, Table, read_table

__all__ = ["Sheet", "bytes_of", "read_sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and the file it came from."""

    path: Path
    content: bytes
    table: Table
    formulas: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    def at(self, row: int, column: str = "") -> str:
        """Name a cell as people find it: file, row of the file, column."""
        place = f"{self.path.name}, row {self.table.lines[row]}"
        return f"{place}, column “{column}”" if column else place

    def column(self, name: str) -> tuple[str, ...]:
        """One column, by its heading; formulas in it are refused."""
        with spoken(self.path.name):
            place = self.table.place_of(name)
        self._refuse_formulas(place, name)
        return self.table.column(name)

    def _refuse_formulas(self, place: int, name: str) -> None:
        if place in self.formulas:
            line, formula = self.formulas[place]
            raise BadInputError(
                f"{self.path.name}, row {line}, column “{name}”: {formula[:40]} is a formula; its result may change. "
                "Copy the column, paste it as values only, and save again."
            )


def bytes_of(path: Path) -> bytes:
    """Read a whole file; one that is too large is refused before it is read."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            with spoken(path.name):
                raise FileError("files.too_large", megabytes=round(size / 2**20, 1), most=MOST_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error


def read_sheet(path: Path) -> Sheet:
    """Read CSV or XLSX in any usual form; what was guessed is told on stderr."""
    content = bytes_of(path)
    with spoken(path.name):
        table = read_table(path.name, content)
    for note in table.notes:
        print(f"{path.name}: {sentence_of(note.code, note.params)}", file=sys.stderr)
    return Sheet(path, content, table, formulas_of(content) if content.startswith(b"PK") else {})
