"""Numbered panels give everybody their chance rounded down or up."""

import numpy as np
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, made_kinds, skewed_draw

from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.exchanging import exchanges_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.reaching import face_kinds, reached
from burgertop.core.sortition.rounding import numbered_panels

PANELS = np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]])


def test_weights_are_rounded_where_nothing_can_be_exchanged() -> None:
    kinds = made_kinds(TRIANGLE, AT_MOST_ONE)
    order = np.array([2, 1, 0])  # the kinds stand in another order than the people
    counts = np.zeros_like(PANELS)
    counts[:, kinds.kind_of] = PANELS
    average = np.zeros(4)
    average[kinds.kind_of] = [1 / 3, 1 / 3, 1 / 3, 1]

    made = numbered_panels(
        kinds, exchanges_of(kinds), counts[order], np.full(3, 1 / 3), average, 10, np.random.default_rng(1)
    )

    assert sorted(made.sum(axis=0).tolist()) == [3, 3, 4, 10]


def test_nobody_of_a_tight_pool_falls_short_and_every_panel_meets_the_quotas() -> None:
    kinds = made_kinds(*skewed_draw(1, 200, 30, 4, 0))
    average = average_of(kinds, leximin_levels(kinds))
    face = face_kinds(kinds, average)
    exchanges = exchanges_of(face)
    found = reached(face, average, np.zeros((0, len(kinds)), dtype=np.int64), exchanges)
    assert found is not None
    shares: list[float] = []

    made = numbered_panels(
        face, exchanges, found.counts, found.weights, average, 500, np.random.default_rng(1), shares.append
    )

    assert (np.abs(made.sum(axis=0) - 500 * average) < 1).all()
    sums = kinds.matrix @ made.T
    assert ((sums >= kinds.row_lower[:, None]) & (sums <= kinds.row_upper[:, None])).all()
    assert ((made >= kinds.least) & (made <= kinds.most)).all()
    assert all(0 <= share <= 1 for share in shares)
