"""The catalogues of the interface: sentences are collected from the sources, kept as ``.po``, compiled to ``.mo``.

English is the language of the sources. No program of the system is needed: Babel does it all.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from burgertop import __version__
from burgertop.web.paths import HERE

__all__ = ["LANGUAGES", "collect", "compile_catalogs", "po_file", "read_catalog", "update_catalogs"]

LANGUAGES = ("nl", "fr", "de")
ROOT = HERE.parent
KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# One call that Django's templatize writes for a tag: a name and string literals, perhaps a count.
CALL = re.compile(r"""(?:n?p?gettext|_)\((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?)+\s*(?:count)?\)""")
STEADY = datetime(2026, 1, 1, tzinfo=UTC)


def po_file(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return HERE / "locale" / language / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Collect every sentence of the Python files and templates of the house, in the order of files and lines."""
    catalog = Catalog(project="Burgertop", version=__version__, creation_date=STEADY, fuzzy=False)
    for path, source in _sources():
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=("Translators:",))  # type: ignore[arg-type]  # Babel reads plain dicts
        for _line, message, comments, context in found:
            text = message[1:] if isinstance(message, tuple) and context and len(message) > 2 else message
            catalog.add(text, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalog


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
    for path in sorted((HERE / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            calls = CALL.findall(templatize(path.read_text("utf-8"), origin=path.name))
            yield path.relative_to(ROOT).as_posix(), "\n".join(calls)


def read_catalog(language: str) -> Catalog:
    """Read the stored catalogue of a language; an empty one when there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, project="Burgertop", version=__version__, creation_date=STEADY)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_catalogs() -> dict[str, int]:
    """Bring every catalogue up to date with the sources; return how many sentences wait for a translation."""
    template = collect()
    waiting = {}
    for language in LANGUAGES:
        catalog = read_catalog(language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        catalog.revision_date = STEADY
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=False, include_lineno=False, ignore_obsolete=True)
        waiting[language] = sum(1 for message in catalog if message.id and not _is_translated(message.string))
    return waiting


def _is_translated(text: object) -> bool:
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def compile_catalogs() -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; return what was written."""
    written = []
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, read_catalog(language))
        draft.replace(target)
        written.append(target)
    return written
