"""A paper that breaks the rules of its ballot is refused with what is wrong."""

import pytest

from burgertop.core.ballots import ABSTAIN, FOR, Approval, Kind, Motion, Paper, Ranking, Score
from burgertop.core.errors import InputError, Param

THREE_OF_25 = Approval(options=25, least=2, most=3)


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        (THREE_OF_25, (24, 0)),
        (THREE_OF_25, ()),
        (Motion(), (ABSTAIN,)),
        (Motion(), ()),
        (Score(2, 5), (0, 5)),
        (Score(2, 5), ()),
        (Ranking(4, 3), (3,)),
        (Ranking(4, 3), (2, 1, 0)),
    ],
)
def test_a_good_paper_and_a_blank_one_pass(kind: Kind, paper: Paper) -> None:
    kind.check(paper)


@pytest.mark.parametrize(
    ("kind", "paper", "code", "params"),
    [
        (THREE_OF_25, (0, 25), "ballots.unknown_option", {"option": 25, "options": 25}),
        (THREE_OF_25, (0, -1), "ballots.unknown_option", {"option": -1, "options": 25}),
        (THREE_OF_25, (7, 7), "ballots.doubled_choice", {"option": 7}),
        (THREE_OF_25, (7,), "ballots.too_few_choices", {"chosen": 1, "least": 2}),
        (THREE_OF_25, (1, 2, 3, 4), "ballots.too_many_choices", {"chosen": 4, "most": 3}),
        (Motion(), (3,), "ballots.unknown_option", {"option": 3, "options": 3}),
        (Motion(), (FOR, ABSTAIN), "ballots.too_many_choices", {"chosen": 2, "most": 1}),
        (Score(2, 5), (5,), "ballots.missing_points", {"given": 1, "options": 2}),
        (Score(2, 5), (5, 6), "ballots.points_out_of_range", {"option": 1, "points": 6, "most": 5}),
        (Score(2, 5), (-1, 0), "ballots.points_out_of_range", {"option": 0, "points": -1, "most": 5}),
        (Ranking(4, 3), (0, 0), "ballots.doubled_choice", {"option": 0}),
        (Ranking(4, 3), (0, 1, 2, 3), "ballots.too_many_choices", {"chosen": 4, "most": 3}),
    ],
)
def test_a_bad_paper_is_refused(kind: Kind, paper: Paper, code: str, params: dict[str, Param]) -> None:
    with pytest.raises(InputError) as caught:
        kind.check(paper)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_ballot_nobody_could_fill_in_is_refused() -> None:
    said = []
    for make in (
        lambda: Approval(0, 1, 1),
        lambda: Approval(3, 0, 1),
        lambda: Approval(3, 2, 1),
        lambda: Approval(3, 1, 4),
        lambda: Score(3, 0),
        lambda: Ranking(3, 4),
    ):
        with pytest.raises(InputError) as caught:
            make()
        said.append((caught.value.code, caught.value.params))

    assert said == [
        ("ballots.no_options", {}),
        ("ballots.bad_limits", {"least": 0, "most": 1, "options": 3}),
        ("ballots.bad_limits", {"least": 2, "most": 1, "options": 3}),
        ("ballots.bad_limits", {"least": 1, "most": 4, "options": 3}),
        ("ballots.no_points", {"most": 0}),
        ("ballots.bad_limits", {"least": 1, "most": 4, "options": 3}),
    ]
