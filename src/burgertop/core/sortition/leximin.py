"""Leximin: the smallest chance as large as can be, then the next smallest, and so on."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack, vstack

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.linear import LinearAnswer, LinearProgram, solve_linear
from burgertop.core.sortition.prices import bound_of, lean_prices, worth_of

__all__ = ["Level", "leximin_levels"]

SHARE = 1e-5  # a kind belongs to a level when its part of the level's worth is at least this
DIGITS = 15  # of prices, beside which all those who are free are worth 1 together
CLOSE = 1e-8
FAR = 1e-6
SLACK = 1e-12  # of the seats: how far rounding may push a row; made larger where it is not enough


@dataclass(frozen=True, eq=False)
class Level:
    """Kinds whose chance is settled together, and the prices that prove it cannot be larger.

    Args:
        kinds: shape (members,): numbers of the kinds.
        chance: the chance each of their people gets.
        bound: no distribution that keeps the earlier levels gives all of them more.
        prices: shape (R,): price of each row, from which the bound follows; None when it is proven
            otherwise.
        worth: shape (T,): what a seat of each kind is worth, where an integer program found that
            no panel is worth more than the bound says; None elsewhere.
        proof: how the bound is proven: see ``published.CertificateLevel``.
    """

    kinds: Ints
    chance: float
    bound: float
    prices: Floats | None
    worth: Floats | None = None
    proof: str = "duality"


@dataclass(eq=False)
class _Search:
    """What is settled so far."""

    kinds: Kinds
    is_free: NDArray[np.bool_]
    average: Floats  # expected seats of each settled kind
    row_lower: Floats
    row_upper: Floats
    is_capped: NDArray[np.bool_]
    slack: float
    levels: list[Level] = field(default_factory=list)


def leximin_levels(
    kinds: Kinds, *, only_first: bool = False, step: Callable[[float], None] | None = None
) -> tuple[Level, ...]:
    """Settle chances from the smallest up, over all averages of panels that the rows allow.

    Each level is found twice: by the interior point method, whose answer shows every kind that
    cannot rise (its part of the worth is positive), and by the simplex method, whose corner
    gives accurate prices.

    Args:
        kinds: the kinds of people and the rows that bind them.
        only_first: stop after the first level that is above 0 (that is maximin).
        step: called after each level with the share of kinds that are settled, 0..1.

    Returns:
        The levels; kinds who must or never sit are in none.

    Raises:
        InfeasibleError: ``sortition.no_feasible_panel``.
        CoreError: ``sortition.solver_stopped``.

    Cost: two linear programs of R rows per level; see ``docs/maths/sortition.md``.
    Source: Flanigan, Goelz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting
    citizens' assemblies, Nature 596, 548-552 (the rule, there over people and panels).

    >>> from burgertop.core.sortition import Pool, Quota, Quotas
    >>> from burgertop.core.sortition.kinds import kinds_of
    >>> from burgertop.core.sortition.limits import Limits
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> levels = leximin_levels(kinds_of(pool, Quotas(2, rows), Limits()))
    >>> [(level.kinds.tolist(), round(level.chance, 6)) for level in levels]
    [([1], 0.5), ([0], 1.0)]
    """
    search = _Search(
        kinds=kinds,
        is_free=kinds.least < kinds.most,
        average=np.where(kinds.least < kinds.most, 0, kinds.most).astype(np.float64),
        row_lower=kinds.row_lower.astype(np.float64),
        row_upper=kinds.row_upper.astype(np.float64),
        is_capped=np.zeros(len(kinds), dtype=np.bool_),
        slack=SLACK * kinds.seats,
    )
    while search.is_free.any():
        _next_level(search)
        if step is not None:
            step(1 - float(search.is_free.mean()))
        if only_first and search.levels[-1].chance > CLOSE:
            break
    return tuple(search.levels)


def _next_level(search: _Search) -> None:
    """Find the largest floor for all free kinds and settle those that cannot rise above it."""
    kinds, places = search.kinds, np.flatnonzero(search.is_free)
    scale = _scale(kinds)
    inner = _solved(search, search.is_free, inner=True)
    if inner.is_optimal and _settle_full(search, float(inner.values[-1]) * scale):
        return
    corner = _sharpened(search, inner)
    floor = float(corner.values[-1]) * scale
    if _settle_full(search, floor):
        return
    prices = lean_prices(kinds, -corner.row_prices[: len(kinds.row_lower)])
    prices = np.round(prices / (worth_of(kinds, prices) * kinds.sizes)[places].sum(), DIGITS)
    worth = worth_of(kinds, prices)
    part = (worth * kinds.sizes)[places]
    total = float(part.sum())
    bound = (bound_of(kinds, prices) - float((worth * search.average)[~search.is_free].sum())) / total
    _settle(search, Level(places[part >= SHARE * total / 4], min(bound, floor + CLOSE), bound, prices))
    is_tight = np.abs(prices) * kinds.seats > SHARE
    search.row_lower = np.where(is_tight & (prices > 0), search.row_upper, search.row_lower)
    search.row_upper = np.where(is_tight & (prices < 0), search.row_lower, search.row_upper)


def _settle_full(search: _Search, floor: float) -> bool:
    """Settle all kinds when the floor is 1."""
    if floor < 1 - CLOSE:
        return False
    _settle(search, Level(np.flatnonzero(search.is_free), 1.0, 1.0, None, proof="size"))
    return True


def _sharpened(search: _Search, inner: LinearAnswer) -> LinearAnswer:
    """Find a corner for the level that the inner answer tells about."""
    kinds, places = search.kinds, np.flatnonzero(search.is_free)
    if inner.is_optimal:
        worth = np.zeros(len(kinds))
        worth[places] = np.maximum(inner.column_prices[: len(places)], 0)
        worth[worth * kinds.sizes * _scale(kinds) < SHARE] = 0
        corner = solve_linear(_corner(search, worth))
        if corner.is_optimal and abs(corner.values[-1] - inner.values[-1]) < FAR:
            return corner
    while not (corner := _solved(search, kinds.least < kinds.most, inner=False)).is_optimal:
        search.slack *= 100
        if search.slack > FAR * kinds.seats:
            _refuse(search)
    return corner


def _scale(kinds: Kinds) -> float:
    """The chance that everybody would have without quotas: the unit of the floor in the programs."""
    return float(kinds.seats / kinds.sizes.sum())


def _settle(search: _Search, level: Level) -> None:
    search.levels.append(level)
    search.average[level.kinds] = search.kinds.sizes[level.kinds] * level.chance
    search.is_free[level.kinds] = False


def _refuse(search: _Search) -> None:
    """Say why there is no answer."""
    kinds = search.kinds
    if not search.levels:
        raise InfeasibleError("sortition.no_feasible_panel", seats=kinds.seats, people=int(kinds.sizes.sum()))
    raise CoreError("sortition.solver_stopped", state="leximin")


def _solved(search: _Search, is_live: NDArray[np.bool_], *, inner: bool) -> LinearAnswer:
    """Solve the program of a level; bounds of single free kinds enter only when they are overstepped.

    The columns are the kinds that are live (how many of them sit beyond the floor, or beyond
    what is settled), then the floor.
    """
    kinds, places = search.kinds, np.flatnonzero(is_live)
    while True:
        answer = solve_linear(_program(search, places, inner=inner), inner=inner)
        if not answer.is_optimal:
            return answer
        floor = answer.values[-1] * _scale(kinds)
        seated = answer.values[:-1] + kinds.sizes[places] * floor
        is_new = search.is_free[places] & ~search.is_capped[places]
        if not (is_new & (seated > kinds.most[places] + CLOSE)).any():
            return answer
        search.is_capped[places[is_new & (seated > 0.7 * kinds.most[places])]] = True


def _corner(search: _Search, worth: Floats) -> LinearProgram:
    """The same level with all kinds as columns: what is settled may be more, but not less.

    Only kinds that have a worth are held up by the floor. A reward of half their worth for
    sitting beyond the floor leaves the answer as it is, and gives each of them a worth here too.
    """
    kinds = search.kinds
    places = np.flatnonzero(kinds.least < kinds.most)
    lifted = np.where(worth > 0, kinds.sizes * _scale(kinds), 0)
    base = np.where(search.is_free, 0, search.average)
    room = np.where(worth > 0, np.inf, np.maximum(kinds.most - base, 0))
    at_base = kinds.matrix @ base
    return LinearProgram(
        cost=-np.append(worth[places] / 2, 1.0),
        lower=np.zeros(len(places) + 1),
        upper=np.append(room[places], np.inf),
        matrix=csc_array(hstack([kinds.by_kind[places].T, csr_array((kinds.matrix @ lifted)[:, None])])),
        row_lower=kinds.row_lower - at_base - search.slack,
        row_upper=kinds.row_upper - at_base + search.slack,
    )


def _program(search: _Search, places: Ints, *, inner: bool) -> LinearProgram:
    kinds = search.kinds
    row_lower = search.row_lower if inner else kinds.row_lower - search.slack
    row_upper = search.row_upper if inner else kinds.row_upper + search.slack
    is_free = search.is_free[places]
    caps = places[search.is_capped[places] & is_free]
    unit = _scale(kinds)
    base = kinds.matrix @ np.where(search.is_free, 0, search.average)
    lifted = (kinds.matrix @ np.where(search.is_free, kinds.sizes * unit, 0))[:, None]
    at_caps = csr_array(
        (np.ones(len(caps)), (np.arange(len(caps)), np.searchsorted(places, caps))), (len(caps), len(places))
    )
    rows = vstack([kinds.by_kind[places].T, at_caps])
    matrix = csc_array(hstack([rows, csr_array(np.concatenate([lifted, kinds.sizes[caps, None] * unit]))]))
    room = np.where(is_free, np.inf, np.maximum(kinds.most - search.average, 0)[places])
    return LinearProgram(
        cost=-np.append(np.zeros(len(places)), 1.0),
        lower=np.zeros(len(places) + 1),
        upper=np.append(room, np.inf),
        matrix=matrix,
        row_lower=np.concatenate([row_lower - base, np.full(len(caps), -np.inf)]),
        row_upper=np.concatenate([row_upper - base, kinds.most[caps]]),
    )
