"""Whether everybody has a seat they can use: counted, and by a minimum cut."""

from collections import deque

import numpy as np

from burgertop.core.errors import InfeasibleError
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints
from burgertop.core.seating.people import STEP_FREE

__all__ = ["check_seats"]


def check_seats(hall: Hall) -> None:
    """Refuse a hall in which some people cannot all be seated, and say which.

    Args:
        hall: the hall; its rules are not asked.

    Raises:
        InfeasibleError: ``seating.too_few_seats``, ``seating.no_table_for_language``,
            ``seating.no_table_for_need``, ``seating.too_few_reachable_seats`` (people who together
            have fewer seats they can use than they are, from a minimum cut).

    Cost: one maximum flow over classes and tables.
    Source: Hall (1935), On representatives of subsets, J. London Math. Soc. 10, 26-30.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> check_seats(hall_of([Person("a", frozenset({"de"}), ())], [Table(1, 8, frozenset({"nl"}))], feature_names=[]))
    Traceback (most recent call last):
    burgertop.core.errors.InfeasibleError: ('seating.no_table_for_language', {'languages': ('de',), 'people': 1})
    """
    if len(hall.people) > hall.seats.sum():
        raise InfeasibleError("seating.too_few_seats", people=len(hall.people), seats=int(hall.seats.sum()))
    for one, row in enumerate(hall.may):
        if row.any():
            continue
        members = [hall.people[at] for at in np.flatnonzero(hall.class_of == one).tolist()]
        languages = tuple(sorted(members[0].speaks))
        if any(members[0].speaks & table.reach for table in hall.tables):
            needs = tuple(sorted(members[0].needs))
            raise InfeasibleError("seating.no_table_for_need", languages=languages, needs=needs, people=len(members))
        raise InfeasibleError("seating.no_table_for_language", languages=languages, people=len(members))
    stuck = _stuck(hall.may, hall.class_sizes, hall.seats)
    if stuck.any():
        members = [person for person, at in zip(hall.people, hall.class_of, strict=True) if stuck[at]]
        raise InfeasibleError(
            "seating.too_few_reachable_seats",
            languages=tuple(sorted(frozenset().union(*(one.speaks for one in members)))),
            people=len(members),
            step_free=sum(STEP_FREE in one.needs for one in members),
            seats=int(hall.seats[hall.may[stuck].any(axis=0)].sum()),
        )


def _stuck(may: Bools, sizes: Ints, seats: Ints) -> Bools:
    """Find classes that together outnumber the seats they can use: none, or a minimum cut."""
    kinds, kind_of = np.unique(may.T, axis=0, return_inverse=True)
    free = np.bincount(kind_of.ravel(), weights=seats, minlength=len(kinds)).astype(np.int64)
    flow = np.zeros((len(sizes), len(kinds)), dtype=np.int64)
    left = sizes.copy()
    while True:
        came, reached = _reach(kinds, flow, left)
        ends = [kind for kind in reached if free[kind] > 0]
        if not ends:
            stuck = np.zeros(len(sizes), dtype=np.bool_)
            stuck[[one for one, _ in came.items()] if left.any() else []] = True
            return stuck
        _push(ends[0], came, reached, flow, left, free)


def _reach(kinds: Bools, flow: Ints, left: Ints) -> tuple[dict[int, int], dict[int, int]]:
    """Walk from classes with people left; return for each class and kind reached where one came from."""
    came = {int(one): NOWHERE for one in np.flatnonzero(left)}
    reached: dict[int, int] = {}
    queue = deque(came)
    while queue:
        one = queue.popleft()
        for kind in np.flatnonzero(kinds[:, one]).tolist():
            if kind in reached:
                continue
            reached[kind] = one
            for other in np.flatnonzero(flow[:, kind]).tolist():
                if other not in came:
                    came[other] = kind
                    queue.append(other)
    return came, reached


def _push(end: int, came: dict[int, int], reached: dict[int, int], flow: Ints, left: Ints, free: Ints) -> None:
    path: list[tuple[int, int, int]] = []
    kind = end
    while True:
        one = reached[kind]
        path.append((one, kind, came[one]))
        if came[one] == NOWHERE:
            break
        kind = came[one]
    amount = min(
        int(free[end]), int(left[one]), *(int(flow[at, back]) for at, _, back in path if back != NOWHERE), 2**62
    )
    for at, onto, back in path:
        flow[at, onto] += amount
        if back != NOWHERE:
            flow[at, back] -= amount
    free[end] -= amount
    left[one] -= amount
