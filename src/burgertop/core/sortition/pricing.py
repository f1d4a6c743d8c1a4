"""The exact lottery over whole panels, where averages promise more than panels can keep: column generation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.sortition.exchanging import GRAIN, Exchanges, climbers_of, exchanges_of, grained
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.leximin import Level
from burgertop.core.sortition.linear import GrowingProgram, LinearAnswer, LinearProgram
from burgertop.core.sortition.program import Program, solve

__all__ = ["Whole", "whole_lottery"]

SHARE, CLOSE = 1e-6, 1e-9
LEAST_GAIN = 1e-7  # of all worth, for which a panel is taken in
NODES = 2000
PROGRAMS = 4000  # integer programs that may look for a panel
STRETCH = 1e4  # the worth of a panel is about this in the integer programs, far above their tolerance


@dataclass(frozen=True, eq=False)
class Whole:
    """A lottery over whole panels.

    Args:
        levels: the levels, proven by integer programs.
        counts: shape (panels, T): people of each kind on each panel.
        weights: shape (panels,): the exact distribution.
        times: shape (panels,): how often each is among the numbered panels.
    """

    levels: tuple[Level, ...]
    counts: Ints
    weights: Floats
    times: Ints


@dataclass(eq=False)
class _Columns:
    """Panels that are known, and what is settled."""

    kinds: Kinds
    exchanges: Exchanges
    counts: Ints
    is_free: NDArray[np.bool_]
    average: Floats
    levels: list[Level] = field(default_factory=list)
    programs: int = 0


def whole_lottery(
    kinds: Kinds,
    panels: int,
    known: Ints,
    *,
    only_first: bool = False,
    step: Callable[[float], None] | None = None,
) -> Whole:
    """Settle chances from the smallest up, over all mixtures of whole panels.

    A linear program mixes the panels that are known; its prices say what a seat of each kind is worth;
    panels that exchange seats, and where those find nothing an integer program, look for one that is worth
    more. If there is one it is known from now on; if there is none the level is proven. Kinds that no panel
    can hold come first, with chance 0.

    Args:
        kinds: the kinds of people.
        panels: number of numbered panels.
        known: shape (panels, T): some panels to start from, possibly none.
        only_first: stop after the first level above 0, and leave the rest as it comes (maximin).
        step: called before each integer program with the share of kinds that are settled.

    Returns:
        The lottery; its numbered panels give everybody their chance rounded down if the known ones can.

    Raises:
        InfeasibleError: ``sortition.no_feasible_panel``.
        CoreError: ``sortition.solver_stopped``, ``sortition.too_many_programs``.

    Cost: hundreds of integer programs of T columns for some hundred kinds.
    Source: Flanigan et al. (2021), Nature 596, 548-552, supplementary information (there over people).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> kinds = kinds_of(pool, Quotas(2, rows), Limits())
    >>> found = whole_lottery(kinds, 10, np.zeros((0, 2), dtype=np.int64))
    >>> [(level.kinds.tolist(), round(level.chance, 6)) for level in found.levels], found.times.tolist()
    ([([1], 0.5), ([0], 1.0)], [10])
    """
    columns = _Columns(
        kinds=kinds,
        exchanges=exchanges_of(kinds),
        counts=np.unique(known if len(known) else _some_panel(kinds), axis=0),
        is_free=kinds.least < kinds.most,
        average=np.where(kinds.least < kinds.most, 0, kinds.most).astype(np.float64),
    )
    while columns.is_free.any():
        _next_level(columns, step)
        if only_first and columns.levels[-1].chance > CLOSE:
            break
    weights = np.maximum(_solved(_mixing_of(columns)).values[1:], 0)
    weights /= weights.sum()
    if columns.is_free.any():
        columns.levels += _as_they_come(columns, weights)
    return Whole(tuple(columns.levels), columns.counts, weights, _times(columns, weights, panels, step))


def _next_level(columns: _Columns, step: Callable[[float], None] | None) -> None:
    kinds, free = columns.kinds, columns.is_free
    ask = None if step is None else partial(step, 1 - float(free.mean()))
    mixing = _mixing_of(columns)
    while True:
        if ask is not None:
            ask()
        mixed = _solved(mixing, ask)
        worth = np.where(kinds.least < kinds.most, np.maximum(mixed.row_prices[:-1], 0), 0)
        worth = worth / float((worth * kinds.sizes)[free].sum())
        new = _climbers(columns, worth, mixed.values[1:], ask)
        if not len(new):
            panel = _priced_panel(columns, worth, ask)
            most, mixture = float((worth * panel).sum()), float((columns.counts * worth).sum(axis=1).max())
            if most <= mixture * (1 + CLOSE) + CLOSE or (columns.counts == panel).all(axis=1).any():
                break
            new = panel[None]
        columns.counts = np.vstack([columns.counts, new])
        mixing.add(np.zeros(len(new)), _as_columns(new))
    bound = max(most, mixture) - float((worth * columns.average)[~free].sum())
    floor = float(mixed.values[0])
    members = np.flatnonzero(free & (worth * kinds.sizes >= SHARE))
    columns.levels.append(Level(members, min(floor, bound), bound, None, worth, proof="pricing"))
    columns.average[members] = kinds.sizes[members] * min(floor, bound)
    free[members] = False


def _climbers(columns: _Columns, worth: Floats, weights: Floats, ask: Callable[[], None] | None) -> Ints:
    """Find panels that are worth more without an integer program, if there are some close by."""
    gain = LEAST_GAIN * GRAIN / max(float(worth.max()), 1e-150)
    return climbers_of(columns.kinds, columns.exchanges, columns.counts, weights, grained(worth), gain, ask)


def _priced_panel(columns: _Columns, worth: Floats, ask: Callable[[], None] | None) -> Ints:
    """Find the panel that is worth most by an integer program."""
    columns.programs += 1
    if columns.programs > PROGRAMS:
        raise CoreError("sortition.too_many_programs", programs=PROGRAMS)
    panel = _best_panel(columns.kinds, worth, ask)
    if panel is None:
        raise CoreError("sortition.solver_stopped", state="pricing")
    return panel


def _mixing_of(columns: _Columns) -> GrowingProgram:
    """Write the program that mixes the known panels so that the floor of the free kinds is as high as can be.

    Its first column is that floor; each known panel is one more.
    """
    kinds = columns.kinds
    held = np.where(columns.is_free, 0, np.maximum(columns.average - CLOSE, 0))
    floor = np.append(np.where(columns.is_free, -kinds.sizes, 0), 0)
    mixing = GrowingProgram(
        LinearProgram(
            cost=np.array([-1.0]),
            lower=np.zeros(1),
            upper=np.array([np.inf if columns.is_free.any() else 0.0]),
            matrix=csc_array(floor[:, None].astype(np.float64)),
            row_lower=np.append(held, 1.0),
            row_upper=np.append(np.full(len(kinds), np.inf), 1.0),
        )
    )
    mixing.add(np.zeros(len(columns.counts)), _as_columns(columns.counts))
    return mixing


def _as_columns(counts: Ints) -> csc_array:
    return csc_array(np.vstack([counts.T, np.ones((1, len(counts)))]).astype(np.float64))


def _solved(mixing: GrowingProgram, ask: Callable[[], None] | None = None) -> LinearAnswer:
    answer = mixing.solved(ask)
    if not answer.is_optimal:
        raise CoreError("sortition.solver_stopped", state="mixing")
    return answer


def _best_panel(kinds: Kinds, worth: Floats, ask: Callable[[], None] | None = None) -> Ints | None:
    """Find the panel that is worth most, or None when there is no panel at all."""
    stretch = STRETCH / max(float(worth.max()), 1e-12)
    return solve(
        Program(
            cost=-worth * stretch,
            lower=kinds.least.astype(np.float64),
            upper=kinds.most.astype(np.float64),
            matrix=kinds.matrix,
            row_lower=kinds.row_lower.astype(np.float64),
            row_upper=kinds.row_upper.astype(np.float64),
        ),
        ask=ask,
    )


def _some_panel(kinds: Kinds) -> Ints:
    panel = _best_panel(kinds, np.zeros(len(kinds)))
    if panel is None:
        raise InfeasibleError("sortition.no_feasible_panel", seats=kinds.seats, people=int(kinds.sizes.sum()))
    return panel[None, :]


def _as_they_come(columns: _Columns, weights: Floats) -> list[Level]:
    """Take the chances of what a rule leaves open from the mixture."""
    kinds = columns.kinds
    chances = (weights[:, None] * columns.counts).sum(axis=0) / kinds.sizes
    left = np.flatnonzero(columns.is_free)
    return [
        Level(left[chances[left] == one], float(one), float(one), None, proof="measure")
        for one in np.unique(chances[left])
    ]


def _times(columns: _Columns, weights: Floats, panels: int, step: Callable[[float], None] | None) -> Ints:
    """Round the weights to whole numbers of panels so that few people fall short of their chance rounded down."""
    kinds, counts = columns.kinds, columns.counts
    chances = (weights[:, None] * counts).sum(axis=0) / kinds.sizes
    times = np.floor(panels * weights + CLOSE).astype(np.int64)
    left = panels - int(times.sum())
    if left <= 0:
        return times
    needed = np.floor(panels * chances + 1e-6) * kinds.sizes - times @ counts
    short = np.flatnonzero(needed > 0)
    number = len(counts)
    matrix = vstack(
        [
            hstack([csr_array(counts.T[short]), eye_array(len(short))]),
            csr_array(np.append(np.ones(number), np.zeros(len(short)))[None]),
        ]
    )
    more = solve(
        Program(
            cost=np.append(np.zeros(number), np.ones(len(short))),
            lower=np.zeros(number + len(short)),
            upper=np.append(np.full(number, float(left)), needed[short]),
            matrix=csr_array(matrix),
            row_lower=np.append(needed[short], float(left)),
            row_upper=np.append(np.full(len(short), 1e9), float(left)),
        ),
        most_nodes=NODES,
        ask=None if step is None else partial(step, 1.0),
    )
    if more is None:
        raise CoreError("sortition.solver_stopped", state="rounding")
    return times + more[:number]
