"""Swaps keep the totals, the sizes of kinds and the counts in step."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import made_kinds, skewed_draw, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.kinds import kinds_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.swapping import Spread
from burgertop.core.sortition.target import target_of


@settings(max_examples=30, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 99), limit=st.sampled_from((None, 1)))
def test_counts_stay_right_through_all_moves(draw: tuple[Pool, Quotas], seed: int, limit: int | None) -> None:
    kinds = kinds_of(*draw, Limits(at_most_per_household=limit))
    try:
        target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 12)
    except InfeasibleError:
        return
    if target is None:
        return
    spread = Spread(kinds, target, np.random.default_rng(seed))

    for _ in range(5):
        spread.swap(*spread.paired(np.arange(4)), 0.7)
        bad = spread.bad_panels()
        if len(bad):
            spread.swap(*spread.paired(bad), 0.7)
            spread.swap(*spread.paired(bad, 2), 0.7, 2)
            spread.trade(bad, 0.1)

    counts = np.array([np.bincount(seats, minlength=len(kinds)) for seats in spread.seats])
    rows = counts @ kinds.matrix.T
    assert np.array_equal(counts, spread.counts)
    assert np.all(counts <= kinds.most)
    assert np.array_equal(counts.sum(axis=0), spread.totals)
    assert np.all((target.lowest <= spread.totals) & (spread.totals <= target.highest))
    assert np.array_equal(rows[:, : spread.rows], spread.sums)
    assert np.array_equal(rows[:, spread.rows + 1 :], spread.home_sums[:, :-1])


def test_panels_are_paired_with_different_ones() -> None:
    pool = Pool(tuple("abcdef"), ("gender",), (("woman",), ("man",)) * 3)
    kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))), Limits())
    target = target_of(kinds, np.ones(2), 12)
    assert target is not None
    spread = Spread(kinds, target, np.random.default_rng(1))

    one, other = spread.paired(np.arange(4), 2)

    assert np.array_equal(one[::2], one[1::2])
    assert len({*one.tolist(), *other.tolist()}) == len(other) + len(other) // 2


def test_no_trade_takes_from_all_panels_what_they_need_together() -> None:
    """Quotas without play: a panel that mends itself by trading would leave another that nobody can mend."""
    kinds = made_kinds(*skewed_draw(1, 500, 60, 6, 0))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 100)
    assert target is not None
    spread = Spread(kinds, target, np.random.default_rng(1))
    spread.loosen()

    for _ in range(20):
        spread.trade(spread.bad_panels(), 0.05)

    assert not spread.missed(np.arange(100)[None, :]).any()
