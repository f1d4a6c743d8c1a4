"""The check of a plan looks at every seat by itself and finds each kind of breach."""

import ast
import inspect

import pytest
from tests.core.seating.cases import FR, NL, STEPS

from burgertop.core.errors import InputError
from burgertop.core.seating import (
    Breach,
    Person,
    Pin,
    Rules,
    Table,
    balance_of,
    breaches_of,
    breaches_of_rounds,
    lone_speakers,
    repeats_of,
    verify,
)

PEOPLE = [
    Person("a", NL, (), "h"),
    Person("b", NL, (), "h"),
    Person("c", FR, ()),
    Person("d", NL, (), needs=STEPS),
    Person("e", NL, ()),
]
TABLES = [Table(1, 2, NL, is_step_free=False), Table(2, 4, NL, interpreter=FR)]


def test_a_plan_that_keeps_the_rules_has_no_breaches() -> None:
    plan = {1: ("a", "e"), 2: ("b", "c", "d")}

    assert breaches_of(plan, PEOPLE, TABLES) == ()


def test_every_breach_is_told_with_its_numbers() -> None:
    found = breaches_of({1: ["a", "b", "c", "d"], 2: ["a", "z"], 3: []}, PEOPLE, TABLES)

    assert found == (
        Breach("seating.unseated", {"ids": ("e",)}),
        Breach("seating.seated_twice", {"ids": ("a",)}),
        Breach("seating.unknown_person", {"ids": ("z",)}),
        Breach("seating.table_overfull", {"table": 1, "people": 4, "seats": 2}),
        Breach("seating.not_understood", {"table": 1, "id": "c"}),
        Breach("seating.not_step_free", {"table": 1, "id": "d"}),
        Breach("seating.household_together", {"table": 1, "ids": ("a", "b")}),
        Breach("seating.unknown_table", {"table": 3}),
    )


def test_a_hearing_loop_that_is_missing_is_told() -> None:
    person = Person("a", NL, (), needs=frozenset({"hearing_loop"}))

    assert [breach.code for breach in breaches_of({1: ["a"]}, [person], [Table(1, 2, NL)])] == [
        "seating.no_hearing_loop"
    ]


def test_the_check_shares_no_code_with_what_seats() -> None:
    tree = ast.parse(inspect.getsource(verify))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name for name in modules if name and name.startswith("burgertop")} == {
        "burgertop.core.errors",
        "burgertop.core.seating.people",
        "burgertop.core.seating.rules",
    }


HALVES = [Person(name, NL, (sex,)) for name, sex in zip("abcd", "mmww", strict=True)]


def test_the_balance_is_the_mean_distance_of_tables_from_their_share() -> None:
    uneven = {1: ("a", "b", "c"), 2: ("d",)}

    assert balance_of(uneven, HALVES) == ((0.5 + 0.5) + (0.5 + 0.5)) / 2


def test_an_empty_table_does_not_count() -> None:
    assert balance_of({1: ("a", "c"), 2: (), 3: ("b", "d")}, HALVES) == 0.0


def test_a_person_nobody_knows_is_named() -> None:
    with pytest.raises(InputError) as caught:
        balance_of({1: ("z",)}, HALVES)

    assert (caught.value.code, caught.value.params) == ("seating.unknown_person", {"ids": ("z",)})


def test_each_meeting_after_the_first_is_a_repeat() -> None:
    assert repeats_of([{1: "abc", 2: "d"}, {2: "abc", 1: "d"}, {1: "ad", 2: "bc"}]) == 4


def test_somebody_of_both_languages_is_company_and_never_lonely() -> None:
    both = NL | FR
    people = [Person(one, said, ()) for one, said in zip("abcdef", (NL, NL, NL, FR, both, both), strict=True)]
    mixed = [Table(1, 9, NL, interpreter=FR)]

    assert lone_speakers({1: "abcd"}, people, mixed) == [(1, "d")]
    assert lone_speakers({1: "abcde"}, people, mixed) == [(1, "d")]
    assert lone_speakers({1: "abcdef"}, people, mixed) == []
    assert lone_speakers({1: "abce"}, people, mixed) == []
    assert lone_speakers({1: "ad"}, people, [Table(1, 9, NL)]) == []


def test_every_rule_that_is_broken_is_told_with_its_round() -> None:
    people = [Person(one, FR if one in "ghi" else NL, ()) for one in "abcdefghi"]
    tables = [Table(1, 9, NL | FR), Table(2, 9, NL | FR)]
    rules = Rules(pins=(Pin("a", 2, 2),), apart=(("a", "b", "c"),), together=(("d", "e"),))

    found = breaches_of_rounds([{1: "adefghi", 2: "bc"}, {1: "adg", 2: "bcefhi"}], people, tables, rules)

    assert [
        (breach.params["round"], breach.code, breach.params.get("id", breach.params.get("ids"))) for breach in found
    ] == [
        (1, "seating.not_apart", ("b", "c")),
        (1, "seating.lone_speaker", "b"),
        (1, "seating.lone_speaker", "c"),
        (2, "seating.not_at_pin", "a"),
        (2, "seating.not_apart", ("b", "c")),
        (2, "seating.not_together", ("d", "e")),
        (2, "seating.lone_speaker", "a"),
        (2, "seating.lone_speaker", "d"),
        (2, "seating.lone_speaker", "g"),
        (2, "seating.lone_speaker", "h"),
        (2, "seating.lone_speaker", "i"),
    ]


def test_no_more_company_is_asked_for_than_the_hall_has() -> None:
    people = [Person("a", FR, ()), Person("b", FR, ()), *(Person(one, NL, ()) for one in "cdef")]
    tables = [Table(1, 9, NL | FR), Table(2, 9, NL)]

    assert breaches_of_rounds([{1: "abcde", 2: "f"}], people, tables, Rules()) == ()
    assert len(breaches_of_rounds([{1: "acde", 2: "bf"}], people, tables, Rules())) == 2
