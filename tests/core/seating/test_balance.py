"""The measure of balance, worked by hand, and swaps that never make it worse."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import NL, tiny_rounds

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating import Person, Plan, Table, balance_of
from burgertop.core.seating.balance import Room, improve, shuffle
from burgertop.core.seating.start import first_seating

PEOPLE = [Person(name, NL, (sex,)) for name, sex in zip("abcd", "mmww", strict=True)]


def test_the_balance_is_the_mean_distance_of_tables_from_their_share() -> None:
    uneven = Plan({1: ("a", "b", "c"), 2: ("d",)}, balance=0.0)

    assert balance_of(uneven, PEOPLE) == ((0.5 + 0.5) + (0.5 + 0.5)) / 2


def test_an_empty_table_does_not_count() -> None:
    assert balance_of({1: ("a", "c"), 2: (), 3: ("b", "d")}, PEOPLE) == 0.0


def test_a_person_nobody_knows_is_named() -> None:
    with pytest.raises(InputError) as caught:
        balance_of({1: ("z",)}, PEOPLE)

    assert (caught.value.code, caught.value.params) == ("seating.unknown_person", {"ids": ("z",)})


@settings(max_examples=100, deadline=None)
@given(round_=tiny_rounds(), seed=st.integers(0, 99))
def test_what_a_swap_promises_is_what_it_brings(round_: tuple[list[Person], list[Table]], seed: int) -> None:
    people, tables = round_
    try:
        room = Room(people, tables, first_seating(people, tables, np.random.default_rng(seed)))
    except InfeasibleError:
        return

    for one in range(len(people)):
        for other in np.flatnonzero(room.may_swap(one)).tolist():
            promised = room.gains(one)[other]
            before = np.abs(room.excess).sum()
            room.swap(one, other)
            assert np.abs(room.excess).sum() - before == pytest.approx(promised)
            room.swap(one, other)


def test_swaps_reach_the_perfect_mirror_of_a_simple_room() -> None:
    people = [Person(f"p{n}", NL, ("mw"[n % 2], "xyz"[n % 3])) for n in range(36)]
    tables = [Table(number, 6, NL) for number in range(6)]
    rng = np.random.default_rng(3)
    room = Room(people, tables, np.repeat(np.arange(6), 6))

    shuffle(room, rng)
    improve(room, rng, swaps=1000)

    assert np.abs(room.excess).sum() == pytest.approx(0.0)


def test_the_budget_of_swaps_is_kept() -> None:
    room = Room(PEOPLE, [Table(1, 2, NL), Table(2, 2, NL)], np.array([0, 0, 1, 1]))

    assert improve(room, np.random.default_rng(1), swaps=0) == 0
    assert room.table_of.tolist() == [0, 0, 1, 1]
