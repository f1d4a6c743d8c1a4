"""All panels of a lottery at once: seats are dealt out, then panels swap seats until every quota is met."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition.crowding import uncrowd
from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.mending import mend
from burgertop.core.sortition.swapping import Spread
from burgertop.core.sortition.target import Target

__all__ = ["Dealt", "deal_panels"]

HOT, COOL, COOLING = 0.4, 0.2, 15  # temperatures, and steps from one to the other
LOOSE = 0.3  # temperature once the rows are those of the draw
MANY, MOST_TRIES = 40, 12  # pairs tried for few bad panels in all, and for each
PATIENCE = 60  # steps without a tenth of progress before the next means is taken
LONG, HOPELESS = 100, 0.6  # after so many steps nothing helps where so many panels are bad
FEW, SOON, LAST = 0.3, 6, 10  # share of panels that are few, and the patience with them before and after loosening


@dataclass(frozen=True, eq=False)
class Dealt:
    """Panels as kinds of people.

    Args:
        seats: shape (M, seats): kind of every seat.
        is_met: shape (M,): the panel meets every row of the draw.
        is_tight: shape (M,): it meets the rows as tight as they are on average.
    """

    seats: NDArray[np.int32]
    is_met: NDArray[np.bool_]
    is_tight: NDArray[np.bool_]


def deal_panels(
    kinds: Kinds,
    target: Target,
    rng: np.random.Generator,
    *,
    patience: int = PATIENCE,
    step: Callable[[float], None] | None = None,
) -> Dealt:
    """Spread the seats of a target over its panels so that every panel meets the rows.

    All seats are dealt in rounds, so that panels are much alike from the first. Then pairs of
    panels swap one seat each: of up to 40 x 40 swaps one is taken by chance, the better the
    likelier (Gibbs sampling, temperature 0.4 falling to 0.2; the energy is the sum of squared
    seats above or below a row). A panel that has too many in a row meets one that has room
    there, so that on a row without play one that lacks what it has too much. The
    totals never change, so everybody's number of panels is right from first to last; when the
    search is stuck, the totals may move between their rounded values, and the rows become those
    of the draw. When it is stuck again, integer programs mend what is left
    two by two (``mend``).

    Args:
        kinds: the kinds of people.
        target: the totals.
        rng: all chance; it should depend on nothing but the input.
        patience: steps without progress before the next means is taken.
        step: called at every step (some milliseconds) with the share of panels that are met.

    Returns:
        The panels. Where the search ends without success, some are not ``is_met``.

    Cost: some hundred steps of O(M * 40 * 40 * R) at most, fewer as panels are met; then up to three
    small integer programs for each bad panel, and a hundred.
    Source: own; Geman and Geman (1984), Stochastic relaxation, Gibbs distributions, and the
    Bayesian restoration of images, IEEE PAMI 6(6), for the sampling.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> from burgertop.core.sortition.target import target_of
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("man",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))), Limits())
    >>> dealt = deal_panels(kinds, target_of(kinds, np.ones(2), 10), np.random.default_rng(1))
    >>> np.sort(dealt.seats, axis=1)[:2].tolist(), bool(dealt.is_met.all())
    ([[0, 1], [0, 1]], True)
    """
    table = Spread(kinds, target, rng)
    _search(table, patience, step)
    if len(table.bad_panels()) <= HOPELESS * len(table.seats):
        mend(table, step)
    return Dealt(
        seats=table.seats,
        is_met=~table.misses(kinds.row_lower, kinds.row_upper),
        is_tight=~table.misses(target.row_lower, target.row_upper),
    )


def _search(table: Spread, patience: int, step: Callable[[float], None] | None) -> None:
    """Swap until no panel is bad, or until nothing helps any more."""
    fewest, since, number = len(table.seats) + 1, 0, 0
    has_play = bool((table.target.row_lower > table.kinds.row_lower).any())
    has_play |= bool((table.target.row_upper < table.kinds.row_upper).any())
    uncrowd(table)
    while len(bad := table.bad_panels()):
        if step is not None:
            step(1 - len(bad) / len(table.seats))
        if len(bad) < 0.9 * fewest:
            fewest, since = len(bad), 0
        elif len(bad) > (FEW if number > 2 * LONG else HOPELESS if number > LONG else 1) * len(table.seats):
            if not (has_play and table.loosen()):
                break
            fewest, since, number = len(table.seats) + 1, 0, 0
            continue
        elif (since := since + 1) > _patience(patience, len(bad) / len(table.seats), is_loose=table.is_loose):
            if not table.loosen():
                break
            fewest, since = len(table.seats) + 1, 0
            continue
        heat = LOOSE if table.is_loose else max(HOT - (HOT - COOL) * number / COOLING, COOL)
        tries = max(1, min(MANY // len(bad), MOST_TRIES, len(table.seats) // 4))
        table.swap(*table.paired(bad, tries), heat, tries)
        uncrowd(table)
        if table.is_loose:
            table.trade(table.bad_panels(), 0.05)
        number += 1


def _patience(steps: int, bad: float, *, is_loose: bool) -> int:
    """Be quick to take the next means for the sake of a few panels."""
    few = LAST if is_loose else SOON
    return steps if bad > FEW else min(steps, few)
