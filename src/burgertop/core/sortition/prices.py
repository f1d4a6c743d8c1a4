"""Prices of quotas, and the bound they give on every panel: the certificate, made without a solver."""

import numpy as np

from burgertop.core.sortition.kinds import Floats, Kinds

__all__ = ["bound_of", "lean_prices", "worth_of"]


def worth_of(kinds: Kinds, prices: Floats) -> Floats:
    """Tell what one seat of each kind is worth when every row has a price.

    Args:
        kinds: the kinds of people.
        prices: shape (R,): any real numbers.

    Returns:
        Shape (T,): the sum of the prices of the kind's rows, or 0 where that is negative (for
        people who must sit it may stay negative).

    Cost: O(kinds * features).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> rows = (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))
    >>> worth_of(kinds_of(pool, Quotas(1, rows), Limits()), np.array([2.0, -3.0, 1.0]))
    array([3., 0.])
    """
    whole = np.asarray(kinds.by_kind @ prices)
    return np.where(kinds.least < kinds.most, np.maximum(whole, 0), np.where(kinds.most > 0, whole, 0))


def bound_of(kinds: Kinds, prices: Floats) -> float:
    """Tell the most that a panel can be worth at these prices.

    A panel that meets every row is worth at most, for each row, its price times the most seats
    (or the least seats, when the price is negative), plus what ``worth_of`` adds by leaving out
    negative sums. Weak duality of linear programming: true whatever the prices.

    Args:
        kinds: the kinds of people.
        prices: shape (R,): any real numbers.

    Returns:
        A number no panel's worth is above.

    Cost: O(kinds * features).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> rows = (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))
    >>> bound_of(kinds_of(pool, Quotas(1, rows), Limits()), np.array([2.0, -3.0, 1.0]))
    5.0
    """
    at_rows = np.where(prices > 0, prices * kinds.row_upper, prices * kinds.row_lower)
    left_out = worth_of(kinds, prices) - np.asarray(kinds.by_kind @ prices)
    return float(at_rows.sum() + (left_out * kinds.most).sum())


def lean_prices(kinds: Kinds, prices: Floats) -> Floats:
    """Move what all values of a feature have in common to the price of a seat, if the bound gains by it.

    Everybody has one value of each feature, so this changes the worth of nobody.

    Args:
        kinds: the kinds of people.
        prices: shape (R,): any real numbers.

    Returns:
        Shape (R,): prices with a bound at most as large, and among such moves the smallest ones.

    Cost: O(sum of the squares of the numbers of values).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> rows = (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))
    >>> lean_prices(kinds_of(pool, Quotas(1, rows), Limits()), np.array([3.0, 2.0, 0.0]))
    array([ 0., -1.,  3.])
    """
    lean, seat = prices.copy(), len(kinds.quotas)
    names = [row.feature for row in kinds.quotas]
    for feature in dict.fromkeys(names):
        rows = np.flatnonzero([name == feature for name in names])
        common = np.append(prices[rows], 0.0)
        moved = prices[rows] - common[:, None]
        bounds = np.where(moved > 0, moved * kinds.row_upper[rows], moved * kinds.row_lower[rows]).sum(axis=1)
        bounds += common * kinds.seats
        sizes = np.where(bounds <= bounds.min() + 1e-13, np.abs(moved).sum(axis=1), np.inf)
        best = int(np.argmin(sizes))
        lean[rows], lean[seat] = moved[best], lean[seat] + common[best]
    return lean
