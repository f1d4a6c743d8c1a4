"""The demo's consultation: ideas, ratings, moderation, 25 themes, the vote 3 of 25."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from django.db import transaction

from burgertop.foundation.ballotbox.actions import Vote, cast_together
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation import actions
from burgertop.stages.consultation.models import HideReason, Idea, NotTaken, Rating, Theme
from burgertop.web.demo.founding import at_noon
from burgertop.web.demo.kinds import DemoContent
from burgertop.web.demo.ratings import simulate_ratings

__all__ = ["IDS", "Consulted", "choose_themes", "gather_ideas", "once_of"]

RATERS = 900
VOTERS = 900
HIDDEN = {"off_topic": HideReason.UNREADABLE}
NOT_TAKEN = {
    "off_topic": NotTaken.ALONE,
    "one_case": NotTaken.TOO_LOCAL,
    "too_broad": NotTaken.UNCLEAR,
    "unclear": NotTaken.UNCLEAR,
}
IDS = uuid.UUID("6d0e3f7e-2011-4a11-9000-000000001000")


class Consulted:
    """What later chapters need: ideas and themes by their keys."""

    def __init__(self, ideas: Mapping[str, Idea], themes: Mapping[str, Theme]) -> None:
        self.ideas = ideas
        self.themes = themes


@transaction.atomic
def gather_ideas(stage: Stage, content: DemoContent, rng: np.random.Generator) -> dict[str, Idea]:
    """Send the ideas, rate them, hide some."""
    ideas = _send(stage, content)
    _rate(stage, content, ideas, rng)
    _moderate(content, ideas)
    return ideas


def choose_themes(stage: Stage, content: DemoContent, ideas: dict[str, Idea], rng: np.random.Generator) -> Consulted:
    """Put the ideas under themes, and vote."""
    with transaction.atomic():
        themes = _themes(stage, content, ideas)
    with transaction.atomic():
        _vote(stage, content, themes, rng)
    return Consulted(ideas, themes)


def _id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in parts))


def once_of(key: str) -> uuid.UUID:
    """Return the number of the form with which an idea of the content was sent."""
    return _id("once", key)


def _send(stage: Stage, content: DemoContent) -> dict[str, Idea]:
    opened = at_noon(content.process.days["opens_on"])
    ideas = {}
    for number, row in enumerate(content.ideas):
        idea, _code = actions.send_idea(
            stage,
            row.text,
            language=row.language,
            speech=_id("speech", row.key),
            once=once_of(row.key),
            now=opened + timedelta(days=row.day, minutes=number % 600),
            place=row.place,
        )
        ideas[row.key] = idea
    return ideas


def _rate(stage: Stage, content: DemoContent, ideas: Mapping[str, Idea], rng: np.random.Generator) -> None:
    """Store all simulated ratings at once; one by one would take a minute."""
    rated = simulate_ratings(content.ideas, RATERS, rng)
    keys = [row.key for row in content.ideas]
    raters = [_id("rating", number) for number in range(RATERS)]
    at = at_noon(content.process.days["ideas_close_on"])
    Rating.objects.bulk_create(
        (
            Rating(
                stage=stage,
                idea=ideas[keys[idea]],
                rater=raters[rater],
                value=int(value),
                origin=Origin.SELF_SELECTED,
                rated_at=at,
            )
            for rater, idea, value in zip(rated.rater, rated.idea, rated.value, strict=True)
        ),
        batch_size=1000,
    )


def _moderate(content: DemoContent, ideas: Mapping[str, Idea]) -> None:
    for row in sorted(content.ideas, key=lambda row: row.day):
        if row.hidden_because:
            actions.hide(
                ideas[row.key],
                reason=HIDDEN.get(row.hidden_because, row.hidden_because),
                account=None,
                role=Role.MODERATOR,
                language=row.language,
                now=at_noon(content.process.days["opens_on"]) + timedelta(days=row.day, hours=20),
            )


def _themes(stage: Stage, content: DemoContent, ideas: Mapping[str, Idea]) -> dict[str, Theme]:
    hand = actions.Hand(account=None, role=Role.THEME_TEAM, now=at_noon(content.process.days["ideas_close_on"]))
    themes = {}
    for row in content.themes:
        theme = actions.make_theme(
            stage,
            titles=row.title.by_language(),
            questions=row.question.by_language(),
            key=row.key,
            now=hand.now,
        )
        themes[row.key] = theme
        mine = [ideas[idea.key] for idea in content.ideas if idea.theme == row.key and not idea.hidden_because]
        if mine:
            actions.place_ideas(mine, theme, hand=hand)
    for idea in content.ideas:
        if idea.not_taken_because:
            actions.leave_out(ideas[idea.key], reason=NOT_TAKEN[idea.not_taken_because], hand=hand)
    return themes


def _vote(stage: Stage, content: DemoContent, themes: Mapping[str, Theme], rng: np.random.Generator) -> None:
    at = at_noon(content.process.days["ideas_close_on"])
    ballot = actions.prepare_vote(
        stage,
        list(themes.values()),
        titles=_title(),
        questions=content.process.question.by_language(),
        now=at,
    )
    ballot = actions.open_vote(stage, now=at)
    pulls = np.array([row.pull for row in content.themes], dtype=float)
    pulls = pulls / pulls.sum()
    votes = []
    for voter in range(VOTERS):
        picks = rng.choice(len(pulls), size=3, replace=False, p=pulls)
        choices = sorted(int(pick) + 1 for pick in picks)
        votes.append(Vote(f"visitor:{_id('voter', voter)}", choices, Origin.SELF_SELECTED, _id("paper", voter)))
    cast_together(ballot, votes, now=at + timedelta(hours=1))
    actions.close_vote(stage, now=at_noon(content.process.days["theme_vote_closes_on"]))


def _title() -> dict[str, str]:
    return {
        "nl": "Kies drie thema’s voor de burgertop",
        "fr": "Choisissez trois thèmes pour le sommet",
        "de": "Wählen Sie drei Themen für den Gipfel",
        "en": "Choose three themes for the summit",
    }
