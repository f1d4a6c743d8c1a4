"""Texts of people and organisers: rows per language, never columns.

A model that speaks inherits ``Worded`` and has a sibling that inherits ``TextRow``
with a foreign key ``owner`` (related name ``texts``). Any BCP-47 tag is a language.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from babel import Locale, UnknownLocaleError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

__all__ = ["LANGUAGE_TAG", "Said", "TextRow", "Worded", "base_of", "direction_of", "name_of", "speak", "speak_together"]

LEFTWARD_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
LEFTWARD_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"})

LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z", gettext_lazy("Enter a language tag such as nl, el or ar.")
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
    _spoken_with: Sequence["Worded"] = ()
    _spoken: Sequence[TextRow] | None = None

    class Meta:
        abstract = True

    def say(self, name: str, language: str) -> Said:
        """Return the text in this language, else in its nearest kin, else the original, else any.

        Kin of ``nl-BE`` are ``nl`` and then any other Dutch. Of several originals the one written
        first counts. For lists, prefetch ``texts`` or call ``speak_together``.
        """
        rows = sorted((row for row in self._rows() if row.name == name and row.body), key=lambda row: row.pk)
        if not rows:
            return NOTHING
        original = next((row for row in rows if row.is_original), rows[0])
        base = base_of(language)
        kin = [row for row in rows if base_of(row.language) == base]
        kin.sort(key=lambda row: (row.language != language, row.language != base))
        chosen = kin[0] if kin else original
        return Said(chosen.body, chosen.language, chosen.is_original, chosen.is_machine, original.language)

    def write(self, name: str, bodies: Mapping[str, str], *, is_machine: bool = False, original: str = "") -> Self:
        """Store one named text in several languages; ``original`` marks the one it was written in.

        Without ``original`` every language counts as written by hand (an organiser's text).
        """
        rows = self.texts.model
        now = timezone.now()
        drafts = []
        for language, body in bodies.items():
            LANGUAGE_TAG(language)
            is_original = language == original if original else True
            drafts.append(
                rows(
                    owner=self,
                    name=name,
                    language=language,
                    body=body,
                    is_original=is_original,
                    is_machine=is_machine and language != original,
                    written_at=now,
                )
            )
        rows.objects.bulk_create(
            drafts,
            update_conflicts=True,
            unique_fields=("owner", "name", "language"),
            update_fields=("body", "is_original", "is_machine", "written_at"),
        )
        prefetched = getattr(self, "_prefetched_objects_cache", {})
        prefetched.pop("texts", None)
        self._spoken = None
        return self

    def languages_of(self, name: str) -> tuple[str, ...]:
        """Return the languages in which this text exists, in alphabetical order."""
        return tuple(sorted(row.language for row in self._rows() if row.name == name and row.body))

    def _rows(self) -> Iterable[TextRow]:
        if self._spoken is not None:
            return self._spoken
        if self._spoken_with and "texts" not in getattr(self, "_prefetched_objects_cache", {}):
            models.prefetch_related_objects(self._spoken_with, "texts")
        rows: Iterable[TextRow] = self.texts.all()
        return rows


def speak_together(owners: Iterable[Worded]) -> None:
    """Let these read their words together, in one query, when the first of them is asked for one.

    For what is often read without a word being said: forms that are sent, streams, files.
    """
    together = list(owners)
    for one in together:
        one._spoken_with = together  # noqa: SLF001  # our own class


def speak(owners: Collection[Worded], rows: Iterable[Any]) -> None:
    """Give these the words that were read for them."""
    spoken: dict[object, list[TextRow]] = {one.pk: [] for one in owners}
    for row in rows:
        spoken[row.owner_id].append(row)
    for one in owners:
        one._spoken = spoken[one.pk]  # noqa: SLF001  # our own class


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr``, for the ``dir`` attribute of a text in this language.

    >>> [direction_of(tag) for tag in ("ar", "he-IL", "nl", "ku-Arab", "ur-Latn")]
    ['rtl', 'rtl', 'ltr', 'rtl', 'ltr']
    """
    script = next((part for part in language.split("-")[1:] if len(part) == 4), "")
    is_leftward = script in LEFTWARD_SCRIPTS if script else base_of(language) in LEFTWARD_LANGUAGES
    return "rtl" if is_leftward else "ltr"


def base_of(language: str) -> str:
    """Return the language of a tag without its script and region: ``nl-BE`` is ``nl``."""
    return language.split("-", maxsplit=1)[0]


def name_of(language: str) -> str:
    """Return what a language is called in the language of the page; a tag nobody knows stays as it is."""
    try:
        named = Locale.parse(language, sep="-")
        return named.get_display_name(get_language() or "en") or language
    except (UnknownLocaleError, ValueError):
        return language
