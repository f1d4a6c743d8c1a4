"""A frame is fixed before the chance is known; anybody can draw its rows again."""

import unicodedata
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.recruitment import Frame, commit_frame, draw_rows, draw_rows_by_group, waves_of

ROWS = [["Zo\u00eb", "Li\u00e8ge"], ["Bea", 'Gent, "Zuid"']]


def test_the_digest_is_that_of_the_documented_recipe() -> None:
    written = 'burgertop.frame.1\nsalt\n["Zo\u00eb","Li\u00e8ge"]\n["Bea","Gent, \\"Zuid\\""]\n'

    assert commit_frame(ROWS, "salt") == Frame(2, sha256(written.encode()).hexdigest())


def test_two_ways_to_write_the_same_letter_have_one_digest() -> None:
    taken_apart = [[unicodedata.normalize("NFD", cell) for cell in row] for row in ROWS]

    assert commit_frame(taken_apart, "salt") == commit_frame(ROWS, "salt")


@pytest.mark.parametrize(
    ("rows", "salt"),
    [(ROWS[::-1], "salt"), (ROWS, "pepper"), ([["Zo\u00ebLi\u00e8ge"], ROWS[1]], "salt"), (ROWS[:1], "salt")],
)
def test_order_salt_cells_and_rows_are_all_in_the_digest(rows: list[list[str]], salt: str) -> None:
    assert commit_frame(rows, salt).digest != commit_frame(ROWS, "salt").digest


@pytest.mark.parametrize(
    ("rows", "salt", "code"), [([], "salt", "recruitment.empty_frame"), (ROWS, " ", "recruitment.empty_salt")]
)
def test_a_frame_needs_rows_and_a_salt(rows: list[list[str]], salt: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        commit_frame(rows, salt)

    assert caught.value.code == code


def test_the_first_row_follows_from_the_documented_text() -> None:
    digest = "0f" * 32
    number = int(sha256(f"burgertop.rows.1\n{digest}\n3 5 1\nnl\n0".encode()).hexdigest(), 16)

    assert draw_rows(1000, 1, "3  5 1 ", digest=digest, group="nl") == (number % 1000 + 1,)


@given(st.integers(0, 40), st.integers(0, 40), st.text(min_size=1).filter(str.strip))
def test_a_longer_draw_begins_with_the_shorter_one(fewer: int, more: int, seed: str) -> None:
    fewer, more = sorted((fewer, more))

    assert draw_rows(50, more, seed)[:fewer] == draw_rows(50, fewer, seed)


def test_every_row_is_about_equally_likely() -> None:
    times = Counter(row for number in range(2000) for row in draw_rows(10, 3, f"seed {number}"))

    assert sorted(times) == list(range(1, 11))
    assert all(abs(one - 600) < 100 for one in times.values())


def test_each_group_gets_its_number_from_its_own_rows() -> None:
    group_of = ["nl", "fr", "de"] * 100

    drawn = draw_rows_by_group(group_of, {"nl": 20, "fr": 15}, "seed")

    assert {group: len(set(rows)) for group, rows in drawn.items()} == {"nl": 20, "fr": 15}
    assert all(group_of[row - 1] == group for group, rows in drawn.items() for row in rows)


def test_more_letters_to_one_group_change_nothing_for_another() -> None:
    group_of = ["nl", "fr"] * 50

    before = draw_rows_by_group(group_of, {"nl": 5, "fr": 5}, "seed")
    after = draw_rows_by_group(group_of, {"nl": 30, "fr": 5}, "seed")

    assert (after["fr"], after["nl"][:5]) == (before["fr"], before["nl"])


def test_a_group_too_small_is_named() -> None:
    with pytest.raises(InputError) as caught:
        draw_rows_by_group(["nl", "fr"], {"fr": 2}, "seed")

    assert (caught.value.code, caught.value.params) == (
        "recruitment.too_few_in_group",
        {"group": "fr", "wanted": 2, "rows": 1},
    )


def test_waves_follow_from_one_draw_and_leave_a_reserve() -> None:
    assert waves_of((7, 3, 9, 1), (1, 2)) == ((7,), (3, 9), (1,))
    assert waves_of((), ()) == ((),)


@pytest.mark.parametrize(
    ("sizes", "code"), [((2, 1), "recruitment.too_few_rows"), ((3, -1), "recruitment.negative_number")]
)
def test_waves_cannot_be_larger_than_the_draw(sizes: tuple[int, ...], code: str) -> None:
    with pytest.raises(InputError) as caught:
        waves_of((1, 2), sizes)

    assert caught.value.code == code
