"""The interior point method agrees with a general solver of scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import LinearConstraint, minimize
from tests.core.sortition.cases import made_kinds, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.convex import balanced
from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.leximin import leximin_levels


def apart(kinds: Kinds) -> list[LinearConstraint]:
    """Hand scipy equalities and bounds apart, as it wants them."""
    is_equal = kinds.row_lower == kinds.row_upper
    matrix = kinds.matrix.toarray()
    return [
        LinearConstraint(matrix[rows], kinds.row_lower[rows], kinds.row_upper[rows])
        for rows in (is_equal, ~is_equal)
        if rows.any()
    ]


@settings(max_examples=40, deadline=None)
@given(draw=tiny_draws())
def test_the_least_squares_are_those_of_another_solver(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    try:
        leximin_levels(kinds)
    except InfeasibleError:
        return
    sizes = kinds.sizes.astype(np.float64)

    found = balanced(kinds, np.zeros(len(kinds)), sizes, lambda seats: 2 * seats / sizes, lambda _: 2 / sizes)

    other = minimize(
        lambda seats: float((seats**2 / sizes).sum()),
        found.average * 0.9,
        jac=lambda seats: 2 * seats / sizes,
        bounds=list(zip(np.zeros(len(kinds)), sizes, strict=True)),
        constraints=apart(kinds),
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 500},
    )
    seated = kinds.matrix @ found.average
    assert np.all((kinds.row_lower - 1e-6 <= seated) & (seated <= kinds.row_upper + 1e-6))
    if other.success:
        assert float((found.average**2 / sizes).sum()) <= other.fun + 1e-5


@needs_shared
def test_the_prices_of_the_largest_product_prove_it() -> None:
    kinds = made_kinds(*shared_case("gss14_60", 60))
    sizes = kinds.sizes.astype(np.float64)

    found = balanced(kinds, np.zeros(len(kinds)), sizes, lambda seats: -sizes / seats, lambda seats: sizes / seats**2)

    prices, worth = found.prices, sizes / found.average
    at_rows = np.where(prices > 0, prices * kinds.row_upper, prices * kinds.row_lower).sum()
    bound = at_rows + (np.maximum(worth - kinds.by_kind @ prices, 0) * sizes).sum()
    assert bound == pytest.approx(sizes.sum(), rel=1e-7)
