"""``burgertop seat``: files in, a folder out; every fault is named and leaves nothing behind."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from tests.cli.seating.conftest import Day


def seats(folder: Path) -> list[dict[str, str]]:
    with (folder / "seats.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_written_with_a_plan_that_keeps_the_rules(day: Day) -> None:
    code, said, _ = day.seat()

    rows = seats(day.out)
    plan = json.loads((day.out / "plan.json").read_bytes())
    at = {(row["round"], row["id"]): row["table"] for row in rows}
    assert (code, len(rows), len(at)) == (0, 36, 36)
    assert set(Counter((row["round"], row["table"]) for row in rows).values()) <= {5, 6, 7}
    assert (plan["hard_violations"], plan["lone_speakers"], plan["seed"]) == (0, 0, "7")
    assert plan["bound"] <= plan["balance"]
    assert plan["repeats"] >= plan["forced_repeats"]
    assert all(at[number, "p1"] != at[number, "p2"] and at[number, "p3"] != "Middle" for number in "12")
    assert "broken rules" in said
    assert "<h1>18 people at 3 tables</h1>" in (day.out / "report.html").read_text("utf-8")
    manifest = json.loads((day.out / "manifest.json").read_bytes())
    assert (manifest["kind"], sorted(manifest["files"])) == (
        "burgertop.seating",
        ["hall.json", "plan.json", "report.html", "seats.csv"],
    )


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_plan(day: Day) -> None:
    day.seat()
    first = {path.name: path.read_bytes() for path in day.out.iterdir()}
    day.out = day.home / "again"

    day.seat()

    assert {path.name: path.read_bytes() for path in day.out.iterdir()} == first
    day.out = day.home / "other"
    day.seat(seed="8")
    assert (day.out / "seats.csv").read_bytes() != first["seats.csv"]


def test_rules_of_a_file_are_kept(day: Day) -> None:
    rules = day.rules("pin,p5,North,2", "apart,p10|p11,,", "together,p12|p13,,", "weight,sex,5,", "households,apart,,")

    code, _, _ = day.seat("--rules", rules)

    at = {(row["round"], row["id"]): row["table"] for row in seats(day.out)}
    assert code == 0
    assert at["2", "p5"] == "North"
    assert all(at[number, "p10"] != at[number, "p11"] and at[number, "p12"] == at[number, "p13"] for number in "12")


def test_a_hall_without_languages_needs_no_columns_for_them(day: Day) -> None:
    day.people.write_text("id,sex\n" + "".join(f"{n},{'mw'[n % 2]}\n" for n in range(12)), encoding="utf-8")
    day.tables.write_text("table,seats\nA,4\nB,4\nC,4\n", encoding="utf-8")

    code, _, _ = day.seat(rounds=3)

    assert code == 0
    assert json.loads((day.out / "plan.json").read_bytes())["balance"] == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("tables", "South,7,fr", "South,0,fr"), "tables.csv, row 4, column “seats”: “0” is not a number of seats"),
        (
            ("tables", "Middle,7,nl,fr,no", "Middle,7,nl,fr,perhaps"),
            "column “step_free”: “perhaps” is neither yes nor no",
        ),
        (("tables", "South,7,fr", "North,7,fr"), "“North” stands in row 2 already"),
        (("tables", "languages", "tongues"), "tables.csv has no column “languages”, but people.csv tells of languages"),
        (("tables", "North,7,nl,,yes", "North,7,,,yes"), "row 2, column “languages” is empty"),
        (("people", "p4,m,young,nl", "p4,m,young,"), "people.csv, row 5, column “speaks” is empty"),
        (("people", "p4,m,young", "p4,m,"), "people.csv, row 5, column “age” is empty"),
        (("people", "p4,m,young", "p5,m,young"), "“p5” stands in row 5 already"),
        (("people", "id,sex", "number,sex"), "There is no column “id”"),
    ],
)
def test_a_fault_in_a_file_is_named_with_row_and_column(day: Day, change: tuple[str, str, str], words: str) -> None:
    path = getattr(day, change[0])
    text = path.read_text("utf-8")
    assert change[1] in text
    path.write_text(text.replace(change[1], change[2]), encoding="utf-8")

    code, _, complaint = day.seat()

    assert code == 2
    assert words in complaint
    assert not day.out.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("pin,p99,North,", "rules.csv, row 2, column “who”: “p99” is not the id of anybody"),
        ("pin,p1,West,", "column “table”: there is no table “West”"),
        ("pin,p1,North,3", "column “round”: “3” is not a round from 1 to 2"),
        ("apart,p1,,", "name 2 or more ids"),
        ("weight,height,3,", "there is no feature “height”. There are: sex, age."),
        ("weight,sex,heavy,", "“heavy” is not a whole number"),
        ("households,maybe,,", "write “apart” or “free”"),
        ("hope,p1,,", "“hope” is no rule. There are: pin, apart"),
    ],
)
def test_a_fault_in_the_rules_is_named(day: Day, row: str, words: str) -> None:
    code, _, complaint = day.seat("--rules", day.rules(row))

    assert code == 2
    assert words in complaint
    assert not day.out.exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("pin,p1,South,",), "p1 sits at table South"),
        (("apart,p1|p4|p5|p6,,",), "p1, p4, p5, p6 sit apart"),
        (("pin,p1|p2,North,1",), "p1, p2 live together and sit apart"),
    ],
)
def test_rules_that_clash_are_named_and_nothing_is_written(day: Day, rows: tuple[str, ...], words: str) -> None:
    code, _, complaint = day.seat("--rules", day.rules(*rows))

    assert code == 1
    assert "cannot hold at once" in complaint
    assert words in complaint
    assert not day.out.exists()


def test_too_few_seats_are_told(day: Day) -> None:
    day.tables.write_text("table,seats,languages\nA,9,nl|fr\n", encoding="utf-8")

    code, _, complaint = day.seat()

    assert (code, complaint.count("There are 18 people, but only 9 seats.")) == (1, 1)


def test_needs_that_say_nothing_of_tables_are_left_to_people(day: Day) -> None:
    _, _, complaint = day.seat()

    assert "needs that say nothing of a table are left to you: vegan" in complaint


def test_bad_words_are_refused(day: Day) -> None:
    assert day.seat(rounds=0)[0] == 2
    assert day.seat(seed=" ")[0] == 2
    assert not day.out.exists()
