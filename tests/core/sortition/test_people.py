"""Seats of kinds become people: everybody of a kind as often, nobody twice on a panel, households kept apart."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.kinds import kinds_of
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.people import people_of

QUOTAS = Quotas(3, (Quota("x", "1", 0, 3), Quota("x", "2", 0, 3)))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), ones=st.integers(3, 7), twos=st.integers(3, 7), panels=st.integers(1, 40))
def test_two_people_of_a_kind_differ_by_one_panel_at_most(seed: int, ones: int, twos: int, panels: int) -> None:
    rng = np.random.default_rng(seed)
    pool = Pool(tuple(f"p{n}" for n in range(ones + twos)), ("x",), (("1",),) * ones + (("2",),) * twos)
    kinds = kinds_of(pool, QUOTAS, Limits())
    seats = np.sort(rng.integers(0, 2, (panels, 3)), axis=1).astype(np.int32)

    people = people_of(pool, kinds, Limits(), seats, rng)

    assert np.array_equal(np.sort(kinds.kind_of[people], axis=1), seats)
    assert all(len(set(panel)) == 3 for panel in people.tolist())
    times = np.bincount(people.ravel(), minlength=len(pool))
    assert all(np.ptp(times[members]) <= 1 for members in kinds.members)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), homes=st.integers(3, 6), panels=st.integers(1, 30))
def test_alike_households_are_kept_to_their_limit(seed: int, homes: int, panels: int) -> None:
    rng = np.random.default_rng(seed)
    ids = tuple(f"{who}{home}" for home in range(homes) for who in "ab")
    pool = Pool(ids, ("x",), (("1",), ("2",)) * homes, tuple(f"h{home}" for home in range(homes) for _ in "ab"))
    limits = Limits(at_most_per_household=1)
    kinds = kinds_of(pool, QUOTAS, limits)
    seats = np.sort(rng.integers(0, 2, (panels, 3)), axis=1).astype(np.int32)

    people = people_of(pool, kinds, limits, seats, rng)

    assert all(len({pool.households[place] for place in panel}) == 3 for panel in people.tolist())
    assert np.array_equal(np.sort(kinds.kind_of[people], axis=1), seats)
