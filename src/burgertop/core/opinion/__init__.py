"""Opinion: ratings and their ranking, what to show next, words alike, clusters, agreement of origins and coders."""

from burgertop.core.opinion.agreement import (
    MISSING,
    Agreement,
    agreement_of,
    codes_of,
    krippendorff_alpha,
    pair_agreement,
)
from burgertop.core.opinion.alike import Pair, alike_groups, alike_pairs
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
from burgertop.core.opinion.sampling import Sample, sample_spread
from burgertop.core.opinion.similar import Match, TextIndex
from burgertop.core.opinion.suggesting import Accuracy, ClusterIndex, Suggestion, accuracy_of

__all__ = [
    "FEW_RATINGS",
    "LIKELY_AGREED",
    "MISSING",
    "Accuracy",
    "Agreement",
    "ClusterIndex",
    "IdeaRanking",
    "Intervals",
    "Match",
    "NextIdea",
    "Pair",
    "Prior",
    "RatingCounts",
    "Sample",
    "Suggestion",
    "TextIndex",
    "accuracy_of",
    "agreement_interval",
    "agreement_of",
    "agreement_share",
    "alike_groups",
    "alike_pairs",
    "codes_of",
    "fit_prior",
    "krippendorff_alpha",
    "lowest_share",
    "next_idea",
    "pair_agreement",
    "rank_ideas",
    "sample_spread",
    "wilson_interval",
]
