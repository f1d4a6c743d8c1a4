"""Every error of the house has a sentence."""

import ast
from pathlib import Path

import pytest

from burgertop.foundation.wording import HouseError, register, say, sentences

SOURCE = Path(__file__).resolve().parents[2] / "src" / "burgertop"
RAISED = {"HouseError", "FileError", "DrawError", "CodeError", "BallotError"}


def codes_in_source() -> dict[str, str]:
    """Every code with which an error of the house is made, and the file it stands in."""
    codes = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_error = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED
            if is_error and node.args and isinstance(node.args[0], ast.Constant):
                codes[str(node.args[0].value)] = str(path.relative_to(SOURCE))
    return codes


def test_every_code_in_the_source_can_be_said() -> None:
    codes = codes_in_source()

    assert {code: path for code, path in codes.items() if code not in sentences()} == {}
    assert "panel.vote_open" in codes


def test_a_sentence_takes_the_values_of_the_error() -> None:
    error = HouseError("panel.written_meanwhile", now=3, seen=2)

    assert say(error).startswith("Somebody wrote version 3 while you were working on version 2.")


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert say(HouseError("tea.cold")) == "This could not be done (tea.cold)."


def test_a_code_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="has a sentence already"):
        register({"links.broken": "Another sentence."})
