"""The three catalogs are complete, keep every placeholder, and translate what they say they translate."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from burgertop.web.catalogs import LANGUAGES, collect, read_catalog

# A sentence that is the same in two languages, with the reason: ``nl fr de | msgid | reason``.
SAME_WORDS = Path(__file__).resolve().parents[1] / "data" / "same_words.txt"
PLACEHOLDER = re.compile(r"%\([a-z_][a-z0-9_]*\)[sd]|%%", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2,}")
MARKS = re.compile(r"</?[a-z][^>]*>")


@cache
def _source() -> Catalog:
    return collect()


@cache
def _translated(language: str) -> Catalog:
    return read_catalog(language)


def _sentences() -> list[Message]:
    return [message for message in _source() if message.id]


def _key(message: Message) -> tuple[str, str | None]:
    return _forms(message.id)[0], message.context


def _forms(text: object) -> tuple[str, ...]:
    """One form, or the forms of a plural."""
    return tuple(str(form) for form in text) if isinstance(text, tuple | list) else (str(text or ""),)


def _pairs(language: str) -> list[tuple[Message, Message]]:
    """Each sentence of the sources beside its translation, where there is one."""
    catalog = _translated(language)
    found = ((message, catalog.get(_key(message)[0], message.context)) for message in _sentences())
    return [(source, one) for source, one in found if one is not None and any(_forms(one.string))]


def _same_words(language: str) -> set[str]:
    allowed = set()
    for line in SAME_WORDS.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            languages, msgid, reason = (part.strip() for part in line.split(" | "))
            assert reason, line
            if language in languages.split():
                allowed.add(msgid)
    return allowed


def _listed(offenders: list[str]) -> str:
    return f"{len(offenders)}:\n" + "\n".join(offenders)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    done = {_key(source) for source, one in _pairs(language) if all(_forms(one.string))}
    waiting = [repr(_key(message)) for message in _sentences() if _key(message) not in done]

    assert waiting == [], _listed(waiting)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    known = {_key(message) for message in _sentences()}
    left = [repr(_key(message)) for message in _translated(language) if message.id and _key(message) not in known]

    assert left == [], _listed(left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_only_a_guess(language: str) -> None:
    guessed = [repr(_key(message)) for message in _translated(language) if message.id and message.fuzzy]

    assert guessed == [], _listed(guessed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_kept(language: str) -> None:
    """Singular and plural together name the same values; a single form may leave out its number."""
    wrong = []
    for source, one in _pairs(language):
        asked = {name for form in _forms(source.id) for name in PLACEHOLDER.findall(form)}
        least = set.intersection(*(set(PLACEHOLDER.findall(form)) for form in _forms(source.id)))
        for form in _forms(one.string):
            given = set(PLACEHOLDER.findall(form))
            if form and not least <= given <= asked:
                wrong.append(f"{_key(source)!r}: {form!r} has {sorted(given)}, not {sorted(asked)}")

    assert wrong == [], _listed(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_the_marks_and_the_ends_of_lines(language: str) -> None:
    wrong = [
        f"{_key(source)!r}: {form!r}"
        for source, one in _pairs(language)
        for form in _forms(one.string)
        if form and _frame(form) != _frame(_forms(source.id)[0])
    ]

    assert wrong == [], _listed(wrong)


def _frame(text: str) -> tuple[list[str], bool, bool]:
    """What must stay: the tags in any order, and a line end before and after."""
    return sorted(MARKS.findall(text)), text.startswith("\n"), text.endswith("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form(language: str) -> None:
    wrong = [
        f"{_key(source)!r}: {_forms(one.string)}"
        for source, one in _pairs(language)
        if isinstance(source.id, tuple | list)
        and (len(_forms(one.string)) != _translated(language).num_plurals or not all(_forms(one.string)))
    ]

    assert wrong == [], _listed(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_equals_its_source_without_a_reason(language: str) -> None:
    allowed = _same_words(language)
    same = [
        repr(_key(source))
        for source, one in _pairs(language)
        if _forms(source.id) == _forms(one.string)
        and _has_words(_forms(source.id)[0])
        and _key(source)[0] not in allowed
    ]

    assert same == [], _listed(same)


def _has_words(text: str) -> bool:
    """Whether there is anything to translate beside placeholders and marks."""
    return bool(LETTERS.search(MARKS.sub("", PLACEHOLDER.sub("", text))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_same_words_has_no_stale_line(language: str) -> None:
    known = {_key(message)[0] for message in _sentences()}
    same = {_key(source)[0] for source, one in _pairs(language) if _forms(source.id) == _forms(one.string)}
    other = {_key(source)[0] for source, _ in _pairs(language)} - same
    stale = sorted(word for word in _same_words(language) if word not in known or word in other)

    assert stale == []
