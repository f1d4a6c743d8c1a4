"""From a table of addresses to people who can be written to: what each column means, and which rows cannot be used."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.people.vault import FIELDS
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.stages.lottery import reading

__all__ = [
    "ADDRESS_ROLES",
    "Addressee",
    "Addresses",
    "Fault",
    "LanguageRule",
    "address_block",
    "addresses_in",
    "guessed_address_roles",
    "languages_of_postcode",
]

OUT, FEATURE, BOTH, LANGUAGE, HOUSEHOLD = "out", "feature", "feature_language", "language", "household"
PLACE = "feature_municipality"
MANY = (OUT, FEATURE, HOUSEHOLD)
NOT_ASKED = ("speaks", "pool_id", "duty")
ADDRESS_ROLES: tuple[tuple[str, str | Promise], ...] = (
    *((role, label) for role, label in reading.ROLES if role not in NOT_ASKED),
    (PLACE, _("municipality, to the vault, and a feature")),
)
LINE_MOST, FEATURE_MOST, VALUE_MOST = 60, 60, 120
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "MODIFIER LETTER", "FEMININE ORDINAL", "MASCULINE ORDINAL")
LAST_SIGN = "\u2200"  # below it stand the signs that the font of the letters has
# Postcodes of Belgium by the language of the region, first and last; the nine German-speaking towns stand apart.
BILINGUAL = (("1000", "1299"),)
FRENCH = (("1300", "1499"), ("4000", "7999"))
GERMAN = (("4700", "4799"),)
LANGUAGE_SIGNS = re.compile(r"[\s,;+/]+")
POSTCODE = re.compile(r"(?:B[- ]?)?([1-9]\d{3})", re.IGNORECASE)


FAULTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "no_name": _("no name"),
        "no_address": _("no street or number"),
        "no_municipality": _("no municipality"),
        "too_long": _("a line of the address is too long for the window"),
        "strange": _("signs that cannot be printed"),
        "language": _("the language is no language tag"),
        "value": _("a feature has no value, or a very long one"),
        "doubled": _("the same name and address stand in the file before"),
    }
)


class LanguageRule(models.TextChoices):
    """In which language people are written to when the file does not say."""

    FIRST = "first", pgettext_lazy("language of letters", "in the first language of the process")
    POSTCODE = "postcode", pgettext_lazy("language of letters", "by Belgian postcode; in Brussels in Dutch and French")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody of an address file. ``languages`` has two where a letter goes out in both."""

    identity: Mapping[str, str]
    languages: tuple[str, ...]
    features: Mapping[str, str]
    household: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be written to: its line in the file and what is wrong with it."""

    line: int
    kind: str

    def __str__(self) -> str:
        return str(FAULTS[self.kind])


@dataclass(frozen=True, slots=True)
class Addresses:
    """An address file that was read: people with the places of their rows in the table, and the rows at fault."""

    people: tuple[Addressee, ...]
    places: tuple[int, ...]
    features: tuple[str, ...]
    faults: tuple[Fault, ...] = field(default=())


def guessed_address_roles(table: Table) -> dict[str, str]:
    """Guess what each column is; a municipality is a feature as well."""
    roles = {
        column: LANGUAGE if _are_languages(column, table.column(column)) else role
        for column, role in reading.guessed_roles(table).items()
    }
    return {
        column: PLACE if role == "municipality" else OUT if role in NOT_ASKED else role
        for column, role in roles.items()
    }


def _are_languages(column: str, values: Sequence[str]) -> bool:
    """Whether a column says languages, one or two a row."""
    if column.strip().casefold() not in reading.LANGUAGES:
        return False
    return all(_is_tag(tag) for value in set(values) for tag in LANGUAGE_SIGNS.split(value.lower()) if tag)


def addresses_in(table: Table, roles: Mapping[str, str], *, rule: LanguageRule, first_language: str) -> Addresses:
    """Read the people of a table whose columns have roles; rows that cannot be written to are told apart.

    Raises:
        FileError: ``files.role_twice``, ``files.no_address_columns`` when name, street or municipality has no column.
    """
    places, features, homes = _places(table, roles)
    people: list[Addressee] = []
    kept: list[int] = []
    faults: list[Fault] = []
    seen: set[tuple[str, ...]] = set()
    for place, (line, row) in enumerate(zip(table.lines, table.rows, strict=True)):
        identity = {name: row[at] for name, at in places.items() if name in FIELDS and row[at]}
        given = row[places[LANGUAGE]] if LANGUAGE in places else ""
        languages = _languages(given, identity.get("postcode", ""), rule, first_language)
        values = {table.columns[at]: row[at] for at in features}
        who = tuple(identity.get(name, "").casefold() for name in (*NAMES, "address", "postcode", "municipality"))
        if kind := _fault(identity, languages, values) or ("doubled" if who in seen else ""):
            faults.append(Fault(line, kind))
            continue
        seen.add(who)
        home = [row[at].casefold() for at in homes] if homes else [*who[2:]]
        people.append(Addressee(identity, languages, values, "\n".join(home)))
        kept.append(place)
    return Addresses(tuple(people), tuple(kept), tuple(table.columns[at] for at in features), tuple(faults))


NAMES = ("given_name", "family_name")


def _places(table: Table, roles: Mapping[str, str]) -> tuple[dict[str, int], list[int], list[int]]:
    """Where each role stands in a row, where the features do, and where what makes a household does."""
    places: dict[str, int] = {}
    for at, column in enumerate(table.columns):
        role = roles.get(column, OUT)
        if role in MANY:
            continue
        role = {BOTH: LANGUAGE, PLACE: "municipality"}.get(role, role)
        if role in places:
            raise FileError("files.role_twice", first=table.columns[places[role]], second=column)
        places[role] = at
    if not ({"address", "municipality"} <= set(places) and set(NAMES) & set(places)):
        raise FileError("files.no_address_columns")
    features = [at for at, name in enumerate(table.columns) if roles.get(name, OUT) in (FEATURE, BOTH, PLACE)]
    if not features:
        raise FileError("files.no_feature_columns")
    if long := next((table.columns[at] for at in features if len(table.columns[at]) > FEATURE_MOST), ""):
        raise FileError("files.long_feature", feature=long[:FEATURE_MOST], most=FEATURE_MOST)
    return places, features, [at for at, name in enumerate(table.columns) if roles.get(name, OUT) == HOUSEHOLD]


def _fault(identity: Mapping[str, str], languages: Sequence[str], values: Mapping[str, str]) -> str:
    """What is wrong with a row; empty when it can be written to."""
    lines = address_block(identity)
    checks = {
        "no_name": not any(identity.get(name) for name in NAMES),
        "no_address": not identity.get("address"),
        "no_municipality": not identity.get("municipality"),
        "strange": any(not _is_printable(sign) for line in lines for sign in line),
        "too_long": any(len(line) > LINE_MOST for line in lines),
        "language": not languages,
        "value": any(not value or len(value) > VALUE_MOST for value in values.values()),
    }
    return next((kind for kind, is_so in checks.items() if is_so), "")


@cache
def _is_printable(sign: str) -> bool:
    """Whether the font of the letters has this sign: one that it lacks would stop the whole file."""
    kind = unicodedata.category(sign)[0]
    if kind == "L":
        return unicodedata.name(sign, "").startswith(SCRIPTS)
    return kind in "MNPSZ" and sign < LAST_SIGN


def address_block(identity: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of an address as they stand in the window of the envelope.

    >>> address_block({"given_name": "Mia", "family_name": "Peeters", "address": "Markt 1", "postcode": "9000",
    ...                "municipality": "Gent"})
    ('Mia Peeters', 'Markt 1', '9000 GENT')
    """
    name = " ".join(identity[part] for part in NAMES if identity.get(part))
    town = f"{identity.get('postcode', '')} {identity.get('municipality', '').upper()}".strip()
    return tuple(line for line in (name, identity.get("address", ""), town) if line)


