"""Seat a day: everybody where they are understood, by all rules, at tables that mirror the hall, with new people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.seating.annealing import COOLEST, EFFORTS, improve, steps_of
from burgertop.core.seating.bound import balance_bound, balance_in
from burgertop.core.seating.clash import check_simple, refuse
from burgertop.core.seating.exact import exact_start
from burgertop.core.seating.hall import Hall, Ints, hall_of
from burgertop.core.seating.meetings import forced_repeats, repeats_in
from burgertop.core.seating.people import Person, Table
from burgertop.core.seating.room import Room
from burgertop.core.seating.rules import LEAST_SPEAKERS, Rules
from burgertop.core.seating.start import Start, start_of
from burgertop.core.seating.verify import breaches_of_rounds, lone_speakers

__all__ = ["Seating", "figures_of", "plan_of", "seat_rounds"]

NEAR, LAST_TRIES, LAST_SHARE = 1.005, 4, 16  # how near the bound is worth last tries, how many, what each takes


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where in all rounds, and how good it is.

    Args:
        rounds: for each round, table number to the ids of the people at it (sorted); every table is named.
        balance: mean over the tables with people, and the rounds, of the sum over features and values of
            ``|people - proportional share|``; 0 is a perfect mirror.
        bound: no plan with as many people at each table has a smaller balance: see ``balance_bound``.
        repeats: meetings of a pair beyond their first.
        forced_repeats: repeats that no plan avoids: see ``forced_repeats``.
        lone_speakers: people and rounds in which somebody who follows only one language of a mixed
            table has fewer than two others there who follow it.
        forced_lone_speakers: those of them for whom the hall has no more company.
        by_feature: for each feature its part of the balance, and of the bound.

    >>> Seating(({1: ("a",)},), 0.0, 0.0, 0, 0, 0, 0, ()).rounds[0][1]
    ('a',)
    """

    rounds: tuple[Mapping[int, tuple[str, ...]], ...]
    balance: float
    bound: float
    repeats: int
    forced_repeats: int
    lone_speakers: int
    forced_lone_speakers: int
    by_feature: tuple[tuple[float, float], ...]


def seat_rounds(
    people: Sequence[Person],
    tables: Sequence[Table],
    *,
    feature_names: Sequence[str],
    rng: np.random.Generator,
    rounds: int = 1,
    rules: Rules | None = None,
    effort: str = "good",
    before: Sequence[Mapping[int, Sequence[str]]] = (),
) -> Seating:
    """Seat everybody for some rounds.

    Never broken: seats of a table, languages and needs, pins, who sits apart and together, no lone
    speakers. Within that the tables mirror the hall (each weighted feature) and people meet new
    people. Tables are filled evenly.

    Args:
        people: the people to be seated.
        tables: the tables.
        feature_names: names of the features, as many as each person has values.
        rng: all the chance there is; the same ``rng`` gives the same plan on every machine.
        rounds: how many rounds.
        rules: the rules of the day; without, those of ``Rules()``.
        effort: ``"quick"``, ``"good"`` or ``"best"``: a number of steps, not of seconds.
        before: rounds that were held already: who met there should not meet again.

    Returns:
        The plan, with its bound and its unavoidable repeats.

    Raises:
        InputError: ``seating.unknown_effort`` and as ``hall_of``.
        InfeasibleError: as ``refuse``: no seating keeps the rules; the smallest set that clashes is named.
        CoreError: ``seating.no_start``: the search gave up without an answer.

    Cost: see ``docs/maths/seating.md``.
    Source: own; its parts as in ``start_of``, ``improve``, ``balance_bound``, ``forced_repeats``.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> tables = [Table(1, 2, nl), Table(2, 2, nl)]
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> plan = seat_rounds(people, tables, feature_names=["sex"], rng=rng, rounds=2, effort="quick")
    >>> plan.balance, plan.bound, plan.repeats, plan.forced_repeats
    (0.0, 0.0, 0, 0)
    """
    hall = hall_of(people, tables, feature_names=feature_names, rules=rules, rounds=rounds, before=before)
    return figures_of(hall, plan_of(hall, rng, effort))


