"""What no plan can do better: the least balance that languages and whole people allow."""

from collections import Counter

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.seating.hall import Hall, Ints
from burgertop.core.seating.linear import Program

__all__ = ["balance_bound", "balance_in"]


def balance_in(hall: Hall, table_of: Ints) -> Ints:
    """Sum over rounds, tables and values |n * people - people at the table * people with the value|.

    The sum over the features, divided by n and by the tables with people in all rounds, is the
    balance of the plan.

    Args:
        hall: the hall.
        table_of: shape (R, n); a table for everybody in each round.

    Returns:
        Shape (F,); the sum of each feature.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=["sex"])
    >>> balance_in(hall, np.array([[0, 1, 0, 1]])).tolist(), balance_in(hall, np.array([[0, 0, 1, 1]])).tolist()
    ([0], [16])
    """
    total = np.zeros(len(hall.weights), dtype=np.int64)
    for row in table_of:
        excess = -np.outer(np.bincount(row, minlength=len(hall.tables)), hall.value_sizes)
        np.add.at(excess, (row[:, np.newaxis], hall.codes), len(hall.people))
        total += np.abs(excess).sum(axis=0)
    return _by_feature(hall, total)


def balance_bound(hall: Hall, table_of: Ints) -> Ints:
    """Bound ``balance_in`` from below for every plan with as many people at each table.

    Proof. Fix a round and a feature. Let x[t, v] be how many people with value v sit at table t,
    s[t] how many sit there, N[v] how many have the value. The feature adds the sum over t and v of
    f(x[t, v]) with f(x) = |n x - s[t] N[v]|, a convex function. Any plan that keeps languages and
    needs gives a flow: each class of people with one value to the tables where it may sit, on to
    (t, v), on to the s[t] seats of t; so the least cost of such a flow is a lower bound. Replace f
    by the line through its values at whole numbers, which changes nothing for whole people: (t, v)
    gets one arc of capacity 1 for each further person, at the rising cost f(k) - f(k - 1). All
    capacities are whole numbers, so that the linear program of the flow has a whole best answer, and
    its value, with whole costs, is a whole number: the float of the solver is rounded to it, and
    nothing is lost. Tables of one kind (the same classes may sit there, the same s) can be added up:
    averaging a flow over them costs no more, because the cost is convex, and the average is feasible.
    The sum of the least values of the features, and of the rounds, bounds the sum of what they are
    in one plan: each term of a plan is at least the least value of this term.

    What the bound leaves out (rules of who sits apart or together, lone speakers, pins, that the
    features belong to the same people) can only make plans worse. It is a bound for these sizes of
    tables; the first seating makes them as even as languages and rules allow.

    Args:
        hall: the hall.
        table_of: shape (R, n); a plan, of which only the sizes of the tables count.

    Returns:
        Shape (F,); the bound of each feature, in the unit of ``balance_in``.

    Raises:
        CoreError: ``seating.solver_stopped``.

    Cost: one linear program for each feature and each different list of sizes.
    Source: Ahuja, Magnanti and Orlin (1993), Network Flows, chapters 9, 11 and 14; own for the use.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mwww")]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=["sex"])
    >>> (balance_bound(hall, np.array([[0, 0, 1, 1]])) / 4).tolist()
    [2.0]
    """
    found: dict[tuple[int, ...], Ints] = {}
    total = np.zeros(hall.codes.shape[1], dtype=np.int64)
    for row in table_of:
        sizes = tuple(np.bincount(row, minlength=len(hall.tables)).tolist())
        if sizes not in found:
            least = [_least(hall, sizes, feature) for feature in range(hall.codes.shape[1])]
            found[sizes] = np.array(least, dtype=np.int64)
        total += found[sizes]
    return total


def _by_feature(hall: Hall, of_value: Ints) -> Ints:
    sums = np.zeros(hall.codes.shape[1], dtype=np.int64)
    for feature in range(hall.codes.shape[1]):
        sums[feature] = of_value[np.unique(hall.codes[:, feature])].sum()
    return sums


def _least(hall: Hall, sizes: tuple[int, ...], feature: int) -> int:
    people = len(hall.people)
    speech, members = np.unique(hall.may, axis=0, return_inverse=True)  # classes that may use the same tables
    cells = Counter(zip(members.ravel()[hall.class_of].tolist(), hall.codes[:, feature].tolist(), strict=True))
    kinds = Counter(
        (hall.may[:, table].tobytes(), tuple(speech[:, table].tolist()), size)
        for table, size in enumerate(sizes)
        if size
    )
    values = sorted({value for _, value in cells})
    program, certain = Program(), 0
    of_cell = {cell: program.add_row(number, number) for cell, number in cells.items()}
    for (_, open_to, size), many in kinds.items():
        full = program.add_row(size * many, size * many)
        for value in values:
            share = size * int(hall.value_sizes[value])
            certain += share * many
            row = program.add_row(0, 0)
            for cell, at in of_cell.items():
                if cell[1] == value and open_to[cell[0]]:
                    program.add_column(0, 0, np.inf, [(at, 1), (row, 1)])
            for cost, pieces in _slopes(people, share, size):
                program.add_column(cost, 0, many * pieces, [(row, -1), (full, 1)])
    found = program.solved()
    if found is None:
        raise CoreError("seating.solver_stopped", state="bound")
    return round(float(np.dot(found, np.array(program.costs)))) + certain


def _slopes(people: int, share: int, size: int) -> list[tuple[int, int]]:
    """The cost of each further person with a value at a table of ``size``: below the share, across it, above."""
    below = min(share // people, size)
    slopes = [(-people, below)]
    if below < size:
        slopes.append((abs((below + 1) * people - share) - abs(below * people - share), 1))
        slopes.append((people, size - below - 1))
    return [(cost, pieces) for cost, pieces in slopes if pieces]
