"""Opinion: ratings and their ranking, what to show next, near-duplicates, agreement by origin."""

from burgertop.core.opinion.consensus import agreement_share, lowest_share
from burgertop.core.opinion.ratings import (
    IdeaRanking,
    Intervals,
    Prior,
    RatingCounts,
    agreement_interval,
    fit_prior,
    rank_ideas,
    wilson_interval,
)
from burgertop.core.opinion.routing import FEW_RATINGS, LIKELY_AGREED, NextIdea, next_idea
from burgertop.core.opinion.similar import Match, TextIndex

__all__ = [
    "FEW_RATINGS",
    "LIKELY_AGREED",
    "IdeaRanking",
    "Intervals",
    "Match",
    "NextIdea",
    "Prior",
    "RatingCounts",
    "TextIndex",
    "agreement_interval",
    "agreement_share",
    "fit_prior",
    "lowest_share",
    "next_idea",
    "rank_ideas",
    "wilson_interval",
]
