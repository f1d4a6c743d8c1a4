"""A real case from the first command to the last."""

import csv
import json
from pathlib import Path

from tests.cli.sortition.conftest import Case


def test_a_published_pool_of_150_for_22_seats(case: Case, shared_data: Path) -> None:
    folder = shared_data / "sortition" / "sf_fixture_22"
    files = ["--pool", folder / "respondents.csv", "--quotas", folder / "categories.csv"]

    assert case.call("check", *files, "--seats", 22)[0] == 0
    assert case.call("draw", *files, "--seats", 22, "--out", case.out)[0] == 0
    assert case.call("pick", case.out, "--dice", 417)[0] == 0
    assert case.call("verify", case.out)[0] == 0
    assert case.call("verify", case.out, *files)[0] == 0
    assert case.call("replay", case.out, *files)[0] == 0

    proven = json.loads((case.out / "lottery.json").read_bytes())["certificate"]
    with (case.out / "chances.csv").open(encoding="utf-8", newline="") as file:
        chances = [float(row["exact"]) for row in csv.DictReader(file)]
    assert abs(proven["upper_bound"] - 1 / 11) < 1e-9
    assert min(chances) >= proven["upper_bound"] * (1 - 1e-6)
    assert abs(sum(chances) - 22) < 1e-6
