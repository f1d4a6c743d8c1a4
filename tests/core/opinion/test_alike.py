"""Pairs that are alike are all found; groups hold texts that are all alike, without chains."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.opinion import Pair, TextIndex, alike_groups, alike_pairs

TEXTS = st.lists(
    st.lists(st.sampled_from(["more", "trees", "street", "bus", "care", "school"]), max_size=5).map(" ".join),
    max_size=9,
)
SHARES = st.sampled_from([0.2, 0.4, 0.6, 1.0])


@settings(max_examples=40, deadline=None)
@given(texts=TEXTS, least=SHARES)
def test_the_pairs_are_those_that_every_text_asked_for_finds(texts: list[str], least: float) -> None:
    index = TextIndex(texts)

    pairs = alike_pairs(index, least_share=least)

    near = {
        (min(number, match.index), max(number, match.index))
        for number, text in enumerate(texts)
        for match in index.closest(text, most=99, least_share=least)
        if match.index != number
    }
    # A likeness on the border may fall to either side by the last digit.
    border = {(p, q) for p, q in combinations(range(len(texts)), 2) if abs(index.shares(texts[p])[q] - least) < 1e-9}
    assert {(pair.first, pair.second) for pair in pairs} - border == near - border
    assert list(pairs) == sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))


@settings(max_examples=40, deadline=None)
@given(texts=TEXTS, least=SHARES)
def test_any_two_of_a_group_are_alike_and_two_groups_could_not_be_one(texts: list[str], least: float) -> None:
    index = TextIndex(texts)
    near = {(pair.first, pair.second) for pair in alike_pairs(index, least_share=least)}

    groups = alike_groups(index, least_share=least)

    everybody = [number for group in groups for number in group]
    assert len(everybody) == len(set(everybody))
    for group in groups:
        assert set(combinations(group, 2)) <= near
    alone = [(number,) for number in range(len(texts)) if number not in everybody]
    for one, other in combinations([*groups, *alone], 2):
        assert not {(min(p, q), max(p, q)) for p in one for q in other} <= near
    assert list(groups) == sorted(groups, key=lambda group: (-len(group), group))


def test_a_chain_is_cut_where_its_ends_have_nothing_in_common() -> None:
    chain = ["trees streets", "streets buses", "buses schools"]
    index = TextIndex(chain)

    assert [(pair.first, pair.second) for pair in alike_pairs(index, least_share=0.3)] == [(0, 1), (1, 2)]
    assert alike_groups(index, least_share=0.3) == ((0, 1),)


def test_a_text_sent_in_five_thousand_times_is_one_group() -> None:
    index = TextIndex(["More trees now"] * 5000 + ["Free school meals", "Now more trees, more trees"])

    groups = alike_groups(index)

    assert [len(group) for group in groups] == [5001]


def test_only_the_cards_asked_about_are_grouped() -> None:
    index = TextIndex(["more trees"] * 5)

    assert alike_groups(index, among={1, 3, 99}) == ((1, 3),)
    assert alike_pairs(index, among=[4, 0]) == (Pair(0, 4, 1.0),)
    assert alike_groups(index, among=()) == ()
    assert alike_groups(TextIndex()) == ()


def test_a_likeness_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        alike_groups(TextIndex(["trees"]), least_share=0.0)

    assert (caught.value.code, caught.value.params) == ("opinion.bad_share", {"share": 0.0})
