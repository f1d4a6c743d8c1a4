"""A sample sees every cluster it can, and each card is drawn as often as it says."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.opinion import sample_spread

SIZES = st.lists(st.integers(0, 12), min_size=1, max_size=8).filter(any)


def clusters_of(sizes: list[int]) -> dict[int, list[tuple[int, int]]]:
    return {cluster: [(cluster, card) for card in range(size)] for cluster, size in enumerate(sizes)}


@settings(max_examples=80, deadline=None)
@given(sizes=SIZES, size=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_a_sample_has_its_size_no_card_twice_and_every_cluster_if_there_is_room(
    sizes: list[int], size: int, seed: int
) -> None:
    drawn = sample_spread(clusters_of(sizes), size, np.random.default_rng(seed))

    filled = [place for place, cards in enumerate(sizes) if cards]
    counts = Counter(cluster for cluster, _ in drawn.cards)
    assert len(drawn.cards) == len(set(drawn.cards)) == len(drawn.chances) == min(size, sum(sizes))
    if size >= len(filled):
        assert set(counts) == set(filled)
    for (cluster, _), chance in zip(drawn.cards, drawn.chances, strict=True):
        # A cluster gives what it should on average, rounded up or down.
        assert abs(counts[cluster] - chance * sizes[cluster]) < 1 + 1e-6
        assert 0 < chance <= 1


@pytest.mark.parametrize("size", [2, 5, 9])
def test_each_card_is_drawn_as_often_as_its_chance_says(size: int) -> None:
    rng, clusters = np.random.default_rng(3), clusters_of([1, 2, 4, 9])
    draws = [sample_spread(clusters, size, rng) for _ in range(1500)]

    counts = Counter(card for drawn in draws for card in drawn.cards)
    chance_of = {card: chance for drawn in draws for card, chance in zip(drawn.cards, drawn.chances, strict=True)}

    assert set(chance_of) == {card for cards in clusters.values() for card in cards}
    assert sum(chance_of.values()) == pytest.approx(size)
    for card, chance in chance_of.items():
        assert abs(counts[card] / 1500 - chance) <= 5 * (chance * (1 - chance) / 1500) ** 0.5 + 1e-9


def test_chances_by_hand() -> None:
    # Five cards of clusters of 1, 2 and 9: the first has its one; of the other four 8/11 would be too few for the
    # second, so it has its one too, and three come from the nine.
    drawn = sample_spread(clusters_of([1, 2, 9]), 5, np.random.default_rng(1))

    assert sorted(
        {(cluster, round(chance, 6)) for (cluster, _), chance in zip(drawn.cards, drawn.chances, strict=True)}
    ) == [
        (0, 1.0),
        (1, 0.5),
        (2, round(3 / 9, 6)),
    ]


def test_the_order_of_the_cards_gives_nothing_away() -> None:
    clusters = clusters_of([30, 30])

    firsts = Counter(sample_spread(clusters, 20, np.random.default_rng(seed)).cards[0][0] for seed in range(400))

    assert 150 <= firsts[0] <= 250


def test_a_sample_that_is_too_large_takes_every_card_for_certain() -> None:
    drawn = sample_spread({"care": "ab", "rail": "c", "empty": ""}, 9, np.random.default_rng(1))

    assert (sorted(drawn.cards), set(drawn.chances)) == (["a", "b", "c"], {1.0})


def test_without_cards_the_sample_is_empty() -> None:
    assert sample_spread({}, 3, np.random.default_rng(1)).cards == ()


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError) as size:
        sample_spread({"care": [1]}, 0, np.random.default_rng(1))
    with pytest.raises(InputError) as doubled:
        sample_spread({"care": [1, 2], "rail": [2]}, 1, np.random.default_rng(1))

    assert (size.value.code, size.value.params) == ("opinion.bad_sample_size", {"size": 0})
    assert doubled.value.code == "opinion.doubled_card"
