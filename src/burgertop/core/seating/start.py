"""A first seating that breaks no rule, found exactly as a flow of least cost."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.seating.people import STEP_FREE, Person, Table, may_sit

__all__ = ["check_seats", "first_seating"]

Unit = tuple[int, ...]


def first_seating(people: Sequence[Person], tables: Sequence[Table], rng: np.random.Generator) -> NDArray[np.intp]:
    """Give everybody a table they can sit at: evenly filled, households apart.

    People who are alike (languages, needs, household if it has several members) flow together
    to the tables. The k-th seat of a table costs 2k - 1, so that the sum of the squared numbers
    of people is least and tables that the same people can use differ by one person at most. A
    second member of one household at a table costs more than any unevenness, so that as few as
    possible share a table. All vertices of the flow polytope are whole numbers.

    Args:
        people: the people to be seated.
        tables: the tables.
        rng: shuffles people who are alike, and tables that are alike.

    Returns:
        Shape (people,): each person's place in ``tables``.

    Raises:
        InfeasibleError: ``seating.too_few_seats``, ``seating.no_table_for_language``,
            ``seating.no_step_free_table``, ``seating.too_few_reachable_seats``.
        CoreError: ``seating.solver_stopped``.

    Cost: one linear program with (kinds of people + households of several) * tables columns.
    Source: Ahuja, Magnanti and Orlin (1993), Network Flows, chapters 9 and 14.

    >>> nl, fr = frozenset({"nl"}), frozenset({"fr"})
    >>> people = [Person("a", nl, ()), Person("b", fr, ()), Person("c", nl | fr, ())]
    >>> tables = [Table(1, 2, nl), Table(2, 1, fr)]
    >>> first_seating(people, tables, np.random.Generator(np.random.PCG64(1)))
    array([0, 1, 0])
    """
    check_seats(people, tables)
    units = _units_of(people)
    counts = _least_cost_flow(people, tables, units, rng)
    seat_of = np.empty(len(people), dtype=np.intp)
    for unit, row in zip(units, counts, strict=True):
        seat_of[rng.permutation(np.array(unit))] = np.repeat(np.arange(len(tables)), row)
    return seat_of


def check_seats(people: Sequence[Person], tables: Sequence[Table]) -> None:
    """Refuse a round in which some people cannot all be seated, and say which.

    Args:
        people: the people to be seated.
        tables: the tables.

    Raises:
        InfeasibleError: ``seating.too_few_seats``, ``seating.no_table_for_language``,
            ``seating.no_step_free_table``, ``seating.too_few_reachable_seats`` (people who
            together have fewer seats they can use than they are, from a minimum cut).

    Cost: one maximum flow over kinds of people and tables.
    Source: Hall (1935), On representatives of subsets, J. London Math. Soc. 10, 26-30.

    >>> check_seats([Person("a", frozenset({"de"}), ())], [Table(1, 8, frozenset({"nl"}))])
    Traceback (most recent call last):
    burgertop.core.errors.InfeasibleError: ('seating.no_table_for_language', {'languages': \
('de',), 'people': 1})
    """
    seats = sum(table.seats for table in tables)
    if len(people) > seats:
        raise InfeasibleError("seating.too_few_seats", people=len(people), seats=seats)
    kinds: defaultdict[tuple[frozenset[str], bool], list[Person]] = defaultdict(list)
    for person in people:
        kinds[person.speaks, STEP_FREE in person.needs].append(person)
    may = np.array([[may_sit(kind[0], table) for table in tables] for kind in kinds.values()])
    for (speaks, _), members, row in zip(kinds, kinds.values(), may, strict=True):
        if row.any():
            continue
        languages = tuple(sorted(speaks))
        is_heard = any(speaks & table.reach for table in tables)
        code = "seating.no_step_free_table" if is_heard else "seating.no_table_for_language"
        raise InfeasibleError(code, languages=languages, people=len(members))
    sizes = np.array([len(members) for members in kinds.values()])
    capacities = np.array([table.seats for table in tables])
    stuck = _stuck_kinds(may, sizes, capacities)
    if stuck.any():
        members = [one for kind, is_stuck in zip(kinds.values(), stuck, strict=True) if is_stuck for one in kind]
        raise InfeasibleError(
            "seating.too_few_reachable_seats",
            languages=tuple(sorted(frozenset().union(*(one.speaks for one in members)))),
            people=len(members),
            step_free=sum(STEP_FREE in one.needs for one in members),
            seats=int(capacities[may[stuck].any(axis=0)].sum()),
        )


def _stuck_kinds(may: NDArray[np.bool_], sizes: NDArray[np.intp], capacities: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Find kinds that together outnumber the seats they can use: none, or a minimum cut."""
    kinds, tables = may.shape
    source, sink = kinds + tables, kinds + tables + 1
    graph = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    graph[source, :kinds] = sizes
    graph[:kinds, kinds:source] = may * sizes[:, np.newaxis]
    graph[kinds:source, sink] = capacities
    flow = maximum_flow(csr_array(graph), source, sink)
    stuck = np.zeros(kinds, dtype=np.bool_)
    if flow.flow_value < sizes.sum():
        rest = csr_array(graph - flow.flow.toarray())
        rest.eliminate_zeros()
        reached = breadth_first_order(rest, source, return_predecessors=False)
        stuck[reached[reached < kinds]] = True
    return stuck