def _languages(given: str, postcode: str, rule: LanguageRule, first_language: str) -> tuple[str, ...]:
    """The languages of a letter: as the file says, or by the rule; none when the file says something strange."""
    tags = tuple(dict.fromkeys(LANGUAGE_SIGNS.split(given.strip().lower()))) if given.strip() else ()
    if tags:
        return tags[:2] if all(_is_tag(tag) for tag in tags) else ()
    if rule == LanguageRule.POSTCODE:
        return languages_of_postcode(postcode) or (first_language,)
    return (first_language,)


def languages_of_postcode(postcode: str) -> tuple[str, ...]:
    """The language of the region in which a Belgian postcode lies; two in Brussels, none for another postcode.

    >>> [languages_of_postcode(code) for code in ("9000", "B-1030", "4700", "5000", "F-59000")]
    [('nl',), ('nl', 'fr'), ('de',), ('fr',), ()]
    """
    found = POSTCODE.fullmatch(postcode.strip())
    if found is None:
        return ()
    for bounds, languages in ((BILINGUAL, ("nl", "fr")), (GERMAN, ("de",)), (FRENCH, ("fr",))):
        if any(least <= found[1] <= most for least, most in bounds):
            return languages
    return ("nl",)


def _is_tag(tag: str) -> bool:
    try:
        LANGUAGE_TAG(tag)
    except ValidationError:
        return False
    return True
