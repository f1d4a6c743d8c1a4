"""Rules that make one measure of all chances best: maximin, Nash, Goldilocks."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack, vstack

from burgertop.core.errors import CoreError
from burgertop.core.sortition.convex import balanced
from burgertop.core.sortition.kinds import Floats, Kinds
from burgertop.core.sortition.leximin import Level, leximin_levels
from burgertop.core.sortition.linear import LinearProgram, solve_linear

__all__ = ["goldilocks_levels", "maximin_levels", "nash_levels"]

Step = Callable[[float], None] | None
PLAY, CLOSE, TANGENTS = 1e-8, 1e-9, 60


def maximin_levels(kinds: Kinds, step: Step = None) -> tuple[Level, ...]:
    """Make the smallest chance as large as can be; what that leaves open, as even as can be.

    Args:
        kinds: the kinds of people.
        step: called with the share that is done.

    Returns:
        The levels: first those who cannot have more than the smallest chance (proven by prices),
        then the others, whose chances have the least sum of squares.

    Raises:
        InfeasibleError, CoreError: as ``leximin_levels``.

    Cost: two linear programs and one convex program.
    Source: Flanigan, Goelz, Gupta and Procaccia (2020), Neutralizing self-selection bias in sampling for
    sortition, NeurIPS 33; Flanigan et al. (2021), Nature 596, 548-552.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> [round(level.chance, 6) for level in maximin_levels(kinds_of(pool, Quotas(2, rows), Limits()))]
    [0.5, 1.0]
    """
    levels, least, most = _begun(kinds)
    if step is not None:
        step(0.5)
    floor = levels[-1].chance if levels else 0.0
    is_open = least < most
    least[is_open] = kinds.sizes[is_open] * floor * (1 - PLAY)
    return (*levels, *_evened(kinds, least, most, is_open))


def nash_levels(kinds: Kinds, step: Step = None) -> tuple[Level, ...]:
    """Make the product of all chances as large as can be.

    Args:
        kinds: the kinds of people.
        step: called with the share that is done.

    Returns:
        The levels, one for each chance. The prices of the first prove all of them: with everybody worth
        1 divided by the chance, no panel is worth more than there are people.

    Raises:
        InfeasibleError, CoreError: as ``leximin_levels``.

    Cost: two linear programs and one convex program.
    Source: Flanigan et al. (2021), Nature 596, 548-552 (Nash welfare); Nash (1950), The bargaining problem,
    Econometrica 18(2), 155-162.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))
    >>> [round(level.chance, 6) for level in nash_levels(kinds_of(pool, Quotas(1, rows), Limits()))]
    [0.333333]
    """
    levels, zero, least, most = _opened(kinds)
    is_open = least < most
    if not is_open.any():
        return levels
    if step is not None:
        step(0.5)
    weights = np.where(is_open, kinds.sizes, 0).astype(np.float64)
    found = balanced(
        kinds,
        least,
        most,
        lambda seats: -weights / np.where(is_open, seats, 1),
        lambda seats: weights / np.where(is_open, seats, 1) ** 2,
    )
    proven = _by_chance(kinds, found.average, is_open)
    first = Level(proven[0].kinds, proven[0].chance, proven[0].bound, found.prices, proof="nash")
    return (*zero, first, *proven[1:])


def goldilocks_levels(kinds: Kinds, step: Step = None) -> tuple[Level, ...]:
    """Let no chance be too small and none too large.

    Minimizes (n / k) * largest chance + (k / n) / smallest chance over those who can be chosen and need
    not sit; what that leaves open, as even as can be.

    Args:
        kinds: the kinds of people.
        step: called with the share that is done.

    Returns:
        The levels, one for each chance.

    Raises:
        InfeasibleError, CoreError: as ``leximin_levels``.

    Cost: some ten linear programs with two rows for each kind, and one convex program.
    Source: Baharav and Flanigan (2024), Fair, manipulation-robust, and transparent sortition, EC 2024
    (Goldilocks with gamma = 1).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))
    >>> [round(level.chance, 6) for level in goldilocks_levels(kinds_of(pool, Quotas(1, rows), Limits()))]
    [0.333333]
    """
    levels, zero, least, most = _opened(kinds)
    is_open = least < most
    if not is_open.any():
        return levels
    smallest, largest = _between(kinds, least, most, is_open, levels[-1].chance, step)
    least[is_open] = kinds.sizes[is_open] * smallest * (1 - PLAY)
    most[is_open] = np.minimum(kinds.sizes[is_open] * largest * (1 + PLAY), most[is_open])
    return (*zero, *_evened(kinds, least, most, is_open))


def _begun(kinds: Kinds) -> tuple[list[Level], Floats, Floats]:
    """Settle those who can have no more than the smallest chance."""
    levels = list(leximin_levels(kinds, only_first=True))
    least, most = kinds.least.astype(np.float64), kinds.most.astype(np.float64)
    for level in levels:
        least[level.kinds] = most[level.kinds] = kinds.sizes[level.kinds] * level.chance
    return levels, least, most


def _opened(kinds: Kinds) -> tuple[tuple[Level, ...], list[Level], Floats, Floats]:
    """Settle only those who can never be chosen; who has the smallest chance is open again, from none to all."""
    levels, least, most = _begun(kinds)
    zero = [level for level in levels if level.chance <= CLOSE]
    for level in levels[len(zero) :]:
        least[level.kinds], most[level.kinds] = 0, kinds.sizes[level.kinds]
    return tuple(levels), zero, least, most


def _evened(kinds: Kinds, least: Floats, most: Floats, is_open: NDArray[np.bool_]) -> list[Level]:
    """Give the kinds that are open the chances with the least sum of squares."""
    if not is_open.any():
        return []
    most = np.maximum(least, most)
    found = balanced(kinds, least, most, lambda seats: 2 * seats / kinds.sizes, lambda _: 2 / kinds.sizes)
    return _by_chance(kinds, found.average, is_open)


def _by_chance(kinds: Kinds, average: Floats, is_open: NDArray[np.bool_]) -> list[Level]:
    """Group kinds by their chance."""
    places = np.flatnonzero(is_open)
    chances = average[places] / kinds.sizes[places]
    order = np.argsort(chances, kind="stable")
    places, chances = places[order], chances[order]
    cuts = np.flatnonzero(np.diff(chances) > CLOSE) + 1
    groups = zip(np.split(places, cuts), np.split(chances, cuts), strict=True)
    return [Level(members, float(same.mean()), float(same.mean()), None, proof="measure") for members, same in groups]


def _between(
    kinds: Kinds,
    least: Floats,
    most: Floats,
    is_open: NDArray[np.bool_],
    floor: float,
    step: Step,
) -> tuple[float, float]:
    """Find the smallest and the largest chance that are best together: tangents to 1 / smallest, one by one."""
    unit = kinds.seats / kinds.sizes.sum()
    number, places = len(kinds), np.flatnonzero(is_open)
    sizes = kinds.sizes[places] * unit
    pick = csr_array((np.ones(len(places)), (np.arange(len(places)), places)), shape=(len(places), number))
    nothing = csr_array((len(places), 1))
    column = csr_array(sizes[:, None])
    rows = [
        hstack([kinds.matrix, csr_array((len(kinds.row_lower), 3))]),
        hstack([pick, -column, nothing, nothing]),
        hstack([pick, nothing, -column, nothing]),
    ]
    lower = [kinds.row_lower - 1e-9, np.zeros(len(places)), np.full(len(places), -np.inf)]
    upper = [kinds.row_upper + 1e-9, np.full(len(places), np.inf), np.zeros(len(places))]
    at = floor / unit
    for _ in range(TANGENTS):
        if step is not None:
            step(0.5)
        tangent = csr_array(([1 / at**2, 1.0], ([0, 0], [number, number + 2])), shape=(1, number + 3))
        rows, lower, upper = [*rows, tangent], [*lower, np.array([2 / at])], [*upper, np.array([np.inf])]
        found = solve_linear(
            LinearProgram(
                cost=np.concatenate([np.zeros(number), [0.0, 1.0, 1.0]]),
                lower=np.concatenate([least, np.zeros(3)]),
                upper=np.concatenate([most, np.full(3, np.inf)]),
                matrix=csc_array(vstack(rows)),
                row_lower=np.concatenate(lower),
                row_upper=np.concatenate(upper),
            )
        )
        if not found.is_optimal:
            raise CoreError("sortition.solver_stopped", state="goldilocks")
        at, largest, low = (float(one) for one in found.values[-3:])
        if 1 / at - low < CLOSE:
            break
    return at * unit, largest * unit
