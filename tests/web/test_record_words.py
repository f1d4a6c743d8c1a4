"""Every kind of line in the record has a sentence, and the facts that its sentence needs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from burgertop.web.record_words import WORDS, words_for

SOURCE = Path(__file__).resolve().parents[2] / "src" / "burgertop"
PLACES = re.compile(r"%\((\w+)\)s")
Call = tuple[str, ast.expr, ast.expr, ast.AST]


def appends() -> Iterator[Call]:
    """Every call of the record's ``append``: file, kind, facts, and the function around it."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        is_known = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "burgertop.foundation.record.actions"
            and any(name.name == "append" for name in node.names)
            for node in ast.walk(tree)
        )
        if not is_known:
            continue
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "append":
                    yield str(path.relative_to(SOURCE)), node.args[1], node.args[2], function


def words_in(expression: ast.expr, function: ast.AST) -> set[str]:
    """The kinds that an expression may be: a word, either of two, or the values of a variable or parameter."""
    if isinstance(expression, ast.Constant):
        return {str(expression.value)}
    if isinstance(expression, ast.IfExp):
        return words_in(expression.body, function) | words_in(expression.orelse, function)
    return set()


def test_the_source_writes_to_the_record() -> None:
    assert len(list(appends())) > 35


def test_every_kind_that_is_written_has_words() -> None:
    written = {word for _path, kind, _facts, function in appends() for word in words_in(kind, function)}

    assert written - set(WORDS) == set()
    assert {"agenda_set", "ballot_opened", "head_sent", "role_taken"} <= written


def test_every_kind_with_words_stands_in_the_source() -> None:
    constants = {
        node.value
        for path in SOURCE.rglob("*.py")
        if path.name != "record_words.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert set(WORDS) - constants == set()


def test_the_facts_of_each_sentence_are_written() -> None:
    missing = []
    for path, kind, facts, function in appends():
        if not isinstance(facts, ast.Dict) or any(key is None for key in facts.keys):
            continue  # facts made elsewhere; the demo's record shows them
        given = {str(key.value) for key in facts.keys if isinstance(key, ast.Constant)}
        for word in words_in(kind, function):
            lost = set(PLACES.findall(str(WORDS[word]))) - given
            missing += [(path, word, sorted(lost))] if lost else []

    assert missing == []


def test_words_of_the_house_are_said_in_words() -> None:
    assert words_for("role_given", {"role": "theme_team"}) == "A role is given: Theme team."
    assert words_for("stage_opened", {"kind": "summit", "stage": "x"}) == "A stage is open: Summit."


def test_a_list_is_said_with_commas() -> None:
    assert words_for("agenda_set", {"themes": ["care", "tax"]}) == "The agenda is set: the chosen themes are care, tax."


def test_a_fact_that_is_missing_shows_as_a_dash() -> None:
    assert words_for("role_given", {}) == "A role is given: –."


def test_a_kind_without_words_is_shown_as_it_is() -> None:
    assert words_for("tea_poured", {"cups": 704}) == "tea poured"


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_sentence_can_be_said_in_every_language(language: str) -> None:
    with override(language):
        said = [words_for(kind, {}) for kind in WORDS]

    assert all(said)
