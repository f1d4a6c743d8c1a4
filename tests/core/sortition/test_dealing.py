"""Panels are dealt so that totals are kept and every row is met."""

import numpy as np
import pytest
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, made_kinds, needs_shared, shared_case, skewed_draw

from burgertop.core.sortition.dealing import deal_panels
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.target import target_of


@needs_shared
@pytest.mark.parametrize("seed", [1, 2])
def test_all_panels_of_a_real_pool_are_met_and_the_totals_are_kept(seed: int) -> None:
    kinds = made_kinds(*shared_case("sf_fixture_22", 22))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 300)
    assert target is not None

    dealt = deal_panels(kinds, target, np.random.default_rng(seed))

    totals = np.bincount(dealt.seats.ravel(), minlength=len(kinds))
    assert dealt.is_met.all()
    assert np.all((target.lowest <= totals) & (totals <= target.highest))
    for seats in dealt.seats:
        counts = np.bincount(seats, minlength=len(kinds))
        assert np.all(counts <= kinds.most)
        assert np.all((kinds.row_lower <= kinds.matrix @ counts) & (kinds.matrix @ counts <= kinds.row_upper))


def test_where_no_panels_have_the_totals_the_search_ends_and_says_so() -> None:
    kinds = made_kinds(TRIANGLE, AT_MOST_ONE)
    target = target_of(kinds, np.full(4, 0.5), 40)
    assert target is not None

    dealt = deal_panels(kinds, target, np.random.default_rng(1), patience=5)

    assert not dealt.is_met.all()


@pytest.mark.parametrize("pool", [1, 2])
def test_the_last_panels_of_quotas_without_play_are_met_too(pool: int) -> None:
    kinds = made_kinds(*skewed_draw(pool, 500, 60, 6, 0))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 100)
    assert target is not None

    dealt = deal_panels(kinds, target, np.random.default_rng(1))

    assert dealt.is_met.all()
    assert dealt.is_tight.all()
    assert np.array_equal(np.bincount(dealt.seats.ravel(), minlength=len(kinds)), target.totals)


def test_where_most_panels_stay_bad_the_search_gives_up_early() -> None:
    kinds = made_kinds(*skewed_draw(2, 300, 40, 6, 0))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 200)
    assert target is not None
    shares: list[float] = []

    dealt = deal_panels(kinds, target, np.random.default_rng(1), step=shares.append)

    assert 100 < len(shares) < 130
    assert dealt.is_met.sum() > 5
