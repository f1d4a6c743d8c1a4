"""The certificate of a lottery, made out of the levels of its rule."""

from collections.abc import Sequence

import numpy as np

from burgertop.core.sortition.kinds import Floats, Kinds
from burgertop.core.sortition.leximin import Level
from burgertop.core.sortition.published import Certificate, CertificateLevel

__all__ = ["certificate_of"]

NOTHING = 1e-9  # a chance below this is a rounding of 0
DIGITS = 15  # that are written of a price


def certificate_of(
    kinds: Kinds, ids: Sequence[str], levels: Sequence[Level], exact: Floats, *, is_relaxed_reached: bool
) -> Certificate:
    """Write down what the levels prove in words an outsider has: people, values, households.

    Args:
        kinds: the kinds of people.
        ids: everybody, in the order of the pool.
        levels: the levels of the lottery.
        exact: shape (n,): everybody's chance under the exact distribution.
        is_relaxed_reached: whole panels reach what prices prove.

    Cost: O(people + levels * R).
    """
    written = tuple(_level(kinds, ids, level, exact) for level in levels)
    least = next((level for level in written if level.bound > NOTHING), None)
    gaps = [(level.bound - level.reached) / level.bound for level in written if level.bound > NOTHING]
    return Certificate(
        levels=written,
        upper_bound=least.bound if least else 1.0,
        min_probability=min((level.reached for level in written if level.bound > NOTHING), default=1.0),
        gap=max([0.0, *gaps]),
        is_relaxed_reached=is_relaxed_reached,
    )


def _level(kinds: Kinds, ids: Sequence[str], level: Level, exact: Floats) -> CertificateLevel:
    members = np.sort(np.concatenate([kinds.members[kind] for kind in level.kinds]))
    prices = np.zeros(len(kinds.row_lower)) if level.prices is None else level.prices
    quotas = len(kinds.quotas)
    of_kind = np.zeros(len(kinds)) if level.worth is None else level.worth
    worth = of_kind[kinds.kind_of]
    return CertificateLevel(
        ids=tuple(sorted(ids[place] for place in members.tolist())),
        bound=_written(level.bound),
        reached=float(exact[members].min()),
        proof=level.proof,
        seat_price=_written(prices[quotas]),
        quota_prices={
            (row.feature, row.value): _written(price) for row, price in zip(kinds.quotas, prices, strict=False) if price
        },
        household_prices={
            home: _written(price)
            for price, alike in zip(prices[quotas + 1 :], kinds.homes, strict=True)
            if price
            for home in alike
        },
        worths={ids[place]: _written(worth[place]) for place in np.flatnonzero(worth).tolist()},
    )


def _written(number: float) -> float:
    """Leave out digits that mean nothing, and the sign of nothing."""
    return round(float(number), DIGITS) + 0.0
