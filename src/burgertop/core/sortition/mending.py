"""The last bad panels: the seats of two panels are put together and split anew by a small integer program."""

from collections.abc import Callable
from functools import partial

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.sortition.kinds import Ints
from burgertop.core.sortition.program import Program, solve
from burgertop.core.sortition.swapping import Spread

__all__ = ["mend"]

NODES = 10  # of an integer program: most pairs are split, or proven not to be, in one
AMONG = 1000  # panels looked at as partners, beside the bad ones
EACH, MORE = 3, 100  # integer programs for each bad panel, and beside
STUCK = 100  # integer programs after which there should be fewer bad panels
TRIED = -1.0


def mend(table: Spread, step: Callable[[float], None] | None = None) -> None:
    """Mend bad panels two by two, until none is left or so many integer programs were solved.

    A bad panel and a partner put their seats together; an integer program splits them so that
    the bad panel meets every row, and the partner misses no more than the two miss in sum. The
    partner is one with which they miss least: one that misses the same rows the other way, or has
    room there. Where none helps, a good panel takes over what is missed, and other pairs
    come about. Totals stay as they are.

    Args:
        table: the seats of all panels; changed in place.
        step: called before each integer program, and during it, with the share of panels that are met.

    Raises:
        CoreError: ``sortition.solver_stopped``.

    Cost: 0.01-0.05 s for each integer program (at most two panels of kinds as columns, R rows); at most
    three for each bad panel and a hundred more; fewer where a hundred did not help.
    Source: own.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> from burgertop.core.sortition.target import target_of
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("man",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))), Limits())
    >>> table = Spread(kinds, target_of(kinds, np.ones(2), 2), np.random.default_rng(1))
    >>> table.reseat(np.array([0, 1]), np.array([[2, 0], [0, 2]]))
    >>> len(table.bad_panels())
    2
    >>> mend(table)
    >>> table.seats.tolist()
    [[0, 1], [0, 1]]
    """
    failed: set[tuple[int, int]] = set()
    bad = table.bad_panels()
    fewest, since = len(bad), 0
    for number in range(EACH * len(bad) + MORE):
        if len(bad) < fewest:
            fewest, since = len(bad), number
        if not len(bad) or number - since >= STUCK:
            break
        ask = None if step is None else partial(step, 1 - len(bad) / table.panels)
        if ask is not None:
            ask()
        panel = int(table.rng.choice(bad))
        partner = _partner(table, panel, bad, failed)
        if partner is None:
            break
        split = _split(table, panel, partner, ask)
        if split is None:
            failed |= {(panel, partner), (partner, panel)}
            continue
        table.reseat(np.array([panel, partner]), split)
        failed = {pair for pair in failed if panel not in pair and partner not in pair}
        bad = table.bad_panels()


def _partner(table: Spread, panel: int, bad: Ints, failed: set[tuple[int, int]]) -> int | None:
    """Choose the panel with which the most would be mended, or None when all were tried."""
    sampled = np.arange(table.panels)
    if table.panels > AMONG:
        sampled = np.union1d(bad, table.rng.integers(0, table.panels, AMONG))
    others = sampled[sampled != panel]
    apart = table.missed(others[:, None]).sum(axis=1)
    together = table.missed(np.stack([others, np.full(len(others), panel)], axis=1)).sum(axis=1)
    scores = apart - together + table.rng.random(len(others))
    was_tried = [other for one, other in failed if one == panel]
    scores[np.isin(others, was_tried)] = -np.inf
    best = int(scores.argmax()) if len(others) else 0
    return int(others[best]) if len(others) and np.isfinite(scores[best]) else None


def _split(table: Spread, panel: int, partner: int, ask: Callable[[], None] | None) -> Ints | None:
    """Split the seats of two panels so that the first meets all rows, or None when no way was found."""
    kinds = table.kinds
    total = (table.counts[panel] + table.counts[partner]).astype(np.int64)
    named = np.flatnonzero(total)
    low, high = table.bounds()
    seated = kinds.matrix @ total
    missed, beyond = np.maximum(2 * low - seated, 0), np.maximum(seated - 2 * high, 0)
    program = Program(
        cost=np.zeros(len(named)),
        lower=np.maximum(kinds.least, total - kinds.most)[named].astype(np.float64),
        upper=np.minimum(kinds.most, total - kinds.least)[named].astype(np.float64),
        matrix=kinds.matrix[:, named],
        row_lower=np.maximum(low, seated - high - beyond).astype(np.float64),
        row_upper=np.minimum(high, seated - low + missed).astype(np.float64),
    )
    try:
        found = solve(program, most_nodes=NODES, ask=ask)
    except CoreError as error:
        if error.code != "sortition.solver_stopped":
            raise
        return None  # so many nodes were not enough
    if found is None:
        return None
    split = np.zeros((2, len(kinds)), dtype=np.int64)
    split[0, named] = found
    split[1] = total - split[0]
    return split
