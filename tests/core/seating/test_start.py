"""A first seating keeps every rule whenever one is found, and one is found where there is one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import NL, hall_of_2011, people_of, tiny_days

from burgertop.core.seating import Person, Pin, Rules, Table, breaches_of_rounds
from burgertop.core.seating.hall import Hall, hall_of
from burgertop.core.seating.start import start_of


def named(hall: Hall, row: np.ndarray) -> dict[int, list[str]]:
    return {
        table.number: [hall.people[one].id for one in np.flatnonzero(row == place)]
        for place, table in enumerate(hall.tables)
    }


@settings(max_examples=40, deadline=None)
@given(day=tiny_days(), seed=st.integers(0, 99))
def test_a_start_keeps_every_rule(day: tuple[list[Person], list[Table], Rules], seed: int) -> None:
    people, tables, rules = day
    hall = hall_of(people, tables, feature_names=["sex", "age"], rules=rules, rounds=2)

    found = start_of(hall, np.random.Generator(np.random.PCG64(seed)))

    if found is not None:
        assert breaches_of_rounds([named(hall, row) for row in found.table_of], people, tables, rules) == ()


def test_tables_that_the_same_people_can_use_differ_by_one_at_most() -> None:
    people, tables = hall_of_2011(np.random.default_rng(2011))
    hall = hall_of(people, tables, feature_names="abcde")

    found = start_of(hall, np.random.Generator(np.random.PCG64(1)))

    assert found is not None
    sizes = np.bincount(found.table_of[0], minlength=len(tables))
    for kind in (slice(0, 30), slice(30, 48), slice(48, 80)):
        assert sizes[kind].max() - sizes[kind].min() <= 1
    assert found.speech.least.any(), "not the strictest form of the rule against lone speakers"


def test_pinned_people_and_blocks_sit_where_they_must() -> None:
    rules = Rules(pins=(Pin("a", 2, 1), Pin("b", 1, 2)), together=(("a", "c"), ("d", "e", "f")))
    hall = hall_of(
        people_of(*(NL,) * 9), [Table(number, 5, NL) for number in (1, 2)], feature_names=[], rules=rules, rounds=2
    )

    found = start_of(hall, np.random.Generator(np.random.PCG64(1)))

    assert found is not None
    first, second = found.table_of
    assert (first[0], first[2], second[1]) == (1, 1, 0)
    assert len(set(first[3:6].tolist())) == len(set(second[3:6].tolist())) == 1


def test_a_household_larger_than_the_hall_has_no_start() -> None:
    people = [Person(one, NL, (), "h") for one in "abc"]
    hall = hall_of(people, [Table(1, 2, NL), Table(2, 2, NL)], feature_names=[])

    assert start_of(hall, np.random.Generator(np.random.PCG64(1))) is None
