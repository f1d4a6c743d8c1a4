"""The morning of 11 November 2011: 704 of 1,000 invited people, and the 81 tables of that day."""

import csv
import json
from pathlib import Path

import numpy as np
from tests.cli.seating.conftest import Day

LANGUAGES = (("nl", 0.55), ("fr", 0.36), ("nl|fr", 0.085), ("de|fr", 0.005))
KINDS = {"monolingual Dutch": "nl", "monolingual French": "fr", "bilingual": "nl", "German-French": "de"}


def invited(seed: int = 2011) -> list[list[str]]:
    """A thousand invented people with what the tables are balanced by."""
    rng = np.random.default_rng(seed)
    spoken = rng.choice([name for name, _ in LANGUAGES], 1000, p=[share for _, share in LANGUAGES])
    columns = (rng.choice(list("wm"), 1000), rng.choice(["16-29", "30-44", "45-59", "60+"], 1000), spoken)
    return [[f"p{number}", *map(str, row)] for number, row in enumerate(zip(*columns, strict=True), start=1)]


def tables_of(shared_data: Path) -> list[list[str]]:
    """The 81 tables: 30 in Dutch, 18 in French, 32 in both with an interpreter, one in German and French."""
    with (shared_data / "g1000" / "tables.csv").open(encoding="utf-8", newline="") as file:
        kinds = [row for row in csv.DictReader(file) if row["edition"] == "summit 2011-11-11"]
    tables: list[list[str]] = []
    for kind in kinds:
        first = KINDS[kind["table_type"]]
        other = next((one for one in kind["languages"].split("|") if one != first), "")
        for _ in range(int(kind["tables"])):
            tables.append([f"T{len(tables) + 1}", kind["seats_planned_per_table"], first, other, "yes"])
    return tables


def write(path: Path, header: str, rows: list[list[str]]) -> None:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")


def test_704_people_sit_at_the_81_tables_and_nobody_is_alone_with_a_language(day: Day, shared_data: Path) -> None:
    people = invited()
    here = sorted(np.random.default_rng(1111).permutation(1000)[:704])
    write(day.people, "id,sex,age,speaks", [people[number] for number in here])
    write(day.tables, "table,seats,languages,interpreter,step_free", tables_of(shared_data))

    code, said, _ = day.seat(rounds=3)

    told = json.loads((day.out / "plan.json").read_bytes())
    with (day.out / "seats.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert code == 0, said
    assert (told["hard_violations"], told["lone_speakers"]) == (0, told["forced_lone_speakers"])
    assert {(row["round"], row["id"]) for row in rows} == {(str(n), people[one][0]) for n in (1, 2, 3) for one in here}
    assert told["balance"] <= 1.05 * told["bound"]
    assert told["repeats"] <= told["forced_repeats"] + 5
    assert day.call("verify", day.out)[0] == 0
