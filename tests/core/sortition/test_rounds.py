"""The first deal keeps the totals and the sizes of kinds, and is even."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import made_kinds, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.rounds import dealt_in_rounds
from burgertop.core.sortition.target import target_of


@settings(max_examples=40, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 99), panels=st.sampled_from((1, 5, 12)))
def test_everybody_is_dealt_as_often_as_the_target_says_and_once_on_a_panel(
    draw: tuple[Pool, Quotas], seed: int, panels: int
) -> None:
    kinds = made_kinds(*draw)
    try:
        target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), panels)
    except InfeasibleError:
        return
    if target is None:
        return

    seats = dealt_in_rounds(kinds, target, np.random.default_rng(seed))

    counts = np.array([np.bincount(panel, minlength=len(kinds)) for panel in seats])
    assert seats.shape == (panels, kinds.seats)
    assert np.array_equal(counts.sum(axis=0), target.totals)
    assert np.all(counts <= kinds.most)


@needs_shared
@pytest.mark.parametrize(("name", "seats"), [("gss14_60", 60), ("g1000_be5k_1000", 1000)])
def test_panels_differ_by_few_seats_in_any_value(name: str, seats: int) -> None:
    kinds = made_kinds(*shared_case(name, seats))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 1000)
    assert target is not None

    dealt = dealt_in_rounds(kinds, target, np.random.default_rng(1))

    sums = np.array([kinds.matrix @ np.bincount(panel, minlength=len(kinds)) for panel in dealt])
    assert np.ptp(sums, axis=0).max() <= 12
