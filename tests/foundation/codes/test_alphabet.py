"""The spelling of codes: what is mistyped is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.foundation.codes.alphabet import (
    ALPHABET,
    LENGTH,
    canonical,
    draw,
    grouped,
    is_well_formed,
    spell,
    strange_in,
)

codes = st.builds(draw)
places = st.integers(0, LENGTH - 1)


def test_the_alphabet_has_thirty_characters_that_nobody_mixes_up() -> None:
    assert (len(set(ALPHABET)), set("01ILOU") & set(ALPHABET)) == (30, set())


@given(codes)
def test_every_code_drawn_is_well_formed(code: str) -> None:
    assert (len(code), is_well_formed(code)) == (10, True)


@given(codes, places, st.sampled_from(ALPHABET))
def test_every_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]

    assert is_well_formed(changed) == (changed == code)


@given(codes, places, places)
def test_every_swap_of_two_characters_is_noticed(code: str, one: int, two: int) -> None:
    letters = list(code)
    letters[one], letters[two] = letters[two], letters[one]
    swapped = "".join(letters)

    assert is_well_formed(swapped) == (swapped == code)


def test_every_single_error_in_one_code_is_noticed() -> None:
    code = draw()

    wrong = [
        code[:place] + other + code[place + 1 :]
        for place in range(LENGTH)
        for other in ALPHABET
        if other != code[place]
    ]

    assert (len(wrong), [one for one in wrong if is_well_formed(one)]) == (290, [])


def test_the_check_of_a_code_by_hand() -> None:
    # The weighted sum is 10 * 1, so the check must be 31 - 10 = 21: the character Q.
    assert (spell([1, 0, 0, 0, 0, 0, 0, 0, 0, 21]), is_well_formed("322222222Q")) == ("322222222Q", True)


@given(codes, st.sampled_from([" ", "-", ".", "\u2013", "\u00a0", "\u200b"]), st.booleans())
def test_a_code_is_read_in_any_case_with_spaces_dashes_and_dots(code: str, between: str, in_capitals: bool) -> None:
    typed = between.join(grouped(code).split(" "))

    assert canonical(f" {typed if in_capitals else typed.lower()}\n") == code


def test_full_width_characters_are_read() -> None:
    assert canonical("Ｋ７ｍ４") == "K7M4"


@pytest.mark.parametrize("code", ["", "K7M4PX9R", "K7M4PX9RWWW", "O7M4PX9RWW", "é7M4PX9RWW"])
def test_what_cannot_be_a_code_is_not_one(code: str) -> None:
    assert is_well_formed(code) is False


def test_look_alikes_are_named_once_each() -> None:
    assert strange_in(canonical("0o1l u")) == ("0", "O", "1", "L", "U")


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert grouped("K7M4PX9RW2") == "K7M4 PX9R W2"
