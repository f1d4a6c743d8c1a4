"""How far somebody has read, whatever the order in which numbers came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.foundation.live.cursors import MOST_TOLD, Cursor

numbers = st.lists(st.integers(1, 40), max_size=30)


@given(st.lists(numbers, max_size=6))
def test_what_came_is_read_and_nothing_else_whatever_the_order(looks: list[list[int]]) -> None:
    cursor, came = Cursor(), set[int]()

    for look in looks:
        cursor = cursor.after(look)
        came |= set(look)

    assert {number for number in range(1, 50) if cursor.has_read(number)} == came


@given(numbers)
def test_a_browser_gives_back_what_it_was_told_or_something_earlier(came: list[int]) -> None:
    cursor = Cursor().after(came)

    again = Cursor.parse(str(cursor))

    assert all(cursor.has_read(number) for number in range(1, 50) if again.has_read(number))
    assert again == cursor or len(cursor.holes) > MOST_TOLD


def test_a_number_that_was_given_up_is_waited_for_no_longer() -> None:
    assert Cursor(9, frozenset({4, 7})).without([4]) == Cursor(9, frozenset({7}))


@pytest.mark.parametrize("words", ["", "many", "-1", "3-", "3--2", "9" * 19, "3\n", "٣", "-".join(["1"] * 18)])
def test_words_we_never_said_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Cursor.parse(words)
