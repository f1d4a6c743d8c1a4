"""From numbers to persons: people are dealt to the tables of a kind, then those who must part change seats."""

from collections.abc import Sequence

import numpy as np

from burgertop.core.seating.hall import NOWHERE, Hall, Ints
from burgertop.core.seating.opening import Kind, Opening
from burgertop.core.seating.speech import Speech

__all__ = ["deal", "part"]

TRIES = 200


def deal(
    hall: Hall, opening: Opening, table_of: Ints, speech: Speech, rng: np.random.Generator, *, is_tight: bool = False
) -> Ints:
    """Give everybody who waits a table.

    Args:
        hall: the hall.
        opening: how many people of each class go to each kind.
        table_of: shape (n,); tables of those who have one, else ``NOWHERE``.
        speech: the rule against lone speakers.
        rng: who goes where among people of a class.
        is_tight: whether tables that host one language fill up before those that host several.

    Returns:
        Shape (n,); a table for everybody.

    Cost: O(people * tables of a kind).

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> from burgertop.core.seating.speech import speech_of
    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person(one, nl, ()) for one in "abcd"], [Table(1, 9, nl), Table(2, 9, nl)], feature_names=[])
    >>> opening = Opening((Kind((0, 1), 9, (0,)),), np.array([[4]]), np.zeros((1, 1), dtype=np.int64))
    >>> found = deal(hall, opening, np.full(4, NOWHERE), speech_of(hall, 0), np.random.Generator(np.random.PCG64(1)))
    >>> sorted(found.tolist())
    [0, 0, 1, 1]
    """
    dealt = table_of.copy()
    waiting = [
        rng.permutation(np.flatnonzero((hall.class_of == one) & (table_of == NOWHERE))).tolist()
        for one in range(len(hall.may))
    ]
    for number, kind in enumerate(opening.kinds):
        hands = {
            one: [waiting[one].pop() for _ in range(many)] for one, many in enumerate(opening.people[number].tolist())
        }
        if any(hands.values()):
            _Dealer(hall, kind, speech, rng, is_tight=is_tight).deal(hands, opening.hosts[number].tolist(), dealt)
    return dealt


class _Dealer:
    """The tables of one kind while people are dealt to them."""

    def __init__(self, hall: Hall, kind: Kind, speech: Speech, rng: np.random.Generator, *, is_tight: bool) -> None:
        self.hall, self.kind, self.speech, self.is_tight = hall, kind, speech, is_tight
        self.tables = rng.permutation(np.array(kind.tables))
        self.first = kind.tables[0]
        self.size, self.hosted = np.zeros((2, len(self.tables)), dtype=np.int64)
        self.mix = np.zeros((len(self.tables), hall.speaks.shape[0]), dtype=np.int64)
        _, self.said = np.unique(hall.speaks, axis=0, return_inverse=True)
        self.said = self.said.ravel()

    def deal(self, hands: dict[int, list[int]], hosts: Sequence[int], dealt: Ints) -> None:
        """Deal so that each host of a language has company for it; then the rest, evenly."""
        lonely = [one for one in hands if self.speech.alone[self.first, one].any()]
        open_to = self._open_to(hosts)
        if self.is_tight:
            for places in open_to.values():
                self.hosted[places] += 1
        for language in sorted(open_to, key=lambda at: (hosts[at], at)):
            for table in open_to[language] * int(self.speech.company[self.first, language]):
                self._seat_one(hands, language, [table], dealt)
        for one in sorted(hands, key=lambda number: (number not in lonely, number)):
            spoken = [at for at in open_to if self.speech.alone[self.first, one, at]]
            places = open_to[spoken[0]] if spoken else self._bridges(one, open_to)
            while hands[one]:
                self._put(hands[one].pop(), one, places, dealt)

    def _open_to(self, hosts: Sequence[int]) -> dict[int, list[int]]:
        """Choose the tables that host each language: the first ones, the last ones, in turn."""
        many = len(self.tables)
        ruled = sorted((at for at, number in enumerate(hosts) if number), key=lambda at: (hosts[at], at))
        return {
            at: list(range(hosts[at])) if turn % 2 else list(range(many - hosts[at], many))
            for turn, at in enumerate(ruled)
        }

    def _bridges(self, one: int, open_to: dict[int, list[int]]) -> list[int]:
        """Tables where somebody of several languages is no lone speaker of any: all, when there is none."""
        everywhere = set(range(len(self.tables)))
        spoken = np.flatnonzero(self.speech.spoken[self.first, one]).tolist()
        good = everywhere.intersection(*(open_to.get(at, everywhere) for at in spoken))
        free = [table for table in sorted(good) if self.size[table] < self.kind.seats]
        return free or sorted(everywhere)

    def _seat_one(self, hands: dict[int, list[int]], language: int, places: list[int], dealt: Ints) -> None:
        """Seat somebody who follows only this language, or else one who keeps them company."""
        for part in (self.speech.alone, self.speech.counted):
            able = [one for one in hands if hands[one] and part[self.first, one, language]]
            if able:
                one = max(able, key=lambda number: (len(hands[number]), number))
                self._put(hands[one].pop(), one, places, dealt)
                return

    def _put(self, person: int, one: int, places: list[int], dealt: Ints) -> None:
        free = [at for at in places if self.size[at] < self.kind.seats]
        at_all = free or [at for at in range(len(self.tables)) if self.size[at] < self.kind.seats]
        where = np.array(at_all)
        best = where[np.lexsort((self.mix[where, self.said[one]], self.size[where], self.hosted[where]))[0]]
        self.size[best] += 1
        self.mix[best, self.said[one]] += 1
        dealt[person] = self.tables[best]


