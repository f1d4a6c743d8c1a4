"""Tables in and out: CSV and XLSX in any usual form become columns and rows of text, or a clear error."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from burgertop.core.errors import Param
from burgertop.foundation.files.decoding import decode
from burgertop.foundation.files.delimited import rows_of
from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.sheets import rows_of_sheet

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Cell",
    "FileError",
    "Note",
    "Table",
    "guarded",
    "read_table",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_LINES = 1_100_000  # with empty ones; a spreadsheet has 1,048,576
MOST_COLUMNS = 500
TITLE_ROWS = 10
SAMPLE_ROWS = 60
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")  # of sheets
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
OTHER_FORMATS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
Cell = str | int | float | None
NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a file should know although it could be read; ``say()`` makes the sentence."""

    code: str
    params: dict[str, Param]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as columns and rows of text. ``lines`` are the line numbers of the rows in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...] = ()
    lines: tuple[int, ...] = ()

    def column(self, name: str) -> tuple[str, ...]:
        """Return one column by its heading, whatever its capitals.

        Raises:
            FileError: ``files.no_such_column``.
        """
        place = self.place_of(name)
        return tuple(row[place] for row in self.rows)

    def place_of(self, name: str) -> int:
        """Return where a column stands, from nought.

        Raises:
            FileError: ``files.no_such_column``.
        """
        for place, column in enumerate(self.columns):
            if column.casefold() == name.casefold():
                return place
        raise FileError("files.no_such_column", column=name, columns=self.columns)

    def has(self, *names: str) -> bool:
        """Whether all these columns are there."""
        there = {column.casefold() for column in self.columns}
        return all(name.casefold() in there for name in names)


