"""For whom there are too few seats, with numbers."""

import pytest
from hypothesis import given, settings
from tests.core.seating.cases import DE, FR, NL, STEPS, people_of, tiny_rounds

from burgertop.core.errors import InfeasibleError, Param
from burgertop.core.seating import Person, Rules, Table
from burgertop.core.seating.exact import exact_round
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.reach import check_seats


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
            "seating.no_table_for_need",
            {"languages": ("nl",), "needs": ("step_free",), "people": 1},
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
        check_seats(hall_of(people, tables, feature_names=[]))

    assert (caught.value.code, caught.value.params) == (code, params)


@settings(max_examples=30, deadline=None)
@given(round_=tiny_rounds())
def test_seats_are_too_few_exactly_when_nobody_can_be_seated(round_: tuple[list[Person], list[Table]]) -> None:
    hall = hall_of(*round_, feature_names=["sex", "age"], rules=Rules(households_apart=False, least_speakers=0))

    try:
        check_seats(hall)
        is_refused = False
    except InfeasibleError:
        is_refused = True

    assert is_refused == (exact_round(hall, 0) is None)
