"""People, tables and who may sit where."""

import pytest
from tests.core.seating.cases import DE, FR, NL, STEPS

from burgertop.core.errors import InputError, Param, ShapeError
from burgertop.core.seating import Person, Table, may_sit
from burgertop.core.seating.people import check_round


@pytest.mark.parametrize(
    ("person", "table", "answer"),
    [
        (Person("a", NL, ()), Table(1, 8, NL), True),
        (Person("a", NL, ()), Table(1, 8, FR), False),
        (Person("a", NL, ()), Table(1, 8, FR, interpreter=NL), True),
        (Person("a", NL | DE, ()), Table(1, 8, DE | FR), True),
        (Person("a", NL, (), needs=STEPS), Table(1, 8, NL, is_step_free=False), False),
        (Person("a", NL, (), needs=STEPS), Table(1, 8, NL), True),
        (Person("a", NL, ()), Table(1, 8, NL, is_step_free=False), True),
        (Person("a", NL, (), needs=frozenset({"hearing_loop"})), Table(1, 8, NL), False),
        (Person("a", NL, (), needs=frozenset({"hearing_loop"})), Table(1, 8, NL, has_hearing_loop=True), True),
    ],
)
def test_a_person_may_sit_where_understood_and_where_the_way_is_free(
    person: Person, table: Table, answer: bool
) -> None:
    assert may_sit(person, table) is answer


def test_people_and_tables_that_cannot_be_are_refused() -> None:
    said = []
    for make in (
        lambda: Person("", NL, ()),
        lambda: Person("a", frozenset(), ()),
        lambda: Person("a", NL, (), needs=frozenset({"parking"})),
        lambda: Table(7, 0, NL),
        lambda: Table(7, 8, frozenset()),
    ):
        with pytest.raises(InputError) as caught:
            make()
        said.append((caught.value.code, caught.value.params))

    assert said == [
        ("seating.empty_id", {}),
        ("seating.no_language", {"id": "a"}),
        ("seating.unknown_need", {"id": "a", "needs": ("parking",)}),
        ("seating.no_seats", {"table": 7}),
        ("seating.no_table_language", {"table": 7}),
    ]


@pytest.mark.parametrize(
    ("people", "tables", "code", "params"),
    [
        ([], [Table(1, 8, NL)], "seating.nobody", {}),
        ([Person("a", NL, ())], [], "seating.no_tables", {}),
        ([Person("a", NL, ())] * 2, [Table(1, 8, NL)], "seating.doubled_person", {"ids": ("a",)}),
        ([Person("a", NL, ())], [Table(1, 8, NL)] * 2, "seating.doubled_table", {"tables": ("1",)}),
    ],
)
def test_a_round_that_is_not_whole_is_refused(
    people: list[Person], tables: list[Table], code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        check_round(people, tables, ())

    assert (caught.value.code, caught.value.params) == (code, params)


def test_people_with_another_number_of_features_are_refused() -> None:
    with pytest.raises(ShapeError) as caught:
        check_round([Person("a", NL, ("m",))], [Table(1, 8, NL)], ("sex", "age"))

    assert (caught.value.code, caught.value.params) == (
        "seating.ragged_features",
        {"id": "a", "features": 2, "values": 1},
    )
