"""Least squares agree with those of the libraries, and the factor is exact."""

import numpy as np
import pytest
from scipy.sparse import csc_array, csr_array

from burgertop.core.sortition import steady
from burgertop.core.sortition.steady import smallest_step, solved_by, triangle_of


@pytest.mark.parametrize("seed", range(5))
def test_the_step_is_the_smallest_of_those_that_are_right(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, 4, (30, 100)).astype(np.float64)
    rows[-1] = rows[:3].sum(axis=0)
    rows[7] = 0
    missing = rows @ rng.random(100)

    found = smallest_step(csr_array(rows), missing)

    np.testing.assert_allclose(found, np.linalg.lstsq(rows, missing)[0], atol=1e-9)


def test_every_sum_of_the_leading_factor_is_exact() -> None:
    rows = np.random.default_rng(1).integers(0, 4, (200, 300)).astype(np.float64)
    rows /= np.sqrt((rows**2).sum(axis=1))[:, None]

    lower = steady._factor(csc_array(rows))

    below = np.tril(lower, -1) * steady.GRAIN
    assert (below == np.rint(below)).all()
    assert (below**2).sum(axis=1).max() < 2**53
    np.testing.assert_allclose(np.tril(lower) @ np.tril(lower).T, rows @ rows.T, atol=1e-5)


@pytest.mark.parametrize("apart", [0, 12])
def test_a_triangle_solves_the_equations_it_came_from(apart: int) -> None:
    rng = np.random.default_rng(2)
    rows = rng.random((20, 60))
    for row, columns in enumerate(np.array_split(np.arange(60), 20)[:apart]):
        rows[row] = np.isin(np.arange(60), columns)
    square, right = rows @ rows.T + np.eye(20), rng.random(20)

    found = solved_by(triangle_of(square, apart), right)

    np.testing.assert_allclose(square @ found, right, atol=1e-9)


def test_rows_that_hang_together_in_many_ways_do_not_overflow() -> None:
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 2, (30, 45)).astype(np.float64)
    rows = np.vstack([rows, *(rows[rng.permutation(30)[:15]].sum(axis=0) for _ in range(600))])
    missing = rows @ rng.random(45)

    with np.errstate(all="raise"):
        found = smallest_step(csr_array(rows), missing)

    np.testing.assert_allclose(rows @ found, missing, rtol=1e-4)
