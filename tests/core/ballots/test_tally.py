"""A tally counts every paper once and returns ties instead of breaking them."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.ballots import ABSTAIN, AGAINST, FOR, Approval, Motion, Ranking, Score, Tally, tally_of
from burgertop.core.errors import InputError, Param

VOTE = Approval(options=4, least=1, most=2)


def test_a_small_ballot_is_counted_as_by_hand() -> None:
    papers = [(0, 1), (1, 0), (1,), (2, 1), (), (0, 1, 2), (9,), (3, 3)]

    assert tally_of(VOTE, papers, rule="approval_count", winners=2) == Tally(
        rule="approval_count",
        winners=2,
        papers=8,
        blank=1,
        invalid=3,
        counts=(2, 4, 1, 0),
        order=((1,), (0,), (2,), (3,)),
        chosen=(1, 0),
        tied=(),
    )


@pytest.mark.parametrize(
    ("winners", "chosen", "tied", "places"),
    [(1, (3,), (), 0), (2, (3,), (0, 1), 1), (3, (3, 0, 1), (), 0), (4, (3, 0, 1, 2), (), 0)],
)
def test_a_tie_shows_only_where_it_decides(
    winners: int, chosen: tuple[int, ...], tied: tuple[int, ...], places: int
) -> None:
    tally = tally_of(VOTE, [(3, 0), (3, 1), (3,), (0, 1)], rule="approval_count", winners=winners)

    assert tally.counts == (2, 2, 0, 3)
    assert (tally.chosen, tally.tied, tally.open_places) == (chosen, tied, places)


def test_without_any_vote_all_options_are_tied() -> None:
    tally = tally_of(VOTE, [(), ()], rule="approval_count", winners=3)

    assert (tally.order, tally.chosen, tally.tied, tally.open_places) == (((0, 1, 2, 3),), (), (0, 1, 2, 3), 3)


def test_below_the_quorum_nothing_is_chosen_but_all_is_counted() -> None:
    tally = tally_of(VOTE, [(0,), (0,), ()], rule="approval_count", winners=1, quorum=4)

    assert (tally.has_quorum, tally.counts, tally.chosen, tally.tied) == (False, (2, 0, 0, 0), (), ())


def test_blank_papers_count_for_the_quorum() -> None:
    tally = tally_of(VOTE, [(0,), (), ()], rule="approval_count", winners=1, quorum=3)

    assert (tally.has_quorum, tally.chosen) == (True, (0,))


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        ("majority_half", (FOR,)),
        ("majority_two_thirds", (FOR,)),
        ("majority_four_fifths", ()),
        ("majority_half_of_all", (FOR,)),
        ("majority_two_thirds_of_all", ()),
    ],
)
def test_a_motion_of_the_panel_is_adopted_by_its_rule(rule: str, chosen: tuple[int, ...]) -> None:
    papers = [(FOR,)] * 20 + [(AGAINST,)] * 8 + [(ABSTAIN,)] * 4

    tally = tally_of(Motion(), papers, rule=rule)

    assert (tally.counts, tally.chosen, tally.tied) == ((20, 8, 4), chosen, ())


def test_points_and_rankings_are_ordered_too() -> None:
    points = tally_of(Score(3, 5), [(5, 0, 1), (0, 4, 5)], rule="score_sum", winners=1)
    places = tally_of(Ranking(3, 3), [(2, 1, 0), (2, 0)], rule="borda", winners=1)

    assert (points.counts, points.chosen) == ((5, 4, 6), (2,))
    assert (places.counts, places.chosen) == ((1, 1, 4), (2,))


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-1, 4), max_size=3).map(tuple), max_size=12), st.integers(1, 4))
def test_every_paper_and_every_place_is_accounted_for(papers: list[tuple[int, ...]], winners: int) -> None:
    tally = tally_of(VOTE, papers, rule="approval_count", winners=winners)

    good = [paper for paper in papers if paper and set(paper) <= set(range(4)) and len(set(paper)) == len(paper) <= 2]
    votes = Counter(option for paper in good for option in paper)
    assert tally.papers == tally.blank + tally.invalid + len(good)
    assert tally.counts == tuple(votes[option] for option in range(4))
    assert sorted(option for group in tally.order for option in group) == [0, 1, 2, 3]
    assert len(tally.chosen) + tally.open_places == winners
    assert not tally.tied or len(tally.tied) > tally.open_places > 0


@pytest.mark.parametrize(
    ("winners", "quorum", "code", "params"),
    [
        (0, 0, "ballots.bad_winners", {"winners": 0, "options": 4}),
        (5, 0, "ballots.bad_winners", {"winners": 5, "options": 4}),
        (1, -1, "ballots.bad_quorum", {"quorum": -1}),
    ],
)
def test_places_and_quorum_must_make_sense(winners: int, quorum: int, code: str, params: dict[str, Param]) -> None:
    with pytest.raises(InputError) as caught:
        tally_of(VOTE, [], rule="approval_count", winners=winners, quorum=quorum)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_motion_has_one_place() -> None:
    with pytest.raises(InputError, match="bad_winners"):
        tally_of(Motion(), [], rule="majority_half", winners=2)
