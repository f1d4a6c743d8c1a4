"""Whole days: every rule kept, near the bound, the same for the same chance."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import FR, NL, SHARED, hall_of_2011, needs_shared, tiny_days

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating import (
    Person,
    Rules,
    Table,
    balance_of,
    breaches_of_rounds,
    repeats_of,
    seat_rounds,
)
from burgertop.core.seating.annealing import improve
from burgertop.core.seating.bound import balance_bound, balance_in
from burgertop.core.seating.hall import Hall, hall_of
from burgertop.core.seating.meetings import repeats_in
from burgertop.core.seating.room import Room
from burgertop.core.seating.seat import NEAR, _finished
from burgertop.core.seating.start import start_of

FEATURES = ("language", "province", "sex", "age", "school")


def chance(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


@settings(max_examples=5, deadline=None)
@given(day=tiny_days(), seed=st.integers(0, 99))
def test_a_day_keeps_every_rule_and_its_figures_are_true(
    day: tuple[list[Person], list[Table], Rules], seed: int
) -> None:
    people, tables, rules = day
    try:
        plan = seat_rounds(
            people, tables, feature_names=["sex", "age"], rng=chance(seed), rounds=2, rules=rules, effort="quick"
        )
    except InfeasibleError:
        return

    assert breaches_of_rounds(plan.rounds, people, tables, rules) == ()
    assert plan.repeats == repeats_of(plan.rounds) >= plan.forced_repeats
    used = [sum(1 for ids in seated.values() if ids) for seated in plan.rounds]
    sums = [balance_of(seated, people) * many for seated, many in zip(plan.rounds, used, strict=True)]
    assert plan.balance == pytest.approx(sum(sums) / sum(used))
    assert plan.balance >= plan.bound


def test_a_plan_a_hair_above_its_bound_comes_down_to_it_and_nobody_meets_again() -> None:
    rng, everyone = chance(3), frozenset({"any"})
    people = [Person(f"{n:04}", everyone, (str(rng.choice([*"mw"])), str(rng.choice([*"abcde"])))) for n in range(1000)]
    hall = hall_of(people, [Table(n, 10, everyone) for n in range(1, 101)], feature_names=["sex", "age"], rounds=2)
    start = start_of(hall, rng)
    assert start is not None
    room = Room(hall, start.table_of, start.speech)
    improve(room, rng, 360)
    _swap_for_little(room, hall)
    before = room.table_of[:2, :-1].astype(np.int64)
    bound = balance_bound(hall, before).sum()

    after = _finished(hall, room, rng, 80)

    assert bound < balance_in(hall, before).sum() <= NEAR * bound
    assert balance_in(hall, after).sum() == bound
    assert repeats_in(after, hall.met) <= repeats_in(before, hall.met)


def _swap_for_little(room: Room, hall: Hall) -> None:
    """Swap the first with whoever makes the balance of the first round a little worse."""
    costs = {}
    for other in np.flatnonzero(room.table_of[0, :-1] != room.table_of[0, 0]).tolist():
        pair = np.array([0]), np.array([other])
        room.swap(0, *pair)
        costs[other] = int(np.abs(room.excess).sum())
        room.swap(0, *pair)
    least = int(np.abs(room.excess).sum())
    chosen = min((other for other in costs if costs[other] > least), key=costs.__getitem__)
    room.swap(0, np.array([0]), np.array([chosen]))


def test_the_hall_of_2011_is_close_to_its_bound_and_nobody_is_alone() -> None:
    people, tables = hall_of_2011(np.random.default_rng(2011))

    plan = seat_rounds(people, tables, feature_names=FEATURES, rng=chance(1), rounds=3, effort="quick")

    assert breaches_of_rounds(plan.rounds, people, tables, Rules()) == ()
    assert (plan.lone_speakers, plan.forced_lone_speakers) == (0, 0)
    assert plan.repeats <= plan.forced_repeats + 2
    assert plan.balance <= 1.03 * plan.bound


def test_the_same_chance_gives_the_same_plan_whatever_the_order_of_the_lists() -> None:
    people, tables = hall_of_2011(np.random.default_rng(5), people=90)
    tables = [*tables[::6], tables[-1]]

    plans = [
        seat_rounds(*lists, feature_names=FEATURES, rng=chance(seed), rounds=2, effort="quick")
        for lists, seed in (((people, tables), 1), ((people[::-1], tables[::-1]), 1), ((people, tables), 2))
    ]

    assert plans[0] == plans[1]
    assert plans[0] != plans[2]


def test_who_met_before_does_not_meet_again() -> None:
    people = [Person(one, NL, ()) for one in "abcdefghi"]
    tables = [Table(number, 3, NL) for number in (1, 2, 3)]
    before = [{1: ["a", "b", "c", "left"], 2: ["d", "e", "f"], 3: ["g", "h", "i"]}]

    plan = seat_rounds(people, tables, feature_names=[], rng=chance(1), rounds=2, effort="quick", before=before)

    assert repeats_of([*before, *plan.rounds]) == 0 == plan.repeats


def test_a_weight_makes_a_feature_matter_more() -> None:
    values = [
        ("m", "x"),
        ("m", "x"),
        ("w", "x"),
        ("w", "y"),
        ("m", "y"),
        ("w", "y"),
        ("m", "z"),
        ("w", "z"),
        ("w", "z"),
    ]
    people = [Person(one, NL, features) for one, features in zip("abcdefghi", values, strict=True)]
    tables = [Table(number, 3, NL) for number in (1, 2, 3)]

    def parts(**weights: int) -> list[float]:
        rules = Rules(weights=weights)
        plan = seat_rounds(people, tables, feature_names=["sex", "age"], rng=chance(1), rules=rules, effort="quick")
        return [mine for mine, _ in plan.by_feature]

    assert parts(sex=100, age=0)[0] <= parts(sex=0, age=100)[0]
    assert parts(sex=0, age=100)[1] == 0


def test_an_unknown_effort_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        seat_rounds([Person("a", NL, ())], [Table(1, 2, NL)], feature_names=[], rng=chance(1), effort="lazy")

    assert (caught.value.code, caught.value.params["effort"]) == ("seating.unknown_effort", "lazy")


def test_a_clash_of_rules_is_named() -> None:
    with pytest.raises(InfeasibleError) as caught:
        seat_rounds([Person(one, NL, (), "h") for one in "ab"], [Table(1, 2, NL)], feature_names=[], rng=chance(1))

    assert (caught.value.code, caught.value.params) == ("seating.rules_clash", {"rules": ("household:a+b",)})


def test_mixed_tables_hear_both_languages() -> None:
    people = [Person(f"p{number:02d}", NL if number < 20 else FR, ()) for number in range(36)]
    tables = [Table(number, 9, NL | FR) for number in (1, 2, 3, 4)]

    plan = seat_rounds(people, tables, feature_names=[], rng=chance(3), rounds=2, effort="quick")

    speaks = {person.id: person.speaks for person in people}
    dutch = [sum(speaks[one] == NL for one in ids) for seated in plan.rounds for ids in seated.values()]
    assert all(3 <= many <= 6 for many in dutch)


@needs_shared
def test_a_published_example_of_110_people_comes_close_to_the_bound() -> None:
    with (SHARED / "seating" / "philipps_example_data.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("gender", "age", "education", "ethnicity", "region")
    people = [Person(f"p{n:03d}", NL, tuple(row[name].strip() for name in names)) for n, row in enumerate(rows)]
    tables = [Table(number, 8, NL) for number in range(1, 15)]

    plan = seat_rounds(people, tables, feature_names=names, rng=chance(1), rounds=3, effort="quick")

    assert plan.repeats == 0
    assert plan.balance <= 1.03 * plan.bound
