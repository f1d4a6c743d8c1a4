"""Averages are reached exactly where whole panels have them, and only there."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, feasible_panels, made_kinds, skewed_draw, tiny_draws

from burgertop.core.sortition import Pool, Quotas
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.exchanging import exchanges_of
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.reaching import face_kinds, reached


@settings(max_examples=60, deadline=None)
@given(draw=tiny_draws(), chance=st.randoms(use_true_random=False))
def test_averages_of_whole_panels_are_reached(draw: tuple[Pool, Quotas], chance: object) -> None:
    pool, quotas = draw
    there = feasible_panels(pool, quotas)
    assume(there)
    kinds = made_kinds(pool, quotas)
    number = np.array(
        [
            [list(kinds.kind_of[[pool.ids.index(one) for one in panel]]).count(kind) for kind in range(len(kinds))]
            for panel in there
        ]
    )
    weights = np.array([chance.random() + 0.01 for _ in there])
    average = weights @ number / weights.sum()
    face = face_kinds(kinds, average)

    found = reached(face, average, np.zeros((0, len(kinds)), dtype=np.int64), exchanges_of(face))

    assert found is not None
    np.testing.assert_allclose(found.weights @ found.counts, average, atol=1e-7)
    assert found.weights.min() > 0
    known = {tuple(panel) for panel in number.tolist()}
    assert {tuple(panel) for panel in found.counts.tolist()} <= known


@settings(max_examples=60, deadline=None)
@given(draw=tiny_draws())
def test_what_averages_promise_is_reached_just_where_all_panels_together_reach_it(draw: tuple[Pool, Quotas]) -> None:
    pool, quotas = draw
    there = feasible_panels(pool, quotas)
    assume(there)
    kinds = made_kinds(pool, quotas)
    average = average_of(kinds, leximin_levels(kinds))
    face = face_kinds(kinds, average)

    found = reached(face, average, np.zeros((0, len(kinds)), dtype=np.int64), exchanges_of(face))

    on = np.array([[one in panel for panel in there] for one in pool.ids], dtype=float)
    chances = (average / kinds.sizes)[kinds.kind_of]
    miss = np.hstack([on, np.eye(len(pool)), -np.eye(len(pool))])
    whole = np.append(np.ones(len(there)), np.zeros(2 * len(pool)))[None]
    cost = np.append(np.zeros(len(there)), np.ones(2 * len(pool)))
    least = linprog(cost, A_eq=np.vstack([miss, whole]), b_eq=np.append(chances, 1)).fun
    assert (found is not None) == (least < 1e-6)


def test_chances_that_only_averages_have_are_refused() -> None:
    kinds = made_kinds(TRIANGLE, AT_MOST_ONE)
    average = average_of(kinds, leximin_levels(kinds))
    assert average.tolist() == pytest.approx([0.5] * 4)

    assert reached(face_kinds(kinds, average), average, np.zeros((0, 4), dtype=np.int64), exchanges_of(kinds)) is None


def test_it_can_be_cancelled() -> None:
    kinds = made_kinds(*skewed_draw(2, 300, 40, 6, 0))
    average = average_of(kinds, leximin_levels(kinds))
    face = face_kinds(kinds, average)

    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reached(face, average, np.zeros((0, len(kinds)), dtype=np.int64), exchanges_of(face), stop)
