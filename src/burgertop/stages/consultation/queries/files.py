"""What leaves as a file: ideas and ratings, in the columns of Polis and in our own; no author, no rater."""

import random
from collections.abc import Iterator

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, IdeaState, Rating
from burgertop.stages.consultation.queries.ideas import with_words
from burgertop.stages.consultation.queries.ratings import Counts, counts_of

__all__ = ["IDEA_COLUMNS", "POLIS_COLUMNS", "VOTE_COLUMNS", "idea_rows", "polis_rows", "vote_rows"]

Cell = str | int | float | None
POLIS_COLUMNS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTE_COLUMNS = ("comment-id", "voter-id", "vote")
IDEA_COLUMNS = (
    "number", "text", "language", "place", "origin", "sent_on", "state", "hidden_because", "theme", "not_taken_because",
    "agree", "disagree", "pass",
)  # fmt: skip
MODERATED = {IdeaState.SHOWN: 1, IdeaState.HELD: 0, IdeaState.HIDDEN: -1}


def polis_rows(stage: Stage) -> Iterator[tuple[Cell, ...]]:
    """Ideas as Polis exports them; times are cut to the day, authors are left out, hidden texts too."""
    counts = counts_of(stage)
    for idea in with_words(stage.ideas.order_by("number")):
        day = idea.sent_at.replace(hour=0, minute=0, second=0, microsecond=0)
        count = counts.get(idea.pk, Counts())
        yield (
            int(day.timestamp() * 1000),
            day.date().isoformat(),
            idea.number,
            "",
            count.agree,
            count.disagree,
            MODERATED[IdeaState(idea.state)],
            _text(idea),
        )


def idea_rows(stage: Stage) -> Iterator[tuple[Cell, ...]]:
    """Ideas with where they went and why, in our own columns."""
    counts = counts_of(stage)
    for idea in with_words(stage.ideas.order_by("number")):
        count = counts.get(idea.pk, Counts())
        place = next(iter(idea.standing_places), None)  # type: ignore[attr-defined]  # prefetched
        hidden = [one.reason for one in idea.decisions if one.reason]  # type: ignore[attr-defined]  # prefetched
        yield (
            idea.number,
            _text(idea),
            idea.language,
            idea.place,
            idea.origin,
            idea.sent_at.date().isoformat(),
            idea.state,
            hidden[-1] if hidden and idea.state == IdeaState.HIDDEN else "",
            place.theme.key if place and place.theme else "",
            place.not_taken if place else "",
            count.agree,
            count.disagree,
            count.passed,
        )


def vote_rows(stage: Stage, chance: random.Random) -> list[tuple[Cell, ...]]:
    """Ratings as Polis exports votes, without times; raters get new numbers in an order of chance each time."""
    rows = list(Rating.objects.filter(stage=stage).values_list("idea__number", "rater", "value"))
    raters = sorted({rater for _, rater, _ in rows})
    chance.shuffle(raters)
    number_of = {rater: number for number, rater in enumerate(raters)}
    return sorted((number, number_of[rater], value) for number, rater, value in rows)


def _text(idea: Idea) -> str:
    return "" if idea.state == IdeaState.HIDDEN else idea.say("text", idea.language).text
