"""The bound: the best of all plans of one feature, and below every plan of several."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from tests.core.seating.cases import NL, tiny_rounds

from burgertop.core.seating import Person, Table, balance_of
from burgertop.core.seating.bound import balance_bound, balance_in
from burgertop.core.seating.hall import hall_of


@settings(max_examples=30, deadline=None)
@given(round_=tiny_rounds())
def test_no_plan_of_the_same_sizes_is_below_and_with_one_feature_the_best_is_met(
    round_: tuple[list[Person], list[Table]],
) -> None:
    people, tables = round_
    hall = hall_of(people, tables, feature_names=["sex", "age"])
    plans = [
        np.array([seating])
        for seating in product(*(np.flatnonzero(row).tolist() for row in hall.may_person))
        if (np.bincount(seating, minlength=len(tables)) <= hall.seats).all()
    ]
    for sizes in {tuple(np.bincount(plan[0], minlength=len(tables)).tolist()) for plan in plans}:
        same = [plan for plan in plans if tuple(np.bincount(plan[0], minlength=len(tables)).tolist()) == sizes]
        least = np.array([balance_in(hall, plan) for plan in same]).min(axis=0)

        assert balance_bound(hall, same[0]).tolist() == least.tolist()


def test_the_sums_are_the_balance() -> None:
    people = [Person(one, NL, (sex,)) for one, sex in zip("abcd", "mmww", strict=True)]
    hall = hall_of(people, [Table(1, 4, NL), Table(2, 4, NL)], feature_names=["sex"])

    for plan in ([0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 1]):
        seated = {1: [one for one, at in zip("abcd", plan, strict=True) if at == 0]}
        seated[2] = [one for one in "abcd" if one not in seated[1]]
        assert balance_in(hall, np.array([plan]))[0] / 4 / 2 == balance_of(seated, people)
