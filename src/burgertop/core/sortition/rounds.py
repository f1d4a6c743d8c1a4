"""The first deal: seats go round the panels, each round to those that need them most."""

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.target import Target

__all__ = ["dealt_in_rounds", "homes_of"]

FULL = 1e6  # what it costs a panel that has everybody of a kind already to get one more
CROWDED = 1e3  # what it costs a panel that has as many of a household as may be
UNBOUND = 1 << 30
CHANCE = 0.5  # how much chance may outweigh need, in seats


def dealt_in_rounds(kinds: Kinds, target: Target, rng: np.random.Generator) -> NDArray[np.int32]:
    """Deal the seats of a target so that every panel has nearly as many of each value as every other.

    All seats, sorted by kind, are cut into rounds of one seat for each panel. In each round the
    panels that have more of a value than the others have so far leave it to them. A kind whose seats
    began in the round before comes first, so that no panel gets more of it than there are people.

    Args:
        kinds: the kinds of people.
        target: seats of each kind over all panels.
        rng: all chance.

    Returns:
        Shape (M, seats): kind of every seat; column n is round n.

    Cost: O(M * seats * features), more where rounds are of many kinds.
    Source: own; after the balancing of vectors, one by one, as in Spencer (1977), Balancing games,
    Journal of Combinatorial Theory B 23(1), 68-74.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> from burgertop.core.sortition.target import target_of
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("man",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))), Limits())
    >>> dealt_in_rounds(kinds, target_of(kinds, np.ones(2), 3), np.random.default_rng(1)).tolist()
    [[0, 1], [0, 1], [0, 1]]
    """
    panels = target.panels
    rounds = np.repeat(np.arange(len(kinds)), target.totals).reshape(-1, panels)
    codes = kinds.rows_of[:, : len({row.feature for row in kinds.quotas})]
    surplus = np.zeros((panels, len(kinds.quotas)))
    seats = np.empty((panels, len(rounds)), dtype=np.int32)
    home_of, home_most = homes_of(kinds)
    at_home = np.zeros((panels, len(home_most)), dtype=np.int32)
    upto = 0  # the last kind of the round before
    held = np.zeros(panels, dtype=np.int64)  # how many of it each panel has
    for number, dealt in enumerate(rounds):
        named, sizes = np.unique(dealt, return_counts=True)
        held = held if named[0] == upto else np.zeros(panels, dtype=np.int64)
        if len(named) == 1:
            seats[:, number] = named[0]
        else:
            need = surplus[:, codes[named]].sum(axis=2) + CHANCE * rng.random((panels, len(named)))
            need += np.where(at_home[:, home_of[named]] < home_most[home_of[named]], 0, CROWDED)
            need[:, 0] += np.where(held < kinds.most[named[0]], 0, FULL)
            seats[:, number] = named[_shared_out(need, sizes)]
            for column in codes.T:
                surplus[np.arange(panels), column[seats[:, number]]] += 1
                surplus -= np.bincount(column[named], sizes / panels, minlength=surplus.shape[1])
        at_home[np.arange(panels), home_of[seats[:, number]]] += 1
        upto = int(named[-1])
        held = (held if len(named) == 1 else 0) + (seats[:, number] == upto)
    return seats


def homes_of(kinds: Kinds) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tell the row of alike households that binds each kind, and the most of each row; the last row binds nobody.

    Cost: O(kinds + rows).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("man",)), ("h", "h", ""))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> home_of, most = homes_of(kinds_of(pool, quotas, Limits(at_most_per_household=1)))
    >>> home_of.tolist(), most.tolist()
    ([0, 1, 0], [1, 1073741824])
    """
    first = len(kinds.quotas) + 1
    most = np.append(kinds.row_upper[first:], UNBOUND)
    return (kinds.rows_of[:, -1] - first if len(most) > 1 else np.zeros(len(kinds), dtype=np.int64)), most


def _shared_out(need: NDArray[np.float64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each panel one of several kinds, each as often as its size says, where it costs least beside the rest."""
    given = np.full(len(need), len(sizes) - 1)
    left = np.arange(len(need))
    for kind in range(len(sizes) - 1):
        rest = sizes[kind + 1 :] / sizes[kind + 1 :].sum()
        others = (need[left, kind + 1 :] * rest).sum(axis=1)
        order = np.argsort(need[left, kind] - others, kind="stable")
        given[left[order[: sizes[kind]]]] = kind
        left = np.sort(left[order[sizes[kind] :]])
    return given
