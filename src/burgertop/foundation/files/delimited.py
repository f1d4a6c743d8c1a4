"""CSV in any usual form: which sign parts the cells, and which cells stand on which line."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from burgertop.foundation.files.errors import FileError

__all__ = ["DELIMITERS", "rows_of", "sniff"]

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 60
NumberedRow = tuple[int, list[str]]


def rows_of(text: str) -> Iterator[NumberedRow]:
    """Yield every row of a CSV text with the number of the line it begins on.

    Raises:
        FileError: ``files.stray_quote``, ``files.open_quote``, ``files.cell_too_large``.
    """
    first, text, skipped = _after_separator_line(text)
    delimiter = first or sniff(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _said(error, line) from error
        yield line, row


def sniff(text: str) -> str:
    """Return the sign that parts the cells: the one that gives most rows the same number of cells, above one."""
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(text: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    shared = {width: times for width, times in widths.items() if width > 1}
    if not shared:
        return (0.0, 0)
    width, times = max(shared.items(), key=lambda pair: (pair[1], pair[0]))
    return (times / widths.total(), width)


def _after_separator_line(text: str) -> tuple[str, str, int]:
    """Take off the first line ``sep=;`` that spreadsheets write and read."""
    head, _, rest = text.partition("\n")
    line = head.strip().strip('"').lower()
    if line.startswith("sep=") and line[4:5] in DELIMITERS:
        return line[4], rest, 1
    return "", text, 0


def _said(error: csv.Error, line: int) -> FileError:
    words = str(error)
    if "field larger" in words:
        return FileError("files.cell_too_large", line=line)
    if "unexpected end" in words:
        return FileError("files.open_quote", line=line)
    return FileError("files.stray_quote", line=line)
