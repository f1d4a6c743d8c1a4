"""Totals are the averages rounded, and all rows can still be met."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import made_kinds, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.target import target_of


@settings(max_examples=60, deadline=None)
@given(draw=tiny_draws(), panels=st.sampled_from((1, 7, 1000)))
def test_a_target_rounds_every_kind_and_meets_the_rows_in_sum(draw: tuple[Pool, Quotas], panels: int) -> None:
    kinds = made_kinds(*draw)
    try:
        average = average_of(kinds, leximin_levels(kinds))
    except InfeasibleError:
        return

    target = target_of(kinds, average, panels)

    if target is not None:
        assert np.abs(target.totals - panels * average).max() < 1
        seated = kinds.matrix @ target.totals
        assert np.all(panels * target.row_lower <= seated)
        assert np.all(seated <= panels * target.row_upper)


def test_what_is_owed_from_before_is_made_up() -> None:
    pool = Pool(tuple("abc"), ("x",), (("1",), ("2",), ("3",)))
    kinds = made_kinds(pool, Quotas(1, tuple(Quota("x", value, 0, 1) for value in "123")))

    target = target_of(kinds, np.full(3, 1 / 3), 10, np.array([1 / 3, 1 / 3, -2 / 3]))

    assert target is not None
    assert sorted(target.totals.tolist()) == [3, 3, 4]
    assert target.totals[2] < 4
