"""The right cluster is among the first suggestions for cards in three languages; strangers get none."""

import pytest
from tests.core.opinion.test_similar import PAIRS

from burgertop.core.errors import InputError
from burgertop.core.opinion import ClusterIndex, Match, TextIndex, accuracy_of

TITLES = ["Care is work", "Zorgen is werken", "Soigner, c’est travailler", "Pflegen ist Arbeit"]


@pytest.mark.parametrize(("language", "least"), [("nl", 6), ("fr", 6), ("de", 6)])
def test_the_cluster_of_the_partner_of_a_paraphrase_is_among_the_first_three(language: str, least: int) -> None:
    texts = [first for pairs in PAIRS.values() for first, _ in pairs]
    clusters = ClusterIndex(TextIndex(texts), {number: number for number in range(len(texts))})
    start = list(PAIRS).index(language) * 6

    found = [[one.cluster for one in clusters.suggest(second)] for _, second in PAIRS[language]]

    assert sum(start + number in named for number, named in enumerate(found)) >= least


def test_a_card_in_another_language_finds_a_cluster_by_its_title() -> None:
    cards = ["Wie voor een zieke ouder zorgt, houdt zijn pensioen", "Meer treinen op zondag"]
    texts = [*cards, *TITLES]

    with_titles = ClusterIndex(TextIndex(texts), {0: "care", 1: "rail", **dict.fromkeys(range(2, 6), "care")})
    without = ClusterIndex(TextIndex(cards), {0: "care", 1: "rail"})

    asked = "Pflegen ist auch eine Arbeit"
    assert [one.cluster for one in with_titles.suggest(asked)][:1] == ["care"]
    assert with_titles.suggest(asked)[0].nearest == Match(5, pytest.approx(0.69, abs=0.1))
    assert without.suggest(asked) == ()


def test_what_all_clusters_have_in_common_decides_nothing() -> None:
    texts = ["We want that the buses drive", "We want that the buses wait", "We want that the trees grow"]
    clusters = ClusterIndex(TextIndex(texts), {0: "buses", 1: "buses", 2: "trees"})

    first, second = clusters.suggest("We want that more trees are planted", least_share=0.01)

    assert (first.cluster, second.cluster) == ("trees", "buses")
    assert first.share > 2 * second.share


def test_a_card_nearly_the_same_as_one_of_many_outdoes_a_small_cluster_that_is_a_little_like_it() -> None:
    words = ["trains", "schools", "taxes", "rivers", "books", "music", "bread", "farms"]
    many = [f"Something about {word}" for word in words]
    texts = [*many, "Dogs on the lead in the park", "Cats and dogs in the house"]
    clusters = ClusterIndex(TextIndex(texts), {**dict.fromkeys(range(9), "big"), 9: "small"})

    best = clusters.suggest("Dogs on the lead in the park!")[0]

    assert (best.cluster, best.nearest) == ("big", Match(8, 1.0))
    assert best.share == 1.0


def test_cards_that_are_in_no_cluster_are_not_suggested_and_change_only_what_is_rare() -> None:
    index = TextIndex(["more trees", "more trees", "fewer cars"])

    clusters = ClusterIndex(index, {0: "green", 2: "cars"})

    assert [(one.cluster, one.nearest) for one in clusters.suggest("more trees")] == [("green", Match(0, 1.0))]


def test_equal_clusters_come_in_the_order_they_are_met_and_no_more_than_asked() -> None:
    index = TextIndex(["more trees"] * 4)

    clusters = ClusterIndex(index, {3: "last", 0: "first", 1: "second", 2: "third"})

    assert [one.cluster for one in clusters.suggest("more trees")] == ["last", "first", "second"]
    assert [one.cluster for one in clusters.suggest("more trees", most=1)] == ["last"]


@pytest.mark.parametrize("text", ["", "!!!", "Kein Feuerwerk"])
def test_nothing_near_means_no_suggestion(text: str) -> None:
    index = TextIndex(["more trees", ""])

    assert ClusterIndex(index, {0: "green", 1: "empty"}).suggest(text) == ()
    assert ClusterIndex(index, {}).suggest("more trees") == ()
    assert ClusterIndex(TextIndex(), {}).suggest("more trees") == ()


def test_what_makes_no_sense_is_refused() -> None:
    clusters = ClusterIndex(TextIndex(["trees"]), {0: "green"})

    with pytest.raises(InputError) as unknown:
        ClusterIndex(TextIndex(["trees"]), {1: "green"})
    with pytest.raises(InputError) as most:
        clusters.suggest("trees", most=0)
    with pytest.raises(InputError) as share:
        clusters.suggest("trees", least_share=2.0)

    assert (unknown.value.code, unknown.value.params) == ("opinion.unknown_number", {"number": 1})
    assert most.value.code == "opinion.bad_most"
    assert share.value.code == "opinion.bad_share"


def test_accuracy_counts_the_first_three_and_says_how_sure_it_is() -> None:
    found = accuracy_of([1, 3, 4, None, 2] * 20)

    # Wilson's interval for 60 of 100 at 90 %, by hand: z = 1.6449, center .5974, half width .0796.
    assert (found.right, found.of) == (60, 100)
    assert (round(found.low, 3), round(found.high, 3)) == (0.518, 0.677)
    assert accuracy_of([1, 3, 4, None, 2], within=1).right == 1


def test_without_cards_nothing_is_known() -> None:
    found = accuracy_of([])

    assert (found.right, found.of, found.low, found.high) == (0, 0, 0.0, 1.0)


def test_ranks_begin_at_one() -> None:
    with pytest.raises(InputError) as rank:
        accuracy_of([1, 0])
    with pytest.raises(InputError) as within:
        accuracy_of([1], within=0)

    assert (rank.value.code, rank.value.params) == ("opinion.bad_rank", {"rank": 0})
    assert within.value.code == "opinion.bad_most"
