"""Values are set in type by processes of their own: the same bytes each time; a missing font quotes nobody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from burgertop.foundation.files import press
from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.press import pages_of, typeset

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

    files = [typeset(sheet, values, now=NOW) for _ in range(2)]

    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF-1.7")
    assert pages_of(files[0]) == 6
    assert list(sheet.parent.iterdir()) == [sheet]


def test_a_sign_without_a_font_is_said_without_the_name(sheet: Path) -> None:
    with pytest.raises(FileError) as refused:
        typeset(sheet, {"title": "Names", "names": ["Mia \uf8fe"]}, now=NOW)

    assert (refused.value.code, refused.value.params) == ("files.no_font", {})
    assert refused.value.__cause__ is None


def test_what_is_no_pdf_has_no_pages() -> None:
    assert pages_of(b"nothing") == 0


def test_a_press_that_is_stopped_is_no_fault_of_the_text(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = sheet.parent / "python"
    python.write_text("#!/bin/sh\nkill -9 $$\n", "utf-8")
    python.chmod(0o700)
    monkeypatch.setattr(press.sys, "executable", str(python))

    with pytest.raises(OSError, match="ended with -9"):
        typeset(sheet, {"title": "Names", "names": ["Mia"]}, now=NOW)


def test_a_sheet_with_a_fault_is_no_fault_of_the_text(sheet: Path) -> None:
    with pytest.raises(OSError, match=r"sheet\.typ in type ended with 1"):
        typeset(sheet, {"title": "Names"}, now=NOW)
