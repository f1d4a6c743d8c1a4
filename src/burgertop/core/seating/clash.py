"""Why no seating exists: people without a table they can use, or the rules that cannot hold at the same time."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NoReturn

import numpy as np

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.seating.exact import exact_round
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints, hall_of
from burgertop.core.seating.people import STEP_FREE
from burgertop.core.seating.rules import Pin, Rules, apart_sets

__all__ = ["check_seats", "clash_of", "refuse"]

MOST_SINGLES = 60


def refuse(hall: Hall) -> NoReturn:
    """Say why nobody can seat this hall.

    Args:
        hall: a hall for which no start was found.

    Raises:
        InfeasibleError: as ``check_seats``; ``seating.rules_clash``: a smallest set of rules that
            together leave no seating, each as a kind and its ids: ``pin:a@3``, ``apart:a+b``,
            ``household:a+b``, ``together:a+b``, ``lone_speakers:3``.
        CoreError: ``seating.no_start``: too large for the exact search, and no simple clash.

    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> refuse(hall_of([Person(one, nl, (), "h") for one in "ab"], [Table(1, 2, nl)], feature_names=[]))
    Traceback (most recent call last):
    burgertop.core.errors.InfeasibleError: ('seating.rules_clash', {'rules': ('household:a+b',)})
    """
    check_seats(hall)
    rules = clash_of(hall)
    if not rules:
        raise CoreError("seating.no_start", people=len(hall.people), tables=len(hall.tables))
    raise InfeasibleError("seating.rules_clash", rules=rules)


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


def clash_of(hall: Hall) -> tuple[str, ...]:
    """Find a smallest set of rules that leaves no seating, seats, languages and needs being given.

    Clashes that can be seen without a search come first. Else rules are left out one by one as long
    as no seating appears (each set that is returned needs all its members); sets of one are tried.

    Args:
        hall: the hall.

    Returns:
        Names of rules as in ``refuse``; empty when a seating exists or nothing was found.

    Cost: an integer program for each rule that is tried.
    Source: Chinneck (2008), Feasibility and Infeasibility in Optimization, chapter 6 (deletion filter).

    >>> from burgertop.core.seating.people import Person, Table
    >>> nl, fr = frozenset({"nl"}), frozenset({"fr"})
    >>> rules = Rules(pins=(Pin("a", 2),))
    >>> hall = hall_of([Person("a", nl, ())], [Table(1, 2, nl), Table(2, 2, fr)], feature_names=[], rules=rules)
    >>> clash_of(hall)
    ('pin:a@2',)
    """
    if seen := sorted(_simple(hall), key=lambda names: (len(names), names)):
        return seen[0]
    items = _items(hall)
    try:
        if not _is_stuck(hall, items):
            return ()
        for one in items if len(items) <= MOST_SINGLES else ():
            if _is_stuck(hall, [one]):
                return (one[0],)
        return tuple(name for name, _ in _needed(items, lambda some: _is_stuck(hall, some)))
    except CoreError:
        return ()


Item = tuple[str, object]


def _needed(items: list[Item], is_stuck: Callable[[list[Item]], bool]) -> list[Item]:
    """Leave out stretches of rules, half as long each time, as long as the rest still clashes."""
    size = max(1, len(items) // 2)
    while True:
        at = 0
        while at < len(items):
            rest = items[:at] + items[at + size :]
            if is_stuck(rest):
                items = rest
            else:
                at += size
        if size == 1:
            return items
        size = max(1, size // 2)


def _name(kind: str, ids: Sequence[str]) -> str:
    return f"{kind}:{'+'.join(ids)}"


def _pin_name(pin: Pin) -> str:
    return f"pin:{pin.person}@{pin.table}" + (f"/{pin.round}" if pin.round else "")


def _homes(hall: Hall) -> list[tuple[str, ...]]:
    return apart_sets(hall.people, replace(hall.rules, apart=()))


def _items(hall: Hall) -> list[Item]:
    """Every rule of the hall by itself."""
    rules = hall.rules
    items: list[Item] = [(_pin_name(pin), pin) for pin in rules.pins]
    items += [(_name("apart", ids), ("apart", ids)) for ids in rules.apart]
    items += [(_name("together", ids), ("together", ids)) for ids in rules.together]
    items += [(_name("household", ids), ("apart", ids)) for ids in _homes(hall)]
    if rules.least_speakers > 1:
        items.append((f"lone_speakers:{rules.least_speakers}", "lone"))
    return items


def _is_stuck(hall: Hall, items: Sequence[Item]) -> bool:
    """Whether no seating keeps these rules."""
    sets = [rule for _, rule in items if isinstance(rule, tuple)]
    rules = Rules(
        pins=tuple(rule for _, rule in items if isinstance(rule, Pin)),
        apart=tuple(ids for kind, ids in sets if kind == "apart"),
        together=tuple(ids for kind, ids in sets if kind == "together"),
        households_apart=False,
        least_speakers=hall.rules.least_speakers if any(rule == "lone" for _, rule in items) else 0,
    )
    bare = [replace(person, features=()) for person in hall.people]
    smaller = hall_of(bare, hall.tables, feature_names=[], rules=rules, rounds=hall.rounds)
    rows = {row.tobytes(): number for number, row in enumerate(smaller.pins)}
    return any(exact_round(smaller, number) is None for number in rows.values())


def _simple(hall: Hall) -> Iterator[tuple[str, ...]]:
    """Clashes of one or a few rules that can be seen at once."""
    ids = [person.id for person in hall.people]
    place = {one: number for number, one in enumerate(ids)}
    at = {table.number: number for number, table in enumerate(hall.tables)}
    for pin in hall.rules.pins:
        if not hall.may_person[place[pin.person], at[pin.table]]:
            yield (_pin_name(pin),)
    for number in range(hall.rounds):
        many = np.bincount(hall.pins[number][hall.pins[number] != NOWHERE], minlength=len(hall.tables))
        for table in np.flatnonzero(many > hall.seats).tolist():
            pinned = [
                _pin_name(pin) for pin in hall.rules.pins if at[pin.table] == table and pin.round in {0, number + 1}
            ]
            yield tuple(pinned[: int(hall.seats[table]) + 1])
    sets = [("apart", one) for one in hall.rules.apart] + [("household", one) for one in _homes(hall)]
    for kind, members in sets:
        open_to = hall.may_person[[place[one] for one in members]].any(axis=0)
        if len(set(members)) > open_to.sum():
            yield (_name(kind, members),)
    for together in hall.rules.together:
        open_to = hall.may_person[[place[one] for one in together]].all(axis=0)
        if not (open_to & (hall.seats >= len(set(together)))).any():
            yield (_name("together", together),)
