"""Dealing people at home to tables: evenly, nobody at a thin table, and everybody with a place where one is free."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from burgertop.stages.summit.dealing import deal


def test_eleven_people_are_one_table_of_ten_and_one_who_waits() -> None:
    given_ = deal(range(11), {1: 0, 2: 0}, least=6, most=10)

    assert Counter(given_.values()) == {1: 10}
    assert list(given_) == list(range(10))


def test_thirteen_people_are_two_tables_as_even_as_can_be() -> None:
    assert Counter(deal(range(13), {601: 0, 602: 0, 603: 0}, least=6, most=10).values()) == {601: 7, 602: 6}


def test_who_comes_late_goes_to_the_emptiest_table_in_use() -> None:
    assert deal(["late"], {1: 8, 2: 7, 3: 0}, least=6, most=10) == {"late": 2}


def test_too_few_for_a_table_all_wait() -> None:
    assert deal(range(5), {1: 0}, least=6, most=10) == {}


@given(st.integers(0, 60), st.lists(st.integers(0, 10), max_size=8), st.integers(2, 10))
def test_no_table_is_over_full_and_a_new_one_has_the_least(people: int, here: list[int], least: int) -> None:
    tables = dict(enumerate(here, 1))

    given_ = deal(range(people), tables, least=least, most=10)

    after = Counter(tables) + Counter(given_.values())
    begun = [number for number in given_.values() if not tables[number]]
    assert all(count <= 10 for count in after.values())
    assert len(given_) == people or all(after[number] == 10 for number in set(given_.values()))
    if begun and all(count == 0 for count in here):
        assert min(after[number] for number in begun) >= least
