"""What a move by hand would change."""

import pytest
from tests.core.seating.cases import FR, NL

from burgertop.core.errors import InputError
from burgertop.core.seating import Person, Pin, Rules, Table, cost_of_move

PEOPLE = [Person(one, FR if one in "gh" else NL, (sex,)) for one, sex in zip("abcdefgh", "mmwwmwmw", strict=True)]
TABLES = [Table(1, 4, NL), Table(2, 4, NL, interpreter=FR)]
PLAN = [{1: "abef", 2: "cdgh"}, {1: "abcd", 2: "efgh"}]


def test_a_swap_tells_balance_and_meetings() -> None:
    cost = cost_of_move(
        PEOPLE, TABLES, PLAN, number=1, person="a", table=2, swap_with="c", rules=Rules(least_speakers=0)
    )

    assert cost.is_allowed
    # table 1 had m m m w, then m m w w; table 2 had w w m w, then w m m w
    assert cost.by_feature == (-4.0,)
    # a and b, a and e ... : the swap parts a from b (again) and brings c and b, c and a's others
    assert cost.repeats == sum((0,))


@pytest.mark.parametrize(
    ("person", "table", "swap_with", "rules", "codes"),
    [
        ("a", 2, "", Rules(least_speakers=0), ["seating.table_overfull"]),
        ("g", 1, "a", Rules(least_speakers=0), ["seating.not_understood"]),
        ("a", 2, "c", Rules(least_speakers=0, pins=(Pin("a", 1),)), ["seating.not_at_pin"]),
        ("a", 2, "c", Rules(least_speakers=0, apart=(("a", "d"),)), ["seating.not_apart"]),
        ("a", 2, "c", Rules(least_speakers=0, together=(("a", "b"),)), ["seating.not_together"]),
    ],
)
def test_every_rule_that_would_break_is_named(
    person: str, table: int, swap_with: str, rules: Rules, codes: list[str]
) -> None:
    cost = cost_of_move(PEOPLE, TABLES, PLAN, number=1, person=person, table=table, swap_with=swap_with, rules=rules)

    assert [one.code for one in cost.broken] == codes
    assert not cost.is_allowed


def test_a_rule_that_would_be_mended_is_named_too() -> None:
    rules = Rules(least_speakers=0, apart=(("a", "b"),))

    cost = cost_of_move(PEOPLE, TABLES, PLAN, number=1, person="a", table=2, swap_with="c", rules=rules)

    assert [one.code for one in cost.mended] == ["seating.not_apart"]


def test_lone_speakers_are_counted() -> None:
    wide = [Table(1, 5, NL), Table(2, 5, NL, interpreter=FR)]

    cost = cost_of_move(PEOPLE, wide, [{1: "abef", 2: "cdgh"}], number=1, person="a", table=2)

    assert cost.lone_speakers == -2  # with a, three speak Dutch at table 2


@pytest.mark.parametrize(
    ("number", "person", "table", "code"),
    [
        (3, "a", 2, "seating.unknown_round"),
        (1, "z", 2, "seating.unknown_person"),
        (1, "a", 9, "seating.unknown_table"),
    ],
)
def test_what_is_not_there_is_refused(number: int, person: str, table: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        cost_of_move(PEOPLE, TABLES, PLAN, number=number, person=person, table=table)

    assert caught.value.code == code
