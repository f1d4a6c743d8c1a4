"""Tables in any usual form come in whole, or with a clear word on what is wrong and where."""

import io
import unicodedata
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from burgertop.foundation.files.tables import FileError, Note, Table, read_table, write_csv, write_xlsx
from burgertop.foundation.wording import HouseError, say

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), max_size=12)


def rows_of(content: bytes, name: str = "a.csv") -> tuple[tuple[str, ...], ...]:
    table = read_table(name, content)
    return (table.columns, *table.rows)


def workbook(*rows: tuple[object, ...], sheet: str = "People") -> Workbook:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(content: bytes, name: str = "a.csv", **more: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(FileError) as caught:
        read_table(name, content, **more)  # type: ignore[arg-type]  # the limits under test
    assert caught.value.code not in say(caught.value)
    return caught.value.code, dict(caught.value.params)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_form_gives_the_same_table(delimiter: str, encoding: str) -> None:
    text = delimiter.join(["naam", "plaats"]) + "\r\n" + delimiter.join(["Zoë", "Luik"]) + "\r\n"

    assert rows_of(text.encode(encoding)) == (("naam", "plaats"), ("Zoë", "Luik"))


def test_windows_letters_are_read_and_the_guess_is_said() -> None:
    table = read_table("a.csv", "nom;ville\r\nZoé;Liège\r\n".encode("cp1252"))

    assert table.rows == (("Zoé", "Liège"),)
    assert table.notes == (Note("files.guessed_encoding", {"encoding": "Windows-1252"}),)


def test_decimal_commas_do_not_fool_the_search_for_the_delimiter() -> None:
    assert rows_of(b"value;share\na;1,5\nb;2,25\n") == (("value", "share"), ("a", "1,5"), ("b", "2,25"))


def test_quotes_hold_delimiters_quotes_and_line_ends() -> None:
    content = b'id,note\n1,"a, ""b""\nand c"\n2,d\n'

    table = read_table("a.csv", content)

    assert table.rows == (("1", 'a, "b"\nand c'), ("2", "d"))
    assert table.lines == (2, 4)


def test_a_line_that_names_the_delimiter_is_no_heading() -> None:
    assert rows_of(b"sep=;\r\na;b\r\n1;2\r\n") == (("a", "b"), ("1", "2"))


def test_titles_above_and_blank_rows_between_are_left_out_and_counted() -> None:
    table = read_table("a.csv", b"List of people,,\n,,\nid,sex,age\n1,F,30\n,,\n2,M,40\n\n")

    assert (table.columns, table.rows) == (("id", "sex", "age"), (("1", "F", "30"), ("2", "M", "40")))
    assert table.notes == (Note("files.title_rows", {"rows": 1}), Note("files.blank_rows", {"rows": 3}))
    assert [say(HouseError(note.code, **note.params)) for note in table.notes] == [
        "1 row above the headings was left out.",
        "3 empty rows were left out.",
    ]


def test_one_column_is_a_table_too() -> None:
    assert rows_of(b"name\nMia\nJan\n") == (("name",), ("Mia",), ("Jan",))


def test_numbers_and_days_of_a_workbook_read_as_a_person_would() -> None:
    content = saved(workbook(("id", "share", "day", "is"), (1.0, 0.5, date(2011, 11, 11), True)))

    assert rows_of(content, "a.xlsx") == (("id", "share", "day", "is"), ("1", "0.5", "2011-11-11", "true"))


def test_a_named_sheet_is_read_and_the_others_are_mentioned() -> None:
    book = workbook(("a",), ("1",), sheet="First")
    book.create_sheet("Second").append(("b",))
    book["Second"].append(("2",))
    content = saved(book)

    assert read_table("a.xlsx", content, sheet="Second").rows == (("2",),)
    assert read_table("a.xlsx", content).notes == (
        Note("files.other_sheets", {"sheet": "First", "sheets": ("Second",)}),
    )
    assert refusal(content, sheet="Third") == ("files.no_such_sheet", {"sheet": "Third", "sheets": ("First", "Second")})


def test_a_workbook_called_csv_is_still_a_workbook() -> None:
    assert rows_of(saved(workbook(("a", "b"), (1, 2))), "people.csv") == (("a", "b"), ("1", "2"))


def test_short_rows_of_a_workbook_are_filled_up() -> None:
    assert rows_of(saved(workbook(("a", "b"), (1, 2), (3,)))) == (("a", "b"), ("1", "2"), ("3", ""))


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"", "files.empty", {}),
        (b" \r\n \n", "files.empty", {}),
        (b",,\n,,\n", "files.empty", {}),
        (b"a,b\n", "files.no_rows", {}),
        (b"%PDF-1.7 ...", "files.not_a_table", {}),
        (b"<!DOCTYPE html><table></table>", "files.not_a_table", {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "files.old_excel", {"file": "a.csv"}),
        (b"PK\x03\x04 no archive", "files.not_a_table", {}),
        (b"a,b\n1,\x812\n", "files.unreadable_encoding", {"line": 2}),
        (bytes(range(32)) * 4, "files.not_a_table", {}),
        (b"a,A\n1,2\n", "files.doubled_column", {"column": "A", "first": 1, "second": 2}),
        (b"a,,c\n1,2,3\n", "files.blank_column", {"number": 2}),
        (b"a,b\n1,2,3\n4,5,6\n", "files.blank_column", {"number": 3}),
        (b"a,b\n1,2\n1,2,3\n", "files.ragged_row", {"line": 3, "cells": 3, "columns": 2}),
        (b"a,b\n1,2\n1\n", "files.ragged_row", {"line": 3, "cells": 1, "columns": 2}),
        (b'a,b\n1,"2\n', "files.open_quote", {"line": 2}),
        (b'a,b\n1,"2"x\n', "files.stray_quote", {"line": 2}),
        (b"a,b\n1," + b"x" * 140_000 + b"\n", "files.cell_too_large", {"line": 2}),
    ],
)
def test_what_is_no_table_is_refused_with_the_place(content: bytes, code: str, params: dict[str, object]) -> None:
    assert refusal(content) == (code, params)


