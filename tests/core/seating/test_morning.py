"""The morning: few moves, every rule kept, nobody forgotten."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.seating.cases import FR, NL, hall_of_2011

from burgertop.core.errors import InputError
from burgertop.core.seating import (
    Person,
    Pin,
    Rules,
    Table,
    breaches_of_rounds,
    repeats_of,
    reseat,
    rules_for,
    seat_rounds,
)

FEATURES = ("language", "province", "sex", "age", "school")


def chance(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_when_all_are_here_nobody_moves() -> None:
    people = [Person(one, NL, ("mw"[n % 2],)) for n, one in enumerate("abcdefghi")]
    tables = [Table(number, 3, NL) for number in (1, 2, 3)]
    plan = seat_rounds(people, tables, feature_names=["sex"], rng=chance(1), rounds=2, effort="quick")

    found = reseat(people, tables, plan.rounds, feature_names=["sex"], rng=chance(2), least=3)

    assert (found.moved, found.floor, found.closed, found.short) == ((), 0, (), ())
    assert found.seating.rounds[0] == plan.rounds[0]


@pytest.mark.parametrize("away", [0.15, 0.3])
def test_in_the_hall_of_2011_few_move_and_every_rule_is_kept(away: float) -> None:
    people, tables = hall_of_2011(np.random.default_rng(2011))
    plan = seat_rounds(people, tables, feature_names=FEATURES, rng=chance(1), rounds=1, effort="quick")
    here = [person for person in people if np.random.default_rng(int(person.id[1:])).random() >= away]
    newcomer = Person("x1", FR, people[0].features)

    found = reseat([*here, newcomer], tables, plan.rounds, feature_names=FEATURES, rng=chance(2))

    assert breaches_of_rounds(found.seating.rounds, [*here, newcomer], tables, Rules()) == ()
    assert found.floor <= len(found.moved) <= 1.4 * found.floor
    sizes = {number: len(ids) for number, ids in found.seating.rounds[0].items() if ids}
    assert all(many >= 8 or number in found.short for number, many in sizes.items())
    assert set(found.short) <= {81}, "only the German table may stay small"


def test_rounds_that_have_begun_stay_and_count_as_meetings() -> None:
    people = [Person(one, NL, ()) for one in "abcdefghi"]
    tables = [Table(number, 3, NL) for number in (1, 2, 3)]
    plan = seat_rounds(people, tables, feature_names=[], rng=chance(1), rounds=3, effort="quick")

    found = reseat(people, tables, plan.rounds, feature_names=[], rng=chance(2), begun=2, least=2)

    assert len(found.seating.rounds) == 1
    assert found.seating.repeats == repeats_of([*plan.rounds[:2], *found.seating.rounds]) == 0


def test_a_lock_by_hand_is_kept() -> None:
    people = [Person(one, NL, ()) for one in "abcde"]
    tables = [Table(1, 5, NL), Table(2, 5, NL)]
    plan = [{1: "abcd", 2: "e"}, {1: "abcd", 2: "e"}]
    rules = Rules(pins=(Pin("e", 2),))

    found = reseat(people, tables, plan, feature_names=[], rng=chance(1), rules=rules, least=2)

    assert all("e" in seated[2] for seated in found.seating.rounds)
    assert len(found.moved) == 1
    assert found.closed == ()


def test_tables_that_close_stay_closed() -> None:
    people = [Person(f"p{number}", NL, ()) for number in range(6)]
    tables = [Table(number, 6, NL) for number in (1, 2, 3)]
    plan = [{1: ["p0", "p1"], 2: ["p2", "p3"], 3: ["p4", "p5"]}] * 2

    found = reseat(people, tables, plan, feature_names=[], rng=chance(1), least=3)

    assert len(found.closed) == 1
    assert all(seated[found.closed[0]] == () for seated in found.seating.rounds)
    assert len(found.moved) == found.floor == 2


def test_rules_forget_the_missing_and_the_rounds_that_began() -> None:
    rules = Rules(
        pins=(Pin("a", 1, 1), Pin("a", 2, 3), Pin("gone", 1), Pin("b", 1)),
        apart=(("a", "b", "gone"), ("a", "gone")),
        together=(("b", "gone"),),
    )
    here = [Person(one, NL, ()) for one in "ab"]

    assert rules_for(here, rules, 2) == replace(
        rules, pins=(Pin("a", 2, 1), Pin("b", 1)), apart=(("a", "b"),), together=()
    )


@pytest.mark.parametrize(("begun", "least", "code"), [(1, 8, "seating.no_round_left"), (0, 0, "seating.bad_least")])
def test_what_cannot_be_asked_is_refused(begun: int, least: int, code: str) -> None:
    people, tables = [Person("a", NL, ())], [Table(1, 2, NL)]

    with pytest.raises(InputError) as caught:
        reseat(people, tables, [{1: "a"}], feature_names=[], rng=chance(1), begun=begun, least=least)

    assert caught.value.code == code
