"""A file of rules: ``rule,who,table,round``, one rule a row."""

from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.halls import Hall
from burgertop.cli.sortition.tables import Sheet, read_sheet
from burgertop.core.seating import Pin, Rules

__all__ = ["KINDS", "read_rules"]

KINDS = ("pin", "apart", "together", "weight", "least_speakers", "households")


def read_rules(path: Path | None, hall: Hall, rounds: int) -> Rules:
    """Read the rules; without a file, those of every hall."""
    if path is None:
        return Rules()
    sheet = read_sheet(path)
    reader = _Reader(sheet, hall, rounds)
    for row in range(len(sheet.table.rows)):
        reader.read(row)
    return Rules(
        pins=tuple(reader.pins),
        apart=tuple(reader.apart),
        together=tuple(reader.together),
        households_apart=reader.households_apart,
        least_speakers=reader.least_speakers,
        weights=reader.weights,
    )


class _Reader:
    """The rules read so far, and the sheet they stand in."""

    def __init__(self, sheet: Sheet, hall: Hall, rounds: int) -> None:
        self.sheet, self.hall, self.rounds = sheet, hall, rounds
        self.known = {person.id for person in hall.people}
        self.cells = {
            name: sheet.column(name) if sheet.table.has(name) else ("",) * len(sheet.table.rows)
            for name in ("table", "round")
        }
        self.cells |= {name: sheet.column(name) for name in ("rule", "who")}
        self.pins: list[Pin] = []
        self.apart: list[tuple[str, ...]] = []
        self.together: list[tuple[str, ...]] = []
        self.weights: dict[str, int] = {}
        self.households_apart, self.least_speakers = True, Rules().least_speakers

    def read(self, row: int) -> None:
        """Take one row."""
        kind = self.cells["rule"][row].casefold()
        if kind == "pin":
            self.pins += [Pin(one, self._table(row), self._round(row)) for one in self._who(row, least=1)]
        elif kind == "apart":
            self.apart.append(self._who(row, least=2))
        elif kind == "together":
            self.together.append(self._who(row, least=2))
        elif kind == "weight":
            self.weights[self._feature(row)] = self._number(row, "table")
        elif kind == "least_speakers":
            self.least_speakers = self._number(row, "table")
        elif kind == "households":
            self.households_apart = self._is_apart(row)
        else:
            raise BadInputError(
                f"{self.sheet.at(row, 'rule')}: “{self.cells['rule'][row]}” is no rule. There are: {', '.join(KINDS)}."
            )

    def _who(self, row: int, *, least: int) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(word.strip() for word in self.cells["who"][row].split("|") if word.strip()))
        for one in ids:
            if one not in self.known:
                raise BadInputError(f"{self.sheet.at(row, 'who')}: “{one}” is not the id of anybody to be seated.")
        if len(ids) < least:
            raise BadInputError(f"{self.sheet.at(row, 'who')}: name {least} or more ids, with | between them.")
        return ids

    def _table(self, row: int) -> int:
        name = self.cells["table"][row]
        if number := self.hall.number_of(name):
            return number
        raise BadInputError(f"{self.sheet.at(row, 'table')}: there is no table “{name}”.")

    def _round(self, row: int) -> int:
        cell = self.cells["round"][row]
        if not cell:
            return 0
        if cell.isdecimal() and 1 <= int(cell) <= self.rounds:
            return int(cell)
        raise BadInputError(
            f"{self.sheet.at(row, 'round')}: “{cell}” is not a round from 1 to {self.rounds}. Leave it empty for all."
        )

    def _feature(self, row: int) -> str:
        name = self.cells["who"][row]
        for feature in self.hall.features:
            if feature.casefold() == name.casefold():
                return feature
        raise BadInputError(
            f"{self.sheet.at(row, 'who')}: there is no feature “{name}”. There are: {', '.join(self.hall.features)}."
        )

    def _number(self, row: int, column: str) -> int:
        cell = self.cells[column][row]
        if cell.isdecimal() and int(cell) <= 100:
            return int(cell)
        raise BadInputError(f"{self.sheet.at(row, column)}: “{cell}” is not a whole number from 0 to 100.")

    def _is_apart(self, row: int) -> bool:
        cell = self.cells["who"][row].casefold()
        if cell not in {"apart", "free"}:
            raise BadInputError(f"{self.sheet.at(row, 'who')}: write “apart” or “free”, not “{cell}”.")
        return cell == "apart"
