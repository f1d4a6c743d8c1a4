"""Anybody can recount; a list that was touched is noticed."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burgertop.foundation.ballotbox import recount
from burgertop.foundation.ballotbox.actions import OptionDraft, close_and_count
from burgertop.foundation.ballotbox.models import Ballot, BallotKind
from burgertop.foundation.ballotbox.published import export
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage

NOW = datetime(2011, 11, 11, 15, 40, tzinfo=UTC)
MakeBallot = Callable[..., Ballot]
HandIn = Callable[..., list[str]]
LETTERS = [OptionDraft({"nl": letter}) for letter in "ABCDE"]
MOTIONS = [f"majority_{share}{end}" for share in ("half", "two_thirds", "four_fifths") for end in ("", "_of_all")]


def unpacked(ballot: Ballot, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(export(ballot))).extractall(folder)
    return folder


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_recount_agrees_with_the_count(
    stage: Stage, make_ballot: MakeBallot, hand_in: HandIn, tmp_path: Path, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(list(BallotKind)))
    size, most, rule = {
        BallotKind.APPROVAL: (5, 3, "approval_count"),
        BallotKind.RANKING: (5, 4, "borda"),
        BallotKind.MOTION: (3, 1, data.draw(st.sampled_from(MOTIONS))),
    }[kind]
    paper = st.lists(st.integers(1, size), max_size=most, unique=True)
    ballot = make_ballot(
        stage,
        kind=kind,
        rule=rule,
        options=() if kind == BallotKind.MOTION else LETTERS,
        most_choices=most,
        seats=1 if kind == BallotKind.MOTION else data.draw(st.integers(1, size)),
        quorum=data.draw(st.sampled_from([0, 12])),
    )
    for origin in data.draw(st.lists(st.sampled_from(list(Origin)), max_size=3, unique=True)):
        hand_in(ballot, data.draw(st.lists(paper, min_size=1, max_size=14)), origin)

    folder = unpacked(close_and_count(ballot, now=NOW), tmp_path / str(ballot.pk))

    assert recount.differences(folder) == []


@pytest.fixture
def folder(ballot: Ballot, hand_in: HandIn, tmp_path: Path) -> Path:
    """The published folder of a small ballot."""
    hand_in(ballot, [[1, 2], [2], [2, 3], []])
    return unpacked(close_and_count(ballot, now=NOW), tmp_path / "ballot")


def test_a_paper_that_was_changed_is_noticed_three_times(folder: Path) -> None:
    sheet = folder / "papers.csv"
    rows = list(csv.reader(io.StringIO(sheet.read_text())))
    rows[[row[2] for row in rows].index("2")][2] = "4"
    sheet.write_text("\n".join(",".join(row) for row in rows) + "\n")

    assert recount.differences(folder) == [
        "papers.csv is not the file that the manifest names",
        "papers.csv is not the list whose digest stands in the record",
        "drawn: votes are [1, 3, 1, 0] in the result, [1, 2, 1, 1] by this count",
    ]


def test_a_result_that_was_changed_is_noticed(folder: Path) -> None:
    result = json.loads((folder / "result.json").read_text())
    result["groups"][0]["chosen"] = [1]
    (folder / "result.json").write_text(json.dumps(result))

    assert recount.differences(folder) == [
        "result.json is not the file that the manifest names",
        "drawn: chosen is [1] in the result, [2] by this count",
    ]


def test_a_receipt_that_is_listed_twice_is_noticed(folder: Path) -> None:
    sheet = folder / "papers.csv"
    lines = sheet.read_text().splitlines()
    sheet.write_text("\n".join([*lines, lines[-1]]) + "\n")

    found = recount.differences(folder)

    assert [line.endswith("is listed twice") for line in found] == [True]


def test_an_empty_folder_cannot_be_read(tmp_path: Path) -> None:
    assert [line.split(":")[0] for line in recount.differences(tmp_path)] == ["cannot read the folder"]


def test_the_file_runs_by_itself_without_anything_of_ours(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "recount.py"
    alone.write_bytes(Path(recount.__file__).read_bytes())

    run = subprocess.run(
        [sys.executable, "-I", str(alone), str(folder)], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "every total agrees\n", "")


def test_without_a_folder_it_says_how_to_be_called() -> None:
    assert recount.main([]) == 2
