"""Values are set in type in memory: the same bytes each time, and a missing font is said without quoting anybody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.typesetting import pages_of, set_in_type

NOW = datetime(2011, 11, 11, 10, tzinfo=UTC)
SHEET = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Libertinus Serif", lang: "nl")
= #data.title
#for name in data.names { [#name]; pagebreak() }
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.typ"
    path.write_text(SHEET, "utf-8")
    return path


def test_names_of_many_scripts_are_set_and_the_same_values_give_the_same_bytes(sheet: Path) -> None:
    values = {"title": "Names", "names": ["Zoë", "Αλέξανδρος", "محمد", "Ольга", "שרה"]}

    files = [set_in_type(sheet, values, now=NOW) for _ in range(2)]

    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF-1.7")
    assert pages_of(files[0]) == 6
    assert list(sheet.parent.iterdir()) == [sheet]


def test_a_sign_without_a_font_is_said_without_the_name(sheet: Path) -> None:
    with pytest.raises(FileError) as refused:
        set_in_type(sheet, {"title": "Names", "names": ["Mia \uf8fe"]}, now=NOW)

    assert (refused.value.code, refused.value.params) == ("files.no_font", {})
    assert refused.value.__cause__ is None


def test_what_is_no_pdf_has_no_pages() -> None:
    assert pages_of(b"nothing") == 0
