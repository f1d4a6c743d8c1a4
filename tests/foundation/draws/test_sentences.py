"""Whatever the core of sortition or a draw refuses, a person reads a sentence about it."""

import re
from pathlib import Path

import pytest

import burgertop.core.sortition
from burgertop.core.errors import Param
from burgertop.foundation.draws.sentences import SENTENCES
from burgertop.foundation.wording import HouseError, say

DOCS = Path(__file__).parents[3] / "docs" / "foundation"


def test_every_code_of_the_core_has_a_sentence() -> None:
    folder = Path(burgertop.core.sortition.__file__).parent
    codes = {code for path in folder.glob("*.py") for code in re.findall(r'"(sortition\.[a-z_]+)"', path.read_text())}

    assert codes - SENTENCES.keys() == set()


def test_every_code_of_a_draw_stands_in_the_docs() -> None:
    headings = set(re.findall(r"^### (draws\.\S+)$", (DOCS / "draws.md").read_text(encoding="utf-8"), re.MULTILINE))

    assert headings == {code for code in SENTENCES if code.startswith("draws.")}


@pytest.mark.parametrize(
    ("code", "params", "sentence"),
    [
        ("sortition.value_without_quota", {"people": 1, "value": "x", "feature": "sex"}, "1 person has “x” as sex"),
        ("sortition.value_without_quota", {"people": 3, "value": "x", "feature": "sex"}, "3 people have “x” as sex"),
        ("sortition.doubled_id", {"ids": ("a", "b")}, "These ids stand in the pool more than once: a, b."),
        ("draws.doubled_pool_id", {"ids": ("a",), "people": 1}, "One id stands in the file more than once: a."),
        ("draws.known_pool_id", {"ids": ("a",), "people": 2}, "2 people of this file are in this process already"),
    ],
)
def test_numbers_and_lists_read_as_a_person_would_say_them(code: str, params: dict[str, Param], sentence: str) -> None:
    assert say(HouseError(code, **params)).startswith(sentence)
