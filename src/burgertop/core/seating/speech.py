"""Nobody is left alone with their language at a mixed table: the rule in numbers, at three degrees of strictness."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.core.seating.hall import Bools, Hall, Ints

__all__ = ["LEVELS", "Speech", "speech_of"]

LEVELS = (2, 1, 0)


@dataclass(frozen=True, eq=False)
class Speech:
    """What must hold of the people at a mixed table.

    Args:
        alone: shape (T, C, L); who follows only this language at this table.
        counted: shape (T, C, L); who keeps them company.
        company: shape (T, L); how many of those are needed if anybody is alone with the language.
        spoken: shape (T, C, L); who speaks the language.
        least: shape (T, L); how many of those are needed if there is any; 0: no such rule.

    >>> Speech(*(np.zeros((1, 1, 1), dtype=np.int64) for _ in range(5))).company.shape
    (1, 1, 1)
    """

    alone: Ints
    counted: Ints
    company: Ints
    spoken: Ints
    least: Ints

    def holds(self, tables: Ints, counts: Ints) -> Bools:
        """Tell whether tables with so many people of each class are in order.

        Args:
            tables: shape (m,); places of tables.
            counts: shape (m, C); people of each class.

        Returns:
            Shape (m,).

        >>> one = np.ones((1, 1, 1), dtype=np.int64)
        >>> Speech(one, one, 3 * one[0], one, 0 * one[0]).holds(np.zeros(4, dtype=int), np.arange(4)[:, None])
        array([ True, False, False,  True])
        """
        sums = (self._sums(part, tables, counts) for part in self._parts)
        kept: Bools = np.asarray(self._kept(tables, *sums).all(axis=-1))
        return kept

    def swaps_kept(self, tables: Ints, counts: Ints) -> Bools:
        """Tell for each table which classes may leave while which others come.

        Args:
            tables: shape (m,); places of tables.
            counts: shape (m, C); people of each class now.

        Returns:
            Shape (m, C, C); first who leaves, then who comes.

        Cost: O(m * C * C * L).

        >>> one = np.ones((1, 2, 1), dtype=np.int64) * np.array([[[1], [0]]])
        >>> speech = Speech(one, one, np.array([[3]]), one, np.array([[0]]))
        >>> speech.swaps_kept(np.array([0]), np.array([[3, 5]])).tolist()
        [[[True, False], [True, True]]]
        """
        sums = []
        for part in self._parts:
            here = part[tables]
            now = self._sums(part, tables, counts)[:, np.newaxis, np.newaxis]
            sums.append(now - here[:, :, np.newaxis] + here[:, np.newaxis])
        kept: Bools = np.asarray(self._kept(tables, *sums).all(axis=-1))
        return kept

    @property
    def _parts(self) -> tuple[Ints, Ints, Ints]:
        return self.alone, self.counted, self.spoken

    def _kept(self, tables: Ints, alone: Ints, counted: Ints, spoken: Ints) -> Bools:
        shape = (len(tables), *(1,) * (alone.ndim - 2), self.company.shape[1])
        company, least = self.company[tables].reshape(shape), self.least[tables].reshape(shape)
        kept: Bools = ((alone == 0) | (counted >= company)) & ((spoken == 0) | (spoken >= least))
        return kept

    @staticmethod
    def _sums(part: Ints, tables: Ints, counts: Ints) -> Ints:
        sums: NDArray[np.int64] = np.matmul(counts[:, np.newaxis, :], part[tables])[:, 0]
        return sums


def speech_of(hall: Hall, level: int) -> Speech:
    """Make the rule of a hall.

    Args:
        hall: the hall.
        level: 0: the rule itself. 1: company is counted among those who follow only this language,
            where the hall has enough of them. 2: moreover nobody of several languages is the only
            bridge to a language: it has company, too, or no speaker. Who keeps 2 keeps 1, who keeps
            1 keeps 0.

    Returns:
        The rule; it says nothing of tables with one language.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> people = [Person(one, frozenset(said), ()) for one, said in (("a", {"nl"}), ("b", {"fr"}), ("c", {"nl", "fr"}))]
    >>> speech_of(hall_of(people, [Table(1, 3, frozenset({"nl", "fr"}))], feature_names=[]), 1).company.tolist()
    [[2, 2]]
    """
    alone = hall.alone.astype(np.int64)
    mixed = hall.is_mixed[:, np.newaxis]
    spoken = (hall.speaks[np.newaxis] & mixed[:, :, np.newaxis]).astype(np.int64)
    heard = np.asarray(alone.any(axis=1))[:, np.newaxis]
    spoken = spoken * heard
    sizes = (hall.class_sizes[:, np.newaxis] * hall.may).T[:, :, np.newaxis]
    enough = (alone * sizes).sum(axis=1) >= hall.rules.least_speakers
    strict = enough if level >= 1 else np.zeros_like(enough)
    return Speech(
        alone=alone,
        counted=np.where(strict[:, np.newaxis], alone, spoken),
        company=hall.company * mixed,
        spoken=spoken,
        least=hall.company * mixed if level >= 2 else np.zeros_like(hall.company),
    )
