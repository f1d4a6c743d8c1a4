"""The result as a page shows it."""

from collections.abc import Callable
from datetime import datetime

from django.template.loader import render_to_string

from burgertop.foundation.ballotbox.actions import close_and_count
from burgertop.foundation.ballotbox.models import Ballot, BallotKind
from burgertop.foundation.ballotbox.published import papers_of
from burgertop.foundation.ballotbox.queries import result_of
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage

HandIn = Callable[..., list[str]]


def words_of(ballot: Ballot) -> str:
    return " ".join(render_to_string("ballotbox/_result.html", {"result": result_of(ballot)}).split())


def test_the_page_names_base_rule_winner_tie_and_the_group_that_is_too_small(
    stage: Stage, make_ballot: Callable[..., Ballot], hand_in: HandIn, now: datetime
) -> None:
    ballot = make_ballot(stage, seats=2, eligible=40)
    hand_in(ballot, [[1], [1], [2], [3], []] * 4)
    hand_in(ballot, [[4]] * 3, Origin.G_HOME)

    page = words_of(close_and_count(ballot, now=now))

    for words in (
        "Drawn by lot",
        "20 papers: 16 valid, 4 blank, 0 not valid.",
        "Of 40 people with a vote, 23 voted (58%).",
        "(chosen)",
        "(tied)",
        "2 options have the same number; 1 place is left for them. A public lot decides.",
        "G-Home, online table: 3 papers, too few to be counted apart",
        "Every circle that was filled in is one vote. The most votes win.",
    ):
        assert words in page
    assert page.count('class="chosen"') == 1


def test_a_motion_says_whether_it_is_adopted(
    stage: Stage, make_ballot: Callable[..., Ballot], hand_in: HandIn, now: datetime
) -> None:
    motion = make_ballot(stage, kind=BallotKind.MOTION, rule="majority_half", options=(), most_choices=1, quorum=2)
    hand_in(motion, [[1], [1], [2]])

    page = words_of(close_and_count(motion, now=now))

    assert ("Adopted" in page, "Not adopted" in page, "does not stand" in page) == (True, False, False)


def test_an_empty_box_and_a_missed_quorum_are_said(
    stage: Stage, make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    page = words_of(close_and_count(make_ballot(stage, quorum=5), now=now))

    assert "0 papers were handed in; 5 are needed. The result does not stand." in page
    assert "No papers were handed in." in page


def test_the_recount_page_lists_every_receipt(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    receipts = hand_in(ballot, [[1, 2], []])
    counted = close_and_count(ballot, now=now)

    page = render_to_string(
        "ballotbox/_recount.html", {"ballot": counted, "papers": papers_of(counted), "export_url": "/papers.zip"}
    )

    shown = [f"{receipt[:4]} {receipt[4:8]} {receipt[8:]}" in page for receipt in receipts]
    assert (shown, counted.papers_digest in page, "1, 2" in page) == ([True, True], True, True)
