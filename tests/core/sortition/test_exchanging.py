"""Exchanges leave every row as it is, and make panels worth more."""

import numpy as np
from hypothesis import given, settings
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, made_kinds, skewed_draw, tiny_draws

from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.exchanging import GRAIN, climbed, exchanges_of, grained
from burgertop.core.sortition.program import Program, solve


@settings(max_examples=50, deadline=None)
@given(draw=tiny_draws())
def test_every_exchange_that_changes_no_row_is_listed(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    found = exchanges_of(kinds)

    listed = {(*leaving, *entering) for leaving, entering in zip(found.leaving.T, found.entering.T, strict=True)}

    pairs = [(one, two) for two in range(len(kinds)) for one in range(two + 1) if one != two or kinds.most[one] > 1]
    rows = {pair: kinds.matrix[:, list(pair)].sum(axis=1).tolist() for pair in pairs}
    assert listed == {(*old, *new) for old in pairs for new in pairs if old != new and rows[old] == rows[new]}


def test_kinds_whose_number_is_fixed_exchange_nothing() -> None:
    found = exchanges_of(made_kinds(TRIANGLE, AT_MOST_ONE))

    assert found.leaving.shape == found.entering.shape == (2, 0)


def test_panels_climb_within_the_rows() -> None:
    kinds = made_kinds(*skewed_draw(2, 300, 40, 6, 0))
    bounds = kinds.least.astype(float), kinds.most.astype(float)
    rows = kinds.matrix, kinds.row_lower.astype(float), kinds.row_upper.astype(float)
    some = solve(Program(np.zeros(len(kinds)), *bounds, *rows))
    assert some is not None
    worth = grained(np.random.default_rng(1).normal(size=len(kinds)))

    higher = climbed(kinds, exchanges_of(kinds), np.stack([some, some]), worth)

    assert (higher @ worth > some @ worth).all()
    assert ((higher >= kinds.least) & (higher <= kinds.most)).all()
    assert np.array_equal(kinds.matrix @ higher.T, np.stack([kinds.matrix @ some] * 2, axis=1))


def test_worth_is_counted_in_whole_numbers() -> None:
    assert grained(np.array([0.25, -0.5])).tolist() == [GRAIN / 2, -GRAIN]
    assert grained(np.zeros(2)).tolist() == [0, 0]
