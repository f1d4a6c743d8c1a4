"""The exact search agrees with trying everything."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.seating.cases import NL, tiny_days
from tests.core.seating.test_start import named

from burgertop.core.errors import CoreError
from burgertop.core.seating import Person, Rules, Table, breaches_of_rounds
from burgertop.core.seating.exact import exact_round, exact_start, units_of
from burgertop.core.seating.hall import hall_of


@settings(max_examples=50, deadline=None)
@given(day=tiny_days())
def test_a_round_is_found_exactly_when_there_is_one(day: tuple[list[Person], list[Table], Rules]) -> None:
    people, tables, rules = day
    hall = hall_of(people, tables, feature_names=["sex", "age"], rules=rules)

    found = exact_round(hall, 0, is_even=True)

    if found is None:
        assert not any(
            breaches_of_rounds([named(hall, np.array(seating))], people, tables, rules) == ()
            for seating in product(range(len(tables)), repeat=len(people))
        )
    else:
        assert breaches_of_rounds([named(hall, found)], people, tables, rules) == ()


def test_people_alike_are_one_unit_and_those_of_rules_are_their_own() -> None:
    people = [Person(one, NL, (), "h" if one in "ab" else "") for one in "abcdef"]
    hall = hall_of(people, [Table(1, 9, NL)], feature_names=[], rules=Rules(together=(("c", "d"),)))

    assert [(unit.people, unit.is_one) for unit in units_of(hall, 0)] == [
        ((2, 3), True),
        ((0,), True),
        ((1,), True),
        ((4, 5), False),
    ]


def test_rounds_with_the_same_pins_are_searched_once() -> None:
    hall = hall_of([Person("a", NL, ())], [Table(1, 9, NL)], feature_names=[], rounds=3)

    found = exact_start(hall)

    assert found is not None
    assert found.table_of.tolist() == [[0], [0], [0]]


def test_a_hall_that_is_too_large_is_said_to_be() -> None:
    people = [Person(f"p{number}", NL, (), f"h{number // 2}") for number in range(700)]
    hall = hall_of(people, [Table(number, 20, NL) for number in range(1, 51)], feature_names=[])

    with pytest.raises(CoreError) as caught:
        exact_round(hall, 0)

    assert (caught.value.code, caught.value.params) == ("seating.no_start", {"people": 700, "tables": 50})
