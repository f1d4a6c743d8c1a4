"""How well the tables mirror all the people, and swaps that make them mirror better."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError
from burgertop.core.seating.people import Person, Plan, Table, may_sit

__all__ = ["Room", "balance_of", "improve", "shuffle"]

LEAST_GAIN = 1e-9
WARMEST, COOLEST = 0.7, 0.1


def balance_of(plan: Plan | Mapping[int, Sequence[str]], people: Sequence[Person]) -> float:
    """Measure how far the tables are from mirroring all the people.

    Args:
        plan: who sits where, a plan or its tables.
        people: everybody seated, with features.

    Returns:
        Mean over the tables with people of the sum over features and values of
        ``|people at the table - share of all * people at the table|``; 0 is a perfect mirror.
        Whole people cannot be split, so 0 is seldom possible.

    Raises:
        InputError: ``seating.unknown_person``.

    Cost: O(people * features + tables * values).
    Source: Barrett, Gal, Goelz, Hong and Procaccia (2023), Now we're talking: Better
    deliberation groups through submodular optimization, AAAI-23, for other measures.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> balance_of({1: ("a", "c"), 2: ("b", "d")}, people)
    0.0
    >>> balance_of({1: ("a", "b"), 2: ("c", "d")}, people)
    2.0
    """
    tables = plan.tables if isinstance(plan, Plan) else plan
    features_of = {person.id: person.features for person in people}
    everybody = Counter(pair for one in people for pair in enumerate(one.features))
    total = 0.0
    for seated in tables.values():
        if unknown := tuple(one for one in seated if one not in features_of):
            raise InputError("seating.unknown_person", ids=unknown)
        here = Counter(pair for one in seated for pair in enumerate(features_of[one]))
        total += sum(abs(here[pair] - number / len(people) * len(seated)) for pair, number in everybody.items())
    return total / max(1, sum(1 for seated in tables.values() if seated))


class Room:
    """The state of a seating while people swap seats; sizes of tables never change.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> room = Room(people, [Table(1, 2, nl), Table(2, 2, nl)], np.array([0, 0, 1, 1]))
    >>> room.swap(0, 2)
    >>> room.table_of.tolist(), float(room.excess.sum())
    ([1, 0, 0, 1], 0.0)
    """

    def __init__(self, people: Sequence[Person], tables: Sequence[Table], table_of: NDArray[np.intp]) -> None:
        self.table_of = table_of.copy()
        kinds = {(one.speaks, one.needs): one for one in people}
        row_of = {kind: np.array([may_sit(one, table) for table in tables]) for kind, one in kinds.items()}
        self.may = np.array([row_of[one.speaks, one.needs] for one in people])
        self.codes = _codes_of(people)
        shares = np.bincount(self.codes.ravel(), minlength=int(self.codes.max(initial=-1)) + 1)
        sizes = np.bincount(table_of, minlength=len(tables))
        self.excess = -np.outer(sizes, shares / len(people))
        np.add.at(self.excess, (np.repeat(table_of, self.codes.shape[1]), self.codes.ravel()), 1)
        at_home: defaultdict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            at_home[person.household].append(place)
        self.mates = [at_home[person.household] if person.household else [] for person in people]
        self.paired = np.array([place for place, mates in enumerate(self.mates) if len(mates) > 1], dtype=np.intp)
        self.loss, self.gain = _steps(self.excess)

    def swap(self, one: int, other: int) -> None:
        """Let two people swap seats."""
        for person, to in ((one, self.table_of[other]), (other, self.table_of[one])):
            self.excess[self.table_of[person], self.codes[person]] -= 1
            self.excess[to, self.codes[person]] += 1
        self.table_of[[one, other]] = self.table_of[[other, one]]
        both = self.table_of[[one, other]]
        self.loss[both], self.gain[both] = _steps(self.excess[both])

    def may_swap(self, one: int) -> NDArray[np.bool_]:
        """Tell with whom a person may swap: rules kept, no more household mates together."""
        here = self.table_of[one]
        allowed: NDArray[np.bool_] = self.may[one, self.table_of] & self.may[:, here]
        allowed &= self.table_of != here
        for mate in self.mates[one]:
            if mate != one:
                allowed &= self.table_of != self.table_of[mate]
        for person in self.paired[self.table_of[self.paired] == here].tolist():
            if person != one:
                allowed[self.mates[person]] = False
        return allowed

    def gains(self, one: int) -> NDArray[np.float64]:
        """Tell for everybody what a swap with this person changes; below 0 is better."""
        here, there = self.table_of[one], self.table_of
        mine, theirs = self.codes[one], self.codes
        at = there[:, np.newaxis]
        change = self.loss[here, mine] + self.gain[here, theirs] + self.loss[at, theirs] + self.gain[at, mine]
        total: NDArray[np.float64] = np.where(mine == theirs, 0.0, change).sum(axis=1)
        return total


def shuffle(room: Room, rng: np.random.Generator) -> None:
    """Let everybody swap once with somebody at random, so that like people are spread.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, ()) for one in "abcd"]
    >>> room = Room(people, [Table(1, 2, nl), Table(2, 2, nl)], np.array([0, 0, 1, 1]))
    >>> shuffle(room, np.random.Generator(np.random.PCG64(1)))
    >>> sorted(room.table_of.tolist())
    [0, 0, 1, 1]
    """
    for one in rng.permutation(len(room.table_of)):
        partners = np.flatnonzero(room.may_swap(int(one)))
        if len(partners):
            room.swap(int(one), int(rng.choice(partners)))


def improve(room: Room, rng: np.random.Generator, swaps: int) -> int:
    """Offer people swaps: first warm, so that a worse seat is taken at times, then only better ones.

    For three quarters of the budget a person takes each swap (or stays) with a chance that falls
    with what it costs, more steeply the longer it goes on (annealing by heat bath); after that
    the best swap, if it is better, until nobody has one.

    Args:
        room: the seating; changed.
        rng: order of the people, and the chance in their choices.
        swaps: most offers.

    Returns:
        The number of swaps made.

    Cost: O(swaps * people * features).
    Source: Kirkpatrick, Gelatt and Vecchi (1983), Optimization by simulated annealing, Science
    220, 671-680.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> room = Room(people, [Table(1, 2, nl), Table(2, 2, nl)], np.array([0, 0, 1, 1]))
    >>> made = improve(room, np.random.Generator(np.random.PCG64(1)), swaps=40)
    >>> float(abs(room.excess).sum())
    0.0
    """
    warm = swaps * 3 // 4
    made = idle = 0
    for offer in range(swaps):
        one = int(rng.integers(len(room.table_of)))
        heat = WARMEST * (COOLEST / WARMEST) ** (offer / warm) if offer < warm else 0.0
        other = _partner(room, one, heat, rng)
        if other is not None:
            room.swap(one, other)
            made += 1
        idle = 0 if other is not None or heat else idle + 1
        if idle > 3 * len(room.table_of):
            break
    return made


def _partner(room: Room, one: int, heat: float, rng: np.random.Generator) -> int | None:
    """Choose whom to swap with: at no heat the best if it is better, else by chance."""
    costs = room.gains(one)
    costs[~room.may_swap(one)] = np.inf
    costs[one] = 0.0
    if heat:
        costs -= heat * rng.gumbel(size=len(costs))
    else:
        costs[one] = -LEAST_GAIN
    other = int(costs.argmin())
    return None if other == one else other


def _steps(excess: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Tell what one person less and one person more of each value changes at each table."""
    now = np.abs(excess)
    return np.abs(excess - 1) - now, np.abs(excess + 1) - now


def _codes_of(people: Sequence[Person]) -> NDArray[np.intp]:
    """Number the pairs of feature and value. Shape (people, features)."""
    pairs = sorted({pair for one in people for pair in enumerate(one.features)})
    number_of = {pair: number for number, pair in enumerate(pairs)}
    rows = [[number_of[pair] for pair in enumerate(one.features)] for one in people]
    return np.array(rows, dtype=np.intp).reshape(len(people), -1)
