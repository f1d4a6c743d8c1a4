"""Hints at near-duplicates: texts that share many rare runs of letters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from burgertop.core.errors import InputError
from burgertop.core.opinion.grams import MOST_TIMES, Postings, gram_counts

__all__ = ["Match", "TextIndex"]

_HIGHEST_NUMBER = 10**7
_WEIGHT_OF_TIMES = 1 + np.log(np.arange(MOST_TIMES + 1).clip(min=1))


@dataclass(frozen=True, slots=True)
class Match:
    """A text that is like the one asked for: its number and how like, in 0..1.

    >>> Match(2, 0.6).share
    0.6
    """

    index: int
    share: float


class TextIndex:
    """Texts, ready to be asked which of them are like another text.

    Each text becomes a vector: one axis for each run of 3 to 5 letters inside a word (with a
    space at both ends of the word), 1 + log of how often it stands there, times how rare it is
    among the texts. Texts are as like as the cosine between their vectors. It needs no model of
    a language, and it sees letters, not sense: "cheaper trains" and "lower rail fares" are
    unlike.

    An index never changes: ``put`` and ``without`` make a new one from it, which answers to the
    last digit like one made from scratch of the same texts. So many may ask one index at once.

    Args:
        texts: the texts, numbered from 0.

    Cost: O(letters log letters); 5 bytes for each different run in each text.
    Source: Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval,
    Information Processing and Management 24(5), 513-523; Zobel and Moffat (2006), Inverted files
    for text search engines, ACM Computing Surveys 38(2), article 6.

    >>> index = TextIndex(["More trees in every street", "Free buses for pupils"])
    >>> [match.index for match in index.closest("Plant more trees in our streets")]
    [0]
    """

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._postings = Postings.empty()
        if texts:
            self._postings = self._postings.put(gram_counts(texts), np.arange(len(texts), dtype=np.int32))

    def __len__(self) -> int:
        """Say how many texts there are."""
        return int(self._postings.is_here.sum())

    def __contains__(self, number: int) -> bool:
        """Say whether a text has this number."""
        return 0 <= number < self._postings.is_here.size and bool(self._postings.is_here[number])

    @property
    def numbers(self) -> list[int]:
        """The numbers of the texts, ascending."""
        return np.flatnonzero(self._postings.is_here).tolist()

    def put(self, texts: Mapping[int, str]) -> Self:
        """Make an index with more texts, or with other words under a number it has.

        Args:
            texts: number to text; numbers from 0 to 10 million, with gaps if you like.

        Returns:
            The new index; this one stays as it is.

        Raises:
            InputError: ``opinion.bad_number``.

        Cost: O(entries of all texts + letters of the new ones).

        >>> index = TextIndex(["More trees"]).put({0: "Fewer cars", 5: "More trees"})
        >>> index.closest("more trees!")
        (Match(index=5, share=1.0),)
        """
        for number in texts:
            if not 0 <= number <= _HIGHEST_NUMBER:
                raise InputError("opinion.bad_number", number=number)
        if not texts:
            return self
        kept = self._postings.without([number for number in texts if number in self])
        return self._made(kept.put(gram_counts(list(texts.values())), np.array(list(texts), dtype=np.int32)))

    def without(self, numbers: Iterable[int]) -> Self:
        """Make an index without some texts; numbers it does not have are passed over.

        Cost: O(entries of all texts).

        >>> TextIndex(["More trees", "More trees"]).without([0]).closest("more trees")
        (Match(index=1, share=1.0),)
        """
        return self._made(self._postings.without([number for number in numbers if number in self]))

    def closest(
        self, text: str, *, most: int = 3, least_share: float = 0.3, among: Collection[int] | None = None
    ) -> tuple[Match, ...]:
        """Find the texts most like a text.

        Args:
            text: any text, one of the index or a new one.
            most: most matches.
            least_share: how like a match must be at least, in 0..1.
            among: look at the texts with these numbers only; None: at all.

        Returns:
            The matches, the most like first; equal ones in the order of their numbers.

        Raises:
            InputError: ``opinion.bad_most``, ``opinion.bad_share``.

        Cost: O(entries of the runs of the text).

        >>> TextIndex(["More trees"]).closest("Fewer cars")
        ()
        """
        if most < 1:
            raise InputError("opinion.bad_most", most=most)
        if not 0 < least_share <= 1:
            raise InputError("opinion.bad_share", share=least_share)
        shares = self.shares(text)
        if among is None:
            near = np.flatnonzero(shares >= least_share)
        else:
            asked = np.array(sorted({number for number in among if number in self}), dtype=np.int64)
            near = asked[shares[asked] >= least_share]
        best = near[np.argsort(-shares[near], kind="stable")[:most]].tolist()
        return tuple(Match(number, float(shares[number])) for number in best)

    def shares(self, text: str) -> NDArray[np.float64]:
        """Tell how like every text is to a text.

        Returns:
            Shape (highest number + 1,), in 0..1; 0 for a number without a text.

        Cost: O(entries of the runs of the text).

        >>> TextIndex(["More trees", "Fewer cars"]).shares("more trees")
        array([1., 0.])
        """
        runs, weights = self.vector_of(text)
        if not runs.size:
            return np.zeros(self._postings.is_here.size)
        starts, stops = self._postings.starts[runs], self._postings.starts[runs + 1]
        spans = [slice(start, stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
        entries = csr_array(
            (
                _WEIGHT_OF_TIMES[np.concatenate([self._postings.times[span] for span in spans])],
                np.concatenate([self._postings.texts[span] for span in spans]),
                np.concatenate(([0], (stops - starts).cumsum())),
            ),
            shape=(runs.size, self._postings.is_here.size),
        )
        products: NDArray[np.float64] = entries.T @ (weights * self._rarity[runs])
        # Rounded, so that texts that are alike in the same measure are equal to the last digit.
        return (products / self._lengths).round(12).clip(0.0, 1.0)

    def vector_of(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Make the vector of a text, of length 1, as far as the index knows its runs of letters.

        Returns:
            The runs as rows of ``vectors``, ascending, and the weight of each. What is missing
            to a length of 1 belongs to runs that no text of the index has.

        Cost: O(letters of the text log runs).

        >>> runs, weights = TextIndex(["More trees", "Fewer cars"]).vector_of("trees")
        >>> runs.size, round(float((weights**2).sum()), 6)
        (12, 1.0)
        """
        asked = gram_counts([text])
        places = np.searchsorted(self._postings.grams, asked.grams)
        is_known = np.zeros(places.size, dtype=np.bool_)
        within = places < self._postings.grams.size
        is_known[within] = self._postings.grams[places[within]] == asked.grams[within]
        # Runs the index has not met are as rare as can be.
        rarity = np.full(places.size, np.log(1 + len(self)) + 1)
        rarity[is_known] = self._rarity[places[is_known]]
        weights = _WEIGHT_OF_TIMES[asked.times] * rarity
        length = float(np.sqrt((weights**2).sum())) or 1.0
        return places[is_known], weights[is_known] / length

    def vectors(self) -> csr_array:
        """Make the vectors of all texts, each of length 1 (or 0 for a text without letters).

        Returns:
            Shape (runs, highest number + 1).

        Cost: O(entries of all texts).

        >>> TextIndex(["More trees", "Fewer cars"]).vectors().shape
        (42, 2)
        """
        rarity = np.repeat(self._rarity, np.diff(self._postings.starts))
        weights = _WEIGHT_OF_TIMES[self._postings.times] * rarity / self._lengths[self._postings.texts]
        return csr_array(
            (weights, self._postings.texts, self._postings.starts),
            shape=(self._postings.grams.size, self._postings.is_here.size),
        )

    @cached_property
    def _rarity(self) -> NDArray[np.float64]:
        """How rare each run is among the texts. Shape (runs,)."""
        return np.log((1 + len(self)) / (1 + np.diff(self._postings.starts))) + 1

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        """The length of each text's vector, 1 where it is 0. Shape (highest number + 1,)."""
        entries = csr_array(
            (_WEIGHT_OF_TIMES[self._postings.times] ** 2, self._postings.texts, self._postings.starts),
            shape=(self._postings.grams.size, self._postings.is_here.size),
        )
        lengths: NDArray[np.float64] = np.sqrt(entries.T @ self._rarity**2)
        lengths[lengths == 0] = 1.0
        return lengths

    @classmethod
    def _made(cls, postings: Postings) -> Self:
        index = cls()
        index._postings = postings
        return index
