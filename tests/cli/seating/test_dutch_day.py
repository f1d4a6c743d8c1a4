"""The Dutch day: three rounds at tables of four, then tables of ten; over both parts people meet new people."""

import csv
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from tests.cli.seating.conftest import Day

PEOPLE = 200


@pytest.fixture
def dutch(day: Day) -> Day:
    """Two hundred people of two features, fifty tables of four."""
    rows = [f"p{number},{'mw'[number % 2]},{('young', 'old')[number % 3 == 0]}" for number in range(PEOPLE)]
    day.people.write_text("\n".join(["id,sex,age", *rows]) + "\n", encoding="utf-8")
    day.tables.write_text(_tables(50, 4), encoding="utf-8")
    return day


def _tables(number: int, seats: int) -> str:
    return "\n".join(["table,seats", *(f"T{one},{seats}" for one in range(1, number + 1))]) + "\n"


def _tables_in(folder: Path) -> list[list[str]]:
    at: dict[tuple[str, str], list[str]] = {}
    with (folder / "seats.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at.setdefault((row["round"], row["table"]), []).append(row["id"])
    return list(at.values())


def _meetings(*folders: Path) -> Counter[tuple[str, str]]:
    return Counter(pair for folder in folders for ids in _tables_in(folder) for pair in combinations(sorted(ids), 2))


def test_no_pair_meets_twice_over_both_parts(dutch: Day) -> None:
    dutch.seat(rounds=3)
    morning, dutch.out = dutch.out, dutch.home / "afternoon"
    dutch.tables.write_text(_tables(20, 10), encoding="utf-8")

    code, said, _ = dutch.seat("--before", str(morning), rounds=1)

    met = _meetings(morning, dutch.out)
    assert code == 0
    assert {len(ids) for ids in _tables_in(dutch.out)} == {10}
    assert max(met.values()) == 1
    assert sum(met.values()) == 3 * 50 * 6 + 20 * 45
    assert "repeated meetings" in said
    plan = json.loads((dutch.out / "plan.json").read_bytes())
    assert (plan["repeats"], plan["hard_violations"]) == (0, 0)


def test_the_folder_knows_what_was_before(dutch: Day) -> None:
    dutch.seat(rounds=2)
    morning, dutch.out = dutch.out, dutch.home / "afternoon"
    dutch.tables.write_text(_tables(2, 100), encoding="utf-8")
    dutch.seat("--before", str(morning), "--before", str(morning), rounds=2)

    checked, said, _ = dutch.call("verify", dutch.out)

    counted = sum(number - 1 for number in _meetings(morning, dutch.out).values())
    plan = json.loads((dutch.out / "plan.json").read_bytes())
    manifest = json.loads((dutch.out / "manifest.json").read_bytes())
    assert checked == 0, said
    assert plan["repeats"] == counted > 0
    assert len(manifest["inputs"]["before"]) == 2
    present = dutch.home / "present.csv"
    present.write_text("\n".join(["id", *(f"p{number}" for number in range(180))]) + "\n", encoding="utf-8")
    dutch.call("reseat", dutch.out, "--present", present)
    again, said, _ = dutch.call("verify", dutch.out)
    assert again == 0, said


def test_a_folder_that_is_no_plan_is_named(dutch: Day) -> None:
    code, _, complained = dutch.seat("--before", str(dutch.home / "nowhere"))

    assert code == 2
    assert "nowhere" in complained
    assert not dutch.out.exists()
