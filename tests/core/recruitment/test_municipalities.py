"""Municipalities come in proportion to their people, and every person has the same chance of a letter."""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.recruitment import Municipality, draw_municipalities, letters_by_municipality

PEOPLE = {"A": 500, "B": 300, "C": 120, "D": 80, "E": 0}


def test_one_as_large_as_the_step_is_in_for_certain() -> None:
    """A: 2 * 500 reaches 1,000. The other place is shared by B, C and D: 300, 120 and 80 of 500."""
    chances = {one.name: one.chance for number in range(60) for one in draw_municipalities(PEOPLE, 2, f"s {number}")}

    assert chances == {"A": Fraction(1), "B": Fraction(3, 5), "C": Fraction(6, 25), "D": Fraction(4, 25)}


def test_when_the_largest_is_out_another_may_become_certain() -> None:
    """Of 3 places A takes one; then 2 * 300 reaches 500, so B takes one; C and D share the last."""
    drawn = draw_municipalities(PEOPLE, 3, "seed")

    assert [(one.name, one.chance) for one in drawn[:2]] == [("A", Fraction(1)), ("B", Fraction(1))]
    assert drawn[2].chance == Fraction(drawn[2].people, 200)


@pytest.mark.parametrize("is_shuffled", [True, False])
def test_each_comes_as_often_as_its_chance_says(is_shuffled: bool) -> None:
    people = {"A": 40, "B": 30, "C": 20, "D": 10, "E": 25}

    times = Counter(
        one.name
        for number in range(3000)
        for one in draw_municipalities(people, 2, f"seed {number}", is_shuffled=is_shuffled)
    )

    assert all(abs(times[name] - 3000 * 2 * size / 125) < 130 for name, size in people.items())


sizes = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 400), min_size=1, max_size=12)


@given(sizes, st.data())
def test_as_many_as_wanted_are_drawn_without_doubles(people: dict[str, int], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, len(people)))

    drawn = draw_municipalities(people, wanted, "seed")

    assert len({one.name for one in drawn}) == len(drawn) == wanted
    assert all(0 < one.chance <= 1 and one.people == people[one.name] for one in drawn)


@given(sizes, st.data())
def test_letters_are_as_many_as_asked_for_and_even_for_every_person(
    people: dict[str, int], data: st.DataObject
) -> None:
    everybody = sum(people.values())
    drawn = draw_municipalities(people, data.draw(st.integers(1, len(people))), "seed")
    letters = data.draw(st.integers(0, min(int(everybody * one.chance) for one in drawn)))

    sent = letters_by_municipality(drawn, letters, everybody, "seed")

    assert sum(sent.values()) == letters
    assert all(abs(sent[one.name] - letters * one.people / everybody / one.chance) < 1 for one in drawn)


def test_a_list_in_order_spreads_the_draw_over_it() -> None:
    """Four equal provinces of five equal towns: in the order of the list each province gives one town."""
    people = {f"{province}{town}": 10 for province in "ABCD" for town in range(5)}

    drawn = draw_municipalities(people, 4, "seed", is_shuffled=False)

    assert [one.name[0] for one in drawn] == ["A", "B", "C", "D"]


def test_too_many_letters_for_one_town_are_refused() -> None:
    town = Municipality("A", 10, Fraction(1, 10))

    with pytest.raises(InputError) as caught:
        letters_by_municipality([town], 20, 100, "seed")

    assert (caught.value.code, caught.value.params) == (
        "recruitment.too_many_letters",
        {"municipality": "A", "letters": 20, "people": 10},
    )


@pytest.mark.parametrize(
    ("people", "wanted", "code"),
    [
        ({"A": -1}, 0, "recruitment.negative_people"),
        ({"A": 5, "B": 0}, 2, "recruitment.too_few_municipalities"),
        ({"A": 5}, -1, "recruitment.negative_number"),
    ],
)
def test_what_cannot_be_drawn_is_refused(people: dict[str, int], wanted: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        draw_municipalities(people, wanted, "seed")

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("letters", "everybody", "code"),
    [(-1, 100, "recruitment.negative_number"), (1, 5, "recruitment.too_few_people")],
)
def test_letters_that_make_no_sense_are_refused(letters: int, everybody: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        letters_by_municipality([Municipality("A", 10, Fraction(1))], letters, everybody, "seed")

    assert caught.value.code == code


def test_ten_thousand_letters_go_to_eighty_municipalities_of_belgium(shared_data: Path) -> None:
    people: Counter[str] = Counter()
    with (shared_data / "belgium" / "municipality_sex_age_nationality_2011.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people[row["refnis"]] += int(row["population"])

    drawn = draw_municipalities(people, 80, "3 5 1 6 2")
    sent = letters_by_municipality(drawn, 10_000, sum(people.values()), "3 5 1 6 2")

    assert (len(people), len(drawn), sum(sent.values())) == (589, 80, 10_000)
    assert drawn[0].chance == 1  # Antwerp has more than one eightieth of all people
    assert max(sent[one.name] for one in drawn if one.chance < 1) - min(
        sent[one.name] for one in drawn if one.chance < 1
    ) in {0, 1}
