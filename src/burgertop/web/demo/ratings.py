"""How the invented crowd rates the ideas: shaped like real open conversations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from burgertop.web.demo.kinds import Idea

__all__ = ["AGREE", "DISAGREE", "PASS", "Ratings", "simulate_ratings"]

AGREE, DISAGREE, PASS = 1, -1, 0

# Ratings per person in ten public conversations (117 to 2,031 people each) follow a log-normal:
# the standard deviation of the logarithm lay between 0.8 and 2.0 (middle 1.4), its mean between
# 1.5 and 3.6. The three with ratings as few per person as here had (1.5, 1.2), (1.5, 1.2) and
# (2.4, 1.5). Between 4 % and 27 % of the people rated a single statement. We take:
LOG_MEAN, LOG_DEVIATION = 1.7, 1.3
# The share of passes lay between 10 % and 34 %; each idea of the demo has its own `pass_share`.

FIRST_GROUP_SHARE = 0.55
OTHER_LANGUAGE_WEIGHT = 0.35
LATE_IDEA_WEIGHT = 0.4
LANGUAGES = ("nl", "fr", "de", "en")
LANGUAGE_SHARES = (0.56, 0.38, 0.02, 0.04)
PERSONAL_SPREAD = 0.12


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who rated what: three arrays of one length, in the order in which the ratings came.

    ``rater`` and ``idea`` are numbers from 0, ``value`` is AGREE, DISAGREE or PASS;
    ``group_of`` (one per rater) is the latent opinion group the rater was made from.
    """

    rater: NDArray[np.intp]
    idea: NDArray[np.intp]
    value: NDArray[np.int8]
    group_of: NDArray[np.int8]


def simulate_ratings(ideas: Sequence[Idea], raters: int, rng: np.random.Generator) -> Ratings:
    """Let ``raters`` people rate the ideas; hidden ideas are seen by nobody.

    A rater belongs to one of two latent groups, agrees with an idea as often as its
    ``appeal`` to that group says (plus a leaning of their own), meets ideas of their own
    language more often, and early ideas more often than late ones. Nobody rates an idea twice.

    Cost: O(raters * ideas).
    """
    seen = [number for number, idea in enumerate(ideas) if idea.hidden_because is None]
    visible = np.array(seen, dtype=np.intp)
    appeal = np.array([ideas[number].appeal for number in seen], dtype=np.float64)
    passing = np.array([ideas[number].pass_share for number in seen], dtype=np.float64)
    languages = np.array([ideas[number].language for number in seen])
    days = np.array([ideas[number].day for number in seen], dtype=np.float64)
    attention = 1 - (1 - LATE_IDEA_WEIGHT) * days / max(float(days.max(initial=0)), 1.0)

    group_of = (rng.random(raters) >= FIRST_GROUP_SHARE).astype(np.int8)
    counts = np.clip(np.round(rng.lognormal(LOG_MEAN, LOG_DEVIATION, raters)), 1, len(visible)).astype(int)
    own_language = rng.choice(LANGUAGES, size=raters, p=LANGUAGE_SHARES)
    leaning = rng.normal(0, PERSONAL_SPREAD, raters)

    chosen, values = [], []
    for rater in range(raters):
        weight = attention * np.where(languages == own_language[rater], 1.0, OTHER_LANGUAGE_WEIGHT)
        picked = rng.choice(len(visible), size=counts[rater], replace=False, p=weight / weight.sum())
        agrees = np.clip(appeal[picked, group_of[rater]] + leaning[rater], 0.02, 0.98)
        says = np.where(rng.random(len(picked)) < agrees, AGREE, DISAGREE)
        values.append(np.where(rng.random(len(picked)) < passing[picked], PASS, says))
        chosen.append(picked)
    return Ratings(
        rater=np.repeat(np.arange(raters, dtype=np.intp), counts),
        idea=visible[np.concatenate(chosen)] if chosen else np.empty(0, np.intp),
        value=np.concatenate(values).astype(np.int8) if values else np.empty(0, np.int8),
        group_of=group_of,
    )
