"""From files to what a seating takes: people, tables, rules. Every fault is named with file, row and column."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.pools import filled, ids_of
from burgertop.cli.sortition.saying import shown
from burgertop.cli.sortition.tables import Sheet, read_sheet
from burgertop.core.seating import HEARING_LOOP, STEP_FREE, Person, Table

__all__ = ["Hall", "people_from", "read_hall", "tables_from", "words_of"]

APART = ("speaks", "household", "needs")
ANY_LANGUAGE = frozenset({"any"})
SIGNS = re.compile(r"[|,;/+&\s]+")
PAIR = re.compile(r"([a-z]{2,3})[-–<>→]+([a-z]{2,3})")
YES, NO = {"yes", "y", "true", "1", "x", "ja", "oui"}, {"no", "n", "false", "0", "", "nee", "nein", "non", "-"}
KNOWN_NEEDS = {
    "step_free": STEP_FREE,
    "stepfree": STEP_FREE,
    "step-free": STEP_FREE,
    "wheelchair": STEP_FREE,
    "mobility": STEP_FREE,
    "hearing_loop": HEARING_LOOP,
    "hearing-loop": HEARING_LOOP,
    "loop": HEARING_LOOP,
}
SPACED = (("step free", "step_free"), ("hearing loop", "hearing_loop"), ("wheel chair", "wheelchair"))


@dataclass(frozen=True, slots=True)
class Hall:
    """People and tables as files tell them; a table's number in the core is its place in ``names`` from 1."""

    people: tuple[Person, ...]
    features: tuple[str, ...]
    tables: tuple[Table, ...]
    names: tuple[str, ...]

    def number_of(self, name: str) -> int:
        """The number of a table, 0 when there is none of this name."""
        return self.names.index(name) + 1 if name in self.names else 0


def read_hall(people: Path, tables: Path) -> Hall:
    """Read both files and see that they speak of languages alike."""
    people_sheet, tables_sheet = read_sheet(people), read_sheet(tables)
    has_speech = people_sheet.table.has("speaks")
    if has_speech != tables_sheet.table.has("languages"):
        lacking, column = (tables_sheet, "languages") if has_speech else (people_sheet, "speaks")
        other = people_sheet if has_speech else tables_sheet
        raise BadInputError(
            f"{lacking.path.name} has no column “{column}”, but {other.path.name} tells of languages. "
            "Add it, or leave languages out of both files."
        )
    names, places = tables_from(tables_sheet, has_speech=has_speech)
    seated, features = people_from(people_sheet)
    return Hall(seated, features, places, names)


def people_from(sheet: Sheet, features: Sequence[str] | None = None) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Read people: every column but id, speaks, household and needs is a feature to be balanced."""
    ids = ids_of(sheet, "id")
    names = (
        tuple(name for name in sheet.table.columns if name.casefold() not in {"id", *APART})
        if features is None
        else tuple(features)
    )
    columns = [filled(sheet, name) for name in names]
    spoken = _languages(sheet, "speaks") if sheet.table.has("speaks") else [ANY_LANGUAGE] * len(ids)
    homes = sheet.column("household") if sheet.table.has("household") else [""] * len(ids)
    needs = _needs(sheet) if sheet.table.has("needs") else [frozenset[str]()] * len(ids)
    people = []
    for row, one in enumerate(ids):
        if not spoken[row]:
            raise BadInputError(f"{sheet.at(row, 'speaks')} is empty. Name at least one language, such as nl or nl|fr.")
        values = tuple(column[row] for column in columns)
        people.append(Person(one, spoken[row], values, " ".join(homes[row].split()), needs[row]))
    if features is None:
        _warn_of_names(sheet, names, columns)
    return tuple(people), names


def _warn_of_names(sheet: Sheet, names: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    """A column in which nearly everybody differs is hardly a feature: say so."""
    for name, column in zip(names, columns, strict=True):
        if len(column) > 20 and len(set(column)) * 2 > len(column):
            print(
                f"{sheet.path.name}: column “{name}” is balanced as a feature, but has {len(set(column))} different "
                "values. Remove it from the file if it is none.",
                file=sys.stderr,
            )


def tables_from(sheet: Sheet, *, has_speech: bool) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """Read tables: table, seats, and where they are there languages, interpreter, step_free, hearing_loop."""
    names = ids_of(sheet, "table")
    seats = sheet.column("seats")
    languages = _languages(sheet, "languages") if has_speech else [ANY_LANGUAGE] * len(names)
    added = _languages(sheet, "interpreter") if has_speech and sheet.table.has("interpreter") else None
    step_free = _answers(sheet, "step_free", when_missing=True)
    loops = _answers(sheet, "hearing_loop", when_missing=False)
    tables = []
    for row, name in enumerate(names):
        if not re.fullmatch(r"[0-9]{1,4}", seats[row]) or int(seats[row]) < 1:
            raise BadInputError(
                f"{sheet.at(row, 'seats')}: “{seats[row]}” is not a number of seats. Write 1 or more, "
                f"or take table {name} out."
            )
        interpreter = added[row] if added is not None else frozenset()
        if not languages[row] | interpreter:
            raise BadInputError(
                f"{sheet.at(row, 'languages')} is empty. Name at least one language, such as nl or nl|fr."
            )
        tables.append(Table(row + 1, int(seats[row]), languages[row], interpreter, step_free[row], loops[row]))
    return names, tuple(tables)


def words_of(cell: str) -> list[str]:
    """The words of a cell, whatever separates them."""
    return [word for word in SIGNS.split(cell.strip()) if word]


def _languages(sheet: Sheet, column: str) -> list[frozenset[str]]:
    return [frozenset(_tongues(cell)) for cell in sheet.column(column)]


def _tongues(cell: str) -> Iterator[str]:
    """The languages of a cell: nl|fr, or the pair nl-fr of an interpreter; a mere yes, no or number adds none."""
    for word in words_of(cell.casefold()):
        if pair := PAIR.fullmatch(word):
            yield from pair.groups()
        elif word not in YES | NO and not word.isdigit():
            yield word


def _needs(sheet: Sheet) -> list[frozenset[str]]:
    """What a table must have; other needs are told and left to people."""
    found, others = [], set()
    for cell in sheet.column("needs"):
        text = cell.casefold()
        for spaced, word in SPACED:
            text = text.replace(spaced, word)
        words = [word for word in words_of(text) if word not in NO]
        others |= {word for word in words if word not in KNOWN_NEEDS}
        found.append(frozenset(KNOWN_NEEDS[word] for word in words if word in KNOWN_NEEDS))
    if others:
        print(
            f"{sheet.path.name}: needs that say nothing of a table are left to you: {shown(sorted(others))}. "
            "Known are step_free (wheelchair) and hearing_loop.",
            file=sys.stderr,
        )
    return found


def _answers(sheet: Sheet, column: str, *, when_missing: bool) -> list[bool]:
    if not sheet.table.has(column):
        return [when_missing] * len(sheet.table.rows)
    answers = []
    for row, cell in enumerate(sheet.column(column)):
        word = cell.casefold()
        if word not in YES | NO:
            raise BadInputError(f"{sheet.at(row, column)}: “{cell}” is neither yes nor no. Write one of the two.")
        answers.append(word in YES)
    return answers
