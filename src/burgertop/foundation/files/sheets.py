"""XLSX: one sheet as rows of text, with a guard against files that unpack without end."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from burgertop.foundation.files.errors import FileError

__all__ = ["UNPACKED_MOST", "formulas_of", "rows_of_sheet"]

UNPACKED_MOST = 300 * 1024 * 1024
RATIO_MOST = 400
PROLOG = 65_536
NumberedRow = tuple[int, list[str]]
# What the readers of archives and workbooks raise when a file is damaged.
DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def rows_of_sheet(content: bytes, sheet: str = "") -> tuple[tuple[str, ...], Iterator[NumberedRow]]:
    """Return the names of all sheets and the rows of one (the first, when none is named).

    Raises:
        FileError: ``files.not_a_table``, ``files.too_large``, ``files.no_such_sheet``.
    """
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except DAMAGED as error:
        raise FileError("files.not_a_table") from error
    names = tuple(page.title for page in book.worksheets)
    if not names:
        raise FileError("files.empty")
    if sheet and sheet not in names:
        raise FileError("files.no_such_sheet", sheet=sheet, sheets=names)
    return names, _rows(book[sheet or names[0]])


def formulas_of(content: bytes) -> dict[int, tuple[int, str]]:
    """Return the first formula of each column (from nought) of the first sheet: its row and its text."""
    _check_archive(content)
    found: dict[int, tuple[int, str]] = {}
    try:
        page = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
        page.reset_dimensions()
        for line, cells in enumerate(page.iter_rows(), start=1):
            for place, cell in enumerate(cells):
                if cell.data_type == "f":
                    found.setdefault(place, (line, str(cell.value)))
    except DAMAGED as error:
        raise FileError("files.not_a_table") from error
    return found


def _rows(page: object) -> Iterator[NumberedRow]:
    page.reset_dimensions()  # type: ignore[attr-defined]  # only read-only sheets have it; some programs write it wrong
    try:
        for line, cells in enumerate(page.iter_rows(values_only=True), start=1):  # type: ignore[attr-defined]  # same
            yield line, [_text(cell) for cell in cells]
    except DAMAGED as error:
        raise FileError("files.not_a_table") from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > UNPACKED_MOST or unpacked > max(len(content), 4096) * RATIO_MOST:
                raise FileError("files.unpacks_too_large", megabytes=unpacked // (1024 * 1024))
            if "xl/workbook.xml" not in archive.namelist():
                raise FileError("files.not_a_table")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _has_doctype(archive, part):
                    raise FileError("files.not_a_table")
    except DAMAGED as error:
        raise FileError("files.not_a_table") from error


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as opened:
        return b"<!DOCTYPE" in opened.read(PROLOG).upper()


def _text(cell: object) -> str:
    """Write a cell as a person would read it: whole numbers without .0, days as ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
