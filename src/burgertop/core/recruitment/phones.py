"""Random phone numbers to dial: blocks of numbers, drawn from without doubles."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from burgertop.core.errors import InputError
from burgertop.core.recruitment.chance import draw_ordered, one_line, text_of

__all__ = ["NumberBlock", "draw_phone_numbers"]


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """All numbers that begin with a prefix and go on with so many more digits.

    Args:
        prefix: what they begin with: digits, with a plus before them or none.
        digits: how many digits follow, 1 to 12.

    Raises:
        InputError: ``recruitment.bad_prefix``, ``recruitment.bad_digits``.

    >>> len(NumberBlock("+3247", 7))
    10000000
    """

    prefix: str
    digits: int

    def __post_init__(self) -> None:
        rest = self.prefix.removeprefix("+")
        if not (rest.isascii() and rest.isdigit()):
            raise InputError("recruitment.bad_prefix", prefix=self.prefix)
        if not 1 <= self.digits <= 12:
            raise InputError("recruitment.bad_digits", prefix=self.prefix, digits=self.digits)

    def __len__(self) -> int:
        """Count the numbers of the block."""
        return int(10**self.digits)


def draw_phone_numbers(blocks: Sequence[NumberBlock], wanted: int, seed_text: str, salt: str) -> tuple[str, ...]:
    """Draw numbers to dial, each number of all blocks equally likely, none twice.

    Listed or not, every number can be drawn. Who has two numbers has two chances: ask, and weigh. A phone
    number is a person, so the public text alone must not tell who was called: the salt keeps it secret.

    Args:
        blocks: the blocks in use, none within another.
        wanted: how many numbers.
        seed_text: a public text nobody could know when the salt was fixed.
        salt: a secret text, fixed beforehand by its digest and shown to an auditor only.

    Returns:
        The numbers in the order drawn; a longer draw from the same text begins with them.

    Raises:
        InputError: ``recruitment.overlapping_blocks``, ``recruitment.negative_number``,
            ``recruitment.too_few_rows``, ``recruitment.empty_seed``, ``recruitment.empty_salt``.

    Cost: O(wanted) hashes, O(blocks ** 2).
    Source: Waksberg (1978), Sampling methods for random digit dialing, Journal of the American
    Statistical Association 73; blocks known to be in use stand for his first stage.

    >>> draw_phone_numbers([NumberBlock("02", 7), NumberBlock("047", 7)], 3, "3 5 1 6 2", "one-time")
    ('021759322', '025397947', '0472155729')
    """
    for one, other in combinations(sorted(blocks, key=lambda block: len(block.prefix)), 2):
        if other.prefix.startswith(one.prefix) and len(one.prefix) + one.digits == len(other.prefix) + other.digits:
            raise InputError("recruitment.overlapping_blocks", prefixes=(one.prefix, other.prefix))
    ends = list(accumulate(len(block) for block in blocks))
    if not one_line(salt):
        raise InputError("recruitment.empty_salt")
    text = text_of("burgertop.phones.1", "", seed_text, salt)
    numbers = []
    for place in draw_ordered(ends[-1] if ends else 0, wanted, text):
        block = blocks[bisect_right(ends, place)]
        inside = place - ends[bisect_right(ends, place)] + len(block)
        numbers.append(f"{block.prefix}{inside:0{block.digits}d}")
    return tuple(numbers)
