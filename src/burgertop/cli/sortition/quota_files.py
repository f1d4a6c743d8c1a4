"""Files of quotas and of margins, in the two forms that are in use."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.saying import said, shown, spoken
from burgertop.cli.sortition.tables import Sheet
from burgertop.core.errors import InputError
from burgertop.core.sortition.quotas import Quota, Quotas
from burgertop.foundation.files.tables import write_csv

__all__ = ["FORMS", "margins_from", "quotas_as_csv", "quotas_from"]

# Headings of the feature and of the value. The first is that of the papers, the second that of the practice.
FORMS = (("category", "feature"), ("feature", "value"), ("category", "value"), ("category", "name"))
COUNTS = ("people", "population", "count", "number", "share", "percent")
NUMBER = re.compile(r"\d+(\.0+)?")
THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")


def quotas_from(sheet: Sheet, seats: int) -> Quotas:
    """Read quotas: ``category,feature,min,max`` or ``feature,value,min,max[,min_flex,max_flex]``."""
    feature, value = _form(sheet, "min", "max")
    flex = [name if sheet.table.has(name) else "" for name in ("min_flex", "max_flex")]
    columns = [sheet.column(name) if name else ("",) * len(sheet.table.rows) for name in (feature, value, *flex)]
    numbers = [sheet.column(name) for name in ("min", "max")]
    rows: list[Quota] = []
    first: dict[tuple[str, str], int] = {}
    for row, (of, named, low, high) in enumerate(zip(*columns, strict=True)):
        for name, cell in ((feature, of), (value, named)):
            if not cell:
                raise BadInputError(f"{sheet.at(row, name)} is empty. A quota needs a feature and a value.")
        if (earlier := first.setdefault((of, named), row)) != row:
            raise BadInputError(
                f"{sheet.at(row)}: {of}, “{named}” has a quota in row {sheet.table.lines[earlier]} already. Keep one."
            )
        try:
            rows.append(
                Quota(
                    of,
                    named,
                    _number(sheet, row, "min", numbers[0][row]),
                    _number(sheet, row, "max", numbers[1][row]),
                    _number(sheet, row, "min_flex", low) if low else None,
                    _number(sheet, row, "max_flex", high) if high else None,
                )
            )
        except InputError as error:
            raise BadInputError(f"{sheet.at(row)}: {said(error)} Mend this row.") from error
    with spoken(sheet.path.name):
        return Quotas(seats, tuple(rows))


def margins_from(sheet: Sheet) -> dict[str, dict[str, int]]:
    """Read margins of the population: ``feature,value,people``; shares such as 57.5 are taken, too."""
    counts = next((name for name in COUNTS if sheet.table.has(name)), "")
    if not counts:
        raise BadInputError(
            f"{sheet.path.name} has no column of people. Name one of its columns people, population, count or share "
            f"(they are: {shown(sheet.table.columns)})."
        )
    feature, value = _form(sheet)
    exact: dict[str, dict[str, Decimal]] = {}
    columns = zip(sheet.column(feature), sheet.column(value), sheet.column(counts), strict=True)
    for row, (of, named, number) in enumerate(columns):
        if not of or not named:
            raise BadInputError(f"{sheet.at(row, value if of else feature)} is empty.")
        if named in exact.setdefault(of, {}):
            raise BadInputError(f"{sheet.at(row)}: {of}, “{named}” stands in the file already. Keep one row.")
        exact[of][named] = _share(sheet, row, counts, number)
    return {of: _whole(values) for of, values in exact.items()}


def quotas_as_csv(quotas: Iterable[Quota]) -> bytes:
    """Write quotas in the form of the practice."""
    return write_csv(
        ("feature", "value", "min", "max"), ((row.feature, row.value, row.least, row.most) for row in quotas)
    )


def _form(sheet: Sheet, *others: str) -> tuple[str, str]:
    """Tell which column holds the feature and which the value."""
    missing = [name for name in others if not sheet.table.has(name)]
    found = next((form for form in FORMS if sheet.table.has(*form)), None)
    if found is None or missing:
        wanted = ",".join(("feature", "value", *(others or ("people",))))
        other = ",".join(("category", "feature", *(others or ("people",))))
        lacks = f"the column “{missing[0]}”" if missing else "columns for feature and value"
        raise BadInputError(
            f"{sheet.path.name} lacks {lacks}. Its columns are: {shown(sheet.table.columns)}. "
            f"Use the headings {wanted} or {other}."
        )
    return found


def _number(sheet: Sheet, row: int, column: str, text: str) -> int:
    if not NUMBER.fullmatch(text):
        what = "is empty" if not text else f"“{text}” is not a whole number from 0 up"
        raise BadInputError(f"{sheet.at(row, column)}: {what}. Write a number of seats.")
    return int(Decimal(text))


def _share(sheet: Sheet, row: int, column: str, text: str) -> Decimal:
    plain = re.sub(r"[\s%'’_]", "", text)
    if THOUSANDS.fullmatch(plain):
        raise BadInputError(
            f"{sheet.at(row, column)}: “{text}” can be read in two ways. Write it without signs between thousands."
        )
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        what = "is empty" if not text else f"“{text}” is not a number of people or a share"
        raise BadInputError(f"{sheet.at(row, column)}: {what}.")
    return number


def _whole(values: dict[str, Decimal]) -> dict[str, int]:
    """Shares with digits after the point become whole numbers in the same proportion."""
    digits = max(-int(number.as_tuple().exponent) for number in values.values())
    return {value: int(number.scaleb(max(digits, 0))) for value, number in values.items()}
