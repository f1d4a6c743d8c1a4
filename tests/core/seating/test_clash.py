"""Why no seating exists: by numbers, or by the smallest set of rules."""

import pytest
from hypothesis import given, settings
from tests.core.seating.cases import FR, NL, people_of, tiny_days

from burgertop.core.errors import InfeasibleError
from burgertop.core.seating import Person, Pin, Rules, Table
from burgertop.core.seating.clash import check_simple, clash_of, refuse
from burgertop.core.seating.exact import exact_round
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.reach import check_seats

TWO = [Table(1, 3, NL), Table(2, 3, NL)]


@pytest.mark.parametrize(
    ("rules", "tables", "names"),
    [
        (Rules(pins=(Pin("a", 2), Pin("b", 1))), [Table(1, 9, NL), Table(2, 9, FR)], ("pin:a@2",)),
        (Rules(apart=(("a", "b", "c"),)), TWO, ("apart:a+b+c",)),
        (Rules(together=(("a", "b", "c", "d"),)), TWO, ("together:a+b+c+d",)),
        (Rules(apart=(("a", "b"),), together=(("c", "a", "b"),)), TWO, ("apart:a+b", "together:c+a+b")),
        (
            Rules(pins=(Pin("a", 1, 2), Pin("b", 1), Pin("c", 2)), apart=(("a", "b"), ("c", "d"))),
            TWO,
            ("apart:a+b", "pin:a@1/2", "pin:b@1"),
        ),
        (
            Rules(pins=tuple(Pin(one, 1) for one in "abcd")),
            TWO,
            ("pin:a@1", "pin:b@1", "pin:c@1", "pin:d@1"),
        ),
    ],
)
def test_the_smallest_set_that_clashes_is_named(rules: Rules, tables: list[Table], names: tuple[str, ...]) -> None:
    hall = hall_of(people_of(*(NL,) * 4), tables, feature_names=[], rules=rules, rounds=2)

    with pytest.raises(InfeasibleError) as caught:
        refuse(hall)

    assert tuple(sorted(caught.value.params["rules"])) == names


def test_lone_speakers_and_households_can_clash() -> None:
    lonely = hall_of(people_of(NL, NL, NL, NL, FR, FR, FR), [Table(1, 4, NL | FR), Table(2, 3, NL)], feature_names=[])
    at_home = hall_of([Person(one, NL, (), "h") for one in "abc"], TWO, feature_names=[])

    assert clash_of(lonely) == ("lone_speakers:3",)
    assert clash_of(at_home) == ("household:a+b+c",)


@settings(max_examples=25, deadline=None)
@given(day=tiny_days())
def test_a_clash_is_told_exactly_when_there_is_one(day: tuple[list[Person], list[Table], Rules]) -> None:
    people, tables, rules = day
    hall = hall_of(people, tables, feature_names=["sex", "age"], rules=rules)
    try:
        check_seats(hall)
    except InfeasibleError:
        assert exact_round(hall, 0) is None
        return

    assert (clash_of(hall) == ()) == (exact_round(hall, 0) is not None)


def test_a_clash_that_can_be_seen_is_refused_at_once() -> None:
    rules = Rules(together=(("a", "b"),), pins=(Pin("a", 1), Pin("b", 2, 2)))
    hall = hall_of(people_of(NL, NL), TWO, feature_names=[], rules=rules, rounds=2)

    with pytest.raises(InfeasibleError) as caught:
        check_simple(hall)

    assert caught.value.params == {"rules": ("together:a+b", "pin:a@1", "pin:b@2/2")}
