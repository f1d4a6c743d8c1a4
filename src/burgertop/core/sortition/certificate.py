"""The certificate of a lottery: prices that prove to anybody that no chance could be larger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from burgertop.core.sortition.kinds import Floats, Kinds
from burgertop.core.sortition.leximin import Level

__all__ = ["Certificate", "CertificateLevel", "certificate_of"]


@dataclass(frozen=True, slots=True)
class CertificateLevel:
    """People whose chance is settled together, and the proof that it cannot be larger.

    Args:
        ids: the people, sorted.
        bound: no lottery that keeps the earlier levels gives all of them a larger chance.
        reached: the smallest chance of one of them under the exact distribution.
        proof: ``"duality"``: by the prices; ``"size"``: the chance is 1; ``"pricing"``: integer
            programs found the bound over whole panels, which prices alone cannot prove.
        seat_price: price of a seat.
        quota_prices: price of a seat for somebody with the value, by feature and value; where
            it is missing, 0.
        household_prices: price of a seat for somebody of the household; where missing, 0.
        worths: for ``"pricing"``: what a seat of everybody is worth; where missing, 0. No panel is
            worth more than the bound says; it takes an integer program to see it.

    >>> CertificateLevel(("a",), 0.5, 0.5, "duality", 0.5, {}, {}).bound
    0.5
    """

    ids: tuple[str, ...]
    bound: float
    reached: float
    proof: str
    seat_price: float
    quota_prices: Mapping[tuple[str, str], float]
    household_prices: Mapping[str, float]
    worths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is proven about a lottery.

    Args:
        levels: from the smallest chance up; people who must or never sit are in none.
        upper_bound: no lottery gives everybody (who can be chosen at all) a larger chance.
        min_probability: the smallest chance under the exact distribution.
        gap: the largest relative difference, over all levels, of bound and reached.
        is_relaxed_reached: the bounds that prices prove are reached by whole panels.

    >>> Certificate((), 1.0, 1.0, 0.0, True).gap
    0.0
    """

    levels: tuple[CertificateLevel, ...]
    upper_bound: float
    min_probability: float
    gap: float
    is_relaxed_reached: bool


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
    least = next((level for level in written if level.bound > 0), None)
    gaps = [(level.bound - level.reached) / level.bound for level in written if level.bound > 0]
    return Certificate(
        levels=written,
        upper_bound=least.bound if least else 1.0,
        min_probability=min((level.reached for level in written if level.bound > 0), default=1.0),
        gap=max([0.0, *gaps]),
        is_relaxed_reached=is_relaxed_reached,
    )


def _level(kinds: Kinds, ids: Sequence[str], level: Level, exact: Floats) -> CertificateLevel:
    members = np.sort(np.concatenate([kinds.members[kind] for kind in level.kinds]))
    prices = np.zeros(len(kinds.row_lower)) if level.prices is None else level.prices
    quotas = len(kinds.quotas)
    proof = "duality" if level.prices is not None else ("size" if level.worth is None else "pricing")
    of_kind = level.worth if proof == "pricing" else None
    worths = {} if of_kind is None else {one: float(of_kind[k]) for one, k in zip(ids, kinds.kind_of, strict=True) if of_kind[k]}
    return CertificateLevel(
        ids=tuple(sorted(ids[place] for place in members)),
        bound=level.bound,
        reached=float(exact[members].min()),
        proof=proof,
        seat_price=float(prices[quotas]),
        quota_prices={(row.feature, row.value): float(price) for row, price in zip(kinds.quotas, prices, strict=False) if price},
        household_prices={
            home: float(price)
            for price, alike in zip(prices[quotas + 1 :], kinds.homes, strict=True)
            if price
            for home in alike
        },
        worths=worths,
    )
