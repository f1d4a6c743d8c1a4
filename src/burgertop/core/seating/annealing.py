"""Swaps that make the tables mirror the hall and let everybody meet new people; no swap leaves the rules."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.seating.noise import GRAIN, heats, noise
from burgertop.core.seating.room import Room

__all__ = ["EFFORTS", "improve", "steps_of", "swap_back"]

Numbers = NDArray[np.int32]
EFFORTS = {"quick": 1, "good": 11, "best": 60}
QUICK_WORK, CALLS, LEAST_STEPS = 195_000, 200, 270  # for one round
STAGES = 48
WARMEST, COOLEST = 200, 40  # per mille of one person too many at a table
REPEAT, LAST_REPEAT = 1, 4  # people too many at a table that a repeated meeting weighs, and at last
LAST_STAGES = 8
SMALL = 30  # seats at a table whose sums fit into a byte
BARRED = 1 << 29


@dataclass(frozen=True, slots=True)
class Pairing:
    """Tables of one round, two by two, and who sits at them.

    ``here`` and ``there`` have the shape (m,), ``ones`` and ``others`` the shape (K, m): pairs come
    last, so that numpy runs along them.

    >>> Pairing(0, *(np.zeros(1, dtype=np.int32),) * 2, *(np.zeros((2, 1), dtype=np.int32),) * 2).number
    0
    """

    number: int
    here: Numbers
    there: Numbers
    ones: Numbers
    others: Numbers


def steps_of(effort: str, people: int, tables: int, seats: int, features: int, rounds: int) -> int:
    """Tell how many steps an effort is worth: the same on every machine.

    Args:
        effort: ``"quick"``, ``"good"`` or ``"best"``; about 1, 10 and 50 seconds for 1,000 people in three rounds.
        people: people at a table in each round.
        tables: tables.
        seats: most people at a table.
        features: features to be balanced.
        rounds: rounds to be planned.

    >>> steps_of("quick", 1000, 100, 10, 4, 3), steps_of("good", 12, 3, 4, 2, 3)
    (1329, 32175)
    """
    work = CALLS + tables // 2 * seats * seats * (features + 4) // 166
    return EFFORTS[effort] * rounds * max(LEAST_STEPS, QUICK_WORK // work)


def improve(room: Room, rng: np.random.Generator, steps: int, *, warmest: int = WARMEST) -> None:
    """Let people swap seats, warm at first, so that a worse seat is taken at times, then cooler.

    In each step the tables of one round are put two by two. All swaps between the two tables of a
    pair are judged at once, and one of them, or none, is taken with a chance that falls with what
    it costs (a heat bath). Swaps that would break a rule have no chance. At the end only better
    swaps are taken.

    Args:
        room: the seating; changed.
        rng: the pairs, and the chance in the choices.
        steps: how many steps.
        warmest: the first heat, per mille of a person too many at a table.

    Cost: O(steps * people * seats * (features + rounds)).
    Source: Kirkpatrick, Gelatt and Vecchi (1983), Optimization by simulated annealing, Science 220,
    671-680; Geman and Geman (1984), Stochastic relaxation, Gibbs distributions, and the Bayesian
    restoration of images, IEEE PAMI 6, 721-741.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> from burgertop.core.seating.speech import speech_of
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=["sex"])
    >>> room = Room(hall, np.array([[0, 0, 1, 1]]), speech_of(hall, 0))
    >>> improve(room, np.random.Generator(np.random.PCG64(1)), steps=9)
    >>> int(np.abs(room.excess).sum())
    0
    """
    tables, rounds = len(room.hall.tables), room.hall.rounds
    if tables < 2:
        return
    unit = max(1, len(room.hall.people) * int(room.hall.weights.sum()) // max(1, len(room.hall.weights)))
    stages = [*heats(unit, STAGES - 2, warmest, COOLEST), 0, 0]
    done = 0
    for stage, heat in enumerate(stages, 1):
        shaken = (noise() * heat // GRAIN).astype(np.int32)
        repeat = REPEAT if stage <= STAGES - LAST_STAGES else LAST_REPEAT
        while done < steps * stage // STAGES:
            order = rng.permutation(tables).astype(np.int32)
            _step(room, done % rounds, order, shaken, rng, unit * repeat)
            done += 1


def _step(room: Room, number: int, order: Numbers, shaken: Numbers, rng: np.random.Generator, repeat: int) -> None:
    half, chairs = len(order) // 2, room.chairs[number]
    here, there = order[:half], order[half : 2 * half]
    ones, others = np.ascontiguousarray(chairs[here].T), np.ascontiguousarray(chairs[there].T)
    pairing = Pairing(number, here, there, ones, others)
    costs = _balance_costs(room, pairing)
    if len(room.table_of) > 1:
        costs += repeat * _repeat_costs(room, pairing)
    start = int(rng.integers(0, len(shaken) - costs.size - half + 1)) if costs.size + half <= len(shaken) else -1
    costs -= _noise_for(shaken, start, costs.size, rng).reshape(costs.shape)
    costs[~_allowed(room, pairing)] = BARRED
    flat = costs.reshape(-1, half)
    best = flat.argmin(axis=0)
    stays = -_noise_for(shaken, start + costs.size if start >= 0 else -1, half, rng)
    going = np.flatnonzero(flat[best, np.arange(half)] < stays)
    if len(going):
        one, other = np.divmod(best[going], len(others))
        room.swap(number, ones[one, going], others[other, going])


def _noise_for(shaken: Numbers, start: int, length: int, rng: np.random.Generator) -> Numbers:
    """A stretch of the noise; where more is needed than there is, drawn one by one."""
    if start >= 0:
        return shaken[start : start + length]
    drawn: Numbers = shaken[rng.integers(0, len(shaken), length)]
    return drawn


def _balance_costs(room: Room, pairing: Pairing) -> Numbers:
    """What each swap adds to the sum of |excess| of two tables. Shape (K, K, m)."""
    whole, weights = np.int32(len(room.hall.people)), room.hall.weights.astype(np.int32)
    excess = room.excess[pairing.number]
    mine, theirs = excess[pairing.here], excess[pairing.there]
    now_mine, now_theirs = np.abs(mine), np.abs(theirs)
    # a value leaves here and comes there; a value comes here and leaves there
    out = (np.abs(mine - whole) - now_mine + np.abs(theirs + whole) - now_theirs) * weights
    into = (np.abs(mine + whole) - now_mine + np.abs(theirs - whole) - now_theirs) * weights
    codes, others = room.by_feature[:, pairing.ones], room.by_feature[:, pairing.others]
    row = out.shape[1] * np.arange(len(out), dtype=np.int32)
    leaving, coming = out.reshape(-1).take(codes + row), into.reshape(-1).take(others + row)
    costs = np.zeros((len(pairing.ones), *pairing.others.shape), dtype=np.int32)
    for feature in range(len(codes)):
        both = leaving[feature][:, np.newaxis] + coming[feature]
        both *= codes[feature][:, np.newaxis] != others[feature]
        costs += both
    return costs


def _repeat_costs(room: Room, pairing: Pairing) -> Numbers:
    """How many repeated meetings each swap adds. Shape (K, K, m)."""
    seats = len(pairing.ones)
    met = room.has_met(pairing.number, np.concatenate([pairing.ones, pairing.others])).view(np.int8)
    kind = np.int8 if seats <= SMALL else np.int32  # no sum is above 4 * seats
    within = np.add.reduce(met, axis=0, dtype=kind) - kind(1)  # everybody has met themselves: 1 too many
    to_others = np.add.reduce(met[seats:, :seats], axis=0, dtype=kind)
    to_ones = np.add.reduce(met[:seats, seats:], axis=0, dtype=kind)
    mine, theirs = 2 * to_others - within[:seats], 2 * to_ones - within[seats:]
    costs: Numbers = (mine[:, np.newaxis] + theirs - 2 * met[:seats, seats:]).astype(np.int32)
    return costs


def _allowed(room: Room, pairing: Pairing) -> NDArray[np.bool_]:
    """Which swaps keep the rules at both tables. Shape (K, K, m)."""
    number, kept = pairing.number, room.kept[pairing.number]
    classes = kept.shape[1]
    mine, theirs = room.lookup[number][pairing.ones], room.lookup[number][pairing.others]
    flat, row = kept.reshape(-1), classes * classes
    allowed: NDArray[np.bool_] = flat.take((row * pairing.here + classes * mine)[:, np.newaxis] + theirs)
    allowed &= flat.take(mine[:, np.newaxis] + (row * pairing.there + classes * theirs))
    if room.groups.shape[1]:
        present = room.present[number]
        awaited = present[pairing.there[:, np.newaxis], room.groups[pairing.ones]].any(axis=2)
        allowed &= ~awaited[:, np.newaxis]
        allowed &= ~present[pairing.here[:, np.newaxis], room.groups[pairing.others]].any(axis=2)
    return allowed


def swap_back(room: Room, before: NDArray[np.int64], fixed: NDArray[np.bool_]) -> int:
    """Let people who moved change roles with somebody alike who stayed, where that mirrors the hall better.

    Args:
        room: a seating of one round; changed.
        before: shape (n,); where everybody sat before, below 0 for nowhere.
        fixed: shape (n,); who keeps their seat.

    Returns:
        How many changed roles; as many people have moved as before.

    Cost: O(moves * seats * features).

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> from burgertop.core.seating.speech import speech_of
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> hall = hall_of(people, [Table(1, 3, nl), Table(2, 3, nl)], feature_names=["sex"])
    >>> room = Room(hall, np.array([[0, 1, 0, 1]]), speech_of(hall, 0))
    >>> swap_back(room, np.array([0, 0, 0, 1]), np.zeros(4, dtype=bool))
    0
    """
    changed = 0
    free = np.append(~fixed, False)
    for one in np.flatnonzero((room.table_of[0, :-1] != before) & (before >= 0) & ~fixed).tolist():
        home, now = int(before[one]), int(room.table_of[0, one])
        here, there = np.array([now], dtype=np.int32), np.array([home], dtype=np.int32)
        pairing = Pairing(0, here, there, np.array([[one]], dtype=np.int32), room.chairs[0][there].T)
        costs = _balance_costs(room, pairing)[0, :, 0].astype(np.int64)
        if len(room.table_of) > 1:
            chairs = Pairing(0, here, there, room.chairs[0][here].T, room.chairs[0][there].T)
            at = int((room.chairs[0, now] == one).argmax())
            costs += REPEAT * len(room.hall.people) * _repeat_costs(room, chairs)[at, :, 0]
        for place in np.argsort(costs, kind="stable").tolist():
            other = int(room.chairs[0, home, place])
            if costs[place] >= 0 or other == len(before):
                break
            if free[other] and before[other] == home and _may_change(room, one, other):
                room.exchange(0, [one], [other])
                changed += 1
                break
    return changed


def _may_change(room: Room, one: int, other: int) -> bool:
    """Whether two people of one class may swap seats without sitting beside somebody they must not."""
    if room.hall.class_of[one] != room.hall.class_of[other]:
        return False
    for person, table in ((one, room.table_of[0, other]), (other, room.table_of[0, one])):
        groups = room.groups[person][room.groups[person] > 0]
        if (room.present[0, table, groups] > 0).any():
            return False
    return True
