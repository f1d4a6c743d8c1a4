"""From kinds to people: who of each kind sits on which panel, everybody as often as the others of the kind."""

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.pool import Pool

__all__ = ["people_of"]


def people_of(
    pool: Pool, kinds: Kinds, limits: Limits, seats: NDArray[np.int32], rng: np.random.Generator
) -> NDArray[np.int32]:
    """Fill the seats of panels with people.

    The people of a kind stand in a ring, in an order drawn by chance; panel after panel, in an
    order drawn by chance too, takes the next ones. So two people of a kind are on the same
    number of panels, or one of them on one more. Where households are bound, each panel takes
    of the alike households those that were taken least.

    Args:
        pool: the people.
        kinds: their kinds.
        limits: how many of a household may sit.
        seats: shape (M, seats): kind of every seat.
        rng: all chance.

    Returns:
        Shape (M, seats): positions in the pool, sorted on every panel.

    Cost: O(M * seats * log(M * seats)).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))), Limits())
    >>> seats = np.array([[0, 1], [0, 1]], dtype=np.int32)
    >>> np.sort(people_of(pool, kinds, Limits(), seats, np.random.default_rng(1)), axis=0).tolist()
    [[0, 1], [1, 2]]
    """
    panels, number = seats.shape
    order = rng.permutation(panels)
    flat = seats[order].ravel()
    by_kind = np.argsort(flat, kind="stable")
    ring = np.concatenate([rng.permutation(members) for members in kinds.members])
    used = np.bincount(flat, minlength=len(kinds))
    before = np.cumsum(used) - used
    turn = np.arange(len(flat)) - before[flat[by_kind]]
    offset = np.cumsum(kinds.sizes) - kinds.sizes
    people = np.empty(len(flat), dtype=np.int32)
    people[by_kind] = ring[offset[flat[by_kind]] + turn % kinds.sizes[flat[by_kind]]]
    filled = people.reshape(panels, number)
    for homes, alike in enumerate(kinds.homes):
        if len(alike) > 1:
            _spread_over_homes(pool, kinds, limits, homes, seats[order], filled, rng)
    placed = np.empty((panels, number), dtype=np.int32)
    placed[order] = filled
    return np.sort(placed, axis=1)


def _spread_over_homes(
    pool: Pool,
    kinds: Kinds,
    limits: Limits,
    homes: int,
    seats: NDArray[np.int32],
    people: NDArray[np.int32],
    rng: np.random.Generator,
) -> None:
    """Seat the people of alike households anew, so that no panel takes too many of one household."""
    limit = limits.at_most_per_household or 0
    mine = np.flatnonzero(kinds.rows_of[:, -1] == len(kinds.quotas) + 1 + homes).tolist()
    names = [kinds.homes[homes][number] for number in rng.permutation(len(kinds.homes[homes]))]
    living: dict[tuple[int, int], list[int]] = {}
    for kind in mine:
        for place in kinds.members[kind]:
            living.setdefault((kind, names.index(pool.households[place])), []).append(int(place))
    used = {kind: np.zeros(len(names), dtype=np.int64) for kind in mine}
    where = np.isin(seats, mine)
    for panel in np.flatnonzero(where.any(axis=1)):
        load = np.zeros(len(names), dtype=np.int64)
        inside: dict[tuple[int, int], int] = {}
        at = np.flatnonzero(where[panel])
        size = np.bincount(seats[panel, at], minlength=len(kinds))
        for seat in at[np.argsort(-size[seats[panel, at]], kind="stable")]:
            sitting = int(seats[panel, seat])
            free = [
                home
                for home in range(len(names))
                if load[home] < limit and inside.get((sitting, home), 0) < len(living[sitting, home])
            ]
            home = min(free, key=lambda one: (used[sitting][one], load[one], one))
            taken = inside.get((sitting, home), 0)
            them = living[sitting, home]
            people[panel, seat] = them[int(used[sitting][home]) % len(them)]
            load[home] += 1
            inside[sitting, home] = taken + 1
            used[sitting][home] += 1
