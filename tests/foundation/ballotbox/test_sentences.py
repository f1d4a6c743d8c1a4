"""Every code of the ballot box and of the core's ballots is said in words."""

import re
from pathlib import Path

import pytest

from burgertop import core
from burgertop.core.ballots import (
    RULES,
    Approval,
    Motion,
    Tally,
    break_tie,
    explanation_of,
    explanation_of_lot,
    tally_of,
)
from burgertop.foundation import ballotbox
from burgertop.foundation.ballotbox.results import RULE_WORDS
from burgertop.foundation.ballotbox.sentences import SENTENCES
from burgertop.foundation.wording import HouseError, say

FOLDERS = [Path(next(iter(core.__path__))) / "ballots", Path(next(iter(ballotbox.__path__)))]


def test_every_code_in_the_source_has_a_sentence_and_every_sentence_a_code() -> None:
    sources = [path for folder in FOLDERS for path in folder.glob("*.py") if path.name != "sentences.py"]
    codes = {code for path in sources for code in re.findall(r'"(ballots\.[a-z_]+)"', path.read_text())}
    damages = {"ballots.key_missing", "ballots.key_wrong"}

    assert (codes | damages) - set(SENTENCES) == set()
    assert set(SENTENCES) - codes == {"ballots.no_right"}


def test_options_are_numbered_from_one_for_people() -> None:
    assert say(HouseError("ballots.doubled_choice", option=0)) == "Option 1 is on the paper twice."


@pytest.mark.parametrize(
    ("tally", "sentences"),
    [
        (
            tally_of(Approval(4, 1, 2), [(0, 1), (0, 2), ()], rule="approval_count", winners=2),
            [
                "3 papers were counted; 1 blank, 0 not valid.",
                "Option 1 is chosen with 2 of 2 valid papers.",
                "Options 2, 3 have 1 each; 1 place is left for them.",
            ],
        ),
        (
            tally_of(Motion(), [(0,), (0,), (1,), (2,)], rule="majority_two_thirds"),
            [
                "4 papers were counted; 0 blank, 0 not valid.",
                "Adopted: 2 for, 1 against, 1 abstained. That is 66.7 % for; at least 66.7 % is needed.",
            ],
        ),
        (
            tally_of(Motion(), [(0,), (1,)], rule="majority_half"),
            [
                "2 papers were counted; 0 blank, 0 not valid.",
                "Not adopted: 1 for, 1 against, 0 abstained. That is 50.0 % for; more than 50.0 % is needed.",
            ],
        ),
    ],
)
def test_a_result_is_told_in_sentences(tally: Tally, sentences: list[str]) -> None:
    assert [say(HouseError(said.code, **said.params)) for said in explanation_of(tally)] == sentences


def test_a_lot_is_told_in_a_sentence() -> None:
    lot = break_tie((1, 2), 1, seed_text="3 5 1", ballot="themes")

    said = [say(HouseError(one.code, **one.params)) for one in explanation_of_lot(lot)]

    assert said == [f"The lot chose option {lot.chosen[0] + 1} among the tied options 2, 3; the seed was “3 5 1”."]


def test_every_rule_that_a_ballot_can_have_is_put_in_words() -> None:
    assert set(RULES) - set(RULE_WORDS) == {"score_sum"}
