"""Numbered panels from weights: weights are rounded, then panels exchange seats until everybody sits often enough."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from burgertop.core.errors import CoreError
from burgertop.core.sortition.exchanging import Exchanges
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.program import Program, solve
from burgertop.core.sortition.walking import BEYOND, SHORT, Walk, wanted_of

__all__ = ["numbered_panels"]

CLOSE = 1e-6
PROGRAMS, NODES = 10, 50  # integer programs after a walk, and the nodes of each
CHANGES, LITTLE = 5000, 0.001  # exchanges that may be divided while weights are rounded, and their cost
GAP = 4.0  # seats that may still be off, so that rounding does not take long
ATTEMPTS = 3  # roundings of the weights, each with other exchanges that may be divided


def numbered_panels(
    face: Kinds,
    exchanges: Exchanges,
    counts: Ints,
    weights: Floats,
    average: Floats,
    panels: int,
    rng: np.random.Generator,
    step: Callable[[float], None] | None = None,
) -> Ints:
    """Make numbered panels of which everybody sits on as many as the chance says, rounded down or up.

    Each panel is taken as often as its weight says, rounded down or up by an integer program, so that
    exchanges could bring every kind to its number if they could be divided. Then one panel after the
    other exchanges two seats (``Walk``). What is left is mended by integer programs, each of which
    makes one panel anew.

    Args:
        face: the kinds, narrowed by ``face_kinds``.
        exchanges: those of the face.
        counts: shape (n, T): people of each kind on each panel of a mixture.
        weights: shape (n,): nonnegative, of sum 1.
        average: shape (T,): what the mixture gives each kind.
        panels: number of panels M.
        rng: all chance.
        step: called some times a second with the share of kinds that sit as often as they should.

    Returns:
        Shape (M, T): people of each kind on each panel. Nobody is short where that could be reached.

    Raises:
        CoreError: ``sortition.solver_stopped``.

    Cost: an integer program for the weights, 0.3-2 s; 0.1 ms for each of at most 20,000 exchanges (few as
    a rule); up to 10 small integer programs; all this three times at most.
    Source: own.

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.exchanging import exchanges_of
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> kinds, mixed = kinds_of(pool, Quotas(2, rows), Limits()), np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    >>> rng, halves = np.random.default_rng(1), np.full(2, 0.5)
    >>> numbered_panels(kinds, exchanges_of(kinds), mixed, halves, np.full(4, 0.5), 10, rng).sum(axis=0).tolist()
    [5, 5, 5, 5]
    """
    walks: list[Walk] = []
    while len(walks) < ATTEMPTS and not (walks and walks[-1].is_done()):
        times = _rounded(exchanges, counts, weights, average, panels, rng, step)
        walk = Walk(face, exchanges, np.repeat(counts, times, axis=0), average, rng)
        walk.run(step)
        for _ in range(PROGRAMS):
            if not walk.is_done():
                _mended(walk, step)
        walks.append(walk)
    walk = min(walks, key=Walk.loss)
    return np.ascontiguousarray(walk.table.T).astype(np.int64)


def _rounded(
    exchanges: Exchanges,
    counts: Ints,
    weights: Floats,
    average: Floats,
    panels: int,
    rng: np.random.Generator,
    step: Callable[[float], None] | None,
) -> Ints:
    """Round the weights, so that what exchanges cannot change is right from the first."""
    number, kinds = counts.shape
    times = np.floor(panels * weights + CLOSE).astype(np.int64)
    low, high = wanted_of(average, panels)
    totals = times @ counts
    some = rng.permutation(exchanges.leaving.shape[1])[:CHANGES]
    at, one = np.arange(len(some)), np.ones(len(some))
    changes = csr_array((kinds, len(some)))
    for side in (0, 1):
        changes = changes + csr_array((one, (exchanges.entering[side, some], at)), changes.shape)
        changes = changes - csr_array((one, (exchanges.leaving[side, some], at)), changes.shape)
    slack = [eye_array(kinds), -eye_array(kinds)]
    sums = csr_array(hstack([csr_array(counts.T.astype(np.float64)), *slack, changes]))
    share = csr_array(np.append(np.ones(number), np.zeros(sums.shape[1] - number))[None])
    rest = panels - int(times.sum())
    found = solve(
        Program(
            cost=np.concatenate([np.zeros(number), np.full(2 * kinds, 1.0), np.full(len(some), LITTLE)]),
            lower=np.zeros(sums.shape[1]),
            upper=np.concatenate([np.ones(number), np.full(2 * kinds + len(some), float(panels))]),
            matrix=csr_array(vstack([sums, share])),
            row_lower=np.append(low - totals, rest).astype(np.float64),
            row_upper=np.append(high - totals, rest).astype(np.float64),
        ),
        whole=number,
        most_nodes=1,
        gap=GAP,
        ask=None if step is None else lambda: step(0.0),
    )
    if found is None:
        raise CoreError("sortition.solver_stopped", state="rounding")
    return times + found[:number]


def _mended(walk: Walk, step: Callable[[float], None] | None) -> None:
    """Make one panel anew, so that all sums are off by as little as can be."""
    face, number = walk.face, len(walk.face)
    off = np.flatnonzero(walk.off())
    kind = int(off[walk.rng.integers(len(off))])
    is_short = walk.totals[kind] < walk.low[kind]
    row = walk.table[kind]
    there = np.flatnonzero(row < face.most[kind] if is_short else row > face.least[kind])
    if not len(there):
        return
    panel = int(there[walk.rng.integers(len(there))])
    others = walk.totals - walk.table[:, panel]
    rows = csr_array(hstack([face.matrix, csr_array((len(face.row_lower), 2 * number))]))
    sums = csr_array(hstack([eye_array(number), eye_array(number), -eye_array(number)]))
    program = Program(
        cost=np.concatenate([np.zeros(number), np.full(number, SHORT), np.full(number, BEYOND)]),
        lower=np.concatenate([face.least, np.zeros(2 * number)]),
        upper=np.concatenate([face.most, np.full(2 * number, float(walk.table.shape[1]))]),
        matrix=csr_array(np.vstack([rows.toarray(), sums.toarray()])),
        row_lower=np.concatenate([face.row_lower, walk.low - others]).astype(np.float64),
        row_upper=np.concatenate([face.row_upper, walk.high - others]).astype(np.float64),
    )
    share = 1 - len(off) / number
    try:
        found = solve(program, most_nodes=NODES, ask=None if step is None else lambda: step(share))
    except CoreError as error:
        if error.code != "sortition.solver_stopped":
            raise
        return  # so many nodes were not enough
    if found is None:
        return
    before, kept = walk.loss(), walk.table[:, panel].astype(np.int64)
    walk.seat(panel, found[:number])
    if walk.loss() > before:
        walk.seat(panel, kept)
