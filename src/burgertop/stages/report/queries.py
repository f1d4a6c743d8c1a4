"""Reads of the report: its chapters, its answers, its editions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from burgertop.foundation.ballotbox.queries import Result
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.describers import Described
from burgertop.foundation.trace.queries import stories_back
from burgertop.stages.panel.models import Recommendation
from burgertop.stages.panel.queries import adopted_of, ballots_of, panels_of, results_of
from burgertop.stages.report.models import Addressee, Answer, AnswerState, Edition

__all__ = [
    "Chapter",
    "answer_or_404",
    "answers_asked_of",
    "chapters_of",
    "describe_answers",
    "editions_of",
    "latest_editions",
]


@dataclass(slots=True)
class Chapter:
    """One adopted recommendation with its vote, what it came from, and its answers."""

    recommendation: Recommendation
    result: Result | None
    ideas: int
    cards: int
    answers: list[Answer] = field(default_factory=list)
    waiting: list[Answer] = field(default_factory=list)

    def vote_line(self) -> str:
        """Say the vote in one line: for, against, abstained."""
        panel = self.result.group_of(Origin.DRAWN) if self.result is not None else None
        if panel is None:
            return ""
        votes = {row.number: row.votes for row in panel.rows}
        return _("%(for_it)s for, %(against)s against, %(abstained)s abstained, of %(papers)s papers.") % {
            "for_it": votes.get(1, 0),
            "against": votes.get(2, 0),
            "abstained": votes.get(3, 0),
            "papers": panel.papers,
        }

    def origin_line(self) -> str:
        """Say in one line what it came from."""
        if not self.ideas and not self.cards:
            return ""
        ideas = ngettext("%(count)s idea of citizens", "%(count)s ideas of citizens", self.ideas) % {
            "count": self.ideas
        }
        cards = ngettext("%(count)s note of the tables", "%(count)s notes of the tables", self.cards) % {
            "count": self.cards
        }
        return f"{', '.join(said for said, count in ((ideas, self.ideas), (cards, self.cards)) if count)}."


def chapters_of(stage: Stage) -> list[Chapter]:
    """The adopted recommendations of every panel of the process, in order, with what belongs to each.

    As many queries for many as for one.
    """
    adopted = [row for panel in panels_of(stage.process_id) for row in adopted_of(panel)]
    results = results_of(ballots_of(adopted))
    stories = stories_back("recommendation", [row.pk for row in adopted])
    answers = Answer.objects.filter(addressee__stage=stage).prefetch_related("texts", "addressee__texts")
    chapters = []
    for row in adopted:
        story = stories[row.pk]
        mine = [answer for answer in answers if answer.recommendation_id == row.pk]
        chapters.append(
            Chapter(
                recommendation=row,
                result=results.get(row.ballot) if row.ballot is not None else None,
                ideas=len(story.found.get("idea", [])),
                cards=len(story.found.get("card", [])),
                answers=[answer for answer in mine if answer.published_at is not None],
                waiting=[answer for answer in mine if answer.published_at is None],
            )
        )
    return chapters


def editions_of(stage: Stage) -> QuerySet[Edition]:
    """Every edition of the report, the newest first."""
    return stage.editions.all()


def latest_editions(stage: Stage) -> list[Edition]:
    """The newest edition in each of its languages."""
    newest = stage.editions.first()
    return list(stage.editions.filter(number=newest.number)) if newest is not None else []


def answers_asked_of(addressee: Addressee) -> QuerySet[Answer]:
    """What one office is asked, in the order of the recommendations."""
    recommendations = Prefetch("recommendation", queryset=Recommendation.objects.prefetch_related("texts"))
    return addressee.answers.prefetch_related("texts", recommendations)


def answer_or_404(addressee: Addressee, pk: uuid.UUID) -> Answer:
    """Return one answer of this office; those of others do not exist for it."""
    return get_object_or_404(answers_asked_of(addressee), pk=pk)


def describe_answers(ids: Sequence[uuid.UUID], language: str) -> list[Described]:
    """Describe published answers for the trace."""
    rows = Answer.objects.filter(pk__in=ids, published_at__isnull=False).select_related("addressee__stage__process")
    return [
        Described(
            kind="answer",
            pk=row.pk,
            where=AnswerState(row.state).label,
            title=row.addressee.say("title", language),
            text=row.say("body", language),
            url=reverse("report:home", args=[row.addressee.stage.process.slug, row.addressee.stage.slug]),
        )
        for row in rows.prefetch_related("texts", "addressee__texts")
    ]
