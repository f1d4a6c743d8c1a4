"""From files to what a draw takes: pool, quotas, lists of ids. Every fault is named with file, row and column."""

import argparse
import difflib
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.saying import shown, spoken
from burgertop.cli.sortition.tables import Sheet, bytes_of, read_sheet
from burgertop.core.errors import InputError
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quotas
from burgertop.foundation.files.decoding import decode

__all__ = ["Case", "filled", "ids_in", "ids_of", "listed", "pool_from", "read_case", "whole_number"]

FIRST_NUMBER = 1


@dataclass(frozen=True, eq=False)
class Case:
    """Everything a draw depends on, and the files it came from."""

    pool_sheet: Sheet
    pool: Pool
    quotas_bytes: bytes
    quotas: Quotas
    must: tuple[str, ...]
    never: tuple[str, ...]
    per_household: int | None


def read_case(
    pool: Path,
    quotas: Path,
    rows_of: Callable[[Sheet, int], Quotas],
    *,
    seats: int,
    id_column: str = "",
    household: Sequence[str] = (),
    per_household: int = 1,
    must: Path | Sequence[str] = (),
    never: Path | Sequence[str] = (),
) -> Case:
    """Read all files of a draw and see that they fit each other.

    ``rows_of`` reads the quotas. ``must`` and ``never`` are files or, where they are known already, ids.
    """
    quotas_sheet, pool_sheet = read_sheet(quotas), read_sheet(pool)
    wanted = rows_of(quotas_sheet, seats)
    people = pool_from(pool_sheet, wanted.features, id_column=id_column, household=household)
    with spoken(f"{quotas_sheet.path.name} and {pool_sheet.path.name}"):
        if wanted.seats > len(people):
            raise InputError("sortition.pool_too_small", people=len(people), seats=wanted.seats)
    _check_values(pool_sheet, people, quotas_sheet, wanted)
    sit = ids_in(must, people, id_column) if isinstance(must, Path) else tuple(must)
    stay = ids_in(never, people, id_column) if isinstance(never, Path) else tuple(never)
    if both := sorted(set(sit) & set(stay)):
        raise BadInputError(f"--must and --never both name {shown(both)}. Take them out of one of the two files.")
    if len(sit) > wanted.seats:
        raise BadInputError(f"--must names {len(sit)} people, but there are {wanted.seats} seats.")
    limit = per_household if household else None
    return Case(pool_sheet, people, quotas_sheet.content, wanted, sit, stay, limit)


def pool_from(sheet: Sheet, features: Sequence[str], *, id_column: str = "", household: Sequence[str] = ()) -> Pool:
    """Take the columns the quotas speak of; without a column of ids, people are numbered from 1."""
    for feature in features:
        if not sheet.table.has(feature):
            raise BadInputError(
                f"{sheet.path.name} has no column “{feature}”, but the quotas speak of it. Its columns are: "
                f"{shown(sheet.table.columns)}. Rename one of them or mend the quotas."
            )
    ids = ids_of(sheet, id_column)
    columns = [filled(sheet, feature) for feature in features]
    homes = [sheet.column(name) for name in household]
    with spoken(sheet.path.name):
        return Pool(
            ids,
            tuple(features),
            tuple(zip(*columns, strict=True)),
            tuple(_home(parts) for parts in zip(*homes, strict=True)) if homes else (),
        )


def ids_of(sheet: Sheet, id_column: str) -> tuple[str, ...]:
    if not id_column:
        return tuple(str(number) for number in range(FIRST_NUMBER, len(sheet.table.rows) + FIRST_NUMBER))
    ids = filled(sheet, id_column)
    first: dict[str, int] = {}
    for row, one in enumerate(ids):
        if (earlier := first.setdefault(one, row)) != row:
            raise BadInputError(
                f"{sheet.at(row, id_column)}: “{one}” stands in row {sheet.table.lines[earlier]} already. "
                "Give everybody an id of their own, or remove the doubled row."
            )
    return ids


def filled(sheet: Sheet, name: str) -> tuple[str, ...]:
    """A column in which every cell has something."""
    cells = sheet.column(name)
    if "" in cells:
        empty = [row for row, cell in enumerate(cells) if not cell]
        more = f" ({len(empty)} cells of this column are empty)" if len(empty) > 1 else ""
        raise BadInputError(
            f"{sheet.at(empty[0], name)} is empty{more}. Fill it in, for example with “unknown”, or remove the row."
        )
    return cells


def _home(parts: tuple[str, ...]) -> str:
    """An address in one form: capitals and blanks tell no households apart."""
    told = [" ".join(part.casefold().split()) for part in parts]
    return "\n".join(told) if any(told) else ""


def _check_values(pool_sheet: Sheet, pool: Pool, quotas_sheet: Sheet, quotas: Quotas) -> None:
    """See that every value has its quota, and that no quota asks for people whom nobody is."""
    for feature in quotas.features:
        column, rows = pool.column(feature), quotas.of(feature)
        named = [quota.value for quota in rows]
        there = set(column)
        for row, value in enumerate(column):
            if value not in named:
                meant = _like(value, named)
                raise BadInputError(
                    f"{pool_sheet.at(row, feature)}: “{value}” has no quota in {quotas_sheet.path.name} "
                    f"({column.count(value)} of {len(pool)} people have this value).{meant} "
                    "Mend the cell, or add a quota for this value."
                )
        for quota in rows:
            if quota.value in there:
                continue
            if quota.least > 0:
                raise BadInputError(
                    f"{quotas_sheet.path.name}: {feature}, “{quota.value}” needs {quota.least} people, but nobody in "
                    f"{pool_sheet.path.name} has this value.{_like(quota.value, sorted(there))} "
                    "Mend the spelling, or set the least to 0."
                )
            print(f"{pool_sheet.path.name}: nobody has “{quota.value}” as {feature}.", file=sys.stderr)


def _like(value: str, known: Sequence[str]) -> str:
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(value.casefold(), folded, n=1)
    return f" Is “{folded[near[0]]}” meant?" if near else ""


def ids_in(path: Path, pool: Pool, id_column: str = "") -> tuple[str, ...]:
    """Read a list of ids: one on each line, or a table with the column of ids; all must be in the pool."""
    known = set(pool.ids)
    found: list[str] = []
    for line, one in listed(path, id_column):
        if one not in known:
            raise BadInputError(f"{path.name}, row {line}: “{one}” is not the id of anybody in the pool.")
        found.append(one)
    if not found:
        raise BadInputError(f"{path.name} names nobody.")
    return tuple(dict.fromkeys(found))


def listed(path: Path, id_column: str) -> list[tuple[int, str]]:
    content = bytes_of(path)
    headings = {"id", id_column.casefold()} - {""}
    if not content.startswith(b"PK"):
        with spoken(path.name):
            text = decode(content)[0]
        lines = [unicodedata.normalize("NFC", line).strip().strip('"') for line in text.splitlines()]
        if not any(sign in line for line in lines for sign in ",;\t"):
            numbered = [(number, line) for number, line in enumerate(lines, 1) if line]
            return numbered[1:] if numbered and numbered[0][1].casefold() in headings else numbered
    sheet = read_sheet(path)
    column = next((name for name in sheet.table.columns if name.casefold() in headings), sheet.table.columns[0])
    return list(zip(sheet.table.lines, sheet.column(column), strict=True))


def whole_number(text: str) -> int:
    """For words after a command: a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
