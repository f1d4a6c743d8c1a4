"""Hints at near-duplicates: texts that share many rare runs of letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from burgertop.core.errors import InputError

__all__ = ["Match", "TextIndex", "folded"]

_SHORTEST, _LONGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Match:
    """A text that is like the one asked for: its number and how like, in 0..1.

    >>> Match(2, 0.6).share
    0.6
    """

    index: int
    share: float


def folded(text: str) -> str:
    """Bring a text to lower case without accents, marks and doubled spaces.

    >>> folded("  L’école, GRATUITE! ")
    'l ecole gratuite'
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"\w+", plain))


class TextIndex:
    """Texts, ready to be asked which of them are like another text.

    Each text becomes a vector: one axis for each run of 3 to 5 letters inside a word (with a
    space at both ends of the word), 1 + log of how often it stands there, times how rare it is
    among the texts. Texts are as like as the cosine between their vectors. It needs no model of
    a language, and it sees letters, not sense: "cheaper trains" and "lower rail fares" are
    unlike.

    Args:
        texts: the texts, numbered from 0.

    Cost: O(letters).
    Source: Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval,
    Information Processing and Management 24(5), 513-523; runs of letters: Cavnar and Trenkle
    (1994), N-gram-based text categorization, SDAIR-94.

    >>> index = TextIndex(["More trees in every street", "Free buses for pupils"])
    >>> [match.index for match in index.closest("Plant more trees in our streets")]
    [0]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._axis_of: dict[str, int] = {}
        grams = [_grams(text) for text in texts]
        for counts in grams:
            for gram in counts:
                self._axis_of.setdefault(gram, len(self._axis_of))
        known: Counter[str] = Counter(gram for counts in grams for gram in counts)
        rarity = [np.log((1 + len(texts)) / (1 + known[gram])) + 1 for gram in self._axis_of]
        self._newest = float(np.log(1 + len(texts)) + 1)
        self._rarity: NDArray[np.float64] = np.array(rarity, dtype=np.float64)
        self._vectors = self._vectors_of(grams)

    def __len__(self) -> int:
        """Say how many texts there are."""
        return self._vectors.shape[0]

    def closest(self, text: str, *, most: int = 3, least_share: float = 0.3) -> tuple[Match, ...]:
        """Find the texts most like a text.

        Args:
            text: any text, one of the index or a new one.
            most: most matches.
            least_share: how like a match must be at least, in 0..1.

        Returns:
            The matches, the most like first; equal ones in the order of the texts.

        Raises:
            InputError: ``opinion.bad_most``, ``opinion.bad_share``.

        Cost: O(entries of all vectors).

        >>> TextIndex(["More trees"]).closest("Fewer cars")
        ()
        """
        if most < 1:
            raise InputError("opinion.bad_most", most=most)
        if not 0 < least_share <= 1:
            raise InputError("opinion.bad_share", share=least_share)
        if not len(self):
            return ()
        asked = self._vectors_of([_grams(text)])
        shares = np.asarray((self._vectors @ asked.T).toarray()).ravel().clip(0.0, 1.0)
        best = np.argsort(-shares, kind="stable")[:most].tolist()
        return tuple(Match(n, float(shares[n])) for n in best if shares[n] >= least_share)

    def _vectors_of(self, grams: Sequence[Counter[str]]) -> csr_array:
        """Weigh and scale to length 1. Shape (texts, axes)."""
        known = [
            [(axis, times) for gram, times in counts.items() if (axis := self._axis_of.get(gram, -1)) >= 0]
            for counts in grams
        ]
        new = [[times for gram, times in counts.items() if gram not in self._axis_of] for counts in grams]
        starts = np.cumsum([0] + [len(entries) for entries in known])
        axes = np.array([axis for entries in known for axis, _ in entries], dtype=np.int64)
        times = np.array([times for entries in known for _, times in entries], dtype=np.float64)
        weights = (1 + np.log(times)) * self._rarity[axes]
        rows = np.repeat(np.arange(len(known)), np.diff(starts))
        # Runs the index has not met lie on axes of their own: they count for the length only.
        strange = [float(((1 + np.log(numbers)) ** 2).sum()) * self._newest**2 for numbers in new]
        lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(known)) + strange)
        lengths[lengths == 0] = 1.0
        shape = (len(known), len(self._axis_of))
        return csr_array((weights / lengths[rows], axes, starts), shape=shape)


def _grams(text: str) -> Counter[str]:
    return Counter(
        word[start : start + length]
        for word in (f" {word} " for word in folded(text).split())
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(word) - length + 1)
    )
