"""How a code is spelled: thirty characters that nobody mixes up, and one that checks the others.

A code has nine random characters and a check character, shown as ``XXXX XXXX XX``.
The weighted sum of all ten is 0 modulo 31. As 31 is prime, larger than the alphabet,
and all weights differ, every single wrong character and every swap of two is noticed.
"""

import secrets
import unicodedata
from collections.abc import Iterable

__all__ = ["ALPHABET", "LENGTH", "canonical", "draw", "grouped", "is_well_formed", "spell", "strange_in", "with_check"]

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
MODULUS = 31
WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
GROUP = 4
SKIPPED = frozenset("-.\u00b7\u2022_/")
VALUE = {character: value for value, character in enumerate(ALPHABET)}


def canonical(typed: str) -> str:
    """Return what was typed in capitals, without spaces, dashes and dots.

    >>> canonical(" k7m4-px9r.w2 ")
    'K7M4PX9RW2'
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(one for one in plain if not _is_skipped(one))


def _is_skipped(character: str) -> bool:
    return character in SKIPPED or unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}


def strange_in(code: str) -> tuple[str, ...]:
    """Return the characters that no code has, once each, in the order of typing.

    >>> strange_in("K0M4PXIRWO")
    ('0', 'I', 'O')
    """
    return tuple(dict.fromkeys(one for one in code if one not in VALUE))


def is_well_formed(code: str) -> bool:
    """Whether a canonical code has the right length and its check character fits."""
    if len(code) != LENGTH or strange_in(code):
        return False
    return _weighted(code) % MODULUS == 0


def draw() -> str:
    """Draw a fresh canonical code from the system's chance; one whose check has no character is drawn again."""
    while True:
        code = with_check(spell(secrets.choice(range(len(ALPHABET))) for _ in range(LENGTH - 1)))
        if code:
            return code


def with_check(body: str) -> str:
    """Return nine characters with the one that checks them; empty where the check has no character.

    >>> with_check("K7M4PX9RW")
    'K7M4PX9RW3'
    """
    check = -_weighted(body) % MODULUS
    return body + ALPHABET[check] if check < len(ALPHABET) else ""


def spell(values: Iterable[int]) -> str:
    """Write numbers from 0 to 29 as characters."""
    return "".join(ALPHABET[value] for value in values)


def grouped(code: str) -> str:
    """Return a code as people read it, in groups of four.

    >>> grouped("K7M4PX9RW2")
    'K7M4 PX9R W2'
    """
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _weighted(code: str) -> int:
    return sum(weight * VALUE[character] for weight, character in zip(WEIGHTS, code, strict=False))
