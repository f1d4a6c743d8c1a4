"""The public chance: which of the numbered panels is drawn, by dice or by a text that everybody saw."""

import unicodedata
from hashlib import sha256

from burgertop.core.errors import InputError
from burgertop.core.sortition.published import Lottery, commitment_of

__all__ = ["pick_panel"]


def pick_panel(
    lottery: Lottery | int, *, dice: int | None = None, public_seed: str | None = None, commitment: str | None = None
) -> int:
    """Pick a numbered panel by public chance: every number from 1 to M exactly equally likely.

    Args:
        lottery: the lottery, or its number M of panels.
        dice: a number thrown or drawn in public. If it is not from 1 to M it is refused: throw again
            (for M = 1,000 three ten-sided dice, 000 counted as 1,000).
        public_seed: a text nobody could know when the lottery was published.
        commitment: ``commitment_of`` the lottery, published before the seed was known; None: worked
            out from the lottery.

    Returns:
        The number of the panel, 1 to M. From a seed: SHA-256 of ``burgertop.pick.1``, commitment, seed (in
        Unicode form NFC, trimmed) and a counter from 0, one on each line, read as a whole number; one
        that is not below the largest multiple of M up to 2**256 is passed over and the counter goes on;
        the remainder by M, plus 1, is the panel.

    Raises:
        InputError: ``sortition.one_chance_only``, ``sortition.no_such_panel``, ``sortition.empty_seed``,
            ``sortition.not_a_digest``, ``sortition.no_panels``.

    Cost: O(1), and ``commitment_of`` where it is not handed in.

    >>> pick_panel(1000, dice=417)
    417
    >>> pick_panel(1000, public_seed="3 5 1 6 2", commitment="0" * 64)
    765
    """
    panels = lottery if isinstance(lottery, int) else len(lottery.panels)
    if panels < 1:
        raise InputError("sortition.no_panels", panels=panels)
    if (dice is None) == (public_seed is None):
        raise InputError("sortition.one_chance_only")
    if dice is not None:
        if not 1 <= dice <= panels:
            raise InputError("sortition.no_such_panel", number=dice, panels=panels)
        return dice
    seed = unicodedata.normalize("NFC", public_seed or "").strip()
    if not seed:
        raise InputError("sortition.empty_seed")
    digest = commitment_of(lottery) if commitment is None and isinstance(lottery, Lottery) else commitment or ""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise InputError("sortition.not_a_digest", digest=digest)
    fair_below = 2**256 - 2**256 % panels
    counter = 0
    while (number := _number(digest, seed, counter)) >= fair_below:
        counter += 1
    return number % panels + 1


def _number(digest: str, seed: str, counter: int) -> int:
    return int.from_bytes(sha256(f"burgertop.pick.1\n{digest}\n{seed}\n{counter}".encode()).digest(), "big")
