"""Numbers from a text: recomputed here by hand, even, and without doubles."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.recruitment.chance import draw_ordered, numbers_from, one_line, text_of


def block(text: str, number: int) -> int:
    return int(sha256(f"{text}\n{number}".encode()).hexdigest(), 16)


def test_the_numbers_are_those_of_the_documented_recipe() -> None:
    blocks = [block("dice", number) for number in range(3)]

    assert tuple(numbers_from("dice", (6, 10, 1000))) == (blocks[0] % 6, blocks[1] % 10, blocks[2] % 1000)


def test_a_block_beyond_the_last_whole_multiple_is_thrown_away() -> None:
    bound = 2**255 + 1

    drawn = tuple(numbers_from("dice", (bound,) * 8))

    assert drawn == tuple(one for one in (block("dice", number) for number in range(64)) if one < bound)[:8]


def test_a_text_is_written_in_one_way_only() -> None:
    assert one_line(" Lie\u0300ge \n 3\t5 ") == "Li\u00e8ge 3 5"
    assert text_of("kind", "", "Li\u00e8ge 3 5") == text_of("kind", "", " Lie\u0300ge \n 3\t5 ")


def test_no_group_can_pass_for_a_seed() -> None:
    assert text_of("kind", "", "a\nb", "c") != text_of("kind", "", "a", "b\nc")


@pytest.mark.parametrize(
    ("digest", "seed", "code"),
    [("", " \n", "recruitment.empty_seed"), ("12", "seed", "recruitment.not_a_digest")],
)
def test_a_text_without_chance_or_frame_is_refused(digest: str, seed: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        text_of("kind", digest, seed)

    assert caught.value.code == code


def test_every_ordered_pair_of_four_is_about_equally_likely() -> None:
    pairs = Counter(draw_ordered(4, 2, f"seed {number}") for number in range(6000))

    assert len(pairs) == 12
    assert all(abs(times - 500) < 110 for times in pairs.values())


@given(length=st.integers(0, 60), data=st.data())
def test_a_draw_is_the_begin_of_a_shuffle_of_the_whole_list(length: int, data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, length))
    order = list(range(length))
    for place, number in enumerate(numbers_from("text", tuple(range(length, 0, -1)))):
        order[place], order[place + number] = order[place + number], order[place]

    assert draw_ordered(length, wanted, "text") == tuple(order[:wanted])
    assert sorted(draw_ordered(length, length, "text")) == list(range(length))


def test_a_few_of_very_many_are_drawn_without_writing_the_many_down() -> None:
    drawn = draw_ordered(10**15, 1000, "text")

    assert len(set(drawn)) == 1000
    assert 0 <= min(drawn) < max(drawn) < 10**15


@pytest.mark.parametrize(
    ("length", "wanted", "code"),
    [
        (3, 4, "recruitment.too_few_rows"),
        (-1, 0, "recruitment.negative_number"),
        (3, -1, "recruitment.negative_number"),
    ],
)
def test_what_is_not_there_cannot_be_drawn(length: int, wanted: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        draw_ordered(length, wanted, "text")

    assert caught.value.code == code
