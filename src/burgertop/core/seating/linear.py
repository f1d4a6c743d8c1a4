"""Small linear and integer programs, solved by HiGHS: silent, one thread, whole numbers in and out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

from burgertop.core.errors import CoreError

__all__ = ["Program"]

MOST_NODES = 1000
FEASIBLE = 2  # of the solver: the values keep to the bounds


@dataclass(slots=True)
class Program:
    """Minimize a linear cost over columns within bounds, with rows of sums within bounds.

    Rows and columns are added one by one; a column tells its share in each row.

    >>> program = Program()
    >>> row = program.add_row(3, 3)
    >>> one, other = program.add_column(2, 0, 2, [(row, 1)]), program.add_column(1, 0, 2, [(row, 1)])
    >>> found = program.solved()
    >>> None if found is None else found.tolist()
    [1.0, 2.0]
    """

    rows: list[tuple[float, float]] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    entries: list[Sequence[tuple[int, float]]] = field(default_factory=list)

    def add_row(self, least: float, most: float) -> int:
        """Add a sum and its bounds; return its number."""
        self.rows.append((least, most))
        return len(self.rows) - 1

    def add_column(
        self, cost: float, least: float, most: float, entries: Sequence[tuple[int, float]], *, is_whole: bool = False
    ) -> int:
        """Add a variable, its share in the rows, whether it must be a whole number; return its number."""
        self.costs.append(cost)
        self.bounds.append((least, most))
        self.entries.append(entries)
        self.whole.append(is_whole)
        return len(self.costs) - 1

    def join(self, column: int, row: int, share: float) -> None:
        """Give a column a share in one more row."""
        self.entries[column] = [*self.entries[column], (row, share)]

    def solved(self, *, gap: float = 0.0, nodes: int = MOST_NODES) -> NDArray[np.float64] | None:
        """Find the best values, shape (columns,); None when no values keep to the bounds.

        Args:
            gap: the share by which whole values may be worse than the best.
            nodes: how far to search for better whole values: a number of nodes, not of seconds.

        Raises:
            CoreError: ``seating.solver_stopped``.

        Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method, Mathematical
        Programming Computation 10, 119-142 (HiGHS).
        """
        if not self.costs:
            return np.zeros(0) if all(least <= 0 <= most for least, most in self.rows) else None
        highs = _Highs()  # ``highspy.Highs``, built on this one, prints a banner when it is made
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", gap),
            ("mip_max_nodes", nodes),
        ):
            highs.setOptionValue(name, value)
        highs.passModel(self._model())
        highs.run()
        status = highs.getModelStatus()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        has_values = highs.getInfo().primal_solution_status == FEASIBLE and any(self.whole)
        if status != highspy.HighsModelStatus.kOptimal and not has_values:
            raise CoreError("seating.solver_stopped", state=str(status))
        return np.array(highs.getSolution().col_value)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = len(self.rows), len(self.costs)
        model.col_cost_ = np.array(self.costs, dtype=np.float64)
        lower, upper = np.array(self.bounds, dtype=np.float64).reshape(-1, 2).T
        model.col_lower_, model.col_upper_ = lower, upper
        lower, upper = np.array(self.rows, dtype=np.float64).reshape(-1, 2).T
        model.row_lower_, model.row_upper_ = lower, upper
        flat = [entry for entries in self.entries for entry in entries]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, self.entries)])
        model.a_matrix_.index_ = np.array([row for row, _ in flat], dtype=np.int32)
        model.a_matrix_.value_ = np.array([share for _, share in flat], dtype=np.float64)
        if any(self.whole):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[one] for one in self.whole]
        return model
