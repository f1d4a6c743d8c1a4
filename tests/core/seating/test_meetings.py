"""Repeated meetings, and those that cannot be avoided."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import DE, FR, NL, people_of

from burgertop.core.seating import Person, Rules, Table, repeats_of
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.meetings import forced_repeats, repeats_in


@given(st.lists(st.lists(st.integers(0, 2), min_size=5, max_size=5), min_size=1, max_size=4))
def test_both_ways_of_counting_agree(rows: list[list[int]]) -> None:
    rounds = [
        {at: [one for one, here in zip("abcde", row, strict=True) if here == at] for at in range(3)} for row in rows
    ]

    assert repeats_in(np.array(rows)) == repeats_of(rounds)


def test_whom_one_met_before_counts() -> None:
    assert repeats_in(np.array([[0, 0, 0]]), met=np.array([[7, 7, -3], [8, -2, 8]])) == 2


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "least"),
    [
        (people_of(DE, DE, *(NL,) * 6), [Table(1, 4, NL | DE), *(Table(one, 4, NL) for one in range(2, 9))], 3, 2),
        (people_of(*(NL,) * 12), [Table(one, 4, NL) for one in (1, 2, 3)], 3, 6),
        (people_of(*(NL,) * 4), [Table(1, 4, NL)], 3, 12),
        (people_of(*(NL,) * 9), [Table(one, 3, NL) for one in (1, 2, 3)], 4, 0),
        (people_of(*(NL,) * 9), [Table(one, 3, NL) for one in (1, 2, 3)], 5, 9),
        (people_of(DE, DE, FR, FR, NL, NL), [Table(1, 2, DE), Table(2, 2, FR), Table(3, 2, NL)], 2, 3),
    ],
)
def test_unavoidable_repeats_worked_by_hand(people: list[Person], tables: list[Table], rounds: int, least: int) -> None:
    hall = hall_of(people, tables, feature_names=[], rounds=rounds, rules=Rules(least_speakers=0))

    assert forced_repeats(hall, np.zeros((rounds, len(people)))) == least


def test_those_who_sit_together_meet_in_every_round() -> None:
    rules = Rules(together=(("a", "b", "c"),))
    hall = hall_of(
        people_of(*(NL,) * 9), [Table(one, 9, NL) for one in range(1, 9)], feature_names=[], rounds=4, rules=rules
    )

    assert forced_repeats(hall, np.zeros((4, 9))) == 9


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from((NL, FR, NL | FR)), min_size=2, max_size=5), st.integers(2, 3))
def test_no_plan_has_fewer(said: list[frozenset[str]], rounds: int) -> None:
    hall = hall_of(people_of(*said), [Table(1, 5, NL), Table(2, 3, FR)], feature_names=[], rounds=rounds)
    single = [
        plan
        for plan in product(*(np.flatnonzero(row).tolist() for row in hall.may_person))
        if (np.bincount(plan, minlength=2) <= hall.seats).all()
    ]

    least = min((repeats_in(np.array(plan)) for plan in product(single, repeat=rounds)), default=0)

    assert forced_repeats(hall, np.zeros((rounds, len(said)))) <= least or not single
