"""The fewest moves: worked by hand, never below the floor, and as few as trying everything finds."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import FR, NL, people_of

from burgertop.core.seating import Table
from burgertop.core.seating.closing import close_tables, floor_of_moves
from burgertop.core.seating.hall import NOWHERE, hall_of
from burgertop.core.seating.speech import speech_of


@pytest.mark.parametrize(
    ("sizes", "least", "floor"),
    [([8, 8, 8], 8, 0), ([10, 10, 7], 8, 1), ([10, 10, 5, 9, 9, 9], 8, 3), ([9, 9, 1], 8, 1), ([10, 10, 2], 8, 6)],
)
def test_the_floor_worked_by_hand(sizes: list[int], least: int, floor: int) -> None:
    assert floor_of_moves(sizes, [10] * len(sizes), least) == floor


@settings(max_examples=20, deadline=None)
@given(seated=st.lists(st.tuples(st.sampled_from((NL, FR, NL | FR)), st.integers(0, 2)), min_size=3, max_size=6))
def test_no_answer_has_fewer_moves(seated: list[tuple[frozenset[str], int]]) -> None:
    people = people_of(*(said for said, _ in seated))
    tables = [Table(1, 4, NL), Table(2, 4, FR), Table(3, 4, NL | FR)]
    hall = hall_of(people, tables, feature_names=[])
    table_of = np.array([table if hall.may_person[one, table] else 2 for one, (_, table) in enumerate(seated)])
    if np.bincount(table_of, minlength=3).max() > 4:
        return

    found = close_tables(hall, table_of, np.zeros(len(people), dtype=bool), least=3)

    def cost(plan: tuple[int, ...]) -> float | None:
        sizes = np.bincount(plan, minlength=3)
        counts = np.zeros((3, len(hall.may)), dtype=np.int64)
        np.add.at(counts, (np.array(plan), hall.class_of), 1)
        if (sizes > 4).any() or not speech_of(hall, 0).holds(np.arange(3), counts).all():
            return None
        return 20 * np.maximum(3 - sizes, 0)[sizes > 0].sum() + (np.array(plan) != table_of).sum()

    best = min(
        one
        for plan in product(*(np.flatnonzero(row).tolist() for row in hall.may_person))
        if (one := cost(plan)) is not None
    )
    sizes = np.bincount(table_of, minlength=3) - found.out.sum(axis=1) + found.into.sum(axis=1)
    short = np.maximum(3 - sizes, 0)[~found.closed & (sizes > 0)].sum()
    assert 20 * short + found.out.sum() <= best * 1.05 + 1e-6
    assert (sizes[found.closed] == 0).all()


def test_whoever_waits_gets_a_seat_and_the_fixed_stay() -> None:
    hall = hall_of(people_of(*(NL,) * 6), [Table(1, 4, NL), Table(2, 4, NL)], feature_names=[])
    fixed = np.array([True, False, False, False, False, False])

    found = close_tables(hall, np.array([0, 1, 1, 1, NOWHERE, NOWHERE]), fixed, least=3)

    assert not found.closed.any()
    assert found.out.sum() == 0
    assert found.into[:, 0].tolist() == [2, 0]
