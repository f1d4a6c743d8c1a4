"""``burgertop draw``: formats, the folder, and every fault of its input."""

import csv
import io
import json
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.cli.sortition.conftest import POOL, QUOTAS, Case

FILES = {"chances.csv", "commitment.txt", "lottery.json", "manifest.json", "panels.csv", "report.html"}


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def _book(path: Path, text: str) -> None:
    book = Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])  # type: ignore[union-attr]  # a new book has a sheet
    book.save(path)


# The folder -------------------------------------------------------------------------------


def test_the_folder_holds_panels_chances_proof_and_report(case: Case) -> None:
    code, said, _ = case.draw("--panels", "60")

    panels, chances = _rows(case.out / "panels.csv"), _rows(case.out / "chances.csv")
    lottery = json.loads((case.out / "lottery.json").read_bytes())
    manifest = json.loads((case.out / "manifest.json").read_bytes())
    assert code == 0
    assert {path.name for path in case.out.iterdir()} == FILES
    assert Counter(row["panel"] for row in panels) == {str(number): 4 for number in range(1, 61)}
    assert [row["id"] for row in chances] == [f"p{number}" for number in range(1, 13)]
    assert [float(row["ideal"]) for row in chances] == pytest.approx([1 / 3] * 12)
    times = Counter(row["id"] for row in panels)
    assert {row["id"]: float(row["published"]) * 60 for row in chances} == pytest.approx(times)
    assert (lottery["rule"], lottery["seats"], len(lottery["weights"]) >= 60) == ("leximin", 4, True)
    assert lottery["certificate"]["upper_bound"] == pytest.approx(1 / 3)
    assert lottery["certificate"]["min_probability"] == pytest.approx(1 / 3)
    assert lottery["certificate"]["gap"] < 1e-6
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    assert "least chance                33.33" in said


def test_the_commitment_is_the_digest_of_the_file_of_the_lottery(case: Case) -> None:
    case.draw()

    counted = sha256((case.out / "lottery.json").read_bytes()).hexdigest()
    assert (case.out / "commitment.txt").read_text("ascii") == f"{counted}\n"


def test_without_a_column_of_ids_people_are_numbered(case: Case) -> None:
    case.call("draw", *case.files(), "--seats", 4, "--out", case.out)

    assert [row["id"] for row in _rows(case.out / "chances.csv")] == [str(number) for number in range(1, 13)]


def test_lists_and_households_bind_every_panel(case: Case) -> None:
    (case.home / "must").write_text("id\np1\n", encoding="utf-8")
    (case.home / "never").write_text("p7\np8\n", encoding="utf-8")
    case.pool.write_text(
        POOL.replace("name", "street").replace("Ann", "Elm 1").replace("Bea", "ELM  1"), encoding="utf-8"
    )

    code, _, _ = case.draw(
        "--must", str(case.home / "must"), "--never", str(case.home / "never"), "--household", "street"
    )

    chances = {row["id"]: float(row["exact"]) for row in _rows(case.out / "chances.csv")}
    assert code == 0
    assert {one: chances[one] for one in ("p1", "p2", "p7", "p8")} == pytest.approx(
        {"p1": 1, "p2": 0, "p7": 0, "p8": 0}
    )


def test_the_same_files_give_the_same_folder(case: Case) -> None:
    case.draw("--panels", "50")
    other = case.home / "other"
    case.call("draw", *case.files(), "--seats", 4, "--id", "id", "--panels", 50, "--out", other)

    assert {path.name: path.read_bytes() for path in case.out.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("pool.csv", lambda path, text: path.write_text(text.replace(",", ";"), "utf-8")),
        ("pool.tsv", lambda path, text: path.write_text(text.replace(",", "\t"), "utf-8")),
        ("mark.csv", lambda path, text: path.write_text(text, "utf-8-sig")),
        ("wide.csv", lambda path, text: path.write_text(text, "utf-16")),
        ("old.csv", lambda path, text: path.write_text(text.replace("Ann", "Zoë"), "cp1252")),
        ("pool.xlsx", _book),
    ],
)
def test_every_usual_form_of_a_table_gives_the_same_lottery(case: Case, name: str, written: object) -> None:
    case.draw("--panels", "50")
    pool, quotas, out = case.home / name, case.home / f"q-{name}", case.home / "again"
    written(pool, POOL)  # type: ignore[operator]  # each of them takes a path and a text
    written(quotas, QUOTAS)  # type: ignore[operator]  # the same

    case.call("draw", "--pool", pool, "--quotas", quotas, "--seats", 4, "--id", "id", "--panels", 50, "--out", out)

    assert (out / "commitment.txt").read_bytes() == (case.out / "commitment.txt").read_bytes()


