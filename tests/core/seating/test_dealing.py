"""People are dealt to tables of a kind, and part when they must."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import FR, NL, people_of

from burgertop.core.seating import Person, Table
from burgertop.core.seating.dealing import deal, part
from burgertop.core.seating.hall import NOWHERE, hall_of
from burgertop.core.seating.opening import open_round
from burgertop.core.seating.speech import speech_of
from burgertop.core.seating.start import counts_of


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 12), st.integers(3, 12), st.integers(0, 6), st.booleans(), st.integers(0, 9))
def test_mixed_tables_are_dealt_so_that_nobody_is_alone(
    dutch: int, french: int, both: int, is_tight: bool, seed: int
) -> None:
    people = [
        Person(f"p{n:02d}", said, ()) for n, said in enumerate((NL,) * dutch + (FR,) * french + (NL | FR,) * both)
    ]
    hall = hall_of(people, [Table(number, 10, NL | FR) for number in (1, 2, 3)], feature_names=[])
    speech, rng = speech_of(hall, 1), np.random.Generator(np.random.PCG64(seed))
    nobody = np.zeros((3, len(hall.may)), dtype=np.int64)
    opening = open_round(hall, hall.class_sizes, nobody, speech, rng)
    assert opening is not None

    table_of = deal(hall, opening, np.full(len(people), NOWHERE), speech, rng, is_tight=is_tight)

    assert (np.bincount(table_of, minlength=3) <= 10).all()
    assert speech.holds(np.arange(3), counts_of(hall, table_of[np.newaxis])[0]).all()


def test_a_household_parts_by_a_swap_with_somebody_alike() -> None:
    people = [Person(one, NL, (), "h" if one in "abc" else "") for one in "abcdef"]
    hall = hall_of(people, [Table(number, 2, NL) for number in (1, 2, 3)], feature_names=[])
    table_of = np.array([0, 0, 1, 1, 2, 2])

    left = part(hall, table_of, np.full(6, NOWHERE), np.random.Generator(np.random.PCG64(1)))

    assert left == 0
    assert sorted(table_of[:3].tolist()) == [0, 1, 2]
    assert np.bincount(table_of).tolist() == [2, 2, 2]


def test_who_cannot_part_is_counted() -> None:
    people = [Person(one, NL, (), "h") for one in "abc"]
    hall = hall_of(people, [Table(1, 2, NL), Table(2, 2, NL)], feature_names=[])

    assert part(hall, np.array([0, 0, 1]), np.full(3, NOWHERE), np.random.Generator(np.random.PCG64(1))) == 2


def test_fixed_people_stay() -> None:
    people = [*(Person(one, NL, (), "h") for one in "ab"), *people_of(NL, NL)]
    people = [Person(f"{number}", NL, (), one.household) for number, one in enumerate(people)]
    hall = hall_of(people, [Table(1, 2, NL), Table(2, 2, NL)], feature_names=[])
    table_of = np.array([0, 0, 1, 1])

    part(hall, table_of, np.array([0, NOWHERE, NOWHERE, NOWHERE]), np.random.Generator(np.random.PCG64(1)))

    assert table_of[0] == 0
    assert table_of[1] == 1
