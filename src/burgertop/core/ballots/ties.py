"""Break a tie by a public seed, and keep how it was done."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from burgertop.core.ballots.chance import shuffled
from burgertop.core.errors import InputError

__all__ = ["TieBreak", "break_tie"]


@dataclass(frozen=True, slots=True)
class TieBreak:
    """A tie and how the lot fell.

    Args:
        tied: the options that were tied, in ascending order.
        places: how many of them get a place.
        ballot: what the tie belongs to, part of the seed.
        seed_text: the public seed.
        order: the tied options in the order the lot put them.

    >>> TieBreak((1, 2), 1, "themes", "3 5 1", (2, 1)).chosen
    (2,)
    """

    tied: tuple[int, ...]
    places: int
    ballot: str
    seed_text: str
    order: tuple[int, ...]

    @property
    def chosen(self) -> tuple[int, ...]:
        """The options that get a place, in ascending order."""
        return tuple(sorted(self.order[: self.places]))


def break_tie(tied: Sequence[int], places: int, *, seed_text: str, ballot: str) -> TieBreak:
    """Let a public seed decide among tied options; every one is equally likely.

    Args:
        tied: the tied options, as in ``Tally.tied``.
        places: places to fill, as in ``Tally.open_places``.
        seed_text: what everybody saw, such as dice thrown in the hall after the count.
        ballot: name of the ballot, so that one throw can serve several ties.

    Returns:
        The lot, to be published.

    Raises:
        InputError: ``ballots.empty_seed``, ``ballots.not_tied``, ``ballots.doubled_choice``.

    Cost: O(tied) hashes.
    Source: Durstenfeld (1964), Communications of the ACM 7(7), 420.

    >>> lot = break_tie((4, 7, 9), 1, seed_text="3 5 1 6 2", ballot="themes")
    >>> lot.chosen
    (4,)
    """
    seed = unicodedata.normalize("NFC", seed_text).strip()
    if not seed:
        raise InputError("ballots.empty_seed")
    options = tuple(sorted(tied))
    for one, other in pairwise(options):
        if one == other:
            raise InputError("ballots.doubled_choice", option=one)
    if not 1 <= places < len(options):
        raise InputError("ballots.not_tied", tied=len(options), places=places)
    order = shuffled(options, f"burgertop.tie.1\n{ballot}\n{seed}")
    return TieBreak(options, places, ballot, seed, order)
