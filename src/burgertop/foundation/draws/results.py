"""The digest of a result: the numbers of the drawn, written in one way only."""

from collections.abc import Iterable
from hashlib import sha256

__all__ = ["result_digest"]


def result_digest(numbers: Iterable[int]) -> str:
    """Return the SHA-256 of the drawn numbers, smallest first, one on each line.

    >>> result_digest([12, 3])[:12]
    'd2b3f7bc3af4'
    """
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()
