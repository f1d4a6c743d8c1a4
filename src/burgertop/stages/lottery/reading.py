"""From a table to the rows of a pool or to quotas: what each column means, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.core.sortition import Quota
from burgertop.foundation.draws.models import Duty
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.vault import FIELDS

__all__ = ["ROLES", "guessed_roles", "margins_in", "pool_rows", "quotas_in"]

OUT, FEATURE, BOTH = "out", "feature", "feature_language"
LANGUAGE, SPEAKS, POOL_ID, HOUSEHOLD, DUTY = "language", "speaks", "pool_id", "household", "duty"
MANY = (OUT, FEATURE, HOUSEHOLD)
ROLES: tuple[tuple[str, str | Promise], ...] = (
    (OUT, _("leave out")),
    (FEATURE, _("a feature")),
    (BOTH, _("a feature, and the person’s language")),
    (LANGUAGE, _("the person’s language")),
    (SPEAKS, _("languages the person speaks")),
    (POOL_ID, _("the id of the person")),
    (HOUSEHOLD, _("part of the address: who has the same lives together")),
    (DUTY, _("“must” for a seat in any case, “never” for none")),
    ("given_name", _("first name, to the vault")),
    ("family_name", _("last name, to the vault")),
    ("address", _("address, to the vault")),
    ("postcode", _("postcode, to the vault")),
    ("municipality", _("municipality, to the vault")),
    ("phone", _("phone number, to the vault")),
    ("mail", _("mail address, to the vault")),
    ("birth_year", _("year of birth, to the vault")),
)
HEADINGS: dict[str, tuple[str, ...]] = {
    POOL_ID: ("id", "pool_id", "nr", "number", "nummer", "numéro", "person_id", "nationbuilder_id", "external_id"),
    "given_name": ("first_name", "given_name", "first name", "voornaam", "prénom", "prenom", "vorname"),
    "family_name": (
        "last_name",
        "family_name",
        "last name",
        "surname",
        "naam",
        "achternaam",
        "nom",
        "nachname",
        "name",
    ),
    "address": (
        "address",
        "adres",
        "adresse",
        "street",
        "primary_address1",
        "primary_address",
        "straat",
        "rue",
        "strasse",
    ),
    "postcode": ("postcode", "zip", "primary_zip", "postal_code", "code postal", "plz"),
    "municipality": ("municipality", "city", "primary_city", "gemeente", "commune", "gemeinde", "town"),
    "phone": ("phone", "mobile", "mobile_number", "telefoon", "téléphone", "telephone", "gsm", "telefon"),
    "mail": ("mail", "email", "e-mail", "email_address", "e-mailadres", "courriel"),
    "birth_year": ("birth_year", "year_of_birth", "geboortejaar", "geburtsjahr"),
    HOUSEHOLD: ("household", "huishouden", "ménage", "haushalt"),
    DUTY: ("duty",),
    SPEAKS: ("speaks", "languages", "spreekt", "parle", "spricht"),
}
LANGUAGES = ("language", "taal", "langue", "sprache", "lang")
VALUES_MOST = 60


def guessed_roles(table: Table) -> dict[str, str]:
    """Guess what each column is from its heading and its values; a person looks at it before anything is stored."""
    return {column: _guess(column, table.column(column)) for column in table.columns}


def _guess(column: str, values: Sequence[str]) -> str:
    heading = column.strip().casefold()
    for role, known in HEADINGS.items():
        if heading in known:
            return role
    different = set(values)
    if heading in LANGUAGES:
        return BOTH if all(_is_tag(value) for value in different) else FEATURE
    is_shared = len(different) <= min(VALUES_MOST, max(2, len(values) // 2))
    return FEATURE if is_shared and "" not in different else OUT


def pool_rows(
    table: Table, roles: Mapping[str, str], *, default_language: str, origin: Origin = Origin.DRAWN
) -> list[PoolRow]:
    """Make the rows of a pool from a table whose columns have roles.

    Raises:
        FileError: ``files.role_twice`` when two columns have a role that only one can have; ``files.not_a_duty``.
    """
    places: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        role = roles.get(column, OUT)
        if role in MANY:
            continue
        role = LANGUAGE if role == BOTH else role
        if role in places:
            raise FileError("files.role_twice", first=table.columns[places[role]], second=column)
        places[role] = place
    features = [
        (column, place) for place, column in enumerate(table.columns) if roles.get(column, OUT) in (FEATURE, BOTH)
    ]
    homes = [place for place, column in enumerate(table.columns) if roles.get(column, OUT) == HOUSEHOLD]
    named = [(field, places[field]) for field in FIELDS if field in places]
    return [
        PoolRow(
            pool_id=row[places[POOL_ID]] if POOL_ID in places else "",
            features={column: row[place] for column, place in features},
            language=(row[places[LANGUAGE]].lower() if LANGUAGE in places else "") or default_language,
            speaks=_tags(row[places[SPEAKS]]) if SPEAKS in places else (),
            identity={field: row[place] for field, place in named if row[place]} or None,
            origin=origin,
            duty=_duty(row[places[DUTY]], line) if DUTY in places else Duty.FREE,
            household="\n".join(row[place].casefold() for place in homes) if any(row[place] for place in homes) else "",
        )
        for line, row in zip(table.lines, table.rows, strict=True)
    ]


def quotas_in(table: Table) -> tuple[Quota, ...]:
    """Read quotas: ``feature,value,min,max[,min_flex,max_flex]``, or the older ``category,feature,min,max``.

    Raises:
        FileError: ``files.no_such_column``, ``files.not_a_number``.
        InputError: a quota contradicts itself.
    """
    feature, value = ("category", "feature") if table.has("category") else ("feature", "value")
    places = [table.place_of(name) for name in (feature, value, "min", "max")]
    flex = [table.place_of(name) if table.has(name) else None for name in ("min_flex", "max_flex")]
    quotas = []
    for line, row in zip(table.lines, table.rows, strict=True):
        least_flex, most_flex = (
            _number(row[place], line, table.columns[place]) if place is not None and row[place] else None
            for place in flex
        )
        quotas.append(
            Quota(
                feature=row[places[0]],
                value=row[places[1]],
                least=_number(row[places[2]], line, table.columns[places[2]]),
                most=_number(row[places[3]], line, table.columns[places[3]]),
                least_flex=least_flex,
                most_flex=most_flex,
            )
        )
    return tuple(quotas)


def margins_in(table: Table) -> dict[str, dict[str, int]]:
    """Read how many people of the population have each value: ``feature,value,people``, or ``category,feature,people``.

    Raises:
        FileError: ``files.no_such_column``, ``files.not_a_number``, ``files.doubled_value``, ``files.empty_cell``.
    """
    feature, value = ("category", "feature") if table.has("category") else ("feature", "value")
    counts = next((name for name in ("population", "count") if table.has(name)), "people")
    places = [table.place_of(name) for name in (feature, value, counts)]
    margins: dict[str, dict[str, int]] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        of, named, people = (row[place] for place in places)
        for place, text in zip(places, (of, named), strict=False):
            if not text:
                raise FileError("files.empty_cell", line=line, column=table.columns[place])
        if named in margins.setdefault(of, {}):
            raise FileError("files.doubled_value", line=line, feature=of, value=named)
        margins[of][named] = _people(people, line, table.columns[places[2]])
    return margins


def _people(text: str, line: int, column: str) -> int:
    """Read a number of people, with or without signs between thousands."""
    plain = re.sub(r"(?<=\d)[ .,’'\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 12:
        raise FileError("files.not_a_number", line=line, column=column, text=text[:40])
    return int(plain)


def _number(text: str, line: int, column: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise FileError("files.not_a_number", line=line, column=column, text=text[:40])
    return int(text)


def _duty(text: str, line: int) -> Duty:
    try:
        return Duty(text.casefold())
    except ValueError:
        raise FileError("files.not_a_duty", line=line, text=text[:40]) from None


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(",", " ").replace(";", " ").replace("+", " ").lower().split()))


def _is_tag(value: str) -> bool:
    return value.isascii() and value.isalpha() and len(value) in (2, 3)
