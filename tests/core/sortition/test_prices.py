"""Whatever the prices, no panel is worth more than the bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import feasible_panels, made_kinds, tiny_draws

from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.prices import bound_of, lean_prices, worth_of


@settings(max_examples=80, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 999))
def test_no_panel_is_worth_more_than_the_bound(draw: tuple[Pool, Quotas], seed: int) -> None:
    pool, quotas = draw
    kinds = made_kinds(pool, quotas)
    prices = np.random.default_rng(seed).normal(size=len(kinds.row_lower))
    worth = worth_of(kinds, prices)[kinds.kind_of]

    bound = bound_of(kinds, prices)

    for panel in feasible_panels(pool, quotas):
        assert sum(worth[pool.ids.index(one)] for one in panel) <= bound + 1e-9


@settings(max_examples=80, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 999))
def test_lean_prices_leave_the_worth_and_never_raise_the_bound(draw: tuple[Pool, Quotas], seed: int) -> None:
    kinds = made_kinds(*draw)
    prices = np.random.default_rng(seed).normal(size=len(kinds.row_lower))

    lean = lean_prices(kinds, prices)

    assert worth_of(kinds, lean) == pytest.approx(worth_of(kinds, prices))
    assert bound_of(kinds, lean) <= bound_of(kinds, prices) + 1e-9
