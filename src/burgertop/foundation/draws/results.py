"""What the public chance picks, and the digest of the numbers drawn, written in one way only."""

from collections.abc import Iterable
from hashlib import sha256

from burgertop.core.sortition import pick_panel
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Chance, Round

__all__ = ["picked_panel", "result_digest"]


def picked_panel(one: Round, said: str) -> int:
    """Turn what everybody saw into the number of a panel of a sealed round.

    Dice give the number itself; noughts only stand for the last panel, as 000 of three ten-sided dice for 1,000.

    Raises:
        DrawError: ``draws.not_a_number``. InputError: ``sortition.empty_seed``, ``sortition.no_such_panel``.
    """
    if one.chance == Chance.PUBLIC_TEXT or not said:
        return pick_panel(one.panels, public_seed=said, commitment=one.commitment)
    dice = said.replace(" ", "")
    if not (dice.isascii() and dice.isdigit()) or len(dice) > len(str(one.panels)):
        raise DrawError("draws.not_a_number", panels=one.panels)
    return pick_panel(one.panels, dice=int(dice) or one.panels)


def result_digest(numbers: Iterable[int]) -> str:
    """Return the SHA-256 of the drawn numbers, smallest first, one on each line.

    >>> result_digest([12, 3])[:12]
    'd2b3f7bc3af4'
    """
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()
