"""The walk changes who sits where, never how many sit in a row, and counts what it does."""

import numpy as np
from tests.core.sortition.cases import made_kinds, skewed_draw

from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.exchanging import exchanges_of
from burgertop.core.sortition.program import Program, solve
from burgertop.core.sortition.walking import Walk, wanted_of

SQUARE = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
ONE_OF_EACH = Quotas(2, tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12"))


def test_numbers_are_rounded_down_and_up_but_for_the_last_digits() -> None:
    low, high = wanted_of(np.array([0.123, 0.2 + 1e-12, 1 / 3]), 1000)

    assert low.tolist() == [123, 200, 333]
    assert high.tolist() == [123, 200, 334]


def test_panels_that_are_all_the_same_part_into_what_the_chances_ask_for() -> None:
    kinds = made_kinds(SQUARE, ONE_OF_EACH)
    same = np.tile([1, 0, 0, 1], (8, 1))

    walk = Walk(kinds, exchanges_of(kinds), same, np.array([0.25, 0.75, 0.75, 0.25]), np.random.default_rng(1))
    walk.run()

    assert walk.totals.tolist() == walk.table.sum(axis=1).tolist() == [2, 6, 6, 2]
    assert sorted(map(tuple, walk.table.T.tolist())) == [(0, 1, 1, 0)] * 6 + [(1, 0, 0, 1)] * 2


def test_a_walk_that_does_not_arrive_ends_where_it_was_best_and_keeps_every_row() -> None:
    kinds = made_kinds(*skewed_draw(2, 300, 40, 6, 0))
    bounds = kinds.least.astype(float), kinds.most.astype(float)
    rows = kinds.matrix, kinds.row_lower.astype(float), kinds.row_upper.astype(float)
    some = solve(Program(np.zeros(len(kinds)), *bounds, *rows))
    assert some is not None
    walk = Walk(kinds, exchanges_of(kinds), np.tile(some, (3, 1)), 40 * kinds.sizes / 300, np.random.default_rng(1))
    before = walk.loss()
    shares: list[float] = []

    walk.run(shares.append)

    assert walk.loss() < before
    assert len(shares) == 100
    assert np.array_equal(kinds.matrix @ walk.table, np.stack([kinds.matrix @ some] * 3, axis=1))
    assert ((kinds.least <= walk.table.T) & (kinds.most >= walk.table.T)).all()
    assert walk.totals.tolist() == walk.table.sum(axis=1).tolist()
