"""A small hall for the terminal: eighteen people, three tables, two languages."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from burgertop.cli.main import main

TABLES = """table,seats,languages,interpreter,step_free
North,7,nl,,yes
Middle,7,nl,fr,no
South,7,fr,,yes
"""


def people() -> str:
    rows = ["id,sex,age,speaks,household,needs"]
    for number in range(1, 19):
        said = "nl" if number <= 9 else "fr" if number <= 16 else "nl|fr"
        home = "h1" if number in {1, 2} else ""
        needs = "wheelchair, vegan" if number == 3 else ""
        rows.append(f'p{number},{"mw"[number % 2]},{("young", "old")[number % 3 == 0]},{said},{home},"{needs}"')
    return "\n".join(rows) + "\n"


@dataclass
class Day:
    """People and tables in a folder, and the commands on them."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    people: Path = field(init=False)
    tables: Path = field(init=False)
    out: Path = field(init=False)

    def __post_init__(self) -> None:
        self.people, self.tables, self.out = self.home / "people.csv", self.home / "tables.csv", self.home / "seating"
        self.people.write_text(people(), encoding="utf-8")
        self.tables.write_text(TABLES, encoding="utf-8")

    def seat(self, *more: str, rounds: int = 2, seed: str = "7") -> tuple[int, str, str]:
        files = ["--people", str(self.people), "--tables", str(self.tables), "--out", str(self.out)]
        return self.call("seat", *files, "--rounds", str(rounds), "--seed", seed, "--effort", "quick", *more)

    def call(self, *words: object) -> tuple[int, str, str]:
        """Run a command; return its exit code, what it said, and what it complained of."""
        self.capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(str(ended.code))
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def rules(self, *rows: str) -> str:
        path = self.home / "rules.csv"
        path.write_text("rule,who,table,round\n" + "\n".join(rows) + "\n", encoding="utf-8")
        return str(path)


@pytest.fixture
def day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Day:
    return Day(tmp_path, capsys)
