"""The totals of every panel for everybody: seats by value, values that few people have put together."""

from collections.abc import Sequence

import numpy as np

from burgertop.core.sortition.cells import LEAST_IN_CELL
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery
from burgertop.core.sortition.quotas import Quotas

__all__ = ["totals_of"]


def totals_of(pool: Pool, quotas: Quotas, lottery: Lottery) -> tuple[list[list[int]], list[list[int]]]:
    """Count the seats of each quota on each panel, never about fewer than ten people.

    A value that fewer than ten people on panels have, and that is on some panels more often than on others, would
    show who sits beside these few. It is counted together with the rarest other values of its feature, until ten
    people or more have one of them. A value that is on all panels equally often shows nothing and stands by itself.

    Args:
        pool: the people who could be drawn.
        quotas: the quotas.
        lottery: the lottery, its people in the order of the pool.

    Returns:
        Columns, each the places of one or several quotas (from 0) of one feature; and a line for each panel with the
        total of each column.

    Raises:
        InputError: ``sortition.unknown_feature``.

    Cost: O(panels * seats * quotas).

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(tuple("abc"), ("gender",), (("woman",), ("man",), ("x",)))
    >>> quotas = Quotas(1, tuple(Quota("gender", value, 0, 1) for value in ("woman", "man", "x")))
    >>> totals_of(pool, quotas, lottery_of(pool, quotas, panels=3))
    ([[0, 1, 2]], [[1], [1], [1]])
    """
    values = {feature: np.array(pool.column(feature)) for feature in quotas.features}
    has = np.array([values[row.feature] == row.value for row in quotas])
    counts = np.array([own[lottery.panels].sum(axis=1) for own in has], dtype=np.int64)
    people = has[:, lottery.published > 0].sum(axis=1).tolist()
    is_even = (counts.min(axis=1) == counts.max(axis=1)).tolist()
    columns = []
    for feature in quotas.features:
        places = [place for place, row in enumerate(quotas) if row.feature == feature]
        columns += _columns([place for place in places if not is_even[place]], people)
        columns += [[place] for place in places if is_even[place]]
    columns.sort()
    return columns, np.array([counts[column].sum(axis=0) for column in columns]).T.tolist()


def _columns(places: Sequence[int], people: Sequence[int]) -> list[list[int]]:
    """Put the rarest of the places together until ten people are behind each column."""
    rarest = sorted(places, key=lambda place: people[place])
    taken, together = 0, 0
    while taken < len(rarest) and (people[rarest[taken]] < LEAST_IN_CELL or 0 < together < LEAST_IN_CELL):
        together += people[rarest[taken]]
        taken += 1
    if taken == 1 and len(rarest) > 1:
        taken = 2
    joined = [sorted(rarest[:taken])] if taken else []
    return [*joined, *([place] for place in rarest[taken:])]
