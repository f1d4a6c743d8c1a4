"""Linear programs are solved with the right prices, and those without an answer are told."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from burgertop.core.sortition.linear import LinearProgram, solve_linear


def program(row_upper: float) -> LinearProgram:
    """Most of 3 x + 2 y with x + y and x + 3 y bounded (Dantzig's first example, smaller)."""
    return LinearProgram(
        cost=np.array([-3.0, -2.0]),
        lower=np.zeros(2),
        upper=np.full(2, 10.0),
        matrix=csc_array([[1.0, 1.0], [1.0, 3.0]]),
        row_lower=np.array([1.0, 0.0]),
        row_upper=np.array([row_upper, 6.0]),
    )


@pytest.mark.parametrize("inner", [True, False])
def test_both_methods_find_the_same_answer_and_prices(inner: bool) -> None:
    found = solve_linear(program(4), inner=inner)

    assert found.is_optimal
    np.testing.assert_allclose(found.values, [4, 0], atol=1e-6)
    np.testing.assert_allclose(found.row_prices, [-3, 0], atol=1e-6)
    np.testing.assert_allclose(found.column_prices, [0, 1], atol=1e-6)


@pytest.mark.parametrize("inner", [True, False])
def test_a_program_without_an_answer_is_told(inner: bool) -> None:
    assert not solve_linear(program(0), inner=inner).is_optimal
