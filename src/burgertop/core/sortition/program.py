"""Integer programs over cells of like people, solved by HiGHS: silent, one thread, repeatable."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from highspy._core import _Highs, cb
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from burgertop.core.errors import CoreError, OutOfTimeError
from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quota, Quotas

__all__ = ["Cells", "Program", "cells_of", "solve"]

PAUSE_SECONDS = 0.2  # between two questions whether to go on
FEASIBLE = 2  # how HiGHS says that it has an answer, if not the best


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Minimize ``cost @ x`` with ``x`` and ``matrix @ x`` within bounds, ``x`` whole numbers.

    >>> one = np.ones(1)
    >>> Program(one, 0 * one, 5 * one, csr_array([[1.0]]), 2 * one, 9 * one).cost
    array([1.])
    """

    cost: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    matrix: csr_array
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]


def solve(
    program: Program,
    *,
    time_limit_seconds: float | None = None,
    gap_share: float = 0.0,
    gap: float = 0.0,
    most_nodes: int | None = None,
    whole: int | None = None,
    ask: Callable[[], None] | None = None,
) -> NDArray[np.int64] | None:
    """Find the best whole numbers, or None when there are none.

    Args:
        program: what to minimize, within which bounds.
        time_limit_seconds: raise an error rather than work longer; None: no limit.
        gap_share: stop when the answer is proven this close to the best, in 0..1.
        gap: stop when the cost is proven this close to the least.
        most_nodes: stop after so many nodes of the search with the best answer so far; None: no limit.
        whole: only so many columns, the first, must be whole; the others are rounded in what is returned.
        ask: called some times a second; when it raises, the search ends, and what it raised is raised.

    Returns:
        Whole numbers, one per column; None when nothing meets the bounds (proven).

    Raises:
        OutOfTimeError: ``sortition.out_of_time``.
        CoreError: ``sortition.solver_stopped``, with the state the solver reported.

    Cost: exponential in the worst case; see ``docs/maths/sortition.md`` for measured times.
    Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method,
    Mathematical Programming Computation 10, 119-142 (HiGHS).

    >>> one = np.ones(1)
    >>> solve(Program(one, 0 * one, 5 * one, csr_array([[1.0]]), 1.5 * one, 9 * one))
    array([2])
    >>> solve(Program(one, 0 * one, 5 * one, csr_array([[1.0]]), 6 * one, 9 * one)) is None
    True
    """
    highs = _silent(gap_share, gap, most_nodes)
    if time_limit_seconds is not None:
        highs.setOptionValue("time_limit", float(time_limit_seconds))
    highs.passModel(_model_of(program, whole))
    refusals = _asking(highs, ask) if ask is not None else []
    highs.run()
    if refusals:
        raise refusals[0]
    status = highs.getModelStatus()
    is_cut_short = (
        status == highspy.HighsModelStatus.kSolutionLimit and highs.getInfo().primal_solution_status == FEASIBLE
    )
    if status == highspy.HighsModelStatus.kOptimal or is_cut_short:
        found: NDArray[np.int64] = np.rint(highs.getSolution().col_value).astype(np.int64)
        return found
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise OutOfTimeError("sortition.out_of_time", seconds=float(time_limit_seconds or 0))
    raise CoreError("sortition.solver_stopped", state=highs.modelStatusToString(status))


def _silent(gap_share: float, gap: float, most_nodes: int | None) -> _Highs:
    highs = _Highs()  # ``highspy.Highs``, built on this one, prints a banner when it is made
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("mip_rel_gap", gap_share)
    highs.setOptionValue("mip_abs_gap", max(gap, 1e-6))
    if most_nodes is not None:
        highs.setOptionValue("mip_max_nodes", most_nodes)
    return highs


def _asking(highs: _Highs, ask: Callable[[], None]) -> list[BaseException]:
    """Let the solver ask whether to go on; return the list that will hold what was raised, if anything."""
    refusals: list[BaseException] = []
    asked_at = [0.0]

    def asked(_kind: cb.HighsCallbackType, _text: str, told: Any, answer: Any, _data: object) -> None:
        if not refusals and told.running_time > asked_at[0] + PAUSE_SECONDS:
            asked_at[0] = told.running_time
            try:
                ask()
            except BaseException as refusal:  # it must not pass through the solver; it is raised after
                refusals.append(refusal)
        answer.user_interrupt = bool(refusals)

    highs.setCallback(asked, None)
    for kind in (cb.HighsCallbackType.kCallbackMipInterrupt, cb.HighsCallbackType.kCallbackSimplexInterrupt):
        highs.startCallback(kind)
    return refusals


