"""Letters on paper: what stands in them, and that they are tagged and the same each time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.stages.lottery.recruits import NOW

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.letter_texts import default_text
from burgertop.stages.lottery.models import Invitation, Window
from burgertop.stages.lottery.printing import LetterData, print_letters, write_letters

pytestmark = pytest.mark.django_db

MIA = {"given_name": "Mia", "family_name": "Peeters", "address": "Markt 1", "postcode": "9000", "municipality": "Gent"}
LETTERS = [LetterData(MIA, ("nl", "fr"), "K7M4 PX9R W2"), LetterData(MIA, ("en",), "K7M4 PX9R W3", is_large=True)]


@pytest.fixture
def invitation(stage: Stage) -> Invitation:
    made = actions.invitation_of(stage)
    terms = actions.Terms(datetime(2026, 10, 1, 12, tzinfo=UTC), Window.RIGHT, has_card=True)
    actions.set_invitation(made, terms, {"subject": {"fr": "Bonjour {process}"}}, NOW)
    return actions.invitation_of(stage)


def test_every_language_of_a_letter_has_its_own_text(invitation: Invitation) -> None:
    first, second = write_letters(invitation, LETTERS, is_reminder=False, now=NOW)["letters"]  # type: ignore[misc]  # plain values

    assert [said["lang"] for said in first["said"]] == ["nl", "fr"]
    assert [said["subject"] for said in first["said"]] == ["U bent door het lot gekozen: De stad", "Bonjour The town"]
    assert first["said"][0]["body"][0] == "Beste Mia Peeters,"
    assert "1 oktober 2026" in " ".join(first["said"][0]["body"])
    assert (first["address"], first["large"], second["large"]) == (("Mia Peeters", "Markt 1", "9000 GENT"), False, True)


def test_no_place_in_braces_is_left_in_the_texts_that_always_stand(invitation: Invitation) -> None:
    for is_reminder in (False, True):
        letters = [LetterData(MIA, (language,), "K7M4 PX9R W2") for language in ("nl", "fr", "de", "en", "el")]
        written = write_letters(invitation, letters, is_reminder=is_reminder, now=NOW)

        assert "{" not in "".join(repr(one["said"][0]["body"]) for one in written["letters"])  # type: ignore[attr-defined]  # plain values


def test_a_language_without_texts_gets_the_english_ones() -> None:
    assert default_text("body", "el-GR") == default_text("body", "en")
    assert len({default_text("body", language) for language in ("nl", "fr", "de", "en")}) == 4


def test_a_sign_without_a_font_is_said_and_no_file_is_made(invitation: Invitation) -> None:
    written = write_letters(invitation, LETTERS, is_reminder=False, now=NOW)
    written["letters"][0]["said"][0]["subject"] = "\uf8fe"  # type: ignore[index]  # plain values

    with pytest.raises(HouseError) as refused:
        print_letters(written, now=NOW)

    assert refused.value.code == "files.no_font"


def test_the_file_is_tagged_and_the_same_letters_give_the_same_bytes(invitation: Invitation) -> None:
    written = write_letters(invitation, LETTERS, is_reminder=False, now=NOW)

    files = [print_letters(written, now=NOW) for _ in range(2)]

    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in files[0]


def test_the_window_has_the_row_and_the_card_asks_for_the_age_in_each_language(invitation: Invitation) -> None:
    letters = [LetterData(MIA, ("nl", "fr"), "K7M4 PX9R W2", row=42), *LETTERS[1:]]

    first, second = write_letters(invitation, letters, is_reminder=False, now=NOW)["letters"]  # type: ignore[misc]  # plain values

    assert (first["row"], second["row"]) == ("42", "")
    assert [len(said["ages"]) for said in first["said"]] == [2, 2]
    assert second["said"][0]["ages"] == [
        "I am 18 or older",
        "I am 16 or older but not yet 18, and my parent or guardian agrees",
    ]


def test_letters_are_set_in_type_without_a_file(invitation: Invitation, settings: Settings, tmp_path: Path) -> None:
    """A server that is killed at the press leaves no name and no code behind."""
    written = write_letters(invitation, LETTERS, is_reminder=False, now=NOW)
    settings.HOME = tmp_path / "nowhere"

    assert print_letters(written, now=NOW).startswith(b"%PDF")
    assert not settings.HOME.exists()
