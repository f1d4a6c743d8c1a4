"""Suggest clusters for a card, and tell how often the suggestions were right; people decide."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy.sparse import csr_array, diags_array

from burgertop.core.errors import InputError
from burgertop.core.opinion.ratings import RatingCounts, wilson_interval
from burgertop.core.opinion.similar import Match, TextIndex

__all__ = ["Accuracy", "ClusterIndex", "Suggestion", "accuracy_of"]

Cluster = TypeVar("Cluster", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Cluster]):
    """A cluster a card may belong to.

    Args:
        cluster: the cluster.
        share: how like the card is to it, in 0..1; no chance of being right.
        nearest: the text of the cluster that is most like the card, to show why; None when
            no single one is like it.

    >>> Suggestion("care", 0.4, Match(3, 0.5)).nearest.index
    3
    """

    cluster: Cluster
    share: float
    nearest: Match | None


class ClusterIndex(Generic[Cluster]):
    """Clusters of texts, ready to be asked which of them a card may belong to.

    A cluster is the sum of the vectors of its texts, each run of letters weighed once more by
    how few of the clusters have it. With c the cosine between card and cluster and m the
    likeness of its nearest text, a cluster's share is 1 - (1 - c)(1 - m^2): the cluster as a
    whole decides, unless one text is nearly the same as the card.

    Give the titles of a cluster, in all languages there are, as texts of it: a cluster that has
    cards in one language only is found by cards in another through its titles. Apart from
    titles, names and figures, cards in two languages are not alike, for letters know no
    translation.

    Args:
        index: cards and titles, and the cards that are in no cluster yet, so that it is known
            what is rare.
        cluster_of: number of a text in the index to its cluster; texts not named are in none.

    Raises:
        InputError: ``opinion.unknown_number``.

    Cost: O(entries of all texts), memory 12 bytes for each run of each cluster.
    Source: Rocchio (1971), Relevance feedback in information retrieval, in The SMART Retrieval
    System; weights by clusters: Lertnattee and Theeramunkong (2004), Effect of term
    distributions on centroid-based text categorization, Information Sciences 158, 89-115.

    >>> index = TextIndex(["More trees in every street", "Plant trees", "Free buses for pupils"])
    >>> clusters = ClusterIndex(index, {0: "green", 1: "green", 2: "buses"})
    >>> [(found.cluster, round(found.share, 2)) for found in clusters.suggest("Trees in our streets, please")]
    [('green', 0.37)]
    """

    def __init__(self, index: TextIndex, cluster_of: Mapping[int, Cluster]) -> None:
        for number in cluster_of:
            if number not in index:
                raise InputError("opinion.unknown_number", number=number)
        self._index = index
        self._clusters = list(dict.fromkeys(cluster_of.values()))
        place_of = {cluster: place for place, cluster in enumerate(self._clusters)}
        self._numbers = np.array(sorted(cluster_of), dtype=np.int64)
        self._places = np.array([place_of[cluster_of[number]] for number in self._numbers.tolist()], dtype=np.int64)
        vectors = index.vectors()
        members = csr_array(
            (np.ones(self._numbers.size), (self._numbers, self._places)),
            shape=(vectors.shape[1], len(self._clusters)),
        )
        sums = (vectors @ members).tocsr()
        self._rarity = np.log((1 + len(self._clusters)) / (1 + np.diff(sums.indptr))) + 1
        sums = (diags_array(self._rarity) @ sums).tocsr()
        lengths = np.sqrt(np.bincount(sums.indices, sums.data**2, minlength=len(self._clusters)))
        self._profiles = (sums @ diags_array(1 / np.where(lengths > 0, lengths, 1.0))).tocsr()

    def suggest(self, text: str, *, most: int = 3, least_share: float = 0.1) -> tuple[Suggestion[Cluster], ...]:
        """Name the clusters a text is most like.

        Args:
            text: the words of a card that is in no cluster.
            most: most suggestions.
            least_share: how like a cluster must be at least, in 0..1.

        Returns:
            Suggestions, the most like first, equal ones in the order in which their clusters
            are met in ``cluster_of``; none when no cluster is near.

        Raises:
            InputError: ``opinion.bad_most``, ``opinion.bad_share``.

        Cost: O(entries of the runs of the text + texts in clusters).

        >>> ClusterIndex(TextIndex(["More trees"]), {0: "green"}).suggest("Fewer cars")
        ()
        """
        if most < 1:
            raise InputError("opinion.bad_most", most=most)
        if not 0 < least_share <= 1:
            raise InputError("opinion.bad_share", share=least_share)
        if not self._clusters:
            return ()
        runs, weights = self._index.vector_of(text)
        strange = max(0.0, 1 - float((weights**2).sum())) * (np.log(1 + len(self._clusters)) + 1) ** 2
        weights = weights * self._rarity[runs]
        length = float(np.sqrt((weights**2).sum() + strange)) or 1.0
        whole = self._profiles[runs].T @ (weights / length)
        likeness = self._index.shares(text)[self._numbers]
        # For each cluster the text most like the card, of equal ones the first.
        order = np.lexsort((self._numbers, -likeness, self._places))
        first = order[np.searchsorted(self._places[order], np.arange(len(self._clusters)))]
        shares = (1 - (1 - whole) * (1 - likeness[first] ** 2)).round(12).clip(0.0, 1.0)
        near = np.flatnonzero(shares >= least_share)
        best = near[np.argsort(-shares[near], kind="stable")[:most]].tolist()
        nearest = [Match(int(self._numbers[place]), float(likeness[place])) for place in first.tolist()]
        return tuple(
            Suggestion(self._clusters[place], float(shares[place]), nearest[place] if nearest[place].share else None)
            for place in best
        )


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often suggestions were right so far: right in ``right`` of ``of``, with Wilson's interval.

    >>> accuracy_of([1, 4, None, 2])
    Accuracy(right=2, of=4, low=0.18240016325464492, high=0.8175998367453551)
    """

    right: int
    of: int
    low: float
    high: float


def accuracy_of(ranks: Sequence[int | None], *, within: int = 3, level: float = 0.9) -> Accuracy:
    """Tell how often the cluster a person chose was among the first suggestions.

    Count cards for which suggestions were made before the person chose and whose cluster was
    there already. People see the suggestions, so they may follow them: a figure from cards
    coded blind is the sounder one.

    Args:
        ranks: for each card the place of the chosen cluster among the suggestions, from 1;
            None when it was not among them.
        within: up to which place a suggestion counts as right.
        level: share of such intervals that hold the true share, between 0 and 1.

    Returns:
        The count and its interval; from 0 to 1 when there are no cards yet.

    Raises:
        InputError: ``opinion.bad_most``, ``opinion.bad_rank``, ``opinion.bad_level``.

    Cost: O(cards).

    >>> accuracy_of([]).of
    0
    """
    if within < 1:
        raise InputError("opinion.bad_most", most=within)
    for rank in ranks:
        if rank is not None and rank < 1:
            raise InputError("opinion.bad_rank", rank=rank)
    right = sum(rank is not None and rank <= within for rank in ranks)
    zero = np.zeros(1, dtype=np.int64)
    found = wilson_interval(RatingCounts(zero + right, zero + len(ranks) - right, zero), level=level)
    return Accuracy(right, len(ranks), float(found.low[0]), float(found.high[0]))
