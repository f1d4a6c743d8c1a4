"""People who are alike are taken together, and the rows of a kind are those of its people."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import tiny_draws

from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.kinds import kinds_of
from burgertop.core.sortition.limits import Limits


@settings(max_examples=80, deadline=None)
@given(draw=tiny_draws(), limit=st.sampled_from((None, 1, 2)))
def test_kinds_hold_everybody_once_and_count_what_quotas_count(draw: tuple[Pool, Quotas], limit: int | None) -> None:
    pool, quotas = draw

    kinds = kinds_of(pool, quotas, Limits(at_most_per_household=limit))

    assert sorted(np.concatenate(kinds.members).tolist()) == list(range(len(pool)))
    assert [len(them) for them in kinds.members] == kinds.sizes.tolist()
    assert all(kinds.kind_of[place] == kind for kind, them in enumerate(kinds.members) for place in them)
    there = kinds.matrix @ kinds.sizes
    for number, row in enumerate(kinds.quotas):
        assert there[number] == pool.column(row.feature).count(row.value)
    assert there[len(kinds.quotas)] == len(pool)
    bound = [home for alike in kinds.homes for home in alike]
    crowded = {home for home in set(pool.households) - {""} if limit and pool.households.count(home) > limit}
    assert sorted(bound) == sorted(crowded)


def test_households_of_one_make_up_are_alike_and_share_a_row() -> None:
    values = (("woman",), ("man",), ("woman",), ("man",), ("woman",))
    pool = Pool(tuple("abcde"), ("gender",), values, ("h1", "h1", "h2", "h2", ""))
    quotas = Quotas(2, (Quota("gender", "woman", 0, 2), Quota("gender", "man", 0, 2)))

    kinds = kinds_of(pool, quotas, Limits(at_most_per_household=1))

    assert kinds.homes == (("h1", "h2"),)
    assert kinds.sizes.tolist() == [2, 2, 1]
    assert kinds.row_upper.tolist()[-1] == 2


def test_someone_who_never_sits_does_not_fill_a_household() -> None:
    pool = Pool(("a", "b"), ("x",), (("1",), ("1",)), ("h", "h"))

    kinds = kinds_of(pool, Quotas(1, (Quota("x", "1", 0, 1),)), Limits(never=("a",), at_most_per_household=1))

    assert kinds.homes == ()
    assert sorted(zip(kinds.least.tolist(), kinds.most.tolist(), strict=True)) == [(0, 0), (0, 1)]
