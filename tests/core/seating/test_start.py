"""The first seating exists exactly when one can, is as even as can be, and parts households."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import DE, FR, NL, STEPS, people_of, tiny_rounds

from burgertop.core.errors import InfeasibleError, Param
from burgertop.core.seating import Person, Table, may_sit
from burgertop.core.seating.start import check_seats, first_seating


def all_seatings(people: list[Person], tables: list[Table]) -> list[tuple[int, ...]]:
    """List every seating that breaks no rule, as places of tables."""
    open_to = [[place for place, table in enumerate(tables) if may_sit(one, table)] for one in people]
    return [
        seating
        for seating in product(*open_to)
        if all(number <= tables[place].seats for place, number in Counter(seating).items())
    ]


def togetherness(people: list[Person], seating: tuple[int, ...]) -> int:
    """Count people who join a table at which one of their household already sits."""
    at = Counter((one.household, place) for one, place in zip(people, seating, strict=True) if one.household)
    return sum(number - 1 for number in at.values())


def unevenness(seating: tuple[int, ...]) -> int:
    return sum(number**2 for number in Counter(seating).values())


@settings(max_examples=200, deadline=None)
@given(room=tiny_rounds(), seed=st.integers(0, 99))
def test_the_first_seating_is_the_best_of_all_seatings(room: tuple[list[Person], list[Table]], seed: int) -> None:
    people, tables = room
    seatings = all_seatings(people, tables)

    if not seatings:
        with pytest.raises(InfeasibleError):
            first_seating(people, tables, np.random.default_rng(seed))
        return
    found = tuple(first_seating(people, tables, np.random.default_rng(seed)).tolist())

    assert found in seatings
    assert (togetherness(people, found), unevenness(found)) == min(
        (togetherness(people, seating), unevenness(seating)) for seating in seatings
    )


@pytest.mark.parametrize(
    ("people", "tables", "code", "params"),
    [
        (people_of(NL, NL, NL), [Table(1, 2, NL)], "seating.too_few_seats", {"people": 3, "seats": 2}),
        (
            people_of(NL, DE, DE),
            [Table(1, 8, NL)],
            "seating.no_table_for_language",
            {"languages": ("de",), "people": 2},
        ),
        (
            [Person("a", NL, (), needs=STEPS)],
            [Table(1, 8, NL, is_step_free=False), Table(2, 8, FR)],
            "seating.no_step_free_table",
            {"languages": ("nl",), "people": 1},
        ),
        (
            people_of(NL, NL, NL, FR),
            [Table(1, 2, NL), Table(2, 8, FR)],
            "seating.too_few_reachable_seats",
            {"languages": ("nl",), "people": 3, "step_free": 0, "seats": 2},
        ),
        (
            people_of(NL, NL, NL | DE, DE, FR),
            [Table(1, 2, NL), Table(2, 1, DE), Table(3, 8, FR)],
            "seating.too_few_reachable_seats",
            {"languages": ("de", "nl"), "people": 4, "step_free": 0, "seats": 3},
        ),
    ],
)
def test_why_no_seating_exists_is_told_with_numbers(
    people: list[Person], tables: list[Table], code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InfeasibleError) as caught:
        check_seats(people, tables)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_chance_decides_among_seatings_that_are_equally_good() -> None:
    people, tables = people_of(NL, NL, NL, NL), [Table(1, 2, NL), Table(2, 2, NL)]

    found = {tuple(first_seating(people, tables, np.random.default_rng(seed)).tolist()) for seed in range(40)}

    assert len(found) == 6
