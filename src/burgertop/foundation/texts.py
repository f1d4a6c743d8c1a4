"""Texts of people and organisers: rows per language, never columns.

A model that speaks inherits ``Worded`` and has a sibling that inherits ``TextRow``
with a foreign key ``owner`` (related name ``texts``). Any BCP-47 tag is a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext_lazy, override

__all__ = ["LANGUAGE_TAG", "Said", "TextRow", "Worded", "direction_of"]

LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", gettext_lazy("Enter a language tag such as nl, el or ar.")
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the language nearest to the one asked for."""

    text: str
    language: str
    is_original: bool
    is_machine: bool
    original_language: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Said(text="", language="", is_original=True, is_machine=False)


class TextRow(models.Model):
    """One text of one owner in one language."""

    name = models.SlugField(max_length=40)
    language = models.CharField(max_length=20, validators=[LANGUAGE_TAG])
    body = models.TextField(blank=True)
    is_original = models.BooleanField(default=True)
    is_machine = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name", "language"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return self.body


class Worded(models.Model):
    """A model whose words are rows per language, read through ``texts``."""

    texts: Any

    class Meta:
        abstract = True

    def say(self, name: str, language: str) -> Said:
        """Return the text in this language, else its base language, else the original, else any.

        Reads ``self.texts.all()``: prefetch ``texts`` for lists.
        """
        rows = [row for row in self.texts.all() if row.name == name and row.body]
        if not rows:
            return NOTHING
        original = next((row for row in rows if row.is_original), rows[0])
        by_language = {row.language: row for row in rows}
        chosen = by_language.get(language) or by_language.get(language.split("-", maxsplit=1)[0]) or original
        return Said(chosen.body, chosen.language, chosen.is_original, chosen.is_machine, original.language)

    def write(self, name: str, bodies: Mapping[str, str], *, is_machine: bool = False, original: str = "") -> Self:
        """Store one named text in several languages; ``original`` marks the one it was written in.

        Without ``original`` every language counts as written by hand (an organiser's text).
        """
        for language, body in bodies.items():
            LANGUAGE_TAG(language)
            self.texts.update_or_create(
                name=name,
                language=language,
                defaults={
                    "body": body,
                    "is_original": language == original if original else True,
                    "is_machine": is_machine and language != original,
                    "written_at": timezone.now(),
                },
            )
        prefetched = getattr(self, "_prefetched_objects_cache", {})
        prefetched.pop("texts", None)
        return self

    def languages_of(self, name: str) -> tuple[str, ...]:
        """Return the languages in which this text exists, in alphabetical order."""
        return tuple(sorted(row.language for row in self.texts.all() if row.name == name and row.body))


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr``, for the ``dir`` attribute of a text in this language."""
    with override(language):
        return "rtl" if get_language_bidi() else "ltr"
