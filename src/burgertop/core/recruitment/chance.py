"""Whole numbers drawn from a public text with SHA-256, so that anybody can draw them again."""

import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from itertools import count

from burgertop.core.errors import InputError

__all__ = ["draw_ordered", "numbers_from", "one_line", "text_of"]

_ALL = 2**256


def one_line(text: str) -> str:
    """Write a text in one way only: Unicode form NFC, trimmed, every run of white space one blank.

    Args:
        text: what was said or typed.

    Cost: O(letters).

    >>> one_line("  3 5\\n1  6 ")
    '3 5 1 6'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_of(kind: str, digest: str, seed_text: str, *more: str) -> str:
    """Join what a draw follows from, each on a line of its own.

    Args:
        kind: what is drawn, with the version of the recipe, such as ``"burgertop.rows.1"``.
        digest: 64 hexadecimal digits of the frame; empty where no frame was committed.
        seed_text: a text nobody could know when the frame was committed.
        more: what tells this draw from others of the same frame and seed.

    Raises:
        InputError: ``recruitment.empty_seed``, ``recruitment.not_a_digest``.

    Cost: O(letters).

    >>> text_of("burgertop.rows.1", "", "3 5 1 6 2", "nl")
    'burgertop.rows.1\\n\\n3 5 1 6 2\\nnl'
    """
    seed = one_line(seed_text)
    if not seed:
        raise InputError("recruitment.empty_seed")
    if digest and (len(digest) != 64 or set(digest) - set("0123456789abcdef")):
        raise InputError("recruitment.not_a_digest", digest=digest)
    return "\n".join((kind, digest, seed, *(one_line(one) for one in more)))


def numbers_from(text: str, bounds: Iterator[int] | tuple[int, ...]) -> Iterator[int]:
    """Draw one number in ``0 .. bound - 1`` for every bound, each equally likely.

    Block i is SHA-256 of the text, a line feed and i, counted from 0, read as a whole number. A block
    not below the largest multiple of the bound within 2**256 is thrown away and the next taken
    (rejection sampling), so that no number is favored.

    Args:
        text: the text all numbers follow from.
        bounds: numbers of 1 or more.

    Cost: one hash a number.
    Source: Lemire (2019), Fast random integer generation in an interval, ACM Transactions on
    Modeling and Computer Simulation 29(1), on why the remainder alone is not even.

    >>> tuple(numbers_from("3 5 1 6 2", (6, 6, 6)))
    (1, 4, 1)
    """
    blocks = (int.from_bytes(sha256(f"{text}\n{number}".encode()).digest(), "big") for number in count())
    for bound in bounds:
        even = _ALL - _ALL % bound
        yield next(block for block in blocks if block < even) % bound


def draw_ordered(length: int, wanted: int, text: str) -> tuple[int, ...]:
    """Draw different places of a list, in order: every order of every choice is equally likely.

    Place i swaps with one drawn from i to the end, for i = 0, 1, 2 ...; only places that moved are kept
    in memory. A longer draw from the same text begins with the shorter one.

    Args:
        length: places in the list, 0 to length - 1.
        wanted: how many to draw.
        text: the text the draw follows from.

    Raises:
        InputError: ``recruitment.negative_number``, ``recruitment.too_few_rows``.

    Cost: O(wanted) hashes and memory, whatever the length.
    Source: Durstenfeld (1964), Algorithm 235: Random permutation, Communications of the ACM 7(7).

    >>> draw_ordered(1000, 3, "3 5 1 6 2")
    (475, 134, 433)
    >>> draw_ordered(1000, 2, "3 5 1 6 2")
    (475, 134)
    """
    if length < 0 or wanted < 0:
        raise InputError("recruitment.negative_number", number=min(length, wanted))
    if wanted > length:
        raise InputError("recruitment.too_few_rows", wanted=wanted, rows=length)
    moved: dict[int, int] = {}
    drawn = []
    numbers = numbers_from(text, (length - place for place in range(wanted)))
    for place, number in enumerate(numbers):
        other = place + number
        drawn.append(moved.get(other, other))
        moved[other] = moved.pop(place, place)
    return tuple(drawn)
