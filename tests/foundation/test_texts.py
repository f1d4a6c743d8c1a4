"""Texts per language: which one a reader gets, and which way it runs."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from burgertop.foundation.process.models import Process, ProcessText, Template
from burgertop.foundation.texts import LANGUAGE_TAG, Said, direction_of, name_of


@pytest.fixture
def process(db: None) -> Process:
    return Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"])


def test_a_reader_gets_their_own_language(process: Process) -> None:
    process.write("title", {"nl": "De top", "fr": "Le sommet"})

    assert process.say("title", "fr") == Said("Le sommet", "fr", True, False, "nl")


@pytest.mark.parametrize(
    ("asked", "given"),
    [("nl", "nl"), ("nl-BE", "nl-BE"), ("nl-SR", "nl"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("de", "nl"), ("", "nl")],
)
def test_a_missing_language_falls_to_its_kin_and_then_to_the_original(process: Process, asked: str, given: str) -> None:
    process.write("title", {"nl": "a", "nl-BE": "b", "pt-BR": "c", "fr": "d"}, original="nl")

    assert process.say("title", asked).language == given


def test_of_several_originals_the_first_one_written_is_read(process: Process) -> None:
    process.write("title", {"fr": "Le sommet", "nl": "De top"})
    process.write("title", {"fr": "Le grand sommet"})

    assert process.say("title", "ar").text == "Le grand sommet"


def test_a_translation_by_machine_is_marked_as_one(process: Process) -> None:
    process.write("title", {"nl": "De top"}, original="nl")
    process.write("title", {"nl": "De top", "fr": "Le sommet"}, original="nl", is_machine=True)

    said = {language: process.say("title", language) for language in ("nl", "fr")}
    assert said == {
        "nl": Said("De top", "nl", True, False, "nl"),
        "fr": Said("Le sommet", "fr", False, True, "nl"),
    }


def test_an_empty_text_is_as_good_as_none(process: Process) -> None:
    process.write("title", {"nl": "De top", "fr": ""})

    assert process.say("title", "fr").language == "nl"
    assert process.languages_of("title") == ("nl",)
    assert not process.say("subtitle", "fr")


def test_a_text_is_stored_once_in_each_language(process: Process) -> None:
    process.write("title", {"nl": "De top"})
    process.write("title", {"nl": "De burgertop"})

    assert list(ProcessText.objects.values_list("name", "language", "body")) == [("title", "nl", "De burgertop")]


def test_a_prefetched_owner_says_what_was_written_after(process: Process) -> None:
    process.write("title", {"nl": "De top"})
    read = Process.objects.prefetch_related("texts").get(pk=process.pk)

    read.write("title", {"nl": "De burgertop"})

    assert read.say("title", "nl").text == "De burgertop"


@pytest.mark.parametrize("tag", ["nl", "el", "ar", "zh-Hans", "pt-BR", "nds", "sr-Latn-RS", "es-419"])
def test_every_usual_tag_is_a_language(tag: str) -> None:
    LANGUAGE_TAG(tag)


@pytest.mark.parametrize("tag", ["", "n", "NL", "nl_BE", "nl-be", "dutch", "nl ", "<b>", "nl\n"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValidationError):
        LANGUAGE_TAG(tag)


def test_greek_runs_right_and_arabic_left() -> None:
    assert {tag: direction_of(tag) for tag in ("el", "nl", "ar", "ar-MA", "he", "fa-Latn", "az-Arab")} == {
        "el": "ltr",
        "nl": "ltr",
        "ar": "rtl",
        "ar-MA": "rtl",
        "he": "rtl",
        "fa-Latn": "ltr",
        "az-Arab": "rtl",
    }


@given(st.text(max_size=12))
def test_any_tag_has_a_direction_and_a_name(tag: str) -> None:
    assert direction_of(tag) in {"ltr", "rtl"}
    assert isinstance(name_of(tag), str)


def test_a_language_is_called_in_the_language_of_the_page() -> None:
    with override("nl"):
        assert [name_of(tag) for tag in ("nl", "ar", "xx-unknown")] == ["Nederlands", "Arabisch", "xx-unknown"]
