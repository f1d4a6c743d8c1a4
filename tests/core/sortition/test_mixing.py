"""Weights give every kind its average, or the gap says by how much they do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.sortition.mixing import counts_of, mixture_of


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 9999), kinds=st.integers(2, 12))
def test_a_mixture_that_exists_near_equal_weights_is_found(seed: int, kinds: int) -> None:
    rng = np.random.default_rng(seed)
    seats = rng.integers(0, kinds, (80, 5)).astype(np.int32)
    counts = counts_of(seats, kinds)
    weights = 1 + 0.2 * rng.random(80)
    average = counts.T @ (weights / weights.sum())

    found = mixture_of(counts, average, np.ones(80, dtype=np.bool_))

    assert found.gap < 1e-8
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(counts.T @ found.weights, average, rtol=1e-7, atol=1e-12)


def test_panels_that_are_not_usable_have_no_weight() -> None:
    counts = counts_of(np.array([[0, 1], [0, 2], [1, 2], [0, 0]], dtype=np.int32), 3)

    found = mixture_of(counts, np.array([0.75, 0.75, 0.5]), np.array([True, True, True, False]))

    np.testing.assert_allclose(found.weights, [0.5, 0.25, 0.25, 0], atol=1e-9)


def test_averages_that_no_weights_have_leave_a_gap() -> None:
    counts = counts_of(np.array([[0], [1]], dtype=np.int32), 3)

    assert mixture_of(counts, np.array([0.4, 0.4, 0.2]), np.ones(2, dtype=np.bool_)).gap > 0.1
