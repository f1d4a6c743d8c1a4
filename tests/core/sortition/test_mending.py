"""The seats of two panels are split anew, and the last bad panels are mended."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, made_kinds, skewed_draw, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.kinds import kinds_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.mending import mend
from burgertop.core.sortition.swapping import Spread
from burgertop.core.sortition.target import target_of


def spread_of(pool: Pool, quotas: Quotas, limits: Limits, panels: int, seed: int = 1) -> Spread | None:
    kinds = kinds_of(pool, quotas, limits)
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), panels)
    return None if target is None else Spread(kinds, target, np.random.default_rng(seed))


@settings(max_examples=30, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 99), limit=st.sampled_from((None, 1)), is_loose=st.booleans())
def test_mending_keeps_totals_and_never_spoils_more_panels(
    draw: tuple[Pool, Quotas], seed: int, limit: int | None, *, is_loose: bool
) -> None:
    try:
        spread = spread_of(*draw, Limits(at_most_per_household=limit), 12, seed)
    except InfeasibleError:
        return
    if spread is None:
        return
    kinds, totals = spread.kinds, spread.counts.sum(axis=0)
    if is_loose:
        spread.loosen()
    before = len(spread.bad_panels())

    mend(spread)

    counts = np.array([np.bincount(seats, minlength=len(kinds)) for seats in spread.seats])
    rows = counts @ kinds.matrix.T
    assert len(spread.bad_panels()) <= before
    assert np.array_equal(counts, spread.counts)
    assert np.all((kinds.least <= counts) & (counts <= kinds.most))
    assert np.array_equal(counts.sum(axis=0), totals)
    assert np.array_equal(rows[:, : spread.rows], spread.sums)
    assert np.array_equal(rows[:, spread.rows + 1 :], spread.home_sums[:, :-1])


def test_panels_as_they_are_dealt_are_all_mended() -> None:
    spread = spread_of(*skewed_draw(3, 200, 20, 6, 1), Limits(), 30)
    assert spread is not None
    assert len(spread.bad_panels()) > 10

    mend(spread)

    assert not len(spread.bad_panels())


def test_mending_ends_where_no_panels_have_the_totals() -> None:
    kinds = made_kinds(TRIANGLE, AT_MOST_ONE)
    target = target_of(kinds, np.full(4, 0.5), 40)
    assert target is not None
    spread = Spread(kinds, target, np.random.default_rng(1))
    told: list[float] = []

    mend(spread, told.append)

    assert len(spread.bad_panels())
    assert 0 < len(told) < 400


def test_mending_can_be_stopped() -> None:
    spread = spread_of(*skewed_draw(3, 200, 20, 6, 1), Limits(), 30)
    assert spread is not None

    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mend(spread, stop)
