"""Kinds: people who are alike for a draw, taken together, and the rows of numbers that bind every panel."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from burgertop.core.sortition.limits import Limits
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quota, Quotas

__all__ = ["Floats", "Ints", "Kinds", "kinds_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Kinds:
    """The kinds of people of one draw: T kinds, R rows (quotas, seats, alike households).

    Args:
        kind_of: shape (people,), in the order of the pool: number of everybody's kind.
        members: for each kind the positions of its people in the pool, sorted by id.
        sizes: shape (T,): people of the kind.
        least: shape (T,): how many of them sit at least (all, when they must; else 0).
        most: shape (T,): how many may sit (all, or 0 when they never sit).
        rows_of: shape (T, F): the rows a kind counts in: one per feature, then the row of its
            households, or R when no household binds it. The row of the seats is not named.
        quotas: the quotas, sorted by feature and value: the first rows.
        row_lower: shape (R,): least of each row. Row ``len(quotas)`` is the panel as a whole; the
            rows after it stand for households that are alike.
        row_upper: shape (R,): most of each row.
        homes: for each of the rows after the panel the households it stands for.

    A panel is whole numbers, one per kind, within all these bounds; whoever of a kind sits makes
    no difference. Households whose members are of the same kinds are alike; together they have
    one row. That is enough: whole numbers that keep it can be spread over the households so
    that each keeps its limit (the sum of like polymatroids splits into whole numbers).
    """

    kind_of: Ints
    members: tuple[Ints, ...]
    sizes: Ints
    least: Ints
    most: Ints
    rows_of: Ints
    quotas: tuple[Quota, ...]
    row_lower: Ints
    row_upper: Ints
    homes: tuple[tuple[str, ...], ...] = ()

    def __len__(self) -> int:
        """Say how many kinds there are."""
        return len(self.sizes)

    @property
    def seats(self) -> int:
        """How many people a panel has."""
        return int(self.row_lower[len(self.quotas)])

    @cached_property
    def matrix(self) -> csr_array:
        """The rows as a matrix of 0 and 1, shape (R, T)."""
        kinds, rows = len(self), len(self.row_lower)
        at = np.hstack([self.rows_of, np.full((kinds, 1), len(self.quotas))])
        where = np.nonzero(at < rows)
        return csr_array((np.ones(len(where[0])), (at[where], where[0])), shape=(rows, kinds))

    @cached_property
    def by_kind(self) -> csr_array:
        """The same matrix turned round, shape (T, R)."""
        return csr_array(self.matrix.T)


def kinds_of(pool: Pool, quotas: Quotas, limits: Limits) -> Kinds:
    """Put like people together and write down the rows that bind a panel.

    Args:
        pool: the people who can be drawn.
        quotas: checked against the pool here.
        limits: who must, who never sits; most of one household.

    Returns:
        The kinds: people are alike when they share the values that have quotas, the duty to sit
        or not, and (where the limit can bind) the make-up of the household. Their order
        depends neither on the order of the pool nor on that of the quotas.

    Raises:
        InputError: as ``Quotas.check_against``.

    Cost: O(people * features + people * log(people)).

    >>> pool = Pool(("a", "b", "c"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> rows = (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1))
    >>> kinds = kinds_of(pool, Quotas(2, rows), Limits())
    >>> kinds.sizes.tolist(), kinds.rows_of[:, 0].tolist(), kinds.kind_of.tolist()
    ([1, 2], [0, 1], [1, 0, 1])
    """
    quotas.check_against(pool)
    rows = tuple(sorted(quotas, key=lambda row: (row.feature, row.value)))
    number_of = {(row.feature, row.value): number for number, row in enumerate(rows)}
    columns = [
        np.fromiter((number_of[feature, value] for value in pool.column(feature)), dtype=np.int64, count=len(pool))
        for feature in sorted(quotas.features)
    ]
    duty = _duties(pool, limits)
    plain = _joined([*columns, duty + 1])
    home, homes = _alike_homes(pool, limits, plain)
    kind_of = _joined([plain, home])
    by_id = np.array(sorted(range(len(pool)), key=pool.ids.__getitem__), dtype=np.int64)
    order = by_id[np.argsort(kind_of[by_id], kind="stable")]
    sizes = np.bincount(kind_of)
    members = tuple(np.split(order, np.cumsum(sizes)[:-1]))
    first = order[np.concatenate([[0], np.cumsum(sizes)[:-1]])]
    home_counts = np.array([len(alike) for alike in homes], dtype=np.int64)
    limit = limits.at_most_per_household or 0
    home_row = np.where(home[first] < len(home_counts), home[first] + len(rows) + 1, len(rows) + 1 + len(home_counts))
    return Kinds(
        kind_of=kind_of,
        members=members,
        sizes=sizes,
        least=np.where(duty[first] > 0, sizes, 0),
        most=np.where(duty[first] < 0, 0, sizes),
        rows_of=np.stack([column[first] for column in columns] + ([home_row] if len(home_counts) else []), axis=1),
        quotas=rows,
        row_lower=np.array([row.least for row in rows] + [quotas.seats] + [0] * len(home_counts), dtype=np.int64),
        row_upper=np.concatenate([[row.most for row in rows], [quotas.seats], home_counts * limit]).astype(np.int64),
        homes=homes,
    )


def _duties(pool: Pool, limits: Limits) -> Ints:
    """Tell who must (1), who never sits (-1), who may (0)."""
    duties = dict.fromkeys(limits.must, 1) | dict.fromkeys(limits.never, -1)
    if not duties:
        return np.zeros(len(pool), dtype=np.int64)
    return np.array([duties.get(one, 0) for one in pool.ids], dtype=np.int64)


def _joined(columns: list[Ints]) -> Ints:
    """Number the different rows of several columns, in the order of their values."""
    joined = columns[0]
    for column in columns[1:]:
        joined = np.unique(joined * (int(column.max()) + 1) + column, return_inverse=True)[1]
    return np.unique(joined, return_inverse=True)[1].astype(np.int64)


def _alike_homes(pool: Pool, limits: Limits, plain: Ints) -> tuple[Ints, tuple[tuple[str, ...], ...]]:
    """Number the make-ups of households that can break the limit, and list the households of each.

    Returns everybody's make-up (the number of make-ups where no limit binds) and the lists.
    """
    free = np.zeros(len(pool), dtype=np.int64)
    if limits.at_most_per_household is None:
        return free, ()
    away = set(limits.never)
    at_home: defaultdict[str, list[int]] = defaultdict(list)
    for place, home in enumerate(pool.households):
        if home and pool.ids[place] not in away:
            at_home[home].append(place)
    bound = {home: places for home, places in at_home.items() if len(places) > limits.at_most_per_household}
    alike: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    for home in sorted(bound):
        alike[tuple(sorted(int(plain[place]) for place in bound[home]))].append(home)
    free += len(alike)
    homes = tuple(tuple(alike[make_up]) for make_up in sorted(alike))
    for number, names in enumerate(homes):
        for home in names:
            free[bound[home]] = number
    return free, homes
