"""The lottery over whole panels is the one found by trying all panels."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.sortition.cases import (
    AT_MOST_ONE,
    TRIANGLE,
    feasible_panels,
    leximin_by_trying,
    made_kinds,
    tiny_draws,
)

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.pricing import whole_lottery


@settings(max_examples=50, deadline=None)
@given(draw=tiny_draws())
def test_whole_panels_give_the_chances_found_by_trying(draw: tuple[Pool, Quotas]) -> None:
    pool, quotas = draw
    kinds = made_kinds(pool, quotas)
    there = feasible_panels(pool, quotas)
    nothing = np.zeros((0, len(kinds)), dtype=np.int64)
    if not there:
        with pytest.raises(InfeasibleError):
            whole_lottery(kinds, 10, nothing)
        return

    found = whole_lottery(kinds, 10, nothing)

    chances = (average_of(kinds, found.levels) / kinds.sizes)[kinds.kind_of]
    np.testing.assert_allclose(chances, leximin_by_trying(pool, there), atol=1e-6)
    np.testing.assert_allclose(found.weights @ found.counts, average_of(kinds, found.levels), atol=1e-6)
    assert found.times.sum() == 10
    assert all(level.bound >= level.chance - 1e-9 for level in found.levels)


def test_the_bound_of_whole_panels_is_below_that_of_averages() -> None:
    kinds = made_kinds(TRIANGLE, AT_MOST_ONE)

    found = whole_lottery(kinds, 6, np.zeros((0, 4), dtype=np.int64))

    assert found.levels[0].bound == pytest.approx(1 / 3)
    assert sorted(found.times.tolist()) == [2, 2, 2]


def test_kinds_that_no_whole_panel_holds_are_the_first_level() -> None:
    """Averages could hold a, b and c at 1/2 each; a panel of exactly one of each pair is impossible."""
    pool = Pool(tuple("abcd"), TRIANGLE.features, TRIANGLE.values)
    quotas = Quotas(1, tuple(Quota(name, value, 0, 1) for name in "xyz" for value in "01"))
    tight = Quotas(1, (*quotas.rows[:-1], Quota("z", "1", 0, 0)))

    lottery = lottery_of(pool, tight)

    assert lottery.never_chosen == ("b", "c")
    assert lottery.ideal.tolist() == [0.5, 0, 0, 0.5]


def test_a_rule_without_a_way_over_whole_panels_says_so() -> None:
    with pytest.raises(CoreError, match="no_exact_lottery"):
        lottery_of(TRIANGLE, AT_MOST_ONE, rule="nash")
