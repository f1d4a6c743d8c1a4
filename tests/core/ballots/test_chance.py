"""Numbers from a text: recomputed here by hand, and even."""

from collections import Counter
from hashlib import sha256

from burgertop.core.ballots.chance import draw_below, shuffled


def test_the_numbers_are_those_of_the_documented_recipe() -> None:
    blocks = [int(sha256(f"dice\n{number}".encode()).hexdigest()[:16], 16) for number in range(3)]

    assert draw_below("dice", (6, 10, 1000)) == (blocks[0] % 6, blocks[1] % 10, blocks[2] % 1000)


def test_a_block_beyond_the_last_whole_multiple_is_thrown_away() -> None:
    bound = 2**63 + 1
    blocks = [int(sha256(f"dice\n{number}".encode()).hexdigest()[:16], 16) for number in range(64)]

    drawn = draw_below("dice", (bound,) * 8)

    assert drawn == tuple(block for block in blocks if block < bound)[:8]


def test_every_order_of_three_is_about_equally_likely() -> None:
    orders = Counter(shuffled((0, 1, 2), f"seed {number}") for number in range(6000))

    assert len(orders) == 6
    assert all(abs(times - 1000) < 130 for times in orders.values())


def test_nothing_and_one_thing_have_one_order() -> None:
    assert (shuffled((), "s"), shuffled((7,), "s")) == ((), (7,))
