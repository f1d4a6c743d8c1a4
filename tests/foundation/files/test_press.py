"""Sheets are set in type by processes of their own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from burgertop.foundation.files import press
from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.press import typeset

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
SHEET = """#set document(title: "Names", date: none)
#set text(lang: "en")
#let data = json(bytes(sys.inputs.data))
#data.name
"""


def test_the_same_sheet_data_and_moment_give_the_same_file() -> None:
    first, again, other = (typeset(SHEET, {"name": name}, now=NOW) for name in ("Mia", "Mia", "Jan"))

    assert first.startswith(b"%PDF-1.7")
    assert first == again != other


def test_a_sign_without_a_font_is_said() -> None:
    with pytest.raises(FileError) as refused:
        typeset(SHEET, {"name": "\uf8fe"}, now=NOW)

    assert refused.value.code == "files.cannot_print"


def test_a_press_that_is_stopped_is_no_fault_of_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nkill -9 $$\n", "utf-8")
    python.chmod(0o700)
    monkeypatch.setattr(press.sys, "executable", str(python))

    with pytest.raises(OSError, match="signal 9"):
        typeset(SHEET, {"name": "Mia"}, now=NOW)
