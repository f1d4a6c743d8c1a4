"""The order in which a voter sees the options, and a test whether places drew votes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from burgertop.core.ballots.chance import shuffled
from burgertop.core.errors import InputError, ShapeError

__all__ = ["PlaceTest", "order_for", "place_test"]


@dataclass(frozen=True, slots=True)
class PlaceTest:
    """Whether the place of an option on the page drew votes.

    Args:
        votes: how often the option at each place was chosen.
        statistic: Cochran's Q, about chi-square distributed when places do not matter.
        freedom: degrees of freedom, places - 1.
        p_value: chance of a statistic this large or larger when places do not matter, in 0..1.

    >>> PlaceTest((5, 5), 0.0, 1, 1.0).p_value
    1.0
    """

    votes: tuple[int, ...]
    statistic: float
    freedom: int
    p_value: float


def order_for(options: int, *, seed: str, voter: str) -> tuple[int, ...]:
    """Give the order in which one voter sees the options, the same at every visit.

    Args:
        options: number of options.
        seed: the stored seed of the ballot.
        voter: a pseudonym of the voter; the auditor who knows it can make the order again.

    Returns:
        The options, the first to be shown first; every order is equally likely.

    Raises:
        InputError: ``ballots.no_options``, ``ballots.empty_seed``.

    Cost: O(options) hashes.
    Source: Durstenfeld (1964), Communications of the ACM 7(7), 420.

    >>> order_for(5, seed="a stored seed", voter="v1")
    (1, 4, 0, 2, 3)
    """
    if options < 1:
        raise InputError("ballots.no_options")
    if not seed:
        raise InputError("ballots.empty_seed")
    return shuffled(tuple(range(options)), f"burgertop.order.1\n{seed}\n{voter}")


def place_test(orders: Sequence[Sequence[int]], choices: Sequence[Sequence[int]]) -> PlaceTest:
    """Test whether voters chose by the place of an option on the page.

    Cochran's Q is the chi-square test of place and choice that allows for each voter having
    several choices, which are not independent of each other.

    Args:
        orders: what each voter saw: options in the order shown, as from ``order_for``.
        choices: what each voter chose, options in any order.

    Returns:
        The test; with fewer than about 4 votes per place it is only a rough guide.

    Raises:
        ShapeError: ``ballots.ragged_orders``.
        InputError: ``ballots.unknown_option``, ``ballots.nothing_to_test`` (no paper that
            chooses some options and leaves others).

    Cost: O(voters * options).
    Source: Cochran (1950), The comparison of percentages in matched samples, Biometrika
    37(3/4), 256-266.

    >>> place_test([(0, 1), (1, 0), (0, 1), (1, 0)], [(0,), (1,), (0,), (1,)]).votes
    (4, 0)
    """
    widths = {len(order) for order in orders}
    if len(orders) != len(choices) or len(widths) != 1:
        raise ShapeError("ballots.ragged_orders", orders=len(orders), papers=len(choices))
    places = widths.pop()
    table = np.zeros((len(orders), places))
    for row, (order, chosen) in enumerate(zip(orders, choices, strict=True)):
        place_of = {option: place for place, option in enumerate(order)}
        for option in chosen:
            if option not in place_of:
                raise InputError("ballots.unknown_option", option=option, options=places)
            table[row, place_of[option]] = 1
    votes, papers = table.sum(axis=0), table.sum(axis=1)
    spread = float(places * papers.sum() - (papers**2).sum())
    if spread == 0:
        raise InputError("ballots.nothing_to_test")
    around = float(((votes - votes.mean()) ** 2).sum())
    statistic = places * (places - 1) * around / spread
    p_value = float(chdtrc(places - 1, statistic))
    return PlaceTest(tuple(int(n) for n in votes), statistic, places - 1, p_value)
