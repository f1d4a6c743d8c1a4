"""Workbooks that are damaged, or made to do harm: refused with a word, quickly, and without much memory."""

import io
import random
import zipfile
from collections import Counter

import pytest
from openpyxl import Workbook

from burgertop.foundation.files.sheets import formulas_of
from burgertop.foundation.files.tables import FileError, read_table, write_xlsx

SEED = 17
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
GOOD = write_xlsx(["id", "name", "age"], [[f"p{number}", "Zoë", number] for number in range(40)])

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def outcome_of(content: bytes) -> str:
    """Return the code of the refusal, or ``read``."""
    try:
        read_table("pool.xlsx", content)
    except FileError as error:
        return error.code
    return "read"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_rows(rows: bytes) -> bytes:
    """A workbook whose only sheet holds these rows, as they are written in the file."""
    return packed({**parts_of(GOOD), "xl/worksheets/sheet1.xml": HEAD + rows + b"</sheetData></worksheet>"})


def test_a_workbook_with_broken_bytes_is_refused_and_never_breaks_the_page() -> None:
    rng = random.Random(SEED)  # noqa: S311  # which bytes are broken
    outcomes: Counter[str] = Counter()
    for _ in range(300):
        content = bytearray(GOOD)
        for _ in range(rng.choice([1, 3, 20])):
            content[rng.randrange(len(content))] = rng.randrange(256)
        outcomes[outcome_of(bytes(content))] += 1
    for _ in range(50):
        outcomes[outcome_of(GOOD[: rng.randrange(2, len(GOOD))])] += 1

    assert outcomes.keys() <= {"read", "files.not_a_table", "files.empty", "files.unpacks_too_large"}
    assert outcomes["files.not_a_table"] > 100


def test_a_workbook_whose_inside_is_broken_is_refused_too() -> None:
    rng = random.Random(SEED)  # noqa: S311  # which bytes are broken
    parts = parts_of(GOOD)
    outcomes: Counter[str] = Counter()
    for name in parts:
        outcomes[outcome_of(packed({**parts, name: b""}))] += 1
        outcomes[outcome_of(packed({key: value for key, value in parts.items() if key != name}))] += 1
        for _ in range(25):
            content = bytearray(parts[name])
            for _ in range(rng.choice([1, 3, 10])):
                content[rng.randrange(len(content))] = rng.choice(b'0129<>/"=a- \0&;')
            outcomes[outcome_of(packed({**parts, name: bytes(content)}))] += 1

    strange = {code for code in outcomes if code != "read" and not code.startswith("files.")}
    assert (strange, outcomes["files.not_a_table"] > 50) == (set(), True)


def test_rows_that_stand_far_below_are_not_waited_for() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>2</v></c></row>'

    assert outcome_of(with_rows(far)) == "files.too_many_rows"


def test_cells_that_stand_far_to_the_right_do_not_fill_the_memory() -> None:
    wide = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(1, 2001))

    assert outcome_of(with_rows(wide)) == "files.too_many_columns"


def test_a_formula_counts_as_the_value_that_was_stored_with_it() -> None:
    rows = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        b'<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>HYPERLINK("http://x")</f><v>go</v></c></row>'
    )

    assert read_table("a.xlsx", with_rows(rows)).rows == (("2", "go"),)


def test_the_first_formula_of_each_column_is_named_with_its_row() -> None:
    book, out = Workbook(), io.BytesIO()
    for row in (["id", "age"], [1, "=B9"], ["=A2+1", "=B2"], [3, "old"]):
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(out)

    assert formulas_of(out.getvalue()) == {0: (3, "=A2+1"), 1: (2, "=B9")}
