"""A result is explained as codes with values."""

from burgertop.core.ballots import (
    ABSTAIN,
    AGAINST,
    FOR,
    Approval,
    Explanation,
    Motion,
    break_tie,
    explanation_of,
    explanation_of_lot,
    tally_of,
)

COUNTED = "ballots.papers_counted"


def test_chosen_and_tied_options_are_explained_from_most_to_fewest() -> None:
    papers = [(3, 0), (3, 1), (3,), (0, 1), (), (9,)]
    tally = tally_of(Approval(4, 1, 2), papers, rule="approval_count", winners=2)

    assert explanation_of(tally) == (
        Explanation(COUNTED, {"papers": 6, "blank": 1, "invalid": 1}),
        Explanation("ballots.chosen_with", {"option": 3, "count": 3, "papers": 4}),
        Explanation("ballots.tied_with", {"options": ("0", "1"), "count": 2, "places": 1}),
    )


def test_a_motion_is_explained_with_its_share_and_its_rule() -> None:
    papers = [(FOR,)] * 20 + [(AGAINST,)] * 10 + [(ABSTAIN,)] * 2

    adopted = explanation_of(tally_of(Motion(), papers, rule="majority_two_thirds"))
    rejected = explanation_of(tally_of(Motion(), papers, rule="majority_two_thirds_of_all"))

    counts = {"in_favor": 20, "against": 10, "abstain": 2, "threshold": "2/3", "is_strict": False}
    assert adopted[1] == Explanation("ballots.adopted", counts | {"share": "2/3", "counts_abstentions": False})
    assert rejected[1] == Explanation("ballots.rejected", counts | {"share": "5/8", "counts_abstentions": True})


def test_a_motion_on_which_all_abstain_is_told_as_such() -> None:
    said = explanation_of(tally_of(Motion(), [(ABSTAIN,)] * 3, rule="majority_half"))

    assert said[1] == Explanation("ballots.no_vote_counts", {"abstain": 3})


def test_too_few_papers_are_told_and_nothing_more() -> None:
    said = explanation_of(tally_of(Motion(), [(FOR,)], rule="majority_half", quorum=17))

    assert said == (
        Explanation(COUNTED, {"papers": 1, "blank": 0, "invalid": 0}),
        Explanation("ballots.no_quorum", {"papers": 1, "quorum": 17}),
    )


def test_a_lot_is_told_with_its_seed() -> None:
    lot = break_tie((0, 1), 1, seed_text="3 5 1", ballot="themes")

    assert explanation_of_lot(lot) == (
        Explanation("ballots.lot_chose", {"option": lot.chosen[0], "tied": ("0", "1"), "places": 1, "seed": "3 5 1"}),
    )
