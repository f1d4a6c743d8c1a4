"""Rules that speak of nobody, nowhere or never are refused."""

import pytest
from tests.core.seating.cases import NL, people_of

from burgertop.core.errors import InputError, Param
from burgertop.core.seating import Person, Pin, Rules, Table
from burgertop.core.seating.rules import apart_sets, check_rules

TABLES = [Table(1, 8, NL), Table(2, 8, NL)]


@pytest.mark.parametrize(
    ("rules", "code", "params"),
    [
        (Rules(pins=(Pin("z", 1),), apart=(("a", "y"),)), "seating.unknown_person", {"ids": ("y", "z")}),
        (Rules(pins=(Pin("a", 3),)), "seating.unknown_table", {"table": 3}),
        (Rules(pins=(Pin("a", 1, 4),)), "seating.unknown_round", {"round": 4, "rounds": 3}),
        (Rules(pins=(Pin("a", 1), Pin("a", 2, 3))), "seating.pinned_twice", {"id": "a", "round": 3}),
        (Rules(together=(("a", "b"), ("b", "c"))), "seating.together_twice", {"ids": ("b",)}),
        (Rules(weights={"age": 1}), "seating.unknown_feature", {"feature": "age", "features": ("sex",)}),
        (Rules(weights={"sex": 101}), "seating.bad_weight", {"feature": "sex", "weight": 101, "most": 100}),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rules: Rules, code: str, params: dict[str, Param]) -> None:
    with pytest.raises(InputError) as caught:
        check_rules(rules, people_of(NL, NL, NL), TABLES, ("sex",), 3)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_there_is_at_least_one_round() -> None:
    with pytest.raises(InputError) as caught:
        check_rules(Rules(), people_of(NL), TABLES, (), 0)

    assert (caught.value.code, caught.value.params) == ("seating.no_rounds", {"rounds": 0})


def test_the_same_table_in_two_pins_is_no_fault() -> None:
    check_rules(Rules(pins=(Pin("a", 1), Pin("a", 1, 2))), people_of(NL), TABLES, (), 3)


def test_a_carer_of_the_household_sits_with_the_one_cared_for_and_the_rest_apart() -> None:
    people = [Person(one, NL, (), "h") for one in "abc"]

    assert apart_sets(people, Rules(together=(("a", "b"),))) == [("a", "c")]
    assert apart_sets(people, Rules(households_apart=False, apart=(("a", "b", "a"),))) == [("a", "b")]
