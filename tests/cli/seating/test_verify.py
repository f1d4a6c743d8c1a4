"""``burgertop verify`` of a seating: every seat, and every figure, counted anew."""

import csv
import json
import subprocess
import sys

from tests.cli.seating.conftest import Day


def test_a_plan_that_was_not_touched_holds(day: Day) -> None:
    day.seat()

    code, said, _ = day.call("verify", day.out)

    assert code == 0
    assert "7 checks hold, 1 left open. Nothing is wrong." in said


def test_a_figure_that_was_made_nicer_is_found(day: Day) -> None:
    day.seat()
    path = day.out / "plan.json"
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps(told | {"repeats": told["repeats"] - 1}), encoding="utf-8")

    code, said, _ = day.call("verify", day.out)

    assert code == 1
    assert f"repeats is {told['repeats'] - 1}. Counted: {told['repeats']}." in said


def test_words_of_a_lottery_are_refused(day: Day) -> None:
    day.seat()

    assert day.call("verify", day.out, "--pool", day.people, "--quotas", day.tables)[0] == 2


def test_neither_solver_nor_swaps_take_part(day: Day) -> None:
    day.seat()
    script = (
        "import sys; from burgertop.cli.main import main; code = main(['verify', sys.argv[1]]);"
        "print(code, sorted({'highspy', 'scipy', 'burgertop.core.seating.annealing'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", script, str(day.out)], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_forged_seat_is_found(day: Day) -> None:
    day.seat()
    with (day.out / "seats.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    dutch = next(row for row in rows if row[2] == "p4" and row[0] == "1")
    dutch[1] = "South"
    with (day.out / "seats.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    code, said, _ = day.call("verify", day.out)

    assert code == 1
    assert "Changed: seats.csv" in said
    assert "Round 1: This person speaks none of the languages of table South." in said
