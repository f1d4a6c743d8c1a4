"""Why no panel exists: which quotas clash, how little must give, who can sit on no panel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition.limits import limits_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.program import Cells, Program, cells_of, solve
from burgertop.core.sortition.quotas import Quota, Quotas

__all__ = ["Feasibility", "Relaxation", "check_feasibility", "never_chosen"]

ROUNDS = 60  # of looking for the smallest clash


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A quota and the least and most it would need instead.

    >>> Relaxation(Quota("gender", "x", 2, 3), least=1, most=3).moved_seats
    1
    """

    quota: Quota
    least: int
    most: int

    @property
    def moved_seats(self) -> int:
        """By how many seats the quota is moved."""
        return self.quota.least - self.least + self.most - self.quota.most


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether a panel exists and, if not, why not and what would help.

    Args:
        is_feasible: some panel meets all quotas.
        clash: an irreducible clash: these quotas cannot all be met, any of them left out
            the rest can be met.
        relaxation: quotas to move so that a panel exists, with the least total of moved seats
            (other relaxations may have the same total); empty when ``is_feasible``, and when
            no relaxation within the flex bounds of the quotas is enough.
        is_smallest: it is proven that no clash has fewer quotas; else a smaller one may exist.

    >>> Feasibility(True).clash
    ()
    """

    is_feasible: bool
    clash: tuple[Quota, ...] = ()
    relaxation: tuple[Relaxation, ...] = ()
    is_smallest: bool = False


def check_feasibility(
    pool: Pool,
    quotas: Quotas,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    time_limit_seconds: float | None = None,
) -> Feasibility:
    """Tell whether a panel exists; if not, which quotas clash and what would help.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        must: ids of people who are on the panel in any case.
        never: ids of people who are not.
        at_most_per_household: most people of one household; None: no limit.
        time_limit_seconds: for each of the integer programs; None: no limit.

    Returns:
        The answer, with a clash and a least relaxation when no panel exists.

    Raises:
        InputError: as ``Quotas.check_against`` and ``limits_of``.
        InfeasibleError: ``sortition.no_panel_without_quotas``: even without any quota the
            limits leave too few people.
        OutOfTimeError: ``sortition.out_of_time``.

    Cost: one integer program over kinds of people when feasible, else up to a hundred more.
    Source: Ignatiev, Previti, Liffiton and Marques-Silva (2015), Smallest MUS extraction with minimal
    hitting set dualization, CP 2015 (smallest clash); Chinneck and Dravnieks (1991), Locating minimal
    infeasible constraint sets in linear programs, ORSA Journal on Computing 3(2), 157-168 (deletion filter).

    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("woman",)))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 1, 2)))
    >>> found = check_feasibility(pool, quotas)
    >>> [row.value for row in found.clash]
    ['woman']
    >>> [(move.quota.value, move.least, move.most) for move in found.relaxation]
    [('man', 0, 2), ('woman', 0, 2)]
    """
    limits = limits_of(pool, quotas.seats, must, never, at_most_per_household)
    cells = cells_of(pool, quotas, limits)
    everything = np.ones(len(cells.quotas), dtype=np.bool_)
    if _has_panel(cells, everything, time_limit_seconds):
        return Feasibility(is_feasible=True)
    if not _has_panel(cells, ~everything, time_limit_seconds):
        raise InfeasibleError("sortition.no_panel_without_quotas", seats=quotas.seats)
    smallest = _smallest_clash(cells, quotas.seats, time_limit_seconds)
    return Feasibility(
        is_feasible=False,
        clash=_irreducible_clash(cells, time_limit_seconds) if smallest is None else smallest,
        is_smallest=smallest is not None,
        relaxation=_least_relaxation(cells, quotas.seats, time_limit_seconds),
    )


def never_chosen(
    pool: Pool,
    quotas: Quotas,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    time_limit_seconds: float | None = None,
) -> tuple[str, ...]:
    """Find the people who are on no panel that meets the quotas.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        must: ids of people who are on the panel in any case.
        never: ids of people who are not (they are in the answer too).
        at_most_per_household: most people of one household; None: no limit.
        time_limit_seconds: for each of the integer programs; None: no limit.

    Returns:
        Their ids, in the order of the pool.

    Raises:
        InputError: as ``Quotas.check_against`` and ``limits_of``.
        InfeasibleError: ``sortition.no_feasible_panel``.
        OutOfTimeError: ``sortition.out_of_time``.

    Cost: a few integer programs over kinds of people: each covers as many kinds not yet
    seen on a panel as it can, and the last proves that the others cannot be seen.

    >>> pool = Pool(("a", "b", "c"), ("gender",), (("woman",), ("man",), ("x",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> never_chosen(pool, Quotas(2, (*rows, Quota("gender", "x", 0, 1))))
    ('c',)
    """
    limits = limits_of(pool, quotas.seats, must, never, at_most_per_household)
    cells = cells_of(pool, quotas, limits)
    uncovered = np.ones(len(cells.members), dtype=np.bool_)
    while uncovered.any():
        seen = solve(_cover(cells, uncovered), time_limit_seconds=time_limit_seconds, gap_share=0.5)
        if seen is None:
            raise InfeasibleError("sortition.no_feasible_panel", seats=quotas.seats, people=len(pool))
        new = uncovered & (seen[: len(uncovered)] > 0)
        if not new.any():
            break
        uncovered &= ~new
    places = sorted(place for cell in np.flatnonzero(uncovered) for place in cells.members[cell])
    return tuple(pool.ids[place] for place in places)


def _has_panel(cells: Cells, is_kept: NDArray[np.bool_], seconds: float | None) -> bool:
    """Tell whether a panel meets the quotas that are kept (and seats and households)."""
    dropped = np.flatnonzero(~is_kept)
    row_lower, row_upper = cells.row_lower.copy(), cells.row_upper.copy()
    row_lower[dropped], row_upper[dropped] = 0, cells.upper.sum()
    cost = np.zeros(len(cells.members))
    program = Program(cost, cells.lower, cells.upper, cells.matrix, row_lower, row_upper)
    return solve(program, time_limit_seconds=seconds) is not None


def _smallest_clash(cells: Cells, seats: int, seconds: float | None) -> tuple[Quota, ...] | None:
    """Find a clash with the fewest quotas, or None when that takes too many rounds.

    Whatever set of quotas makes a panel possible by being left out, a clash holds one of it. So the
    fewest quotas that meet all such sets found so far are at most as many as the smallest clash;
    if they clash they are it, if not they show another such set.
    """
    number = len(cells.quotas)
    found: list[NDArray[np.bool_]] = []
    for _ in range(ROUNDS):
        is_kept = np.zeros(number, dtype=np.bool_)
        if found:
            chosen = solve(
                Program(
                    cost=np.ones(number),
                    lower=np.zeros(number),
                    upper=np.ones(number),
                    matrix=csr_array(np.array(found, dtype=np.float64)),
                    row_lower=np.ones(len(found)),
                    row_upper=np.full(len(found), float(number)),
                ),
                time_limit_seconds=seconds,
            )
            is_kept = np.asarray(chosen, dtype=np.bool_)
        missed = solve(_fewest_missed(cells, is_kept, seats), time_limit_seconds=seconds)
        if missed is None:
            return tuple(cells.quotas[place] for place in np.flatnonzero(is_kept))
        found.append(missed[-number:] > 0)
    return None


def _fewest_missed(cells: Cells, is_kept: NDArray[np.bool_], seats: int) -> Program:
    """Ask for a panel that meets the quotas that are kept and misses as few of the others as possible."""
    number, people, rows = len(cells.quotas), len(cells.members), cells.matrix.shape[0]
    step = vstack([eye_array(number), csr_array((rows - number, number))])
    nothing = csr_array((number, people))
    matrix = vstack(
        [
            hstack([cells.matrix, step, -step, csr_array((rows, number))]),
            hstack([nothing, eye_array(number), eye_array(number), -seats * eye_array(number)]),
        ]
    )
    free = np.where(is_kept, 0.0, 1.0)
    return Program(
        cost=np.concatenate([np.zeros(people + 2 * number), np.ones(number)]),
        lower=np.concatenate([cells.lower, np.zeros(3 * number)]),
        upper=np.concatenate([cells.upper, seats * free, seats * free, free]),
        matrix=csr_array(matrix),
        row_lower=np.concatenate([cells.row_lower, np.full(number, -2.0 * seats)]),
        row_upper=np.concatenate([cells.row_upper, np.zeros(number)]),
    )


def _irreducible_clash(cells: Cells, seconds: float | None) -> tuple[Quota, ...]:
    """Leave out quotas one by one, for good when the rest still clashes."""
    is_kept = np.ones(len(cells.quotas), dtype=np.bool_)
    for number in range(len(cells.quotas)):
        is_kept[number] = False
        if _has_panel(cells, is_kept, seconds):
            is_kept[number] = True
    return tuple(cells.quotas[number] for number in np.flatnonzero(is_kept))


def _least_relaxation(cells: Cells, seats: int, seconds: float | None) -> tuple[Relaxation, ...]:
    """Let quotas move down and up within their flex at the price of one per seat."""
    number, people = len(cells.quotas), len(cells.members)
    down = [row.least - (row.least_flex or 0) for row in cells.quotas]
    highest = [seats if row.most_flex is None else row.most_flex for row in cells.quotas]
    up = [max(0, high - row.most) for high, row in zip(highest, cells.quotas, strict=True)]
    below = csr_array((cells.matrix.shape[0] - number, number))
    step = vstack([eye_array(number), below])
    program = Program(
        cost=np.concatenate([np.zeros(people), np.ones(2 * number)]),
        lower=np.concatenate([cells.lower, np.zeros(2 * number)]),
        upper=np.concatenate([cells.upper, np.array(down + up, dtype=np.float64)]),
        matrix=csr_array(hstack([cells.matrix, step, -step])),
        row_lower=cells.row_lower,
        row_upper=cells.row_upper,
    )
    found = solve(program, time_limit_seconds=seconds)
    if found is None:
        return ()
    lowered, raised = found[people : people + number], found[people + number :]
    return tuple(
        Relaxation(row, least=row.least - int(fall), most=row.most + int(rise))
        for row, fall, rise in zip(cells.quotas, lowered, raised, strict=True)
        if fall or rise
    )


def _cover(cells: Cells, uncovered: NDArray[np.bool_]) -> Program:
    """Ask for a panel with as many of the uncovered cells as possible."""
    places = np.flatnonzero(uncovered)
    number, people = len(places), len(cells.members)
    is_seen = csr_array((np.ones(number), (np.arange(number), places)), shape=(number, people))
    rows = [
        hstack([cells.matrix, csr_array((cells.matrix.shape[0], number))]),
        hstack([is_seen, -eye_array(number)]),
    ]
    return Program(
        cost=np.concatenate([np.zeros(people), -np.ones(number)]),
        lower=np.concatenate([cells.lower, np.zeros(number)]),
        upper=np.concatenate([cells.upper, np.ones(number)]),
        matrix=csr_array(vstack(rows)),
        row_lower=np.concatenate([cells.row_lower, np.zeros(number)]),
        row_upper=np.concatenate([cells.row_upper, np.full(number, cells.upper.sum())]),
    )
