"""Linear programs are solved with the right prices, and those without an answer are told."""

import numpy as np
import pytest
from scipy.sparse import csc_array

from burgertop.core.sortition.linear import GrowingProgram, LinearProgram, solve_linear


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


def test_new_columns_are_taken_in_from_where_the_last_answer_was() -> None:
    growing = GrowingProgram(program(4))
    before = growing.solved()

    growing.add(np.array([-9.0, 5.0]), csc_array([[2.0, 1.0], [1.0, 0.0]]))
    after = growing.solved()

    np.testing.assert_allclose(before.values, [4, 0], atol=1e-9)
    np.testing.assert_allclose(after.values, [0, 0, 2, 0], atol=1e-9)
    np.testing.assert_allclose(after.row_prices, [-4.5, 0], atol=1e-9)


def test_a_program_of_many_steps_can_be_cancelled() -> None:
    rng = np.random.default_rng(1)
    matrix, room = csc_array(rng.random((2000, 300))), np.full(2000, 9.0)
    growing = GrowingProgram(LinearProgram(-rng.random(300), np.zeros(300), np.ones(300), matrix, np.zeros(2000), room))

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        growing.solved(stop)

    assert growing.solved().is_optimal
