"""Ballots: kinds of paper, rules, tallies, ties, explanations, the order of options."""

from burgertop.core.ballots.explain import Explanation, explanation_of, explanation_of_lot
from burgertop.core.ballots.kinds import (
    ABSTAIN,
    AGAINST,
    FOR,
    Approval,
    Kind,
    Motion,
    Paper,
    Ranking,
    Score,
)
from burgertop.core.ballots.order import PlaceTest, order_for, place_test
from burgertop.core.ballots.rules import (
    RULES,
    Majority,
    Rule,
    approval_count,
    borda,
    majority_share,
    rule_named,
    score_sum,
)
from burgertop.core.ballots.tally import Tally, tally_of
from burgertop.core.ballots.ties import TieBreak, break_tie

__all__ = [
    "ABSTAIN",
    "AGAINST",
    "FOR",
    "RULES",
    "Approval",
    "Explanation",
    "Kind",
    "Majority",
    "Motion",
    "Paper",
    "PlaceTest",
    "Ranking",
    "Rule",
    "Score",
    "Tally",
    "TieBreak",
    "approval_count",
    "borda",
    "break_tie",
    "explanation_of",
    "explanation_of_lot",
    "majority_share",
    "order_for",
    "place_test",
    "rule_named",
    "score_sum",
    "tally_of",
]
