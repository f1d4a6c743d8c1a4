"""Why no seating exists: people without a table they can use, or the rules that cannot hold at the same time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NoReturn

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.seating.exact import exact_round
from burgertop.core.seating.hall import Hall, hall_of
from burgertop.core.seating.reach import check_seats
from burgertop.core.seating.rules import Pin, Rules, apart_sets

__all__ = ["check_simple", "clash_of", "refuse"]

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
    if seen := _smallest(hall):
        return seen
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
    place = {person.id: number for number, person in enumerate(hall.people)}
    at = {table.number: number for number, table in enumerate(hall.tables)}
    apart = [(_name("apart", ids), ids) for ids in hall.rules.apart]
    apart += [(_name("household", ids), ids) for ids in _homes(hall)]
    for pin in hall.rules.pins:
        if not hall.may_person[place[pin.person], at[pin.table]]:
            yield (_pin_name(pin),)
    for name, ids in apart:
        open_to = hall.may_person[[place[one] for one in ids]].any(axis=0)
        if len(set(ids)) > open_to.sum():
            yield (name,)
    for together in hall.rules.together:
        open_to = hall.may_person[[place[one] for one in together]].all(axis=0)
        if not (open_to & (hall.seats >= len(set(together)))).any():
            yield (_name("together", together),)
        for name, ids in apart:
            if len(set(ids) & set(together)) > 1:
                yield name, _name("together", together)
    for number in range(1, hall.rounds + 1):
        pins = {pin.person: pin for pin in hall.rules.pins if pin.round in {0, number}}
        yield from _of_pins(hall, pins, apart)


def _of_pins(
    hall: Hall, pins: Mapping[str, Pin], apart: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[tuple[str, ...]]:
    """Pins of one round that clash with each other's tables, with who sits apart, with who sits together."""
    for table in hall.tables:
        here = [_pin_name(pin) for pin in pins.values() if pin.table == table.number]
        if len(here) > table.seats:
            yield tuple(here[: table.seats + 1])
    for name, ids in apart:
        pinned = [pins[one] for one in ids if one in pins]
        for one, other in combinations(pinned, 2):
            if one.table == other.table:
                yield name, _pin_name(one), _pin_name(other)
    for ids in hall.rules.together:
        pinned = [pins[one] for one in ids if one in pins]
        for one, other in combinations(pinned, 2):
            if one.table != other.table:
                yield _name("together", ids), _pin_name(one), _pin_name(other)


def check_simple(hall: Hall) -> None:
    """Refuse a hall at once whose seats are too few or whose rules clash for all to see.

    Args:
        hall: the hall.

    Raises:
        InfeasibleError: as ``refuse``.

    Cost: some milliseconds.

    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> check_simple(hall_of([Person("a", nl, ())], [Table(1, 2, nl)], feature_names=[]))
    """
    check_seats(hall)
    if seen := _smallest(hall):
        raise InfeasibleError("seating.rules_clash", rules=seen)


def _smallest(hall: Hall) -> tuple[str, ...]:
    return min(_simple(hall), key=lambda names: (len(names), names), default=())
