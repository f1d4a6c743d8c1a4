"""Linear programs, solved by HiGHS: silent, one thread, repeatable; the prices of the rows come with the answer."""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs
from scipy.sparse import csc_array

from burgertop.core.sortition.kinds import Floats

__all__ = ["GrowingProgram", "LinearAnswer", "LinearProgram", "solve_linear"]

PRIMAL = 4  # how HiGHS names the primal simplex method, for which new columns leave the last corner as it is
AT_ONCE = 200_000  # rows times steps between two questions whether to go on


@dataclass(frozen=True, eq=False)
class LinearProgram:
    """Minimize ``cost @ x`` with ``x`` and ``matrix @ x`` within bounds.

    >>> one = np.ones(1)
    >>> LinearProgram(one, 0 * one, 5 * one, csc_array([[1.0]]), 2 * one, 9 * one).cost
    array([1.])
    """

    cost: Floats
    lower: Floats
    upper: Floats
    matrix: csc_array
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True, eq=False)
class LinearAnswer:
    """The best values, the price of each row and of each column, and whether all this is certain.

    ``row_prices`` tell by how much the cost rises when a row's bound rises by one;
    ``column_prices`` the same for the bound of a column.

    >>> LinearAnswer(True, np.zeros(1), np.zeros(1), np.zeros(1)).is_optimal
    True
    """

    is_optimal: bool
    values: Floats
    row_prices: Floats
    column_prices: Floats


def solve_linear(program: LinearProgram, *, inner: bool = False) -> LinearAnswer:
    """Solve a linear program.

    Args:
        program: what to minimize, within which bounds.
        inner: by the interior point method without crossover: the answer lies in the middle of
            all best answers, accurate to some eight digits. Otherwise by the simplex method:
            the answer is a corner, accurate to some twelve digits.

    Returns:
        The answer; ``is_optimal`` is False when the program has no answer or none was found.

    Cost: see ``docs/maths/sortition.md``.
    Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method,
    Mathematical Programming Computation 10, 119-142 (HiGHS).

    >>> one = np.ones(1)
    >>> found = solve_linear(LinearProgram(one, 0 * one, 5 * one, csc_array([[1.0]]), 1.5 * one, 9 * one))
    >>> found.values.tolist(), found.row_prices.tolist()
    ([1.5], [1.0])
    """
    model = _model_of(program)
    answer = _answer(model, inner=inner, presolve=inner)
    return answer if inner or answer.is_optimal else _answer(model, inner=False, presolve=True)


class GrowingProgram:
    """A linear program that gets more columns, and is solved again from its last corner.

    Args:
        program: what to minimize at first, within which bounds.

    >>> one = np.ones(1)
    >>> growing = GrowingProgram(LinearProgram(one, 0 * one, 5 * one, csc_array([[1.0]]), 2 * one, 9 * one))
    >>> growing.add(np.array([0.5]), csc_array([[2.0]]))
    >>> growing.solved().values.tolist()
    [0.0, 1.0]
    """

    def __init__(self, program: LinearProgram) -> None:
        """Keep the program in the solver."""
        self._highs = _silent()
        self._highs.setOptionValue("simplex_strategy", PRIMAL)
        self._highs.setOptionValue("simplex_iteration_limit", 1 + AT_ONCE // len(program.row_lower))
        self._highs.passModel(_model_of(program))

    def add(self, cost: Floats, columns: csc_array) -> None:
        """Add columns, shape (rows, new), whose values are 0 or more.

        Cost: that of copying them.
        """
        number = columns.shape[1]
        nothing, anything = np.zeros(number), np.full(number, np.inf)
        starts, rows = columns.indptr[:-1].astype(np.int32), columns.indices.astype(np.int32)
        self._highs.addCols(number, cost, nothing, anything, columns.nnz, starts, rows, columns.data)

    def solved(self, ask: Callable[[], None] | None = None) -> LinearAnswer:
        """Solve the program as it is now by the primal simplex method.

        Args:
            ask: called every few hundred steps, some times a second; when it raises, the work ends.

        Cost: few steps where few columns are new.
        """
        while True:
            self._highs.run()
            if self._highs.getModelStatus() != highspy.HighsModelStatus.kIterationLimit:
                return _told_by(self._highs)
            if ask is not None:
                ask()


def _answer(model: highspy.HighsLp, *, inner: bool, presolve: bool) -> LinearAnswer:
    highs = _silent()
    highs.setOptionValue("solver", "ipm" if inner else "simplex")
    highs.setOptionValue("presolve", "on" if presolve else "off")
    highs.passModel(model)
    highs.run()
    return _told_by(highs)


def _silent() -> _Highs:
    highs = _Highs()  # ``highspy.Highs``, built on this one, prints a banner when it is made
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("run_crossover", "off")
    highs.setOptionValue("primal_feasibility_tolerance", 1e-9)
    highs.setOptionValue("dual_feasibility_tolerance", 1e-9)
    return highs


def _told_by(highs: _Highs) -> LinearAnswer:
    solution = highs.getSolution()
    return LinearAnswer(
        is_optimal=highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        values=np.array(solution.col_value),
        row_prices=np.array(solution.row_dual),
        column_prices=np.array(solution.col_dual),
    )


def _model_of(program: LinearProgram) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.matrix.shape
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    return model
