"""Swaps keep the rules, promise what they bring, and lead to good tables."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import NL, tiny_days
from tests.core.seating.test_start import named

from burgertop.core.seating import Person, Rules, Table, annealing, breaches_of_rounds
from burgertop.core.seating.bound import balance_in
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.meetings import repeats_in
from burgertop.core.seating.room import Room
from burgertop.core.seating.start import start_of


@settings(max_examples=30, deadline=None)
@given(day=tiny_days(), seed=st.integers(0, 99))
def test_no_swap_leaves_the_rules(day: tuple[list[Person], list[Table], Rules], seed: int) -> None:
    people, tables, rules = day
    hall = hall_of(people, tables, feature_names=["sex", "age"], rules=rules, rounds=2)
    rng = np.random.Generator(np.random.PCG64(seed))
    start = start_of(hall, rng)
    if start is None:
        return
    room = Room(hall, start.table_of, start.speech)

    annealing.improve(room, rng, 60)

    rounds = [named(hall, row) for row in room.table_of[:2, :-1]]
    assert breaches_of_rounds(rounds, people, tables, rules) == ()


@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.tuples(st.sampled_from("mw"), st.sampled_from("xyz")), min_size=6, max_size=6))
def test_what_a_swap_promises_is_what_it_brings(values: list[tuple[str, str]]) -> None:
    people = [Person(one, NL, features) for one, features in zip("abcdef", values, strict=True)]
    hall = hall_of(people, [Table(1, 3, NL), Table(2, 3, NL)], feature_names=["sex", "age"], rounds=2)
    table_of = np.array([[0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1]])
    start = start_of(hall, np.random.Generator(np.random.PCG64(1)))
    assert start is not None
    room = Room(hall, table_of, start.speech)
    tables = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    pairing = annealing.Pairing(0, *tables, room.chairs[0][tables[0]].T, room.chairs[0][tables[1]].T)

    balance = annealing._balance_costs(room, pairing)[..., 0]
    repeats = annealing._repeat_costs(room, pairing)[..., 0]

    for one, other in ((one, other) for one in range(3) for other in range(3)):
        then = table_of.copy()
        then[0, [one, 3 + other]] = then[0, [3 + other, one]]
        assert balance[one, other] == (balance_in(hall, then) - balance_in(hall, table_of)).sum()
        assert repeats[one, other] == repeats_in(then) - repeats_in(table_of)


def test_a_hall_of_one_table_stays_as_it_is() -> None:
    hall = hall_of([Person("a", NL, ())], [Table(1, 3, NL)], feature_names=[])
    start = start_of(hall, np.random.Generator(np.random.PCG64(1)))
    assert start is not None
    room = Room(hall, start.table_of, start.speech)

    annealing.improve(room, np.random.Generator(np.random.PCG64(1)), 50)

    assert room.table_of[0, :-1].tolist() == [0]


def test_steps_grow_with_the_effort_and_shrink_with_the_hall() -> None:
    quick, good, best = (annealing.steps_of(effort, 1000, 100, 10, 4, 3) for effort in ("quick", "good", "best"))

    assert quick < good < best
    assert annealing.steps_of("good", 100, 10, 10, 4, 3) > good > annealing.steps_of("good", 10_000, 1000, 10, 4, 3)