def read_table(
    name: str, content: bytes, *, sheet: str = "", most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
) -> Table:
    """Read a CSV or XLSX file; what it is follows from its bytes, ``name`` only helps to say what is wrong.

    Raises:
        FileError: ``files.empty``, ``files.too_large``, ``files.too_many_rows``, ``files.too_many_columns``,
            ``files.not_a_table``, ``files.old_excel``, ``files.unreadable_encoding``, ``files.no_such_sheet``,
            ``files.no_rows``, ``files.blank_column``, ``files.doubled_column``, ``files.ragged_row``,
            ``files.open_quote``, ``files.stray_quote``, ``files.cell_too_large``, ``files.unpacks_too_large``.
    """
    if len(content) > most_bytes:
        raise FileError("files.too_large", megabytes=round(len(content) / 2**20, 1), most=most_bytes // 2**20)
    if not content.strip():
        raise FileError("files.empty")
    _refuse_other_formats(name, content)
    is_workbook = content.startswith(b"PK")
    numbered, notes = _from_workbook(content, sheet) if is_workbook else _from_text(content)
    return _table(numbered, notes, most_rows=most_rows, is_ragged_allowed=is_workbook)


def write_csv(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", has_mark: bool = False
) -> bytes:
    """Write a CSV file in UTF-8; ``has_mark`` puts the byte order mark first that older spreadsheets need.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay as they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if has_mark else "utf-8")


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "") -> bytes:
    """Write a workbook of one sheet; text is stored as text, so that nothing in it can act as a formula."""
    return write_workbook([(sheet, columns, rows)])


def write_workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Write a workbook of several sheets, each with its name, its columns and its rows; text is stored as text."""
    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        page = book.create_sheet(NOT_IN_NAMES.sub(" ", name)[:31] or None)
        page.freeze_panes = "A2"
        for row in [columns, *rows]:
            cells = []
            for value in row:
                cell = WriteOnlyCell(page, value=_writable(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                cells.append(cell)
            page.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(cell: Cell) -> str | int | float:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> guarded("=1+1"), guarded("-5"), guarded("+32 2 555"), guarded(-5)
    ("'=1+1", '-5', "'+32 2 555", -5)
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _writable(value: Cell) -> str | int | float:
    if value is None:
        return ""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _refuse_other_formats(name: str, content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError("files.old_excel", file=name[:80])
    if content.startswith(OTHER_FORMATS):
        raise FileError("files.not_a_table")
    head = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"{\\rtf")):
        raise FileError("files.not_a_table")


def _from_text(content: bytes) -> tuple[Iterator[NumberedRow], list[Note]]:
    text, encoding, is_guess = decode(content)
    notes = [Note("files.guessed_encoding", {"encoding": encoding})] if is_guess else []
    return rows_of(text), notes


def _from_workbook(content: bytes, sheet: str) -> tuple[Iterator[NumberedRow], list[Note]]:
    names, numbered = rows_of_sheet(content, sheet)
    read = sheet or names[0]
    others = tuple(one for one in names if one != read)
    return numbered, [Note("files.other_sheets", {"sheet": read, "sheets": others})] if others else []


def _table(numbered: Iterator[NumberedRow], notes: list[Note], *, most_rows: int, is_ragged_allowed: bool) -> Table:
    kept: list[NumberedRow] = []
    blank = 0
    for line, raw in numbered:
        if len(kept) + blank >= MOST_LINES:
            raise FileError("files.too_many_rows", most=most_rows)
        row = [_clean(cell) for cell in _within(raw)]
        if not any(row):
            blank += 1
            continue
        kept.append((line, row))
        if len(kept) > most_rows + TITLE_ROWS:
            raise FileError("files.too_many_rows", most=most_rows)
    if not kept:
        raise FileError("files.empty")
    place = _place_of_header(kept)
    if place:
        notes.append(Note("files.title_rows", {"rows": place}))
    if blank:
        notes.append(Note("files.blank_rows", {"rows": blank}))
    header, body = kept[place][1], kept[place + 1 :]
    if not body:
        raise FileError("files.no_rows")
    if len(body) > most_rows:
        raise FileError("files.too_many_rows", most=most_rows)
    columns = _columns(header, body)
    rows = tuple(_fitted(line, row, len(columns), is_ragged_allowed) for line, row in body)
    return Table(columns, rows, tuple(notes), tuple(line for line, _ in body))


def _within(row: list[str]) -> list[str]:
    """Take off the empty cells far to the right; a row that fills more cells than a table may have is refused."""
    if len(row) <= MOST_COLUMNS:
        return row
    width = max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
    if width > MOST_COLUMNS:
        raise FileError("files.too_many_columns", columns=width, most=MOST_COLUMNS)
    return row[:MOST_COLUMNS]


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip().strip("\ufeff")


def _place_of_header(kept: list[NumberedRow]) -> int:
    """Find the row of headings: titles above a table fill one cell, headings as many as the rows do."""
    filled = [sum(1 for cell in row if cell) for _, row in kept[:SAMPLE_ROWS]]
    usual = Counter(filled).most_common(1)[0][0]
    if usual < 2:
        return 0
    return next((place for place, cells in enumerate(filled[:TITLE_ROWS]) if cells > 1), 0)


def _columns(header: list[str], body: list[NumberedRow]) -> tuple[str, ...]:
    """Check the headings. A column without one is a column when most rows have something in it."""
    sample = [row for _, row in body[:SAMPLE_ROWS]]
    width = max((place for place, heading in enumerate(header, start=1) if heading), default=0)
    while sum(1 for row in sample if any(row[width : width + 1])) * 2 > len(sample):
        width += 1
    columns = tuple([*header, *[""] * (width - len(header))][:width])
    if width > MOST_COLUMNS:
        raise FileError("files.too_many_columns", columns=width, most=MOST_COLUMNS)
    if "" in columns:
        raise FileError("files.blank_column", number=columns.index("") + 1)
    first_at: dict[str, int] = {}
    for number, column in enumerate(columns, start=1):
        if (first := first_at.setdefault(column.casefold(), number)) != number:
            raise FileError("files.doubled_column", column=column, first=first, second=number)
    return columns


def _fitted(line: int, row: list[str], width: int, is_ragged_allowed: bool) -> tuple[str, ...]:
    if any(row[width:]) or (len(row) < width and not is_ragged_allowed):
        raise FileError("files.ragged_row", line=line, cells=len(row), columns=width)
    return tuple([*row, *[""] * (width - len(row))][:width])
