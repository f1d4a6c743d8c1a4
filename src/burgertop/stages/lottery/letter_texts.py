"""The words of a letter: what the organiser wrote, or good ones in four languages, with their places filled in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from burgertop.foundation.texts import base_of
from burgertop.stages.lottery.models import Invitation

__all__ = ["EDITABLE", "default_text", "filled", "paragraphs", "text_of"]

FILE = Path(__file__).resolve().parent / "letters.toml"
EDITABLE = ("subject", "body", "reminder", "signature")
PLACE = re.compile(r"\{([a-z_]+)\}")


@cache
def _defaults() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def default_text(name: str, language: str) -> str:
    """The text that stands when the organiser wrote none; in English for a language that has none of its own."""
    words = _defaults().get(base_of(language), _defaults()["en"])
    return words.get(name, "").strip()


def text_of(invitation: Invitation, name: str, language: str) -> str:
    """A text of a letter in this language: what was written in it, else what always stands in it.

    What was written in another language only is used when the house has no words of its own in this one.
    """
    said = invitation.say(name, language)
    if said and base_of(said.language) == base_of(language):
        return str(said)
    return default_text(name, language) if base_of(language) in _defaults() or not said else str(said)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in the places in braces; one that is not known stays as it is written.

    >>> filled("Dear {name}, call {phone}. {this}", {"name": "Mia", "phone": "0800 1"})
    'Dear Mia, call 0800 1. {this}'
    """
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines part."""
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]
