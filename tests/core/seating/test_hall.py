"""A hall in numbers."""

import numpy as np
import pytest
from tests.core.seating.cases import DE, FR, NL, STEPS, people_of

from burgertop.core.errors import InputError
from burgertop.core.seating import Person, Pin, Rules, Table
from burgertop.core.seating.hall import NOWHERE, hall_of, places_of


def test_who_may_sit_where_follows_from_languages_and_needs() -> None:
    people = [Person("a", NL, ()), Person("b", FR, ()), Person("c", NL, (), needs=STEPS)]
    tables = [Table(1, 8, NL, is_step_free=False), Table(2, 8, DE, interpreter=FR | NL)]

    hall = hall_of(people, tables, feature_names=[])

    assert hall.may_person.tolist() == [[True, True], [False, True], [False, True]]


def test_who_is_alone_with_a_language_follows_only_that_one_of_a_table_with_several() -> None:
    people = people_of(NL, NL | FR, NL | DE, FR)
    hall = hall_of(people, [Table(1, 8, NL | FR), Table(2, 8, NL)], feature_names=[])

    alone = {
        (person.id, table): [
            str(("de", "fr", "nl")[at]) for at in np.flatnonzero(hall.alone[table, hall.class_of[place]])
        ]
        for place, person in enumerate(hall.people)
        for table in (0, 1)
    }

    assert {key: said for key, said in alone.items() if said} == {
        ("a", 0): ["nl"],
        ("c", 0): ["nl"],
        ("d", 0): ["fr"],
    }
    assert hall.is_mixed.tolist() == [True, False]


def test_no_more_company_is_asked_for_than_there_is() -> None:
    hall = hall_of(people_of(NL, NL, NL, NL, FR, FR | DE), [Table(1, 8, NL | FR)], feature_names=[])

    assert dict(zip(("de", "fr", "nl"), hall.company[0].tolist(), strict=True)) == {"de": 1, "fr": 2, "nl": 3}


def test_a_pin_without_a_round_holds_in_all() -> None:
    rules = Rules(pins=(Pin("a", 4), Pin("b", 9, 2)))
    hall = hall_of(people_of(NL, NL), [Table(9, 8, NL), Table(4, 8, NL)], feature_names=[], rules=rules, rounds=2)

    assert hall.pins.tolist() == [[0, NOWHERE], [0, 1]]
    assert (hall.unpinned().pins == NOWHERE).all()


def test_whoever_was_away_has_met_nobody() -> None:
    met = places_of([{5: ["a", "b", "gone"]}, {}], {"a": 0, "b": 1, "c": 2}, {})

    assert met[0, 0] == met[0, 1] == 5
    assert len({*met[1].tolist(), met[0, 2]}) == 3


def test_a_table_below_nought_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        places_of([{-1: ["a"]}], {"a": 0}, {})

    assert caught.value.code == "seating.negative_table"
