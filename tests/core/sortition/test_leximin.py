"""The levels of leximin are those of two other ways, and each is proven by its prices."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.sortition.cases import made_kinds, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.measures import maximin_levels
from burgertop.core.sortition.prices import bound_of, worth_of
from burgertop.core.sortition.pricing import whole_lottery


@settings(max_examples=60, deadline=None)
@given(draw=tiny_draws())
def test_no_relaxed_level_is_below_that_of_whole_panels_and_the_prices_prove_it(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    try:
        levels = leximin_levels(kinds)
    except InfeasibleError:
        return
    average = average_of(kinds, levels)

    assert np.all(kinds.matrix @ average >= kinds.row_lower - 1e-6)
    assert np.all(kinds.matrix @ average <= kinds.row_upper + 1e-6)
    settled = np.where(kinds.least == kinds.most, average, 0.0)
    free = kinds.least < kinds.most
    for level in levels:
        if level.prices is not None:
            worth = worth_of(kinds, level.prices)
            assert np.all(worth[level.kinds] > 0)
            proven = (bound_of(kinds, level.prices) - worth[~free] @ settled[~free]) / (worth * kinds.sizes)[free].sum()
            assert proven == pytest.approx(level.chance, abs=1e-6)
        settled[level.kinds], free[level.kinds] = average[level.kinds], False
    assert not free.any()


def test_a_hand_worked_draw_has_three_levels() -> None:
    """Two women for one seat, three men for one, one person of a third gender who sits always."""
    pool = Pool(tuple("abcdef"), ("gender",), (("w",), ("w",), ("m",), ("m",), ("m",), ("x",)))
    quotas = Quotas(3, (Quota("gender", "w", 1, 1), Quota("gender", "m", 1, 1), Quota("gender", "x", 1, 1)))

    levels = leximin_levels(made_kinds(pool, quotas))

    assert [round(level.chance, 9) for level in levels] == [round(1 / 3, 9), 0.5, 1.0]
    assert [level.proof for level in levels] == ["duality", "duality", "size"]


@needs_shared
@pytest.mark.parametrize(
    ("name", "seats", "least"),
    [
        ("hd_like_30", 30, 0.065217),
        ("nexus_like_170", 170, 0.219941),
        ("sfe_like_110", 110, 0.034286),
        ("g1000_be5k_1000", 1000, 0.094576),
    ],
)
def test_the_least_chances_of_real_pools_are_those_known(name: str, seats: int, least: float) -> None:
    kinds = made_kinds(*shared_case(name, seats))

    levels = leximin_levels(kinds)

    assert levels[0].chance == pytest.approx(least, abs=1e-6)
    assert maximin_levels(kinds)[0].chance == pytest.approx(levels[0].chance, abs=1e-9)
    assert [level.chance for level in levels] == sorted(level.chance for level in levels)
    assert max(level.bound - level.chance for level in levels) < 1e-8


@settings(max_examples=40, deadline=None)
@given(draw=tiny_draws())
def test_averages_promise_at_least_what_whole_panels_can_keep(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    try:
        whole = whole_lottery(kinds, 10, np.zeros((0, len(kinds)), dtype=np.int64))
    except InfeasibleError:
        return

    relaxed = np.sort(np.repeat(average_of(kinds, leximin_levels(kinds)) / kinds.sizes, kinds.sizes))
    kept = np.sort(np.repeat(average_of(kinds, whole.levels) / kinds.sizes, kinds.sizes))
    different = np.flatnonzero(np.abs(relaxed - kept) > 1e-6)

    assert not len(different) or relaxed[different[0]] > kept[different[0]]
