"""Invented citizens whose margins are those of Belgium on 1 January 2011.

Counted (Statbel): province, language area, sex, age band, education. Assumed by us, because
nobody counts it: language (``french_share`` in municipalities.csv: 92 % of Brussels, some of eight
municipalities around it, elsewhere the language of the area), other languages spoken and
names from elsewhere (shares in names.toml). Names, streets, phones and mails are random.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.web.demo.census import (
    EducationCell,
    Municipality,
    Names,
    load_education,
    load_margins,
    load_municipalities,
    load_names,
)

__all__ = ["AGE_BANDS", "Citizen", "adults_by_feature", "invent_citizens"]

AGE_BANDS: Mapping[str, tuple[int, int]] = {"18-29": (18, 29), "30-44": (30, 44), "45-59": (45, 59), "60+": (60, 92)}
COUNTED_IN = 2011
LAST_BIRTH_YEAR_OF_OLDER_NAMES = 1965
PLAIN_LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ł": "l", "ø": "o"})


@dataclass(frozen=True, slots=True)
class Citizen:
    """One invented person; every field is made up, only the proportions are real."""

    given_name: str
    family_name: str
    sex: str
    birth_year: int
    age_band: str
    province: str
    municipality: str
    language: str
    also_speaks: tuple[str, ...]
    education: str
    address: str
    phone: str
    mail: str


def adults_by_feature() -> dict[str, dict[str, int]]:
    """How many adults of 2011 have each value of what Statbel counted: province, sex, age band."""
    counted: dict[str, dict[str, int]] = {"province": {}, "sex": {}, "age_band": {}}
    for cell in load_margins():
        for feature, counts in counted.items():
            value = getattr(cell, feature)
            counts[value] = counts.get(value, 0) + cell.adults
    return counted


def invent_citizens(count: int, rng: np.random.Generator) -> list[Citizen]:
    """Draw ``count`` citizens; the same generator state gives the same people.

    Cost: O(count). Phones repeat after 10,000 people.
    """
    cells = load_margins()
    adults = np.array([cell.adults for cell in cells], dtype=float)
    homes = _by_area(load_municipalities())
    levels = _by_person(load_education())
    names = load_names()

    citizens = []
    for number, drawn in enumerate(rng.choice(len(cells), size=count, p=adults / adults.sum())):
        cell = cells[drawn]
        area_homes, home_weights = homes[cell.province, cell.language_area]
        home = area_homes[rng.choice(len(area_homes), p=home_weights)]
        language = _language_of(home, rng)
        education, education_weights = levels[cell.province, cell.sex, cell.age_band]
        born = _birth_year(cell.age_band, rng)
        given, family = _name(names, language, cell.sex, born, cell.province, rng)
        citizens.append(
            Citizen(
                given_name=given,
                family_name=family,
                sex=cell.sex,
                birth_year=born,
                age_band=cell.age_band,
                province=cell.province,
                municipality=home.name_fr if language == "fr" and home.name_fr else home.name,
                language=language,
                also_speaks=tuple(
                    other for other, share in names.also_speaks[language].items() if rng.random() < share
                ),
                education=education[rng.choice(len(education), p=education_weights)],
                address=_address(names, home, language, rng),
                phone=f"0470 00 {number // 100 % 100:02} {number % 100:02}",
                mail=f"{_plain(given)}.{_plain(family)}.{number + 1}@example.org",
            )
        )
    return citizens


def _by_area(
    municipalities: Sequence[Municipality],
) -> dict[tuple[str, str], tuple[list[Municipality], list[float]]]:
    """Return the municipalities of each province and language area with their shares."""
    found: dict[tuple[str, str], list[Municipality]] = {}
    for one in municipalities:
        found.setdefault((one.province, one.language_area), []).append(one)
    return {area: (homes, _shares([home.weight for home in homes])) for area, homes in found.items()}


def _by_person(cells: Sequence[EducationCell]) -> dict[tuple[str, str, str], tuple[list[str], list[float]]]:
    """Return the levels of education of each province, sex and age band with their shares."""
    found: dict[tuple[str, str, str], list[EducationCell]] = {}
    for cell in cells:
        found.setdefault((cell.province, cell.sex, cell.age_band), []).append(cell)
    return {
        person: ([cell.education for cell in levels], _shares([cell.people for cell in levels]))
        for person, levels in found.items()
    }


def _shares(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]


def _language_of(home: Municipality, rng: np.random.Generator) -> str:
    if home.language_area == "de":
        return "de"
    return "fr" if rng.random() < home.french_share else "nl"


def _birth_year(age_band: str, rng: np.random.Generator) -> int:
    """Return a year of birth; above 60 the older the fewer."""
    youngest, oldest = AGE_BANDS[age_band]
    if age_band == "60+":
        age = int(rng.triangular(youngest, youngest, oldest + 1))
    else:
        age = int(rng.integers(youngest, oldest + 1))
    return COUNTED_IN - 1 - age


def _name(names: Names, language: str, sex: str, born: int, province: str, rng: np.random.Generator) -> tuple[str, str]:
    if rng.random() < names.origins[province]:
        weights = _shares([weight for weight, _ in names.elsewhere])
        _, roots = names.elsewhere[rng.choice(len(weights), p=weights)]
    else:
        roots = names.of_language[language]
    of_sex = roots.women if sex == "F" else roots.men
    given = of_sex.older if born <= LAST_BIRTH_YEAR_OF_OLDER_NAMES else of_sex.younger
    return given[rng.integers(len(given))], roots.family[rng.integers(len(roots.family))]


def _address(names: Names, home: Municipality, language: str, rng: np.random.Generator) -> str:
    street_language = language if home.language_area == "bil" else home.language_area
    streets = names.streets[street_language]
    return f"{streets[rng.integers(len(streets))]} {rng.integers(1, 180)}"


def _plain(name: str) -> str:
    """Return a name as it stands in a mail address.

    >>> _plain("Van den Broeck"), _plain("Yılmaz"), _plain("Éliane")
    ('vandenbroeck', 'yilmaz', 'eliane')
    """
    letters = unicodedata.normalize("NFD", name.lower().translate(PLAIN_LETTERS))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