def test_limits_are_said_with_their_numbers() -> None:
    assert refusal(b"a,b\n" + b"1,2\n" * 30, most_rows=12)[0] == "files.too_many_rows"
    assert refusal(b"a" * (2**20 + 1), most_bytes=2**20) == ("files.too_large", {"megabytes": 1.0, "most": 1})
    assert refusal(",".join(f"c{n}" for n in range(501)).encode() + b"\n" + b"1," * 500 + b"1\n") == (
        "files.too_many_columns",
        {"columns": 501, "most": 500},
    )


def test_an_archive_that_grows_without_end_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 40_000_000)

    assert refusal(out.getvalue(), "a.xlsx")[0] == "files.unpacks_too_large"


def test_a_workbook_that_declares_entities_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

    assert refusal(out.getvalue(), "a.xlsx")[0] == "files.not_a_table"


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    table = Table(("a", "b"), (("1", "2"),))

    with pytest.raises(FileError) as caught:
        table.column("c")

    assert say(caught.value) == "There is no column “c”. The columns are: a, b."
    assert table.column("B") == ("2",)


def test_formulas_are_disarmed_and_numbers_are_not() -> None:
    written = write_csv(["=a"], [["=1+1"], ["+32 2"], ["-5"], ["@x"], ["\tx"], [-5], ["ok"]])

    assert written == b"'=a\r\n'=1+1\r\n'+32 2\r\n-5\r\n'@x\r\n'\tx\r\n-5\r\nok\r\n"


def test_a_mark_and_another_delimiter_on_wish() -> None:
    assert write_csv(["a", "b"], [["é", None]], delimiter=";", has_mark=True) == b"\xef\xbb\xbfa;b\r\n\xc3\xa9;\r\n"


def test_text_in_a_workbook_is_text_whatever_it_looks_like() -> None:
    content = write_xlsx(["name", "n"], [["=1+1", 5], ["a\x07b", None]], sheet="People")

    page = load_workbook(io.BytesIO(content))["People"]
    assert [(cell.value, cell.data_type) for cell in page[2]] == [("=1+1", "s"), (5, "n")]
    assert page["A3"].value == "ab"


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]], delimiter: str) -> None:
    kept = tuple(row for row in rows if any(row) and not row[0].startswith(("=", "+", "-", "@")))
    kept = tuple(row for row in kept if not row[1].startswith(("=", "+", "-", "@"))) or (("x", "y"),)

    table = read_table("a.csv", write_csv(["first", "second"], kept, delimiter=delimiter))

    assert table.rows == tuple(tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in kept)


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "files.not_a_table", {}),
        (bytes(range(256)) * 20, "files.unreadable_encoding", {"line": 2}),
        (
            b"name,age\n" + b"Mia,40\n" * 2000 + b"M\0a,40\n",
            "files.unreadable_encoding",
            {"line": 2002},
        ),
        (
            ",".join(f"c{number}" for number in range(10_000)).encode() + b"\n" + b"1," * 9_999 + b"1\n",
            "files.too_many_columns",
            {"columns": 10_000, "most": 500},
        ),
    ],
    ids=["picture", "bytes", "a nought far below", "ten thousand columns"],
)
def test_what_only_looks_like_a_table_is_refused_with_the_place(
    content: bytes, code: str, params: dict[str, object]
) -> None:
    assert refusal(content, "pool.csv") == (code, params)


def test_empty_cells_far_to_the_right_are_no_columns() -> None:
    assert rows_of(b"name,age" + b"," * 900 + b"\nMia,40" + b"," * 900 + b"\n") == (("name", "age"), ("Mia", "40"))
