"""Work of the recruitment that is killed at any step and begun again: nothing is lost, doubled, or left to be read."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from tests.docs.pages import ROOT

pytestmark = pytest.mark.slow

Told = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Run the program once, in a home of its own."""
    folder = tmp_path_factory.mktemp("killing")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.stages.lottery.killing", str(folder)],
        env={**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def without_step(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "step"} for row in rows]


def test_a_draw_from_a_list_that_is_killed_draws_the_same_people_once_and_destroys_the_list(told: Told) -> None:
    whole = told["draw"][-1]

    assert len(whole["rows"]) == len(set(whole["rows"])) == whole["identities"] == 12
    assert (whole["is_over"], whole["lines"], whole["sealed"], whole["job"]) == (True, [1, 1], [], "done")
    assert len(told["draw"]) > 10
    assert without_step(told["draw"]) == without_step([whole]) * len(told["draw"])


def test_letters_that_are_killed_at_the_press_are_printed_once_with_codes_that_work(told: Told) -> None:
    whole = told["print"][-1]

    assert (whole["files"], whole["printed"], whole["opened"]) == (["%PDF", "%PDF"], [2, 2], [2, 2])
    assert (whole["codes"], whole["sealed"], whole["job"], whole["readable"]) == (True, 4, "done", [])
    assert len(told["print"]) > 6
    assert without_step(told["print"]) == without_step([whole]) * len(told["print"])


def test_respondents_are_taken_into_a_pool_all_or_none(told: Told) -> None:
    whole = told["take"][-1]

    assert (whole["numbers"], whole["people"], whole["lines"]) == ([1, 2, 3, 4, 5], 5, 1)
    assert len(told["take"]) > 3
    assert without_step(told["take"]) == without_step([whole]) * len(told["take"])
