"""Runs of letters are counted like by hand, and lists of them can be changed."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.opinion.grams import Postings, folded, gram_counts

TEXTS = st.lists(st.text(alphabet="abéß ’3δ𝒳-", max_size=12), max_size=5)


def runs_of(text: str) -> Counter[str]:
    """The runs of letters, cut word by word."""
    return Counter(
        word[start : start + length]
        for word in (f" {word} " for word in folded(text).split())
        for length in (3, 4, 5)
        for start in range(len(word) - length + 1)
    )


def test_folding_keeps_letters_and_numbers_only() -> None:
    assert folded("Straße  Ça\tva? 3×4 – ŒUVRE") == "strasse ca va 3 4 œuvre"


@settings(max_examples=100, deadline=None)
@given(texts=TEXTS)
def test_runs_are_counted_like_those_cut_word_by_word(texts: list[str]) -> None:
    counts = gram_counts(texts)

    by_hand = [runs_of(text) for text in texts]

    for place, runs in enumerate(by_hand):
        assert sorted(counts.times[counts.texts == place].tolist()) == sorted(runs.values())
    assert len(set(counts.grams.tolist())) == len({run for runs in by_hand for run in runs})


def test_the_same_run_has_the_same_number_in_every_list() -> None:
    together, alone = gram_counts(["be", "to be", "be"]), gram_counts(["be"])

    numbers = [set(together.grams[together.texts == place].tolist()) for place in range(3)]

    assert numbers[0] == numbers[2] == set(alone.grams.tolist()) < numbers[1]


def test_a_run_counts_255_times_at_most() -> None:
    assert gram_counts(["a " * 300]).times.tolist() == [255]


def test_a_letter_that_is_half_a_pair_does_no_harm() -> None:
    assert gram_counts(["\ud800 trees"]).grams.size == gram_counts(["trees"]).grams.size


def test_lists_lose_the_runs_no_text_has_any_more() -> None:
    numbers = np.array([4, 1], dtype=np.int32)
    both = Postings.empty().put(gram_counts(["to be", "be"]), numbers)

    one = both.without([4])

    assert (both.grams.size, one.grams.size) == (6, 3)
    assert set(one.texts.tolist()) == {1}
    assert one.is_here.tolist() == [False, True, False, False, False]
    assert one.without([1]).grams.size == 0
