"""What the invented citizens are made from: counts of Statbel, municipalities and names.

Source of the counts: Statistics Belgium (Statbel), register of 1 January 2011 and Census 2011;
`content/SOURCES.md` says what was done with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from burgertop.web.demo.reading import Tree, rows_of, tree_of

__all__ = [
    "EducationCell",
    "MarginCell",
    "Municipality",
    "NameRoots",
    "Names",
    "NamesByAge",
    "load_education",
    "load_margins",
    "load_municipalities",
    "load_names",
]


@dataclass(frozen=True, slots=True)
class MarginCell:
    """Adults of one province, language area, sex and age band on 1 January 2011."""

    province: str
    language_area: str
    sex: str
    age_band: str
    adults: int


@dataclass(frozen=True, slots=True)
class EducationCell:
    """People of one province, sex and age band by education, Census 2011."""

    province: str
    sex: str
    age_band: str
    education: str
    people: int


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality people of the demo live in; ``french_share`` is an assumption."""

    province: str
    language_area: str
    name: str
    name_fr: str
    weight: float
    french_share: float


@dataclass(frozen=True, slots=True)
class NamesByAge:
    """Given names of older and of younger people."""

    older: tuple[str, ...]
    younger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRoots:
    """The names people of one language, or from elsewhere, are given."""

    women: NamesByAge
    men: NamesByAge
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All lists of names; ``elsewhere`` has a weight for each background; all shares are assumed by us;
    ``staff`` are given and family names, none of them the family name of a citizen."""

    of_language: Mapping[str, NameRoots]
    elsewhere: tuple[tuple[float, NameRoots], ...]
    streets: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, float]
    also_speaks: Mapping[str, Mapping[str, float]]
    staff: tuple[tuple[str, ...], tuple[str, ...]]


@cache
def load_margins() -> tuple[MarginCell, ...]:
    """Read the adults of Belgium by province, language area, sex and age band."""
    return tuple(
        MarginCell(row["province"], row["language_area"], row["sex"], row["age_band"], int(row["adults"]))
        for row in rows_of("statbel_margins.csv")
    )


@cache
def load_education() -> tuple[EducationCell, ...]:
    """Read the people of Belgium by province, sex, age band and education."""
    return tuple(
        EducationCell(row["province"], row["sex"], row["age_band"], row["education"], int(row["people"]))
        for row in rows_of("statbel_education.csv")
    )


@cache
def load_municipalities() -> tuple[Municipality, ...]:
    """Read the municipalities of the demo, about twelve in each province."""
    return tuple(
        Municipality(
            province=row["province"],
            language_area=row["language_area"],
            name=row["name"],
            name_fr=row["name_fr"],
            weight=float(row["weight"]),
            french_share=float(row["french_share"]),
        )
        for row in rows_of("municipalities.csv")
    )


@cache
def load_names() -> Names:
    """Read the lists of names and the shares that go with them."""
    tree = tree_of("names.toml")
    return Names(
        of_language={language: _name_roots(tree[language]) for language in ("nl", "fr", "de")},
        elsewhere=tuple((float(one["weight"]), _name_roots(one)) for one in tree["elsewhere"]),
        streets={language: tuple(tree[language]["streets"]["names"]) for language in ("nl", "fr", "de")},
        origins=tree["origins"],
        also_speaks=tree["also_speaks"],
        staff=(tuple(tree["staff"]["given"]), tuple(tree["staff"]["family"])),
    )


def _name_roots(tree: Tree) -> NameRoots:
    return NameRoots(
        women=NamesByAge(tuple(tree["women"]["older"]), tuple(tree["women"]["younger"])),
        men=NamesByAge(tuple(tree["men"]["older"]), tuple(tree["men"]["younger"])),
        family=tuple(tree["family"]["names"]),
    )
