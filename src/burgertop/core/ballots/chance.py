"""Whole numbers drawn from a text with SHA-256, so that anybody can draw them again."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count

__all__ = ["draw_below", "shuffled"]

_BLOCK = 2**64


def draw_below(seed: str, bounds: Iterator[int] | tuple[int, ...]) -> tuple[int, ...]:
    """Draw one number in ``0 .. bound - 1`` for every bound, each equally likely.

    Block i is the first 8 bytes (big endian) of SHA-256 of the seed, a line feed and i, counted
    from 0. A block not below the largest multiple of the bound within 2**64 is thrown away and
    the next taken (rejection sampling), so that no number is favored.

    Args:
        seed: the text all numbers follow from.
        bounds: numbers of 1 or more.

    Returns:
        One number per bound.

    Cost: O(bounds) hashes.
    Source: Lemire (2019), Fast random integer generation in an interval, ACM Transactions on
    Modeling and Computer Simulation 29(1), on why the remainder alone is not even.

    >>> draw_below("3 5 1 6 2", (6, 6, 6))
    (5, 2, 4)
    """
    blocks = (int.from_bytes(sha256(f"{seed}\n{number}".encode()).digest()[:8], "big") for number in count())
    drawn = []
    for bound in bounds:
        even = _BLOCK - _BLOCK % bound
        drawn.append(next(block for block in blocks if block < even) % bound)
    return tuple(drawn)


def shuffled(items: tuple[int, ...], seed: str) -> tuple[int, ...]:
    """Put items in an order in which every order is equally likely.

    Args:
        items: what to shuffle.
        seed: the text the order follows from.

    Returns:
        The items, shuffled: from the last place down to the second, the item there swaps with
        the one at a place drawn up to it.

    Cost: O(items) hashes.
    Source: Durstenfeld (1964), Algorithm 235: Random permutation, Communications of the ACM
    7(7), 420 (Fisher-Yates).

    >>> sorted(shuffled((0, 1, 2, 3), "3 5 1 6 2"))
    [0, 1, 2, 3]
    """
    order = list(items)
    places = range(len(order) - 1, 0, -1)
    for place, drawn in zip(places, draw_below(seed, (n + 1 for n in places)), strict=True):
        order[place], order[drawn] = order[drawn], order[place]
    return tuple(order)
