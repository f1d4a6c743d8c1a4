"""The check of a plan looks at every seat by itself and finds each kind of breach."""

import ast
import inspect

from tests.core.seating.cases import FR, NL, STEPS

from burgertop.core.seating import Breach, Person, Plan, Table, breaches_of, verify

PEOPLE = [
    Person("a", NL, (), "h"),
    Person("b", NL, (), "h"),
    Person("c", FR, ()),
    Person("d", NL, (), needs=STEPS),
    Person("e", NL, ()),
]
TABLES = [Table(1, 2, NL, is_step_free=False), Table(2, 4, NL, interpreter=FR)]


def test_a_plan_that_keeps_the_rules_has_no_breaches() -> None:
    plan = Plan({1: ("a", "e"), 2: ("b", "c", "d")}, balance=0.0)

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


def test_the_check_shares_no_code_with_what_seats() -> None:
    tree = ast.parse(inspect.getsource(verify))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name for name in modules if name and name.startswith("burgertop")} == {
        "burgertop.core.errors",
        "burgertop.core.seating.people",
    }
