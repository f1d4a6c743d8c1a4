"""``burgertop reseat``: the folder gets the plan for those who are here."""

import json

import pytest
from tests.cli.seating.conftest import Day
from tests.cli.seating.test_seat import seats


def present(day: Day, away: set[int], *more: str, header: str = "id") -> str:
    path = day.home / "present.csv"
    ids = [f"p{number}" for number in range(1, 19) if number not in away]
    width = header.count(",")
    path.write_text("\n".join([header, *(one + "," * width for one in ids), *more]) + "\n", encoding="utf-8")
    return str(path)


def test_those_who_are_here_are_seated_and_the_old_plan_is_kept(day: Day) -> None:
    day.seat()
    before = (day.out / "seats.csv").read_bytes()

    code, said, _ = day.call("reseat", day.out, "--present", present(day, {1, 10}), "--least", 4)

    told = json.loads((day.out / "plan.json").read_bytes())
    rows = seats(day.out)
    assert code == 0
    assert {row["id"] for row in rows} == {f"p{number}" for number in range(1, 19)} - {"p1", "p10"}
    assert (told["missing"], told["unexpected"], told["hard_violations"]) == (2, 0, 0)
    assert told["floor"] <= told["moves"] == len(told["moved"])
    assert (day.out / "before-1" / "seats.csv").read_bytes() == before
    assert "people who change tables" in said
    assert day.call("verify", day.out)[0] == 0


def test_moves_are_those_of_the_files(day: Day) -> None:
    day.seat()
    first = {row["id"]: row["table"] for row in seats(day.out) if row["round"] == "1"}

    day.call("reseat", day.out, "--present", present(day, {1, 2, 4, 5, 11, 12}), "--least", 5)

    now = {row["id"]: row["table"] for row in seats(day.out) if row["round"] == "1"}
    told = json.loads((day.out / "plan.json").read_bytes())
    assert sorted(one for one in now if now[one] != first[one]) == told["moved"]
    assert len(told["closed"]) == 1


def test_somebody_unexpected_comes_with_the_columns_of_people(day: Day) -> None:
    day.seat()
    newcomer = "q1,m,old,fr,,"

    code, _, _ = day.call(
        "reseat",
        day.out,
        "--present",
        present(day, {1}, newcomer, header="id,sex,age,speaks,household,needs"),
        "--least",
        4,
    )

    rows = [row for row in seats(day.out) if row["id"] == "q1"]
    assert code == 0
    assert len(rows) == 2
    assert all(row["table"] in {"Middle", "South"} for row in rows)


def test_rounds_that_began_stay_and_a_second_change_follows_the_first(day: Day) -> None:
    day.seat()
    first = [row for row in seats(day.out) if row["round"] == "1"]

    day.call("reseat", day.out, "--present", present(day, {3}), "--begun", 1, "--least", 4)
    again = day.call("reseat", day.out, "--present", present(day, set()), "--begun", 1, "--least", 4)

    rows = seats(day.out)
    assert again[0] == 0
    assert sorted(row["id"] for row in rows if row["round"] == "1") == sorted(row["id"] for row in first)
    assert {row["id"] for row in rows if row["round"] == "2"} == {f"p{number}" for number in range(1, 19)}
    assert (day.out / "before-1").is_dir()
    assert (day.out / "before-2").is_dir()
    assert day.call("verify", day.out)[0] == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("p1",), "present.csv, row 20: “p1” stands in row 2 already"),
        (
            ("zz",),
            "“zz” is not in the plan. To seat people who were not expected, give the columns id, sex, age, speaks",
        ),
    ],
)
def test_a_fault_in_the_list_is_named_and_nothing_changes(day: Day, more: tuple[str, ...], words: str) -> None:
    day.seat()
    before = {path.name: path.read_bytes() for path in day.out.iterdir()}

    code, _, complaint = day.call("reseat", day.out, "--present", present(day, set(), *more))

    assert code == 2
    assert words in complaint
    assert {path.name: path.read_bytes() for path in day.out.iterdir()} == before


def test_a_newcomer_with_an_empty_cell_is_named_with_row_and_column(day: Day) -> None:
    day.seat()

    code, _, complaint = day.call(
        "reseat", day.out, "--present", present(day, {1}, "q1,m,,fr,,", header="id,sex,age,speaks,household,needs")
    )

    assert code == 2
    assert "present.csv, row 19, column “age” is empty" in complaint


def test_bad_words_are_refused(day: Day) -> None:
    day.seat()
    here = present(day, set())

    assert day.call("reseat", day.out, "--present", here, "--begun", 2)[0] == 2
    assert day.call("reseat", day.out, "--present", here, "--least", 0)[0] == 2
    assert day.call("reseat", day.home, "--present", here)[0] == 2
