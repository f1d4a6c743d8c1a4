"""Panels and weights that reach given averages exactly, or the proof that no whole panels do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.sparse import csc_array, eye_array, hstack, vstack

from burgertop.core.errors import CoreError
from burgertop.core.sortition.exchanging import GRAIN, Exchanges, climbers_of, grained
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.linear import GrowingProgram, LinearAnswer, LinearProgram
from burgertop.core.sortition.program import Program, solve
from burgertop.core.sortition.target import face_of

__all__ = ["Reached", "face_kinds", "reached"]

CLOSE, GOOD = 1e-9, 1e-7
LEAST_GAIN = 1e-6  # of the distance, for which a panel is taken in
PROGRAMS = 400  # integer programs that may look for a panel
STRETCH = 1e4


@dataclass(frozen=True, eq=False)
class Reached:
    """Panels, and weights with which they have the averages.

    Args:
        counts: shape (panels, T): people of each kind on each panel.
        weights: shape (panels,): positive, of sum 1.
    """

    counts: Ints
    weights: Floats


def face_kinds(kinds: Kinds, average: Floats) -> Kinds:
    """Narrow the bounds to what every panel must meet that is part of a mixture with these averages.

    A mixture has all of a kind, or none, on average only if each of its panels has; the same holds for rows.

    Args:
        kinds: the kinds of people.
        average: shape (T,): people of each kind on average.

    Cost: O(T * R).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> kinds = kinds_of(pool, Quotas(2, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1))), Limits())
    >>> face = face_kinds(kinds, np.array([1.0, 1.0]))
    >>> face.least.tolist(), face.row_lower.tolist()
    ([1, 0], [1, 1, 2])
    """
    row_lower, row_upper = face_of(kinds, average)
    return replace(
        kinds,
        least=np.where(average >= kinds.most - CLOSE, kinds.most, kinds.least),
        most=np.where(average <= kinds.least + CLOSE, kinds.least, kinds.most),
        row_lower=row_lower,
        row_upper=row_upper,
    )


def reached(
    face: Kinds,
    average: Floats,
    known: Ints,
    exchanges: Exchanges,
    step: Callable[[float], None] | None = None,
) -> Reached | None:
    """Find whole panels and weights that have given averages.

    A linear program mixes the panels that are known so that the averages are missed by as little as
    can be (sum over kinds of the miss divided by the average). Its prices, none of which is above
    that divisor, say what a seat of each kind is worth. Panels of the mixture exchange two seats for two others as
    long as they gain worth; where that brings nothing new an integer program looks for the panel
    that is worth most. If even that is worth less than the averages, no mixture has them.

    Args:
        face: the kinds, narrowed by ``face_kinds``.
        average: shape (T,): people of each kind on average.
        known: shape (panels, T): panels to start from, possibly none; those off the face are left out.
        exchanges: those of the face.
        step: called some times a second with the share that is done.

    Returns:
        The panels of the mixture; None when no whole panels have these averages to a part in ten
        million (proven), or when 400 integer programs were not enough.

    Raises:
        CoreError: ``sortition.solver_stopped``.

    Cost: linear programs of T rows, each from the last corner; 1-5 s for 300-500 kinds.
    Source: Gilmore and Gomory (1961), A linear programming approach to the cutting-stock problem, Operations
    Research 9(6), 849-859 (columns by prices); du Merle, Villeneuve, Desrosiers and Hansen (1999),
    Stabilized column generation, Discrete Mathematics 194, 229-237 (prices kept within bounds).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.exchanging import exchanges_of
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abcd"), ("x", "y"), (("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")))
    >>> rows = tuple(Quota(name, value, 1, 1) for name in "xy" for value in "12")
    >>> kinds, average = kinds_of(pool, Quotas(2, rows), Limits()), np.full(4, 0.5)
    >>> found = reached(kinds, average, np.array([[1, 0, 0, 1]]), exchanges_of(kinds))
    >>> found.counts.tolist(), found.weights.tolist()
    ([[1, 0, 0, 1], [0, 1, 1, 0]], [0.5, 0.5])
    """
    live = np.flatnonzero(face.least < face.most)
    counts = _on_face(face, known)
    if not len(counts):
        some = _best_panel(face, np.zeros(len(face)), None if step is None else partial(step, 0.0))
        if some is None:
            return None
        counts = some[None]
    return _searched(face, average, counts, live, exchanges, step)


def _searched(
    face: Kinds,
    average: Floats,
    counts: Ints,
    live: Ints,
    exchanges: Exchanges,
    step: Callable[[float], None] | None,
) -> Reached | None:
    """Take panels in until nothing is missed, or no panel is worth more."""
    program = _start(average[live])
    program.add(np.zeros(len(counts)), _columns(counts, average, live))
    programs, first, share = 0, 0.0, 0.0
    while True:
        ask = None if step is None else partial(step, share)
        mixed = program.solved(ask)
        if not mixed.is_optimal:
            raise CoreError("sortition.solver_stopped", state="reaching")
        missed = _missed(mixed, len(live))
        first = first or max(missed, CLOSE)
        share = 1 - missed / first
        if missed <= CLOSE * len(live):
            return _mixture(counts, mixed.values[2 * len(live) :], average)
        prices = np.zeros(len(face))
        prices[live] = mixed.row_prices[:-1] / average[live]
        worth, unit = grained(prices), max(float(np.abs(prices).max()), 1e-150) / GRAIN
        new = climbers_of(face, exchanges, counts, mixed.values[2 * len(live) :], worth, LEAST_GAIN / unit, ask)
        if not len(new):
            programs += 1
            best = _best_panel(face, worth / GRAIN, ask) if programs <= PROGRAMS else None
            if best is None:
                return None
            apart = float((worth * (average - best)).sum()) * unit
            if apart > GOOD or (counts == best).all(axis=1).any():
                return _mixture(counts, mixed.values[2 * len(live) :], average)
            new = best[None]
        program.add(np.zeros(len(new)), _columns(new, average, live))
        counts = np.vstack([counts, new])


def _on_face(face: Kinds, known: Ints) -> Ints:
    """Keep the panels that are within all bounds of the face, each once."""
    sums = (face.matrix @ known.T).T
    is_on = ((known >= face.least) & (known <= face.most)).all(axis=1)
    is_on &= ((sums >= face.row_lower) & (sums <= face.row_upper)).all(axis=1)
    return np.unique(known[is_on], axis=0)


def _start(average: Floats) -> GrowingProgram:
    """Make the program without panels: a column for each kind that is short, and for each that has too much."""
    number = len(average)
    short = vstack([hstack([eye_array(number), -eye_array(number)]), csc_array((1, 2 * number))])
    one, nothing = np.ones(number + 1), np.zeros(2 * number)
    cost = np.ones(2 * number)
    return GrowingProgram(LinearProgram(cost, nothing, np.full(2 * number, np.inf), csc_array(short), one, one))


def _columns(counts: Ints, average: Floats, live: Ints) -> csc_array:
    """Write panels as columns, in parts of the average; the last row is that of the weights."""
    shares = (counts[:, live] / average[live]).T
    return csc_array(np.vstack([shares, np.ones((1, len(counts)))]))


def _missed(mixed: LinearAnswer, number: int) -> float:
    return float(np.maximum(mixed.values[: 2 * number], 0).sum())


def _mixture(counts: Ints, weights: Floats, average: Floats) -> Reached | None:
    """Leave out what has no weight; give nothing when the averages are not met."""
    used = np.flatnonzero(weights > 0)
    if not len(used):
        return None
    weights = weights[used] / weights[used].sum()
    mixed = (weights[:, None] * counts[used]).sum(axis=0)
    gap = np.abs(mixed - average) / np.where(average > CLOSE, average, 1)
    return Reached(counts[used], weights) if gap.max() <= GOOD else None


def _best_panel(face: Kinds, worth: Floats, ask: Callable[[], None] | None) -> Ints | None:
    return solve(
        Program(
            cost=-worth * STRETCH,
            lower=face.least.astype(np.float64),
            upper=face.most.astype(np.float64),
            matrix=face.matrix,
            row_lower=face.row_lower.astype(np.float64),
            row_upper=face.row_upper.astype(np.float64),
        ),
        ask=ask,
    )
