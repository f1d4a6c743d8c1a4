"""What is not documented does not exist: each setting, command, event, error code, role and word has its heading."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.utils.functional import Promise
from tests.docs.pages import DOCS, ROOT, headings_of, prose_of

from burgertop.cli.main import COMMANDS
from burgertop.foundation import retention, wording
from burgertop.foundation.events import Event
from burgertop.foundation.people.models import Role
from burgertop.foundation.retention import Retention
from burgertop.web import knobs

SRC = ROOT / "src" / "burgertop"
RUN, MATHS = DOCS / "run", DOCS / "maths"
CODE = re.compile(r"^[a-z_]+\.[a-z0-9_]+$")
READERS = {"text", "switch", "number"}  # the small functions of read_knobs

# The words of the field that stand in every file of this house.
WORDS = """
process, stage, stage window, population, frame, invitee, respondent, pool, feature, value, quota, type, household,
feasible panel, panel distribution, selection probability, maximin, leximin, Nash, Goldilocks, lottery, draw, roster,
alternate, replacement, participant, facilitator, interpreter, table, seat, round, G-Home, G-Off, theme, idea, rating,
opinion group, group-informed consensus, card, cluster, ballot, ballot paper, rule, tally, tie, sitting,
recommendation, amendment, adoption, minority note, addressee, answer, record
"""


def _modules() -> Iterator[Path]:
    return (path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts)


def _named(headings: list[str]) -> set[str]:
    """Headings without their back quotes."""
    return {heading.strip("`") for heading in headings}


# Settings and commands --------------------------------------------------------------


def test_every_setting_has_its_heading_and_no_heading_is_stale() -> None:
    source = ast.parse(Path(str(knobs.__file__)).read_text("utf-8"))
    read = {
        f"BURGERTOP_{node.args[0].value}"
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"text", "switch", "number"}
        if node.args and isinstance(node.args[0], ast.Constant)
    }

    assert _named(headings_of(RUN / "settings.md", 3)) == read
    assert len(read) <= 25


def test_every_command_has_its_heading_and_no_heading_is_stale() -> None:
    shown = {command.name for command in COMMANDS if not command.is_inner}
    inner = {command.name for command in COMMANDS if command.is_inner}

    assert _named(headings_of(RUN / "commands.md", 2)) == shown | inner


# Events -------------------------------------------------------------------------------


def test_every_event_has_its_heading_and_no_heading_is_stale() -> None:
    for path in _modules():
        if path.stem == "events":
            importlib.import_module(".".join(("burgertop", *path.relative_to(SRC).with_suffix("").parts)))
    events = {kind.__name__: kind for kind in _below(Event) if kind.__module__.startswith("burgertop.")}

    assert _named(headings_of(RUN / "events.md", 3)) == set(events)


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


# Error codes ----------------------------------------------------------------------------


def test_every_error_code_has_its_heading_and_no_heading_is_stale() -> None:
    codes = set(wording.sentences()) | set(_raised())
    described = _named(headings_of(RUN / "error-codes.md", 3)) | _named(headings_of(MATHS / "errors.md", 3))

    assert {"not described": codes - described, "stale": described - codes} == {"not described": set(), "stale": set()}


def _raised() -> Iterator[str]:
    """The codes that stand as the first word of an error somewhere in the sources."""
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                first = node.exc.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and CODE.match(first.value):
                    yield first.value


def test_the_page_of_error_codes_quotes_the_sentence_that_people_read() -> None:
    """The sentence of a code stands under its heading, word for word, wherever it is one fixed sentence."""
    page = prose_of(RUN / "error-codes.md")
    wrong = [
        f"### {code}\n\n> {sentence}\n"
        for code, sentence in sorted(wording.sentences().items())
        if isinstance(sentence, str | Promise) and f"### {code}\n" in page
        if f"### {code}\n\n> {sentence}\n" not in page
    ]

    assert wrong == [], "put this into docs/run/error-codes.md:\n\n" + "\n".join(wrong)


# Roles and words ---------------------------------------------------------------------------


def test_every_role_has_its_heading_and_no_heading_is_stale() -> None:
    assert _named(headings_of(RUN / "roles.md", 3)) == {str(role.value) for role in Role}


def test_every_word_of_the_field_has_its_heading() -> None:
    wanted = {word.strip() for word in WORDS.replace("\n", " ").split(",")}
    headings = _named(headings_of(DOCS / "glossary.md", 3))

    assert wanted - headings == set()
    assert sorted(headings, key=str.lower) == headings_of(DOCS / "glossary.md", 3)


def test_every_word_is_given_in_dutch_french_and_german() -> None:
    page = prose_of(DOCS / "glossary.md")
    entries = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    lacking = [
        entry.splitlines()[0]
        for entry in entries
        if not re.search(r"^Dutch: .+\. French: .+\. German: .+\.$", entry, flags=re.MULTILINE)
    ]

    assert lacking == []


# Personal data --------------------------------------------------------------------------------


def test_every_retention_class_and_every_model_stands_on_the_page_of_personal_data() -> None:
    page = prose_of(RUN / "personal-data.md")
    ours = {
        model._meta.label: model.retention  # type: ignore[attr-defined]  # test_every_model_names_its_class sees to it
        for model in apps.get_models()
        if model.__module__.startswith("burgertop.")
    }
    rows = dict(re.findall(r"^\| `([\w.]+)` \| (\w+) \|", page, flags=re.MULTILINE))

    assert rows == {name: str(kept) for name, kept in {**ours, **retention.OTHERS}.items()}
    assert {kind.value for kind in Retention} <= _named(headings_of(RUN / "personal-data.md", 3))


def test_every_model_names_its_class() -> None:
    known = set(retention.OTHERS)
    silent = [
        model._meta.label
        for model in apps.get_models()
        if not isinstance(getattr(model, "retention", None), Retention) and model._meta.label not in known
    ]

    assert silent == []
