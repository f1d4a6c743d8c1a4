"""Ratings for the tests: short ways to write them, and the shared real conversations."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from burgertop.core.opinion import RatingCounts

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
UNSEEN = 2


def counts_of(*rows: tuple[int, int, int]) -> RatingCounts:
    """Write counts as one (agree, disagree, passed) per idea."""
    agree, disagree, passed = np.array(rows, dtype=np.int64).T
    return RatingCounts(agree, disagree, passed)


def conversation(name: str) -> NDArray[np.int8]:
    """Read who rated what: 1 agree, -1 disagree, 0 pass, UNSEEN. Shape (people, ideas)."""
    with (SHARED / "consultation" / name / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    ideas = [place for place, title in enumerate(header) if title.isdigit()]
    return np.array(
        [[UNSEEN if row[place] == "" else int(float(row[place])) for place in ideas] for row in rows], dtype=np.int8
    )


def counted(votes: NDArray[np.int8]) -> RatingCounts:
    """Count who agrees, disagrees and passes per idea."""
    return RatingCounts((votes == 1).sum(axis=0), (votes == -1).sum(axis=0), (votes == 0).sum(axis=0))