def plan_of(hall: Hall, rng: np.random.Generator, effort: str) -> Ints:
    """Seat a hall: ``seat_rounds`` in numbers.

    Args:
        hall: the hall.
        rng: all the chance there is.
        effort: as ``seat_rounds``.

    Returns:
        Shape (R, n); a table for everybody in each round.

    Raises:
        InputError, InfeasibleError, CoreError: as ``seat_rounds``.

    >>> hall = hall_of([Person("a", frozenset({"nl"}), ())], [Table(7, 1, frozenset({"nl"}))], feature_names=[])
    >>> plan_of(hall, np.random.Generator(np.random.PCG64(1)), "quick").tolist()
    [[0]]
    """
    if effort not in EFFORTS:
        raise InputError("seating.unknown_effort", effort=effort, efforts=tuple(EFFORTS))
    check_simple(hall)
    start = start_of(hall, rng) or exact_start(hall) or refuse(hall)
    return _improved(hall, start, rng, effort)


def figures_of(hall: Hall, table_of: Ints) -> Seating:
    """Turn a plan in numbers into ids, with all its figures.

    Args:
        hall: the hall.
        table_of: shape (R, n); a table for everybody in each round.

    >>> hall = hall_of([Person("a", frozenset({"nl"}), ())], [Table(7, 1, frozenset({"nl"}))], feature_names=[])
    >>> figures_of(hall, np.array([[0]])).rounds
    ({7: ('a',)},)
    """
    named = tuple(_named(hall, row) for row in table_of)
    used = sum(len(np.unique(row)) for row in table_of)
    scale = len(hall.people) * max(1, used)
    lonely = [one for seated in named for one in lone_speakers(seated, hall.people, hall.tables)]
    rules = replace(hall.rules, least_speakers=LEAST_SPEAKERS)
    avoidable = breaches_of_rounds(named, hall.people, hall.tables, rules) if lonely else ()
    balance, bound = balance_in(hall, table_of), balance_bound(hall, table_of)
    return Seating(
        rounds=named,
        balance=int(balance.sum()) / scale,
        bound=int(bound.sum()) / scale,
        repeats=repeats_in(table_of, hall.met),
        forced_repeats=forced_repeats(hall, table_of),
        lone_speakers=len(lonely),
        forced_lone_speakers=len(lonely) - sum(one.code == "seating.lone_speaker" for one in avoidable),
        by_feature=tuple(zip((balance / scale).tolist(), (bound / scale).tolist(), strict=True)),
    )


def _improved(hall: Hall, start: Start, rng: np.random.Generator, effort: str) -> Ints:
    room = Room(hall, start.table_of, start.speech)
    seats = room.chairs.shape[2]
    steps = steps_of(effort, len(hall.people), len(hall.tables), seats, hall.codes.shape[1], hall.rounds)
    improve(room, rng, steps)
    return _finished(hall, room, rng, steps // LAST_SHARE)


def _finished(hall: Hall, room: Room, rng: np.random.Generator, steps: int) -> Ints:
    """A plan within a hair of its bound is shaken a little, a few times; what is better is kept."""
    weights, best = hall.weights[hall.codes[0]], _seats_in(room)
    bound, balance = int(weights @ balance_bound(hall, best)), int(weights @ balance_in(hall, best))
    for _try in range(LAST_TRIES):
        if not bound < balance <= bound * NEAR:
            break
        improve(room, rng, steps, warmest=COOLEST)
        then = _seats_in(room)
        now = int(weights @ balance_in(hall, then))
        if now < balance and repeats_in(then, hall.met) <= repeats_in(best, hall.met):
            best, balance = then, now
    return best


def _seats_in(room: Room) -> Ints:
    return room.table_of[: room.hall.rounds, :-1].astype(np.int64)


def _named(hall: Hall, row: Ints) -> dict[int, tuple[str, ...]]:
    seated: dict[int, list[str]] = {table.number: [] for table in hall.tables}
    for person, table in zip(hall.people, row.tolist(), strict=True):
        seated[hall.tables[table].number].append(person.id)
    return {number: tuple(ids) for number, ids in seated.items()}
