"""Households are spread over panels without a change of anybody's number of panels."""

import numpy as np
from tests.core.sortition.cases import needs_shared, shared_case

from burgertop.core.sortition import Pool, lottery_of, verify_lottery
from burgertop.core.sortition.crowding import uncrowd
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.kinds import kinds_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.swapping import Spread
from burgertop.core.sortition.target import target_of


def in_couples(pool: Pool, share: float) -> Pool:
    """Let a share of the people live in couples."""
    homes = [""] * len(pool)
    some = np.random.default_rng(5).permutation(len(pool))[: int(share * len(pool)) // 2 * 2]
    for number, (one, other) in enumerate(some.reshape(-1, 2)):
        homes[one] = homes[other] = f"h{number}"
    return Pool(pool.ids, pool.features, pool.values, tuple(homes))


@needs_shared
def test_no_panel_is_left_with_both_of_a_couple_and_the_totals_are_kept() -> None:
    pool, quotas = shared_case("gss14_60", 60)
    kinds = kinds_of(in_couples(pool, 0.3), quotas, Limits(at_most_per_household=1))
    target = target_of(kinds, average_of(kinds, leximin_levels(kinds)), 300)
    assert target is not None
    spread = Spread(kinds, target, np.random.default_rng(1))

    uncrowd(spread)

    counts = np.array([np.bincount(seats, minlength=len(kinds)) for seats in spread.seats])
    assert (spread.home_sums <= spread.home_most).all()
    assert np.array_equal(counts, spread.counts)
    assert np.array_equal(counts.sum(axis=0), target.totals)
    assert (counts <= kinds.most).all()


@needs_shared
def test_a_large_lottery_keeps_couples_apart() -> None:
    pool, quotas = shared_case("g1000_be5k_1000", 1000)
    couples = in_couples(pool, 0.1)

    lottery = lottery_of(couples, quotas, panels=200, at_most_per_household=1, with_distribution=False)

    checks = verify_lottery(couples, quotas, lottery, at_most_per_household=1)
    assert [check.code for check in checks if check.state == "failed"] == []
