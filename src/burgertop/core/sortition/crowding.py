"""Panels with too many people of one household give one away, to a panel that has room for the household."""

import numpy as np

from burgertop.core.sortition.swapping import Spread

__all__ = ["uncrowd"]

FAR = 1 << 10
AMONG = 8  # panels with room that are looked at for each household too many


def uncrowd(table: Spread) -> None:
    """Swap a seat of every crowded household for a seat, elsewhere, of somebody as alike as can be.

    Often only one panel in a thousand has room for a household; pairs of panels that meet by chance do not find it.

    Args:
        table: the seats of all panels; changed in place.

    Cost: O(seats * features) for each household too many.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> from burgertop.core.sortition.target import target_of
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",)) * 2, ("h", "h", "i", "i"))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 0, 2), Quota("gender", "man", 0, 2)))
    >>> kinds = kinds_of(pool, quotas, Limits(at_most_per_household=1))
    >>> table = Spread(kinds, target_of(kinds, np.ones(len(kinds)), 10), np.random.default_rng(1))
    >>> uncrowd(table)
    >>> len(table.bad_panels())
    0
    """
    for panel, home in table.rng.permutation(np.argwhere(table.home_sums > table.home_most)).tolist():
        if table.home_sums[panel, home] <= table.home_most[home]:
            continue
        inside = np.flatnonzero(table.home_of[table.seats[panel]] == home)
        at = int(table.rng.choice(inside))
        leaving = int(table.seats[panel, at])
        has_room = (table.home_sums[:, home] < table.home_most[home]) & (
            table.counts[:, leaving] < table.kinds.most[leaving]
        )
        others = table.rng.permutation(np.flatnonzero(has_room))[:AMONG]
        entering = table.seats[others]
        differs = (table.codes[entering] != table.codes[leaving]).sum(axis=2)
        homes = table.home_of[entering]
        is_open = (table.home_sums[panel, homes] < table.home_most[homes]) & (
            table.counts[panel, entering] < table.kinds.most[entering]
        )
        if not is_open.any():
            continue
        other, there = np.unravel_index(np.where(is_open, differs, FAR).argmin(), differs.shape)
        pair = np.array([panel, others[other]])
        table.put(pair, np.array([at, there]), np.array([entering[other, there], leaving]))
