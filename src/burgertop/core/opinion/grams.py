"""Runs of 3 to 5 letters inside words, and in which texts they stand: what two texts that are worded alike share."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_TIMES", "GramCounts", "Postings", "folded", "gram_counts"]

LENGTHS = (3, 4, 5)
MOST_TIMES = 255
# An odd multiplier without pattern (2^64 over the golden ratio), so that runs fall on different numbers.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class GramCounts:
    """Which runs of letters stand in which text how often, in the order of the runs.

    Args:
        grams: shape (entries,); the number of the run, ascending.
        texts: shape (entries,); the place of the text in the list, ascending within a run.
        times: shape (entries,); how often the run stands in the text, 1 to 255.
    """

    grams: NDArray[np.uint64]
    texts: NDArray[np.int32]
    times: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which runs of letters stand in which texts: lists by run, made anew whenever a text comes or goes.

    Args:
        grams: shape (runs,); the numbers of the runs, ascending.
        starts: shape (runs + 1,); where the list of each run begins and the last one ends.
        texts: shape (entries,); the number of the text, in no order within a run.
        times: shape (entries,); how often the run stands in it, 1 to 255.
        is_here: shape (highest number of a text + 1,); which numbers have a text.
    """

    grams: NDArray[np.uint64]
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    times: NDArray[np.uint8]
    is_here: NDArray[np.bool_]

    @classmethod
    def empty(cls) -> "Postings":
        """The lists of no text.

        >>> Postings.empty().grams.size
        0
        """
        return cls(
            np.empty(0, dtype=np.uint64),
            np.zeros(1, dtype=np.int64),
            np.empty(0, dtype=np.int32),
            np.empty(0, dtype=np.uint8),
            np.zeros(0, dtype=np.bool_),
        )

    def put(self, counts: GramCounts, numbers: NDArray[np.int32]) -> "Postings":
        """Add texts under numbers that have none; ``numbers`` has one for each text counted.

        Cost: O(entries of all texts).

        >>> Postings.empty().put(gram_counts(["to"]), np.array([2], dtype=np.int32)).texts
        array([2, 2, 2], dtype=int32)
        """
        firsts = np.flatnonzero(np.diff(counts.grams, prepend=~counts.grams[:1]))
        own, counted = counts.grams[firsts], np.diff(np.append(firsts, counts.grams.size))
        falls = np.searchsorted(self.grams, own)
        is_new = np.ones(own.size, dtype=np.bool_)
        within = falls < self.grams.size
        is_new[within] = self.grams[falls[within]] != own[within]
        grams = np.insert(self.grams, falls[is_new], own[is_new])
        known = np.insert(np.diff(self.starts), falls[is_new], 0)
        known[np.searchsorted(grams, own)] += counted
        # New entries of a run come after its old ones; those of a new run where it falls in the order.
        places = self.starts[np.searchsorted(self.grams, counts.grams, side="right")]
        is_here = np.zeros(max(self.is_here.size, int(numbers.max(initial=-1)) + 1), dtype=np.bool_)
        is_here[: self.is_here.size] = self.is_here
        is_here[numbers] = True
        return Postings(
            grams,
            np.concatenate(([0], known.cumsum())),
            np.insert(self.texts, places, numbers[counts.texts]),
            np.insert(self.times, places, counts.times),
            is_here,
        )

    def without(self, numbers: Sequence[int]) -> "Postings":
        """Take texts out, and runs that stand in none of the others.

        Cost: O(entries of all texts).

        >>> Postings.empty().put(gram_counts(["to"]), np.array([2], dtype=np.int32)).without([2]).grams.size
        0
        """
        if not numbers:
            return self
        is_here = self.is_here.copy()
        is_here[list(numbers)] = False
        is_kept = is_here[self.texts]
        known = np.diff(self.starts)
        np.subtract.at(known, np.searchsorted(self.starts, np.flatnonzero(~is_kept), side="right") - 1, 1)
        return Postings(
            self.grams[known > 0],
            np.concatenate(([0], known[known > 0].cumsum())),
            self.texts[is_kept],
            self.times[is_kept],
            is_here,
        )


def folded(text: str) -> str:
    """Bring a text to lower case without accents, marks and doubled spaces.

    >>> folded("  L’école, GRATUITE! ")
    'l ecole gratuite'
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"\w+", plain))


def gram_counts(texts: Sequence[str]) -> GramCounts:
    """Count the runs of 3 to 5 letters inside the words of texts, a space at both ends of a word.

    Each run becomes a number of 64 bits, a polynomial of its letters. Two runs with the same
    number would count as one; among a million runs the chance that this happens at all is
    about 3 in 100 million.

    Args:
        texts: any texts.

    Cost: O(letters log letters).
    Source: Cavnar and Trenkle (1994), N-gram-based text categorization, SDAIR-94; numbers in
    place of runs: Karp and Rabin (1987), Efficient randomized pattern-matching algorithms,
    IBM Journal of Research and Development 31(2), 249-260.

    >>> gram_counts(["to be", "to"]).times.tolist()
    [1, 1, 1, 1, 1, 1, 1, 1, 1]
    """
    padded = [f" {folded(text)} " for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    text_of = np.repeat(np.arange(len(padded), dtype=np.int32), [len(text) for text in padded])
    is_space = letters == ord(" ")
    grams, places = [], []
    for length in LENGTHS:
        count = max(0, letters.size - length + 1)
        number = np.full(count, length, dtype=np.uint64)
        is_inside = np.ones(count, dtype=np.bool_)
        for step in range(length):
            number = number * _MULTIPLIER + letters[step : step + count]
            if 0 < step < length - 1:
                is_inside &= ~is_space[step : step + count]
        grams.append(number[is_inside])
        places.append(text_of[:count][is_inside])
    return _counted(np.concatenate(grams), np.concatenate(places))


def _counted(grams: NDArray[np.uint64], texts: NDArray[np.int32]) -> GramCounts:
    """Bring entries into order, equal ones to one with their number."""
    order = np.lexsort((texts, grams))
    grams, texts = grams[order], texts[order]
    is_first = np.ones(grams.size, dtype=np.bool_)
    is_first[1:] = (grams[1:] != grams[:-1]) | (texts[1:] != texts[:-1])
    starts = np.flatnonzero(is_first)
    times = np.diff(np.append(starts, grams.size)).clip(max=MOST_TIMES).astype(np.uint8)
    return GramCounts(grams[starts], texts[starts], times)
