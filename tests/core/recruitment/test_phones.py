"""Random numbers to dial: of the right form, each as likely as any other, none twice."""

from collections import Counter
from hashlib import sha256

import pytest

from burgertop.core.errors import InputError
from burgertop.core.recruitment import NumberBlock, draw_phone_numbers


def test_the_numbers_have_prefix_and_length_of_a_block() -> None:
    drawn = draw_phone_numbers([NumberBlock("+322", 7), NumberBlock("+3247", 7)], 500, "seed", "salt")

    assert len(set(drawn)) == 500
    assert {(number[:4], len(number)) for number in drawn} == {("+322", 11), ("+324", 12)}


def test_all_numbers_of_all_blocks_can_be_drawn_once() -> None:
    drawn = draw_phone_numbers([NumberBlock("02", 1), NumberBlock("09", 2)], 110, "seed", "salt")

    assert sorted(drawn) == sorted([f"02{n}" for n in range(10)] + [f"09{n:02d}" for n in range(100)])


def test_a_block_ten_times_as_large_is_drawn_ten_times_as_often() -> None:
    drawn = draw_phone_numbers([NumberBlock("02", 5), NumberBlock("047", 6)], 11_000, "seed", "salt")

    assert abs(Counter(number[:2] for number in drawn)["02"] - 1000) < 130


def test_the_first_number_follows_from_the_documented_text() -> None:
    number = int(sha256(b"burgertop.phones.1\n\n3 5 1\nsalt\n0").hexdigest(), 16) % 100_000

    assert draw_phone_numbers([NumberBlock("02", 5)], 1, " 3 5  1", "salt") == (f"02{number:05d}",)


def test_a_longer_draw_begins_with_the_shorter_one() -> None:
    blocks = [NumberBlock("02", 5)]

    assert draw_phone_numbers(blocks, 50, "seed", "salt")[:20] == draw_phone_numbers(blocks, 20, "seed", "salt")


def test_blocks_may_share_a_prefix_when_their_numbers_differ_in_length() -> None:
    assert len(draw_phone_numbers([NumberBlock("02", 1), NumberBlock("021", 1)], 20, "seed", "salt")) == 20


def test_a_block_within_another_is_named() -> None:
    with pytest.raises(InputError) as caught:
        draw_phone_numbers([NumberBlock("0471", 6), NumberBlock("047", 7)], 1, "seed", "salt")

    assert (caught.value.code, caught.value.params) == (
        "recruitment.overlapping_blocks",
        {"prefixes": ("047", "0471")},
    )


@pytest.mark.parametrize(
    ("prefix", "digits", "code"),
    [
        ("", 5, "recruitment.bad_prefix"),
        ("04-7", 5, "recruitment.bad_prefix"),
        ("047", 0, "recruitment.bad_digits"),
        ("047", 13, "recruitment.bad_digits"),
    ],
)
def test_a_block_that_is_none_is_refused(prefix: str, digits: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        NumberBlock(prefix, digits)

    assert caught.value.code == code


def test_the_public_text_alone_does_not_tell_who_was_called() -> None:
    blocks = [NumberBlock("02", 7)]

    assert draw_phone_numbers(blocks, 3, "seed", "salt") != draw_phone_numbers(blocks, 3, "seed", "pepper")
    with pytest.raises(InputError) as caught:
        draw_phone_numbers(blocks, 3, "seed", " ")
    assert caught.value.code == "recruitment.empty_salt"


def test_without_blocks_there_is_nothing_to_dial() -> None:
    with pytest.raises(InputError) as caught:
        draw_phone_numbers([], 1, "seed", "salt")

    assert caught.value.code == "recruitment.too_few_rows"
