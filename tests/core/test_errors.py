"""Errors carry a code and values, never a sentence."""

import ast
import re
from pathlib import Path

import pytest

import burgertop.core
from burgertop.core.errors import CoreError, InfeasibleError, InputError, OutOfTimeError, Param, ShapeError


def test_an_error_keeps_its_code_and_its_values() -> None:
    error = InputError("sortition.doubled_id", ids=("a", "b"))

    assert (error.code, error.params) == ("sortition.doubled_id", {"ids": ("a", "b")})


def test_an_error_without_values_has_an_empty_set_of_them() -> None:
    nothing: dict[str, Param] = {}

    assert CoreError("sortition.empty_pool").params == nothing


@pytest.mark.parametrize("kind", [InputError, ShapeError, InfeasibleError, OutOfTimeError])
def test_every_kind_can_be_caught_as_an_error_of_the_core(kind: type[CoreError]) -> None:
    with pytest.raises(CoreError) as caught:
        raise kind("some.code", number=1)

    assert caught.value.params == {"number": 1}


def test_kinds_are_told_apart_by_name() -> None:
    kinds = [CoreError, InputError, ShapeError, InfeasibleError, OutOfTimeError]

    assert [kind.kind for kind in kinds] == ["core", "input", "shape", "infeasible", "time"]


def test_a_shape_error_is_an_input_error() -> None:
    assert issubclass(ShapeError, InputError)


CORE = Path(burgertop.core.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "maths" / "errors.md"
CODE = re.compile(r"(recruitment|sortition|seating|ballots|opinion)\.[a-z_]+")


def test_every_code_of_the_core_has_its_heading_in_the_docs_and_no_other_has() -> None:
    in_docs = re.findall(r"^### (\S+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    in_core = {code for path in CORE.rglob("*.py") for code in codes_in(path)}

    assert sorted(in_docs) == sorted(in_core)


def test_the_docs_name_the_values_an_error_is_raised_with() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = {
        code: set(re.findall(r"`(\w+)`", values))
        for code, values in re.findall(r"^### (\S+)$.*?^Values: (.*?)\.$", page, flags=re.MULTILINE | re.DOTALL)
    }
    raised = {
        (call.args[0].value, frozenset(keyword.arg for keyword in call.keywords))
        for path in CORE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Error") and is_code(call.args[:1])
    }

    assert [(code, sorted(values)) for code, values in raised if None not in values and values != named[code]] == []


def codes_in(path: Path) -> set[str]:
    """Find the codes that stand in the source as texts of their own."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and is_code([node])}


def is_code(nodes: list[ast.expr]) -> bool:
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value) for node in nodes
    )
