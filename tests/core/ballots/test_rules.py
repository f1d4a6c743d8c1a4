"""Each rule counts as its source says; thresholds are exact."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.ballots import (
    RULES,
    Approval,
    Majority,
    Motion,
    Ranking,
    approval_count,
    borda,
    majority_share,
    rule_named,
    score_sum,
)
from burgertop.core.errors import InputError

HALF, TWO_THIRDS = Majority(Fraction(1, 2), is_strict=True), Majority(Fraction(2, 3))


def test_borda_picks_the_compromise_and_not_the_first_past_the_post() -> None:
    papers = [(0, 1, 2)] * 5 + [(1, 2, 0)] * 4

    assert borda(papers, 3) == (10, 13, 4)


def test_a_short_ranking_gives_nothing_to_what_it_leaves_out() -> None:
    assert borda([(2,)], 4) == (0, 0, 3, 0)


def test_approvals_and_points_are_added_up() -> None:
    assert approval_count([(0, 2), (2,)], 3) == (1, 0, 2)
    assert score_sum([(0, 5, 1), (2, 5, 0)], 3) == (2, 10, 1)


def test_no_papers_give_no_counts() -> None:
    assert [count([], 2) for count in (approval_count, borda, score_sum)] == [(0, 0)] * 3


@settings(deadline=None)
@given(st.lists(st.permutations(range(4)), max_size=8))
def test_whole_rankings_share_out_the_same_points_each(rankings: list[list[int]]) -> None:
    assert sum(borda([tuple(ranking) for ranking in rankings], 4)) == 6 * len(rankings)


@pytest.mark.parametrize(
    ("counts", "majority", "answer"),
    [
        ((12, 12, 8), HALF, (Fraction(1, 2), False)),
        ((13, 12, 7), HALF, (Fraction(13, 25), True)),
        ((16, 8, 100), TWO_THIRDS, (Fraction(2, 3), True)),
        ((16, 9, 0), TWO_THIRDS, (Fraction(16, 25), False)),
        ((16, 8, 8), Majority(Fraction(2, 3), counts_abstentions=True), (Fraction(1, 2), False)),
        ((4, 1, 0), Majority(Fraction(4, 5)), (Fraction(4, 5), True)),
        ((32, 0, 0), Majority(Fraction(1)), (Fraction(1), True)),
        ((0, 0, 9), HALF, (None, False)),
    ],
)
def test_a_majority_is_an_exact_share(
    counts: tuple[int, ...], majority: Majority, answer: tuple[Fraction | None, bool]
) -> None:
    assert majority_share(counts, majority) == answer


@pytest.mark.parametrize("threshold", [Fraction(0), Fraction(3, 2), Fraction(-1, 2)])
def test_a_threshold_that_makes_no_sense_is_refused(threshold: Fraction) -> None:
    with pytest.raises(InputError) as caught:
        Majority(threshold)

    assert (caught.value.code, caught.value.params) == ("ballots.bad_threshold", {"threshold": str(threshold)})


def test_every_rule_is_found_under_its_name_and_names_its_source() -> None:
    assert list(RULES) == [
        "approval_count",
        "borda",
        "score_sum",
        "majority_half",
        "majority_half_of_all",
        "majority_two_thirds",
        "majority_two_thirds_of_all",
        "majority_four_fifths",
        "majority_four_fifths_of_all",
    ]
    assert all(rule.name == name and rule.source for name, rule in RULES.items())


def test_a_rule_for_another_kind_or_of_no_name_is_refused() -> None:
    with pytest.raises(InputError) as unknown:
        rule_named("magic", Motion())
    with pytest.raises(InputError) as other:
        rule_named("borda", Approval(3, 1, 1))

    assert (unknown.value.code, unknown.value.params["rule"]) == ("ballots.unknown_rule", "magic")
    assert other.value.params == {"rule": "borda", "kind": "Approval"}
    assert rule_named("borda", Ranking(3, 3)) is RULES["borda"]