def _model_of(program: Program, whole: int | None) -> highspy.HighsLp:
    columns = csc_array(program.matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = columns.shape
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.indptr
    model.a_matrix_.index_ = columns.indices
    model.a_matrix_.value_ = columns.data.astype(np.float64)
    first = model.num_col_ if whole is None else whole
    kinds = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [kinds[0]] * first + [kinds[1]] * (model.num_col_ - first)
    return model


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """People who are alike for the draw, taken together, and the rows that bind them.

    ``members`` holds positions in the pool; ``lower`` and ``upper`` say how many of a cell may
    sit; the rows of ``matrix`` are the quotas in the order of ``quotas``, then the panel, then
    the households that are bound. Cells and quotas stand in an order that does not depend on
    the order of the rows of the pool or of the quotas.
    """

    members: tuple[tuple[int, ...], ...]
    quotas: tuple[Quota, ...]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    matrix: csr_array
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]


def cells_of(pool: Pool, quotas: Quotas, limits: Limits, *, by_person: bool = False) -> Cells:
    """Put like people together and write down the rows that bind a panel.

    Args:
        pool: the people who can be drawn.
        quotas: checked against the pool here.
        limits: who must, who never sits; most of one household.
        by_person: one cell per person instead of one per kind.

    Returns:
        The cells; people are alike when they share the values that have quotas, the duty to
        sit or not, and (when households are bound) the household.

    Raises:
        InputError: as ``Quotas.check_against``.

    Cost: O(people * features + cells * quotas).

    >>> pool = Pool(("a", "b", "c"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> cells_of(pool, Quotas(2, rows), Limits()).members
    ((1,), (0, 2))
    """
    quotas.check_against(pool)
    rows = tuple(sorted(quotas, key=lambda row: (row.feature, row.value)))
    features = tuple(sorted(quotas.features))
    values = list(zip(*(pool.column(feature) for feature in features), strict=True))
    duties = dict.fromkeys(limits.must, 1) | dict.fromkeys(limits.never, -1)
    homes = _bound_homes(pool, limits)
    grouped: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place in sorted(range(len(pool)), key=lambda place: pool.ids[place]):
        key = (values[place], duties.get(pool.ids[place], 0), homes[place])
        grouped[(*key, pool.ids[place]) if by_person else key].append(place)
    keys = list(grouped) if by_person else sorted(grouped, key=repr)
    members = tuple(tuple(grouped[key]) for key in keys)
    sizes = np.array([len(people) for people in members], dtype=np.float64)
    cell_duties = np.array([duties.get(pool.ids[people[0]], 0) for people in members])
    matrix, row_lower, row_upper = _rows(
        rows,
        quotas.seats,
        [dict(zip(features, values[people[0]], strict=True)) for people in members],
        [homes[people[0]] for people in members],
        limits,
    )
    return Cells(
        members=members,
        quotas=rows,
        lower=np.where(cell_duties == 1, sizes, 0.0),
        upper=np.where(cell_duties == -1, 0.0, sizes),
        matrix=matrix,
        row_lower=row_lower,
        row_upper=row_upper,
    )


def _bound_homes(pool: Pool, limits: Limits) -> list[str]:
    """Tell everybody's household, "" where the household cannot break the limit."""
    if limits.at_most_per_household is None:
        return [""] * len(pool)
    sizes: defaultdict[str, int] = defaultdict(int)
    for home in pool.households:
        sizes[home] += 1
    return [home if home and sizes[home] > limits.at_most_per_household else "" for home in pool.households]


def _rows(
    rows: Sequence[Quota],
    seats: int,
    cell_values: Sequence[dict[str, str]],
    cell_homes: Sequence[str],
    limits: Limits,
) -> tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]:
    number_of = {(row.feature, row.value): number for number, row in enumerate(rows)}
    homes = sorted({home for home in cell_homes if home})
    home_row = {home: len(rows) + 1 + number for number, home in enumerate(homes)}
    at: list[tuple[int, int]] = []
    for cell, values in enumerate(cell_values):
        at.extend((number_of[pair], cell) for pair in values.items())
        at.append((len(rows), cell))
        if cell_homes[cell]:
            at.append((home_row[cell_homes[cell]], cell))
    where = np.array(at, dtype=np.int32).T
    shape = (len(rows) + 1 + len(homes), len(cell_values))
    matrix = csr_array((np.ones(len(at)), (where[0], where[1])), shape=shape)
    most_home = float(limits.at_most_per_household or 0)
    lower = [row.least for row in rows] + [seats] + [0] * len(homes)
    upper = [row.most for row in rows] + [seats] + [most_home] * len(homes)
    return matrix, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64)
