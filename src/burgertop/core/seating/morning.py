"""The morning: who is missing, who came unexpected; few moves now, and the rounds not begun planned anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.seating.annealing import improve, swap_back
from burgertop.core.seating.closing import Closing, close_tables, floor_of_moves
from burgertop.core.seating.dealing import part
from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints, hall_of, places_of
from burgertop.core.seating.people import Person, Table
from burgertop.core.seating.room import Room
from burgertop.core.seating.rules import Rules, rules_for
from burgertop.core.seating.seat import Seating, figures_of, plan_of
from burgertop.core.seating.start import strictest

__all__ = ["LEAST_AT_TABLE", "Reseating", "reseat"]

LEAST_AT_TABLE = 8
STEPS = 60


@dataclass(frozen=True, slots=True)
class Reseating:
    """A plan for those who are here.

    Args:
        seating: the rounds not begun yet, with their figures; who met before counts as a repeat.
        moved: ids of those who had a seat in the next round and get another.
        floor: moves that no answer goes below, languages and rules left aside: see ``floor_of_moves``.
        closed: numbers of the tables that close.
        short: numbers of open tables with fewer people than asked for, because it cannot be helped.

    >>> Reseating(Seating((), 0.0, 0.0, 0, 0, 0, 0, ()), (), 0, (), ()).moved
    ()
    """

    seating: Seating
    moved: tuple[str, ...]
    floor: int
    closed: tuple[int, ...]
    short: tuple[int, ...]


def reseat(
    people: Sequence[Person],
    tables: Sequence[Table],
    rounds: Sequence[Mapping[int, Sequence[str]]],
    *,
    feature_names: Sequence[str],
    rng: np.random.Generator,
    rules: Rules | None = None,
    begun: int = 0,
    least: int = LEAST_AT_TABLE,
    effort: str = "quick",
    before: Sequence[Mapping[int, Sequence[str]]] = (),
) -> Reseating:
    """Seat those who are here, from the plan for those who were expected, in the rounds not begun.

    In the next round as few people as possible change tables, so that each open table has ``least``
    people or more; who has no seat gets one. The rounds after it are planned anew at the open tables.
    A pin (a lock by hand) is kept.

    Args:
        people, tables: everybody who is here, expected or not; the tables.
        rounds: the plan, each round as table number to ids; people who are missing are left out.
        feature_names, rng: names of the features; all the chance there is.
        rules: the rules of the day; what they say of people who are missing is left out.
        begun: how many rounds are over or under way; they stay as they are.
        least: least people at an open table.
        effort: for the rounds after the next.
        before: rounds of another part of the day, at other tables: who met there should not meet again.

    Raises:
        InputError: ``seating.no_round_left``, ``seating.bad_least``, and as ``hall_of``.
        InfeasibleError, CoreError: as ``seat_rounds`` and ``close_tables``.

    Cost: two integer programs, then as ``seat_rounds`` for the rounds after the next. Source: own.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, ()) for one in "abcde"]
    >>> tables, plan = [Table(1, 5, nl), Table(2, 5, nl)], [{1: "abcdxyz"[:5], 2: "e"}]
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> found = reseat(people, tables, plan, feature_names=[], rng=rng, least=3)
    >>> found.moved, found.floor, found.closed, found.seating.rounds[0][1]
    (('e',), 1, (2,), ('a', 'b', 'c', 'd', 'e'))
    """
    if begun >= len(rounds):
        raise InputError("seating.no_round_left", rounds=len(rounds), begun=begun)
    if least < 1:
        raise InputError("seating.bad_least", least=least)
    held = [*before, *rounds[:begun]]
    hall = hall_of(
        people,
        tables,
        feature_names=feature_names,
        rules=rules_for(people, rules or Rules(), begun),
        rounds=len(rounds) - begun,
        before=held,
    )
    sat = _before(hall, rounds[begun])
    first = _next_round(hall, sat, least, rng)
    plan = _whole_plan(hall, first, held, feature_names, rng, effort)
    return _told(hall, sat, plan, least)


def _before(hall: Hall, seated: Mapping[int, Sequence[str]]) -> Ints:
    """Where those who are here would sit. Shape (n,)."""
    place = {person.id: number for number, person in enumerate(hall.people)}
    at = {table.number: number for number, table in enumerate(hall.tables)}
    known = {number: ids for number, ids in seated.items() if number in at}
    row = places_of([known], place, at)[0]
    return np.where(row >= 0, row, NOWHERE)


def _told(hall: Hall, before: Ints, plan: Ints, least: int) -> Reseating:
    first, there = plan[0], before != NOWHERE
    sizes, now = (np.bincount(row, minlength=len(hall.tables)) for row in (before[there], first))
    floor = floor_of_moves(sizes.tolist(), hall.seats.tolist(), least, int((~there).sum()))
    return Reseating(
        seating=figures_of(hall, plan),
        moved=tuple(hall.people[one].id for one in np.flatnonzero(there & (before != first))),
        floor=floor,
        closed=_numbers(hall, (now == 0) & (sizes > 0)),
        short=_numbers(hall, (now > 0) & (now < np.minimum(least, hall.seats))),
    )


def _numbers(hall: Hall, which: Bools) -> tuple[int, ...]:
    return tuple(hall.tables[table].number for table in np.flatnonzero(which))


def _next_round(hall: Hall, before: Ints, least: int, rng: np.random.Generator) -> Ints:
    """Move the few who must, choose among people of a class those whose move helps the balance."""
    before = np.where(hall.pins[0] != NOWHERE, hall.pins[0], before)
    fixed = (hall.pins[0] != NOWHERE) & (before != NOWHERE)
    fixed[[one for block in hall.blocks for one in block]] = True
    fixed &= before != NOWHERE
    closing = close_tables(hall, before, fixed, least)
    table_of = _moved(hall, before, fixed, closing, rng)
    stays = np.where(table_of == before, table_of, NOWHERE)
    if part(hall, table_of, stays, rng):
        part(hall, table_of, np.where(fixed, table_of, NOWHERE), rng)
    first = replace(hall, rounds=1, pins=hall.pins[:1])
    room = Room(
        first, table_of[np.newaxis], strictest(first, table_of[np.newaxis]), fixed=(table_of == before)[np.newaxis]
    )
    improve(room, rng, STEPS)
    swap_back(room, before, fixed)
    found: Ints = room.table_of[0, :-1].astype(np.int64)
    return found


def _moved(hall: Hall, before: Ints, fixed: Bools, closing: Closing, rng: np.random.Generator) -> Ints:
    table_of = before.copy()
    for one in range(len(hall.may)):
        leaving = np.concatenate(
            [
                rng.permutation(np.flatnonzero((before == table) & (hall.class_of == one) & ~fixed))[:many]
                for table, many in enumerate(closing.out[:, one].tolist())
            ]
        ).astype(np.int64)
        waiting = np.flatnonzero((before == NOWHERE) & (hall.class_of == one))
        places = np.repeat(np.arange(len(hall.tables)), closing.into[:, one])
        table_of[rng.permutation(np.concatenate([leaving, waiting]))] = places
    return table_of


def _whole_plan(
    hall: Hall,
    first: Ints,
    held: Sequence[Mapping[int, Sequence[str]]],
    feature_names: Sequence[str],
    rng: np.random.Generator,
    effort: str,
) -> Ints:
    """The next round, and the rounds after it planned anew at the tables that stay open."""
    if hall.rounds == 1:
        return first[np.newaxis]
    used = sorted({*first.tolist(), *hall.pins[1:][hall.pins[1:] != NOWHERE].tolist()})
    named = {hall.tables[at].number: [hall.people[one].id for one in np.flatnonzero(first == at)] for at in used}
    pins = tuple(replace(pin, round=max(pin.round - 1, 0)) for pin in hall.rules.pins if pin.round != 1)
    later = hall_of(
        hall.people,
        [hall.tables[table] for table in used],
        feature_names=feature_names,
        rules=replace(hall.rules, pins=pins),
        rounds=hall.rounds - 1,
        before=[*held, named],
    )
    return np.vstack([first, np.array(used)[plan_of(later, rng, effort)]])
