"""Somebody comes unexpected and moves nobody."""

import pytest
from tests.core.seating.cases import FR, NL

from burgertop.core.errors import InfeasibleError
from burgertop.core.seating import Person, Pin, Rules, Table, seat_walk_in

PEOPLE = [Person(one, NL, (sex,)) for one, sex in zip("abcd", "mmww", strict=True)]
TABLES = [Table(1, 3, NL), Table(2, 3, NL), Table(3, 3, NL)]
PLAN = [{1: "ab", 2: "cd", 3: ""}]


def test_the_seat_that_mirrors_the_hall_best_is_taken() -> None:
    assert seat_walk_in(Person("x", NL, ("m",)), PEOPLE, TABLES, PLAN, feature_names=["sex"]) == (2,)
    assert seat_walk_in(Person("x", NL, ("w",)), PEOPLE, TABLES, PLAN, feature_names=["sex"]) == (1,)


def test_new_people_are_met_in_the_next_round() -> None:
    people = [Person(one, NL, ()) for one in "abcd"]
    found = seat_walk_in(Person("x", NL, ()), people, TABLES, [{1: "ab", 2: "cd"}] * 2, feature_names=[])

    assert sorted(found) == [1, 2]


def test_rounds_that_have_begun_are_left_alone() -> None:
    full = {1: "ab", 2: "cd"}
    small = [Table(1, 2, NL), Table(2, 2, NL), Table(3, 2, NL)]

    assert seat_walk_in(
        Person("x", NL, ("m",)), PEOPLE, small, [full, {**full, 3: ""}], feature_names=["sex"], begun=1
    ) == (3,)


@pytest.mark.parametrize(
    ("person", "rules", "table"),
    [
        (Person("x", NL, ("m",), "h"), Rules(), 1),
        (Person("x", NL, ("w",)), Rules(apart=(("x", "a"),)), 2),
        (Person("x", NL, ("m",)), Rules(together=(("x", "a"),)), 1),
        (Person("x", NL, ("m",)), Rules(pins=(Pin("x", 3),)), 3),
    ],
)
def test_every_rule_is_kept(person: Person, rules: Rules, table: int) -> None:
    people = [Person(one.id, NL, one.features, "h" if one.id == "c" else "") for one in PEOPLE]

    assert seat_walk_in(person, people, TABLES, PLAN, feature_names=["sex"], rules=rules) == (table,)


def test_nobody_is_seated_alone_with_their_language() -> None:
    people = [*(Person(one, NL, ()) for one in "abc"), *(Person(one, FR, ()) for one in "defghi")]
    tables = [Table(1, 9, NL | FR), Table(2, 9, NL | FR)]
    plan = [{1: "abcdef", 2: "ghi"}]

    assert seat_walk_in(Person("x", NL, ()), people, tables, plan, feature_names=[]) == (1,)


def test_when_no_seat_will_do_it_is_said() -> None:
    with pytest.raises(InfeasibleError) as caught:
        seat_walk_in(Person("x", FR, ("m",)), PEOPLE, TABLES, PLAN, feature_names=["sex"])

    assert (caught.value.code, caught.value.params) == ("seating.no_free_seat", {"id": "x", "round": 1})
