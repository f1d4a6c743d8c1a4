"""How people are parted over the kinds of tables: evenly, mixed, and nobody alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import FR, NL, people_of, tiny_rounds

from burgertop.core.seating import Person, Table
from burgertop.core.seating.hall import Hall, hall_of
from burgertop.core.seating.opening import Opening, kinds_of, open_round
from burgertop.core.seating.speech import speech_of


def opened(hall: Hall, level: int = 1) -> Opening | None:
    nobody = np.zeros((len(hall.tables), len(hall.may)), dtype=np.int64)
    rng = np.random.Generator(np.random.PCG64(1))
    return open_round(hall, hall.class_sizes, nobody, speech_of(hall, level), rng)


@settings(max_examples=30, deadline=None)
@given(round_=tiny_rounds(), level=st.sampled_from((0, 1)))
def test_everybody_gets_a_kind_that_fits_and_has_room(round_: tuple[list[Person], list[Table]], level: int) -> None:
    hall = hall_of(*round_, feature_names=["sex", "age"])

    found = opened(hall, level)

    if found is not None:
        assert found.people.sum(axis=0).tolist() == hall.class_sizes.tolist()
        for kind, people in zip(found.kinds, found.people, strict=True):
            assert people.sum() <= kind.seats * len(kind.tables)
            assert not people[~hall.may[:, kind.tables[0]]].any()


def test_mixed_tables_get_both_languages_in_proportion() -> None:
    tables = [Table(number, 10, NL) for number in (1, 2)] + [Table(3, 10, FR), Table(4, 10, NL | FR)]
    hall = hall_of(people_of(*(NL,) * 25, *(FR,) * 15), tables, feature_names=[])

    found = opened(hall)

    assert found is not None
    mixed = next(place for place, kind in enumerate(found.kinds) if kind.tables == (3,))
    assert sorted(found.people[mixed].tolist()) == [5, 5]
    assert found.hosts[mixed].tolist() == [1, 1]


def test_two_who_would_be_alone_keep_to_their_own_tables() -> None:
    tables = [Table(1, 4, NL), Table(2, 4, NL | FR), Table(3, 4, FR)]
    hall = hall_of(people_of(*(NL,) * 8, *(FR,) * 4), tables, feature_names=[])

    found = opened(hall)

    assert found is not None
    mixed = next(place for place, kind in enumerate(found.kinds) if kind.tables == (1,))
    assert sorted(found.people[mixed].tolist()) == [0, 4]


def test_tables_are_of_a_kind_when_the_same_people_sit_there_already() -> None:
    hall = hall_of(people_of(NL, NL), [Table(number, 3, NL) for number in (1, 2, 3)], feature_names=[])

    kinds = kinds_of(hall, np.array([[1], [0], [1]]))

    assert [(kind.tables, kind.seats) for kind in kinds] == [((0, 2), 2), ((1,), 3)]
