"""The state of a seating while people swap seats; how many sit at a table never changes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from burgertop.core.seating.hall import NOWHERE, Bools, Hall, Ints
from burgertop.core.seating.speech import Speech

__all__ = ["Room"]


class Room:
    """Who sits where in all rounds, and every sum that a swap asks for.

    Args:
        hall: the hall.
        table_of: shape (R, n); a table for everybody in each round.
        speech: the rule against lone speakers, which ``table_of`` keeps.
        fixed: shape (R, n); who keeps their seat; pinned people and blocks do by themselves.

    Public arrays: ``chairs`` (R, T, K): who sits on each chair, n for nobody; ``excess`` (R, T, V):
    n * people - people at the table * people with the value, 0 at a perfect mirror; ``counts``
    (R, T, C): people of each class, kept up to date only in a hall with mixed tables.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> from burgertop.core.seating.speech import speech_of
    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=["sex"])
    >>> room = Room(hall, np.array([[0, 0, 1, 1]]), speech_of(hall, 0))
    >>> room.exchange(0, [0], [2])
    >>> room.table_of[0, :4].tolist(), int(np.abs(room.excess).sum())
    ([1, 0, 0, 1], 0)
    """

    def __init__(self, hall: Hall, table_of: Ints, speech: Speech, *, fixed: Bools | None = None) -> None:
        people, tables = len(hall.people), len(hall.tables)
        self.hall, self.speech = hall, speech
        empty = np.full((len(table_of) + len(hall.met), 1), NOWHERE)
        self.table_of = np.hstack([np.vstack([table_of, hall.met]), empty]).astype(np.int32)
        self.codes = np.vstack([hall.codes, np.zeros((1, hall.codes.shape[1]), dtype=np.int64)]).astype(np.int32)
        self.by_feature = np.ascontiguousarray(self.codes.T)
        self.sizes = np.array([np.bincount(one, minlength=tables) for one in table_of])
        self.chairs = np.full((hall.rounds, tables, max(1, int(self.sizes.max()))), people, dtype=np.int32)
        self.excess = np.zeros((hall.rounds, tables, len(hall.weights)), dtype=np.int32)
        self.counts = np.zeros((hall.rounds, tables, len(hall.may)), dtype=np.int64)
        self.groups = np.vstack([hall.groups, np.zeros((1, hall.groups.shape[1]), dtype=np.int64)])
        self.present = np.zeros((hall.rounds, tables, int(self.groups.max(initial=0)) + 1), dtype=np.int16)
        for number in range(hall.rounds):
            self._fill(number)
        # who is fixed, and empty chairs, are of a class of their own that may go nowhere
        locked = hall.pins != NOWHERE if fixed is None else fixed | (hall.pins != NOWHERE)
        locked[:, [one for block in hall.blocks for one in block]] = True
        classes = np.where(locked, len(hall.may), hall.class_of)
        self.lookup = np.hstack([classes, np.full((hall.rounds, 1), len(hall.may))]).astype(np.int32)
        shape = (hall.rounds, tables, len(hall.may) + 1, len(hall.may) + 1)
        self.kept = np.zeros(shape, dtype=np.bool_)
        self.kept[:, :, :-1, :-1] = hall.may.T[:, np.newaxis, :]
        self.mixed = np.flatnonzero(hall.is_mixed)
        for number in range(hall.rounds):
            self._renew(number, self.mixed)

    def _fill(self, number: int) -> None:
        hall, seated = self.hall, self.table_of[number, :-1]
        order = np.argsort(seated, kind="stable")
        chair = np.arange(len(order)) - np.repeat(
            np.cumsum(self.sizes[number]) - self.sizes[number], self.sizes[number]
        )
        self.chairs[number, seated[order], chair] = order
        np.add.at(self.excess[number], (seated[:, np.newaxis], hall.codes), len(seated))
        self.excess[number] -= np.outer(self.sizes[number], hall.value_sizes).astype(np.int32)
        np.add.at(self.counts[number], (seated, hall.class_of), 1)
        np.add.at(self.present[number], (seated[:, np.newaxis], hall.groups), 1)
        self.present[number, :, 0] = 0

    def _renew(self, number: int, tables: Ints) -> None:
        """Look up anew which swaps of classes mixed tables allow."""
        if len(tables):
            kept = self.speech.swaps_kept(tables, self.counts[number, tables])
            self.kept[number, tables, :-1, :-1] = kept & self.hall.may.T[tables, np.newaxis, :]

    def swap(self, number: int, ones: Ints, others: Ints) -> None:
        """Let pairs of people swap seats in a round; no table takes part in two of the swaps.

        Args:
            number: the round, from 0.
            ones: shape (m,); people.
            others: shape (m,); whom each swaps with.
        """
        table_of, excess, hall = self.table_of[number], self.excess[number], self.hall
        here, there = table_of[ones], table_of[others]
        whole = np.int32(len(hall.people))
        for table, leaving, coming in ((here, ones, others), (there, others, ones)):
            row = table[:, np.newaxis]
            chair = (self.chairs[number, table] == leaving[:, np.newaxis]).argmax(axis=1)
            excess[row, self.codes[leaving]] -= whole
            excess[row, self.codes[coming]] += whole
            self.chairs[number, table, chair] = coming
            if self.groups.shape[1]:
                self.present[number, row, self.groups[leaving]] -= 1
                self.present[number, row, self.groups[coming]] += 1
        table_of[ones], table_of[others] = there, here
        if self.groups.shape[1]:
            self.present[number, :, 0] = 0
        self._change_classes(number, ones, others, here, there)

    def _change_classes(self, number: int, ones: Ints, others: Ints, here: Ints, there: Ints) -> None:
        leaving, coming = self.hall.class_of[ones], self.hall.class_of[others]
        changed = leaving != coming
        if not len(self.mixed) or not changed.any():
            return
        counts = self.counts[number]
        counts[here, leaving] -= 1
        counts[here, coming] += 1
        counts[there, coming] -= 1
        counts[there, leaving] += 1
        tables = np.concatenate([here[changed], there[changed]])
        self._renew(number, tables[self.hall.is_mixed[tables]])

    def exchange(self, number: int, ones: Sequence[int], others: Sequence[int]) -> None:
        """Let some people of one table swap with as many of another, one after the other."""
        for one, other in zip(ones, others, strict=True):
            self.swap(number, np.array([one]), np.array([other]))

    def has_met(self, number: int, people: NDArray[np.int32]) -> Bools:
        """Tell who shares a table with whom in any other round, held before or planned.

        Args:
            number: the round that is left out.
            people: shape (a, m).

        Returns:
            Shape (a, a, m); everybody has met themselves.
        """
        met = np.zeros((len(people), *people.shape), dtype=np.bool_)
        for another, table_of in enumerate(self.table_of):
            if another != number:
                seated = table_of[people]
                met |= seated[:, np.newaxis] == seated
        return met
