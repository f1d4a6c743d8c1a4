"""Swaps that make the tables mirror the hall and let everybody meet new people; no swap leaves the rules."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.seating.noise import GRAIN, heats, noise
from burgertop.core.seating.room import Room

__all__ = ["EFFORTS", "improve", "steps_of", "swap_back"]

Numbers = NDArray[np.int32]
EFFORTS = {"quick": 1, "good": 12, "best": 60}
QUICK_WORK, CALLS, LEAST_STEPS = 320_000, 200, 700
STAGES = 48
WARMEST, COOLEST = 250, 60  # per mille of one person too many at a table
REPEAT, LAST_REPEAT = 1, 4  # people too many at a table that a repeated meeting weighs, and at last
LAST_STAGES = 8
BARRED = 1 << 29


@dataclass(frozen=True, slots=True)
class Pairing:
    """Tables of one round, two by two, and who sits at them.

    ``here`` and ``there`` have the shape (m,), ``ones`` and ``others`` the shape (m, K).

    >>> Pairing(0, *(np.zeros(1, dtype=np.int32),) * 2, *(np.zeros((1, 2), dtype=np.int32),) * 2).number
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
        effort: ``"quick"``, ``"good"`` or ``"best"``; about 1, 10 and 50 seconds for 1,000 people.
        people: people at a table in each round.
        tables: tables.
        seats: most people at a table.
        features: features to be balanced.
        rounds: rounds to be planned.

    >>> steps_of("quick", 1000, 100, 10, 4, 3), steps_of("good", 12, 3, 4, 2, 3)
    (727, 19200)
    """
    work = CALLS + tables // 2 * seats * seats * (features + 4) // 166
    return EFFORTS[effort] * max(LEAST_STEPS, QUICK_WORK // work)


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
        while done < steps * stage // STAGES:
            order = rng.permutation(tables).astype(np.int32)
            _step(
                room,
                done % rounds,
                order,
                shaken,
                rng,
                unit * (REPEAT if stage <= STAGES - LAST_STAGES else LAST_REPEAT),
            )
            done += 1


def _step(room: Room, number: int, order: Numbers, shaken: Numbers, rng: np.random.Generator, repeat: int) -> None:
    half, chairs = len(order) // 2, room.chairs[number]
    here, there = order[:half], order[half : 2 * half]
    pairing = Pairing(number, here, there, chairs[here], chairs[there])
    costs = _balance_costs(room, pairing)
    if len(room.table_of) > 1:
        costs += repeat * _repeat_costs(room, pairing)
    start = int(rng.integers(0, len(shaken) - costs.size - half + 1)) if costs.size + half <= len(shaken) else -1
    costs -= _noise_for(shaken, start, costs.size, rng).reshape(costs.shape)
    costs[~_allowed(room, pairing)] = BARRED
    flat = costs.reshape(half, -1)
    best = flat.argmin(axis=1)
    stays = -_noise_for(shaken, start + costs.size if start >= 0 else -1, half, rng)
    going = np.flatnonzero(flat[np.arange(half), best] < stays)
    if len(going):
        seats = costs.shape[2]
        ones, others = pairing.ones[going, best[going] // seats], pairing.others[going, best[going] % seats]
        room.swap(number, ones, others)


def _noise_for(shaken: Numbers, start: int, length: int, rng: np.random.Generator) -> Numbers:
    """A stretch of the noise; where more is needed than there is, drawn one by one."""
    if start >= 0:
        return shaken[start : start + length]
    drawn: Numbers = shaken[rng.integers(0, len(shaken), length)]
    return drawn


def _balance_costs(room: Room, pairing: Pairing) -> Numbers:
    """What each swap adds to the sum of |excess| of two tables. Shape (m, K, K)."""
    whole, weights = np.int32(len(room.hall.people)), room.hall.weights.astype(np.int32)
    excess = room.excess[pairing.number]
    mine, theirs = excess[pairing.here], excess[pairing.there]
    now_mine, now_theirs = np.abs(mine), np.abs(theirs)
    # a value leaves here and comes there; a value comes here and leaves there
    out = (np.abs(mine - whole) - now_mine + np.abs(theirs + whole) - now_theirs) * weights
    into = (np.abs(mine + whole) - now_mine + np.abs(theirs - whole) - now_theirs) * weights
    codes, others = room.codes[pairing.ones], room.codes[pairing.others]
    row = np.arange(len(codes))[:, np.newaxis, np.newaxis]
    leaving, coming = out[row, codes], into[row, others]
    costs = np.zeros((*pairing.ones.shape, pairing.others.shape[1]), dtype=np.int32)
    for feature in range(codes.shape[2]):
        both = leaving[:, :, np.newaxis, feature] + coming[:, np.newaxis, :, feature]
        np.copyto(both, 0, where=codes[:, :, np.newaxis, feature] == others[:, np.newaxis, :, feature])
        costs += both
    return costs


def _repeat_costs(room: Room, pairing: Pairing) -> Numbers:
    """How many repeated meetings each swap adds. Shape (m, K, K)."""
    seats = pairing.ones.shape[1]
    met = room.has_met(pairing.number, np.concatenate([pairing.ones, pairing.others], axis=1)).view(np.int8)
    # sums over the first of two, which is the second of two as well; everybody has met themselves: 1 too many
    within = np.add.reduce(met, axis=1, dtype=np.int8) - np.int8(1)
    to_others = np.add.reduce(met[:, seats:, :seats], axis=1, dtype=np.int8)
    to_ones = np.add.reduce(met[:, :seats, seats:], axis=1, dtype=np.int8)
    mine, theirs = 2 * to_others - within[:, :seats], 2 * to_ones - within[:, seats:]
    costs: Numbers = (mine[:, :, np.newaxis] + theirs[:, np.newaxis] - 2 * met[:, :seats, seats:]).astype(np.int32)
    return costs


def _allowed(room: Room, pairing: Pairing) -> NDArray[np.bool_]:
    """Which swaps keep the rules at both tables. Shape (m, K, K)."""
    number, kept = pairing.number, room.kept[pairing.number]
    classes = kept.shape[1]
    mine, theirs = room.lookup[number][pairing.ones], room.lookup[number][pairing.others]
    flat, out, into = kept.reshape(-1), mine[:, :, np.newaxis], theirs[:, np.newaxis]
    row = (classes * classes * pairing.here)[:, np.newaxis, np.newaxis]
    allowed: NDArray[np.bool_] = flat.take(row + classes * out + into)
    row = (classes * classes * pairing.there)[:, np.newaxis, np.newaxis]
    allowed &= flat.take(row + classes * into + out)
    if room.groups.shape[1]:
        present = room.present[number]
        awaited = present[pairing.there[:, np.newaxis, np.newaxis], room.groups[pairing.ones]].any(axis=2)
        allowed &= ~awaited[:, :, np.newaxis]
        awaited = present[pairing.here[:, np.newaxis, np.newaxis], room.groups[pairing.others]].any(axis=2)
        allowed &= ~awaited[:, np.newaxis]
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
        pairing = Pairing(0, here, there, np.array([[one]], dtype=np.int32), room.chairs[0][there])
        costs = _balance_costs(room, pairing)[0, 0].astype(np.int64)
        if len(room.table_of) > 1:
            chairs = Pairing(0, here, there, room.chairs[0][here], room.chairs[0][there])
            at = int((room.chairs[0, now] == one).argmax())
            costs += REPEAT * len(room.hall.people) * _repeat_costs(room, chairs)[0, at]
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