def part(hall: Hall, table_of: Ints, fixed: Ints, rng: np.random.Generator) -> int:
    """Let people who must sit apart swap seats with somebody of their class, until no two are together.

    Args:
        hall: the hall.
        table_of: shape (n,); everybody's table; changed.
        fixed: shape (n,); the table of those who keep theirs, else ``NOWHERE``.
        rng: with whom.

    Returns:
        How many people still share a table with somebody they must not.

    Cost: O(people in sets * TRIES) at most.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> people = [Person("a", nl, (), "h"), Person("b", nl, (), "h"), Person("c", nl, ()), Person("d", nl, ())]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=[])
    >>> table_of = np.array([0, 0, 1, 1])
    >>> part(hall, table_of, np.full(4, NOWHERE), np.random.Generator(np.random.PCG64(1))), table_of[0] != table_of[1]
    (0, np.True_)
    """
    if not hall.groups.shape[1]:
        return 0
    present = np.zeros((len(hall.tables), int(hall.groups.max()) + 1), dtype=np.int64)
    np.add.at(present, (table_of[:, np.newaxis], hall.groups), 1)
    present[:, 0] = 0
    for _ in range(4):
        crowded = _crowded(hall, table_of, present)
        if not len(crowded):
            return 0
        for one in rng.permutation(crowded).tolist():
            if fixed[one] == NOWHERE and (present[table_of[one], hall.groups[one]] > 1).any():
                _move_out(hall, table_of, fixed, present, one, rng)
    return len(_crowded(hall, table_of, present))


def _crowded(hall: Hall, table_of: Ints, present: Ints) -> Ints:
    return np.flatnonzero((present[table_of[:, np.newaxis], hall.groups] > 1).any(axis=1))


def _move_out(hall: Hall, table_of: Ints, fixed: Ints, present: Ints, one: int, rng: np.random.Generator) -> None:
    alike = np.flatnonzero((hall.class_of == hall.class_of[one]) & (fixed == NOWHERE) & (table_of != table_of[one]))
    mine = hall.groups[one][hall.groups[one] > 0]
    for other in rng.permutation(alike)[:TRIES].tolist():
        theirs = hall.groups[other][hall.groups[other] > 0]
        here, there = table_of[one], table_of[other]
        if (present[there, mine] > 0).any() or (present[here, theirs] > 0).any():
            continue
        present[here, mine] -= 1
        present[there, mine] += 1
        present[there, theirs] -= 1
        present[here, theirs] += 1
        table_of[one], table_of[other] = there, here
        return
