"""The pages of the sign-in package speak to staff as the house speaks to everybody."""

import re
from pathlib import Path

import allauth
import pytest
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

from burgertop.web.account_words import SAID_ANEW

CATALOG = Path(allauth.__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_every_sentence_is_one_of_the_package() -> None:
    with CATALOG.open("rb") as file:
        theirs = {str(message.id) for message in read_po(file)}

    assert [sentence for sentence in SAID_ANEW if sentence not in theirs] == []


@pytest.mark.parametrize(
    ("language", "familiar"),
    [("nl", r"\b(je|jij|jouw)\b"), ("fr", r"\b(tu|ton|tes)\b"), ("de", r"\b(du|dein\w*|dich)\b")],
)
def test_staff_are_addressed_as_politely_as_citizens(language: str, familiar: str) -> None:
    with override(language):
        said = [gettext(sentence) for sentence in SAID_ANEW]

    assert [words for words in said if re.search(familiar, words, re.IGNORECASE)] == []
    assert set(said).isdisjoint(SAID_ANEW)