def test_both_forms_of_quotas_mean_the_same(case: Case) -> None:
    case.draw("--panels", "50")
    case.quotas.write_text(QUOTAS.replace("category,feature", "feature,value"), encoding="utf-8")
    flexible = case.home / "flex.csv"
    flexible.write_text(
        "feature,value,min,max,min_flex,max_flex\ngender,woman,2,2,1,3\ngender,man,2,2,,\nage,young,1,3,0,4\nage,old,1,3,0,4\n",
        encoding="utf-8",
    )
    again, third = case.home / "again", case.home / "third"

    case.call("draw", *case.files(), "--seats", 4, "--id", "id", "--panels", 50, "--out", again)
    code, _, _ = case.call(
        "draw", "--pool", case.pool, "--quotas", flexible, "--seats", 4, "--id", "id", "--out", third
    )

    assert (again / "lottery.json").read_bytes() == (case.out / "lottery.json").read_bytes()
    assert code == 0


def test_the_page_stands_by_itself_and_shows_words_of_files_as_words(case: Case) -> None:
    case.pool.write_text(POOL.replace("young", "<b>young</b>"), encoding="utf-8")
    case.quotas.write_text(QUOTAS.replace("young", "<b>young</b>"), encoding="utf-8")
    population = case.home / "population.csv"
    population.write_text("feature,value,people\ngender,woman,51\ngender,man,49\n", encoding="utf-8")

    case.draw("--population", str(population))

    page = (case.out / "report.html").read_text("utf-8")
    assert "&lt;b&gt;young" in page
    assert "<b>young" not in page
    assert re.findall(r"<script|\bsrc=|href=|@import|url\(", page) == []
    assert page.count('<svg role="img"') == 5
    assert page.count("<table>") == 5
    assert "population" in page
    assert "4 of 4 quotas are met" in page


# What is refused --------------------------------------------------------------------------


def _refused(case: Case, *more: str, seats: int = 4) -> str:
    """Draw, see that it is refused in one paragraph and that nothing was written, and return the words."""
    before = sorted(path.name for path in case.home.iterdir())
    code, said, complaint = case.draw(*more, seats=seats)
    last = complaint.strip().splitlines()[-1]

    assert code == 2
    assert said == ""
    assert last.startswith("burgertop: ")
    assert "Traceback" not in complaint
    assert sorted(path.name for path in case.home.iterdir()) == before
    return last.removeprefix("burgertop: ")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("age\n", "years\n", "pool.csv has no column “age”, but the quotas speak of it. Its columns are: id, name,"),
        ("name,", "age,", "pool.csv: Two columns have the heading “age”: column 2 and column 4."),
        ("id,", "number,", "pool.csv: There is no column “id”. The columns are: number, name, gender, age."),
        ("p9,Ivo,man,old", "p9,Ivo,man,Odl", "pool.csv, row 10, column “age”: “Odl” has no quota in quotas.csv"),
        ("p9,Ivo,man,old", "p9,Ivo,man,", "pool.csv, row 10, column “age” is empty. Fill it in"),
        ("p9,", ",", "pool.csv, row 10, column “id” is empty."),
        ("p9,", "p3,", "pool.csv, row 10, column “id”: “p3” stands in row 4 already."),
        ("p9,Ivo,man,old", "p9,Ivo,man", "pool.csv: Line 10 has 3 cells, but there are 4 columns."),
    ],
)
def test_a_fault_of_the_pool_is_named_with_its_place(case: Case, before: str, after: str, words: str) -> None:
    case.pool.write_text(POOL.replace(before, after, 1), encoding="utf-8")

    assert _refused(case).startswith(words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("max\n", "most\n", "quotas.csv lacks the column “max”. Its columns are: category, feature, min, most."),
        ("category,", "thing,", "quotas.csv lacks columns for feature and value."),
        ("woman,2,2", "woman,2,", "quotas.csv, row 2, column “max”: is empty. Write a number of seats."),
        ("woman,2,2", "woman,two,2", "quotas.csv, row 2, column “min”: “two” is not a whole number"),
        ("woman,2,2", "woman,-2,2", "quotas.csv, row 2, column “min”: “-2” is not a whole number from 0 up."),
        (
            "woman,2,2",
            "woman,3,2",
            "quotas.csv, row 2: gender, woman: the least (3) is above the most (2). Mend this row.",
        ),
        (
            "man,2,2\nage",
            "woman,2,2\nage",
            "quotas.csv, row 3: gender, “woman” has a quota in row 2 already. Keep one.",
        ),
        ("gender,woman", "gender,", "quotas.csv, row 2, column “feature” is empty."),
        (
            "man,2,2\nage",
            "man,2,2\ngender,x,1,1\nage",
            "quotas.csv: gender: the least seats add up to 5, but there are only 4",
        ),
        ("man,2,2\nage", "man,1,2\ngender,wmoan,1,1\nage", "quotas.csv: gender, “wmoan” needs 1 people, but nobody in"),
    ],
)
def test_a_fault_of_the_quotas_is_named_with_its_place(case: Case, before: str, after: str, words: str) -> None:
    case.quotas.write_text(QUOTAS.replace(before, after, 1), encoding="utf-8")

    assert _refused(case).startswith(words)


