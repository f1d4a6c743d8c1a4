"""The target of a lottery: on how many of its panels each kind of people sits in all."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.program import Program, solve

__all__ = ["Target", "face_of", "target_of"]

CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Target:
    """Whole numbers of seats over all panels, and the rows as tight as they are on average.

    Args:
        panels: number of panels M.
        totals: shape (T,): seats of each kind over all panels.
        lowest: shape (T,): the totals rounded down; ``totals`` may fall to them.
        highest: shape (T,): the totals rounded up.
        row_lower: shape (R,): least of each row on one panel. A row that is met with no play on
            average must be met so on every panel: its least and most are equal here.
        row_upper: shape (R,): most of each row on one panel.
    """

    panels: int
    totals: Ints
    lowest: Ints
    highest: Ints
    row_lower: Ints
    row_upper: Ints


def target_of(kinds: Kinds, average: Floats, panels: int, owed: Floats | None = None) -> Target | None:
    """Round the seats of each kind over all panels down or up, so that the rows can be met.

    Args:
        kinds: the kinds of people.
        average: shape (T,): expected seats of each kind on one panel.
        panels: number of panels M.
        owed: shape (T,): seats that other panels, drawn before, gave each kind too few.

    Returns:
        The target; None when no such rounding meets the rows.

    Raises:
        CoreError: ``sortition.solver_stopped``.

    Cost: one integer program over the kinds whose total is not whole; 0.01-0.3 s.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 2), Quota("gender", "man", 0, 1))), Limits())
    >>> target_of(kinds, np.array([2 / 3, 4 / 3]), 10).totals.tolist()
    [7, 13]
    """
    row_lower, row_upper = face_of(kinds, average)
    wanted = np.maximum(panels * average + (0 if owed is None else owed), 0)
    whole = np.rint(wanted)
    wanted = np.where(np.abs(wanted - whole) < CLOSE, whole, wanted)
    lowest, highest = np.floor(wanted).astype(np.int64), np.ceil(wanted).astype(np.int64)
    places = np.flatnonzero(lowest < highest)
    left = kinds.matrix @ lowest
    program = Program(
        cost=np.zeros(len(places)),
        lower=np.zeros(len(places)),
        upper=np.ones(len(places)),
        matrix=csr_array(kinds.by_kind[places].T),
        row_lower=panels * row_lower - left,
        row_upper=panels * row_upper - left,
    )
    if not len(places):
        is_met = bool((program.row_lower <= 0).all() and (program.row_upper >= 0).all())
        return Target(panels, lowest, lowest, highest, row_lower, row_upper) if is_met else None
    rounded_up = solve(program)
    if rounded_up is None:
        return None
    totals = lowest.copy()
    totals[places] += rounded_up
    return Target(panels, totals, lowest, highest, row_lower, row_upper)


def face_of(kinds: Kinds, average: Floats) -> tuple[Ints, Ints]:
    """Tighten the rows that have no play on average: no panel of a mixture with these averages has any.

    Args:
        kinds: the kinds of people.
        average: shape (T,): expected seats of each kind on one panel.

    Returns:
        Shape (R,) each: least and most of each row on one panel.

    Cost: O(T * R).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 2), Quota("gender", "man", 0, 1))), Limits())
    >>> [row.tolist() for row in face_of(kinds, np.array([1.0, 1.0]))]
    [[1, 1, 2], [1, 1, 2]]
    """
    seated = kinds.matrix @ average
    is_low = seated <= kinds.row_lower + CLOSE
    is_high = seated >= kinds.row_upper - CLOSE
    return np.where(is_high, kinds.row_upper, kinds.row_lower), np.where(is_low, kinds.row_lower, kinds.row_upper)