def _units_of(people: Sequence[Person]) -> list[Unit]:
    """Put people who are alike together; households of several stay apart from the rest."""
    sizes = Counter(person.household for person in people)
    units: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        home = person.household if sizes[person.household] > 1 else ""
        units[home, tuple(sorted(person.speaks)), STEP_FREE in person.needs].append(place)
    return [tuple(units[key]) for key in sorted(units, key=repr)]


def _least_cost_flow(
    people: Sequence[Person],
    tables: Sequence[Table],
    units: Sequence[Unit],
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """Solve the flow: units -> (households ->) tables -> seats. Shape (units, tables)."""
    first = [people[unit[0]] for unit in units]
    may = np.array([[may_sit(person, table) for table in tables] for person in first])
    unit_of, table_of = np.nonzero(may)
    sizes = np.array([len(unit) for unit in units], dtype=np.float64)
    seats = np.array([table.seats for table in tables])
    home_of, homes = _home_numbers(people, first)
    pairs = homes * len(tables)
    table_node = len(units) + pairs + np.arange(len(tables))
    pair_node = len(units) + np.arange(pairs)
    by_home = home_of[unit_of] >= 0
    via = len(units) + home_of[unit_of] * len(tables) + table_of
    tail = [unit_of, pair_node, pair_node, np.repeat(table_node, seats)]
    head = [
        np.where(by_home, via, table_node[table_of]),
        np.tile(table_node, homes),
        np.tile(table_node, homes),
    ]
    nth_seat = np.concatenate([np.arange(1, number + 1) for number in seats])
    cost = [
        rng.random(len(unit_of)) / len(people),
        np.zeros(pairs),
        np.full(pairs, 4.0 * seats.max()),
        2.0 * nth_seat - 1,
    ]
    upper = [sizes[unit_of], np.ones(pairs), np.full(pairs, sizes.sum()), np.ones(len(nth_seat))]
    outs, ins = np.concatenate(tail), np.concatenate(head)
    columns = np.concatenate([np.arange(len(outs)), np.arange(len(ins))])
    signs = np.concatenate([np.ones(len(outs)), -np.ones(len(ins))])
    shape = (table_node[-1] + 1, len(outs))
    balance = csr_array((signs, (np.concatenate([outs, ins]), columns)), shape=shape)
    supply = np.concatenate([sizes, np.zeros(pairs + len(tables))])
    found = milp(
        np.concatenate(cost),
        constraints=LinearConstraint(balance, supply, supply),
        bounds=Bounds(np.zeros(len(outs)), np.concatenate(upper)),
    )
    if found.status != 0:
        raise CoreError("seating.solver_stopped", state=str(found.message))
    counts = np.zeros(may.shape, dtype=np.intp)
    counts[unit_of, table_of] = np.rint(found.x[: len(unit_of)]).astype(np.intp)
    return counts


def _home_numbers(people: Sequence[Person], first: Sequence[Person]) -> tuple[NDArray[np.intp], int]:
    """Number the households of several people: each unit's number (-1: none), how many."""
    sizes = Counter(person.household for person in people)
    homes = sorted(home for home, members in sizes.items() if home and members > 1)
    number_of = {home: number for number, home in enumerate(homes)}
    return np.array([number_of.get(person.household, -1) for person in first]), len(homes)
