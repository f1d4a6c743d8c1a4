"""The house keeps its own rules: sizes, names, types, docstrings, templates. Every failure lists the offenders."""

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import django

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "burgertop"
TEMPLATES = SRC / "web" / "templates"
STATIC = SRC / "web" / "static"

FILE_LINES, CORE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 300, 60, 150
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
# The style sheet of the look, taken over whole so that it can be compared with the drawings it came from.
WHOLE = {STATIC / "css" / "burgertop.css"}
OPEN_REASON = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<code>[:\[][^#]*)?(?P<reason>#\s*\S.*)?$")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son(?:click|change|submit|input|load|error|key\w+|mouse\w+)\s*=",
    re.IGNORECASE,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources(folder: Path = SRC) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def _everything() -> list[Path]:
    """Our own Python, JavaScript and style sheets."""
    python = [path for folder in (SRC, ROOT / "tests", ROOT / "benchmarks") for path in _sources(folder)]
    return python + [
        path for path in sorted([*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]) if not _is_of_others(path)
    ]


def _is_of_others(path: Path) -> bool:
    return STATIC / "vendor" in path.parents


def _templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(_text(path))


def _functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, Function))


def _public_functions(path: Path) -> Iterator[Function]:
    """Functions of the module and methods of its public classes."""
    for node in _tree(path).body:
        inside = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        yield from (one for one in inside if isinstance(one, Function) and not one.name.startswith("_"))


def _lines(path: Path) -> int:
    return len(_text(path).splitlines())


def _at(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def listed(offenders: list[str]) -> str:
    """All of them, one a line: pytest by itself shows only a few."""
    return "\n" + "\n".join(offenders)


# Sizes -----------------------------------------------------------------------------


def test_no_file_is_too_long() -> None:
    long = [
        _at(path, 1, f"{_lines(path)} lines")
        for path in _everything()
        if path not in WHOLE and _lines(path) > (CORE_LINES if SRC / "core" in path.parents else FILE_LINES)
    ]

    assert long == [], listed(long)


def test_no_function_is_too_long() -> None:
    long = [
        _at(path, function.lineno, f"{function.name} has {length} lines")
        for path in _sources()
        for function in _functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]

    assert long == [], listed(long)


def test_no_template_is_too_long() -> None:
    long = [_at(path, 1, f"{_lines(path)} lines") for path in _templates() if _lines(path) > TEMPLATE_LINES]

    assert long == [], listed(long)


# Names, types, docstrings --------------------------------------------------------------


def test_every_module_is_named_after_its_subject() -> None:
    nameless = [_at(path, 1, path.stem) for path in _everything() if NAMELESS & {path.stem, path.parent.name}]

    assert nameless == [], listed(nameless)


def test_every_function_is_annotated() -> None:
    bare = [
        _at(path, function.lineno, f"{function.name} lacks {', '.join(missing)}")
        for path in _sources()
        for function in _functions(path)
        if (missing := list(_missing_types(function)))
    ]

    assert bare == [], listed(bare)


def _missing_types(function: Function) -> Iterator[str]:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    rest = [one for one in (given.vararg, given.kwarg) if one is not None]
    is_first_free = bool(named) and named[0].arg in {"self", "cls"}
    yield from (one.arg for one in [*named[is_first_free:], *rest] if one.annotation is None)
    if function.returns is None:
        yield "return"


def test_every_public_function_of_the_core_and_every_action_has_a_docstring() -> None:
    silent = [
        _at(path, function.lineno, function.name)
        for path in _sources()
        if SRC / "core" in path.parents or "actions" in {path.stem, path.parent.name}
        for function in _public_functions(path)
        if not ast.get_docstring(function)
    ]

    assert silent == [], listed(silent)


def test_every_module_and_every_model_says_what_it_is_for() -> None:
    silent = [
        _at(path, 1, "no docstring")
        for path in _sources()
        if _text(path).strip() and not ast.get_docstring(_tree(path))
    ]
    silent += [
        _at(path, node.lineno, node.name)
        for path in _sources()
        if "models" in {path.stem, path.parent.name}
        for node in _tree(path).body
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ]

    assert silent == [], listed(silent)


def test_no_check_is_switched_off_without_a_reason() -> None:
    bare = [
        _at(path, line, comment)
        for path in _everything()
        if path.suffix == ".py"
        for line, comment in _comments(path)
        if (found := OPEN_REASON.search(comment)) and not (found["code"] and found["reason"])
    ]

    assert bare == [], listed(bare)


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(_text(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_imports_stand_at_the_top() -> None:
    """Inside a function: only in ``ready`` of an ``apps.py``, and in the terminal's rooms with the reason beside it."""
    inside = [
        _at(path, node.lineno, ast.unparse(node))
        for path in _sources()
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _may_import(path, function, node)
    ]

    assert inside == [], listed(inside)


def _may_import(path: Path, function: Function, node: ast.Import | ast.ImportFrom) -> bool:
    if path.stem == "apps":
        return function.name == "ready"
    line = _text(path).splitlines()[(node.end_lineno or node.lineno) - 1]
    return SRC / "cli" in path.parents and "#" in line


def test_the_tests_of_the_core_mirror_its_files() -> None:
    core, tests = SRC / "core", ROOT / "tests" / "core"
    sources = {path.relative_to(core).as_posix() for path in _sources(core) if path.stem != "__init__"}
    tested = {
        (path.parent / path.name.removeprefix("test_")).relative_to(tests).as_posix()
        for path in tests.rglob("test_*.py")
    }

    assert {"without a test": sources - tested, "without a source": tested - sources} == {
        "without a test": set(),
        "without a source": set(),
    }


# Files of others -----------------------------------------------------------------------


def test_files_of_others_are_as_they_came() -> None:
    vendor = STATIC / "vendor"
    told = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", _text(vendor / "SOURCES.md"), flags=re.MULTILINE))
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*.js")
    }

    assert found == told


# Templates -----------------------------------------------------------------------------


def test_no_template_has_script_or_style_inside() -> None:
    inline = [
        _at(path, number, found[0].strip())
        for path in _templates()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if (found := INLINE.search(line))
    ]

    assert inline == [], listed(inline)


def test_every_template_is_used() -> None:
    """By a view, by another template, or because it takes the place of a template of allauth or Django."""
    said = "\n".join(_text(path) for path in [*_sources(), *_templates()])
    libraries = [
        Path(str(allauth.__file__)).parent / "templates",
        Path(str(django.__file__)).parent / "forms" / "templates",
    ]
    unused = [
        _at(path, 1, "nobody names it")
        for path in _templates()
        if (name := path.relative_to(TEMPLATES).as_posix()) not in said
        and not any((library / name).exists() for library in libraries)
    ]

    assert unused == [], listed(unused)
