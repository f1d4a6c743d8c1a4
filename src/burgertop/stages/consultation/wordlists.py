"""The languages people may choose from: those of the process first, then others that are spoken here."""

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

__all__ = ["OTHER_LANGUAGES", "language_choices"]

OTHER_LANGUAGES = (
    "ar", "bg", "cs", "da", "el", "en", "es", "et", "fa", "fi", "fr", "de", "hr", "hu", "it", "lt", "lv", "nl", "pl",
    "ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sv", "ti", "tr", "uk", "zh",
)  # fmt: skip


def language_choices(languages: Sequence[str], page_language: str, *, is_open: bool = True) -> list[tuple[str, str]]:
    """Tags and names, each in its own language; ``is_open`` adds the languages that are not of the process."""
    first = list(dict.fromkeys([*languages, page_language] if is_open else languages))
    rest = [tag for tag in OTHER_LANGUAGES if is_open and tag not in first]
    return [(tag, _name(tag)) for tag in [*first, *rest]]


def _name(tag: str) -> str:
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]
