"""Integer programs: the best whole numbers, proof that there are none, and no silence at a limit."""

import time

import numpy as np
import pytest
from scipy.sparse import csr_array
from tests.core.sortition.cases import needs_shared, shared_case

from burgertop.core.errors import OutOfTimeError
from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.program import Program, cells_of, solve


def knapsack(least: float) -> Program:
    """Three things of weight 2, 3 and 4 and worth 3, 4 and 5: at most weight 5."""
    zero, one = np.zeros(3), np.ones(3)
    weights = csr_array(np.array([[2.0, 3.0, 4.0]]))
    return Program(-np.array([3.0, 4.0, 5.0]), zero, one, weights, np.array([least]), np.array([5.0]))


def test_the_best_whole_numbers_are_found() -> None:
    found = solve(knapsack(least=0))

    assert found is not None
    assert found.tolist() == [1, 1, 0]


def test_that_there_are_none_is_told_as_none() -> None:
    program = knapsack(least=0)
    narrow = Program(program.cost, program.lower, program.upper, program.matrix, np.array([0.5]), np.array([1.5]))

    assert solve(narrow) is None


def test_solving_writes_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    solve(knapsack(least=0))

    assert capfd.readouterr() == ("", "")


@needs_shared
def test_a_limit_of_time_that_is_too_short_is_an_error() -> None:
    pool, quotas = shared_case("g1000_be5k_1000", 1000)
    cells = cells_of(pool, quotas, Limits(), by_person=True)
    cost = -np.random.default_rng(1).random(len(pool))
    program = Program(cost, cells.lower, cells.upper, cells.matrix, cells.row_lower, cells.row_upper)

    with pytest.raises(OutOfTimeError) as caught:
        solve(program, time_limit_seconds=0.001)

    assert (caught.value.code, caught.value.params) == ("sortition.out_of_time", {"seconds": 0.001})


def test_cells_take_like_people_together_but_not_across_households_and_duties() -> None:
    values = (("1",), ("1",), ("1",), ("1",), ("2",), ("1",))
    pool = Pool(tuple("abcdef"), ("x",), values, ("h", "h", "", "k", "", ""))
    quotas = Quotas(2, (Quota("x", "1", 0, 2), Quota("x", "2", 0, 2)))

    cells = cells_of(pool, quotas, Limits(must=("f",), at_most_per_household=1))

    assert sorted(cells.members) == [(0, 1), (2, 3), (4,), (5,)]
    assert cells.lower.tolist() == [1.0 if people == (5,) else 0.0 for people in cells.members]


def test_whoever_is_asked_may_end_the_work_of_the_solver() -> None:
    rng = np.random.default_rng(1)
    weights = rng.integers(1, 100, (4, 60)).astype(np.float64)
    half = np.floor(weights.sum(axis=1) / 2)
    began = time.monotonic()

    def ask() -> None:
        if time.monotonic() - began > 0.5:
            raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        solve(Program(np.zeros(60), np.zeros(60), np.ones(60), csr_array(weights), half, half), ask=ask)

    assert time.monotonic() - began < 10
