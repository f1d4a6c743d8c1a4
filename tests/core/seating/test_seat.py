"""A round is seated: by the rules, evenly, mixed, the same from the same chance, fast enough."""

import csv
import time
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import DE, FR, NL, SHARED, hall_of_2011, needs_shared, tiny_rounds

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating import Person, Plan, Table, breaches_of, seat_round

FEATURES = ("language", "province", "sex", "age", "education")


def test_two_couples_at_two_tables_sit_apart_and_mixed() -> None:
    people = [Person(name, NL, (sex,), home) for name, sex, home in ("am1", "bw1", "cm2", "dw2")]

    plan = seat_round(people, [Table(1, 2, NL), Table(2, 2, NL)], feature_names=["sex"], rng=np.random.default_rng(1))

    assert {frozenset(seated) for seated in plan.tables.values()} == {frozenset("ad"), frozenset("bc")}
    assert (plan.balance, plan.together) == (0.0, ())


def test_a_household_larger_than_the_tables_is_told() -> None:
    people = [Person(name, NL, (), "h") for name in "abc"]

    plan = seat_round(people, [Table(1, 2, NL), Table(2, 2, NL)], feature_names=[], rng=np.random.default_rng(1))

    assert len(plan.together) == 1
    assert sorted(len(seated) for seated in plan.tables.values()) == [1, 2]


def test_a_table_nobody_can_use_stays_empty_and_is_named() -> None:
    plan = seat_round(
        [Person("a", NL, ())], [Table(1, 2, NL), Table(2, 2, DE)], feature_names=[], rng=np.random.default_rng(1)
    )

    assert plan == Plan({1: ("a",), 2: ()}, balance=0.0)


@settings(max_examples=100, deadline=None)
@given(round_=tiny_rounds(), seed=st.integers(0, 99))
def test_no_rule_is_ever_broken_but_the_households_that_are_told(
    round_: tuple[list[Person], list[Table]], seed: int
) -> None:
    people, tables = round_
    try:
        plan = seat_round(people, tables, feature_names=["sex", "age"], rng=np.random.default_rng(seed), swaps=99)
    except InfeasibleError:
        return

    breaches = breaches_of(plan, people, tables)

    assert {breach.code for breach in breaches} <= {"seating.household_together"}
    assert tuple(sorted(breach.params["ids"] for breach in breaches)) == plan.together


def test_the_hall_of_2011_is_seated_by_the_rules_evenly_and_in_time() -> None:
    people, tables = hall_of_2011(np.random.default_rng(2011))
    started = time.process_time()

    plan = seat_round(people, tables, feature_names=FEATURES, rng=np.random.default_rng(1))

    seconds = time.process_time() - started
    sizes = defaultdict(set)
    for table in tables:
        sizes[table.reach, table.is_step_free].add(len(plan.tables[table.number]))
    at_random = seat_round(people, tables, feature_names=FEATURES, rng=np.random.default_rng(1), swaps=0)
    assert breaches_of(plan, people, tables) == ()
    assert all(max(numbers) - min(numbers) <= 1 for numbers in sizes.values())
    assert plan.balance < 0.6 * at_random.balance
    assert seconds < 3


def test_every_table_with_an_interpreter_has_both_languages() -> None:
    people, tables = hall_of_2011(np.random.default_rng(2011))

    plan = seat_round(people, tables, feature_names=FEATURES, rng=np.random.default_rng(1))

    main = {person.id: person.features[0] for person in people}
    mixed = [plan.tables[table.number] for table in tables if table.interpreter]
    assert all({main[one] for one in seated} == {"nl", "fr"} for seated in mixed)


def test_the_same_chance_gives_the_same_plan_whatever_the_order_of_the_lists() -> None:
    people, tables = hall_of_2011(np.random.default_rng(5), people=200)

    plans = [
        seat_round(*lists, feature_names=FEATURES, rng=np.random.default_rng(seed))
        for lists, seed in (((people, tables), 1), ((people[::-1], tables[::-1]), 1), ((people, tables), 2))
    ]

    assert plans[0] == plans[1]
    assert plans[0] != plans[2]


def test_a_negative_budget_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        seat_round([Person("a", FR, ())], [Table(1, 2, FR)], feature_names=[], rng=np.random.default_rng(1), swaps=-1)

    assert (caught.value.code, caught.value.params) == ("seating.negative_swaps", {"swaps": -1})


@needs_shared
def test_a_published_example_of_110_people_comes_close_to_the_bound_of_whole_people() -> None:
    with (SHARED / "seating" / "philipps_example_data.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("gender", "age", "education", "ethnicity", "region")
    people = [Person(f"p{n:03d}", NL, tuple(row[name].strip() for name in names)) for n, row in enumerate(rows)]
    tables = [Table(number, 8, NL) for number in range(1, 15)]

    plan = seat_round(people, tables, feature_names=names, rng=np.random.default_rng(1))

    assert plan.balance <= 1.03 * bound_of_whole_people(people, [len(seated) for seated in plan.tables.values()])


def bound_of_whole_people(people: list[Person], sizes: list[int]) -> float:
    """Spread each value over the tables as whole people, as near to the shares as can be: no plan is better."""
    total = 0.0
    for number in Counter(pair for person in people for pair in enumerate(person.features)).values():
        share = number / len(people) * np.array(sizes)
        rest = np.sort(share - np.floor(share))[::-1]
        up = number - int(np.floor(share).sum())
        total += float((1 - rest[:up]).sum() + rest[up:].sum())
    return total / len(sizes)