def test_seats_must_fit_quotas_and_pool(case: Case) -> None:
    assert "A panel has at least one seat, not 0." in _refused(case, seats=0)
    assert "quotas.csv: gender" in _refused(case, seats=3)
    assert "quotas.csv: gender" in _refused(case, seats=5)

    case.quotas.write_text("feature,value,min,max\ngender,woman,0,50\ngender,man,0,50\n", encoding="utf-8")

    assert _refused(case, seats=13).endswith("The pool has 12 people, but 13 seats are to be drawn.")


def test_a_value_that_nobody_has_and_that_needs_nobody_is_only_told(case: Case) -> None:
    case.quotas.write_text(f"{QUOTAS}gender,x,0,1\n", encoding="utf-8")

    code, _, complaint = case.draw()

    assert code == 0
    assert "pool.csv: nobody has “x” as gender." in complaint


def test_lists_name_people_of_the_pool_and_not_twice(case: Case) -> None:
    one, two = case.home / "one.txt", case.home / "two.txt"
    one.write_text("p1\np99\n", encoding="utf-8")
    assert _refused(case, "--must", str(one)) == "one.txt, row 2: “p99” is not the id of anybody in the pool."

    one.write_text("p1\n", encoding="utf-8")
    two.write_text("id;why\np1;moved\n", encoding="utf-8")
    assert "both name p1" in _refused(case, "--must", str(one), "--never", str(two))


def test_what_is_no_table_is_refused(case: Case) -> None:
    case.pool.write_bytes(bytes(range(256)) * 20)
    assert "pool.csv: " in _refused(case)

    case.pool.write_bytes(b"%PDF-1.7 nothing for us")
    assert "This is not a CSV or XLSX file." in _refused(case)

    case.pool.write_bytes(b"")
    assert "This file is empty." in _refused(case)

    case.pool.unlink()
    assert "cannot be read: no such file or directory." in _refused(case)


def test_a_formula_is_refused_with_its_cell(case: Case) -> None:
    case.pool = case.home / "pool.xlsx"
    _book(case.pool, POOL.replace("p3,Cis,woman,old", "p3,Cis,woman,=D3"))

    assert _refused(case).startswith("pool.xlsx, row 4, column “age”: =D3 is a formula")


def test_a_huge_file_is_refused_before_it_is_read(case: Case) -> None:
    with case.pool.open("wb") as file:
        file.truncate(200 * 2**20)

    assert _refused(case) == "pool.csv: This file is too large: 200.0 MB. The most is 20 MB."


def test_a_folder_that_holds_something_is_never_touched(case: Case) -> None:
    case.out.mkdir()
    (case.out / "mine.txt").write_text("mine", encoding="utf-8")

    assert "is there already and is not empty" in _refused(case)
    assert [path.name for path in case.out.iterdir()] == ["mine.txt"]


def test_quotas_that_clash_write_nothing_and_lead_to_check(case: Case) -> None:
    case.quotas.write_text(
        "feature,value,min,max\ngender,woman,2,2\ngender,man,2,2\nage,young,4,4\nage,old,0,0\n", encoding="utf-8"
    )
    case.pool.write_text(POOL.replace("p7,Gus,man,young", "p7,Gus,man,old"), encoding="utf-8")

    code, _, complaint = case.draw()

    assert (code, case.out.exists()) == (1, False)
    assert "No panel of 4 from these 12 people meets all quotas. burgertop check" in complaint


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    pick = random.Random(1)  # noqa: S311  # a pool, not a secret
    features = {f"f{number}": [f"v{value}" for value in range(6)] for number in range(6)}
    rows = [",".join(pick.choice(values) for values in features.values()) for _ in range(9000)]
    (tmp_path / "pool.csv").write_text("\n".join([",".join(features), *rows]), encoding="utf-8")
    quotas = [f"{feature},{value},60,140" for feature, values in features.items() for value in values]
    (tmp_path / "quotas.csv").write_text("\n".join(["feature,value,min,max", *quotas]), encoding="utf-8")
    words = ["draw", "--pool", "pool.csv", "--quotas", "quotas.csv", "--seats", "600", "--out", "out"]
    command = [sys.executable, "-m", "burgertop.cli.main", *words]

    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child of a deaf parent would be deaf
    try:
        drawing = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with drawing:
        assert drawing.stderr is not None
        assert drawing.stderr.readline() == "settling everybody's chance ...\n"
        drawing.send_signal(signal.SIGINT)
        left = drawing.stderr.read()

    assert drawing.returncode == 130
    assert left.endswith("Stopped. Nothing was written.\n")
    assert {path.name for path in tmp_path.iterdir()} == {"pool.csv", "quotas.csv"}
