"""Reads for the moderators' desk, and the public figures of what was hidden."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Decision, HideReason, Idea, IdeaState, Moderation
from burgertop.stages.consultation.queries.ideas import with_words

__all__ = ["FILTERS", "Removals", "hiding_of", "queue_counts", "queue_of", "removals_of"]

FILTERS = ("unread", "held", "appeals", "hidden", "shown", "all")


@dataclass(frozen=True, slots=True)
class Removals:
    """What the public may know of moderation: how many, for which rules, how many were shown again."""

    sent: int
    hidden: int
    restored: int
    appeals: int
    by_reason: tuple[tuple[str, int], ...]


def queue_of(stage: Stage, which: str, words: str = "") -> QuerySet[Idea]:
    """Ideas for the desk, newest first: unread, held, appeals, hidden, shown or all."""
    ideas = _filtered(stage, which)
    if words:
        ideas = ideas.filter(texts__body__icontains=words).distinct()
    return with_words(ideas.order_by("-number"))


def queue_counts(stage: Stage) -> dict[str, int]:
    """How many ideas each filter of the desk holds."""
    return {which: _filtered(stage, which).count() for which in FILTERS}


def hiding_of(idea: Idea) -> Moderation | None:
    """The decision by which an idea is hidden now; reads what ``with_words`` fetched."""
    if idea.state != IdeaState.HIDDEN:
        return None
    hidings = [one for one in idea.decisions if one.decision == Decision.HIDE]  # type: ignore[attr-defined]  # prefetched
    return hidings[-1] if hidings else None


def removals_of(stage: Stage) -> Removals:
    """Count what was hidden, for which rule, and what was shown again."""
    decisions = Moderation.objects.filter(idea__stage=stage)
    rows = list(decisions.values_list("decision", "reason", "appealed_at"))
    by_reason = Counter(reason for decision, reason, _ in rows if decision == Decision.HIDE)
    return Removals(
        sent=stage.ideas.count(),
        hidden=stage.ideas.filter(state=IdeaState.HIDDEN).count(),
        restored=sum(1 for decision, _, _ in rows if decision == Decision.RESTORE),
        appeals=sum(1 for _, _, appealed_at in rows if appealed_at is not None),
        by_reason=tuple((str(HideReason(reason).label), times) for reason, times in by_reason.most_common()),
    )


def _filtered(stage: Stage, which: str) -> QuerySet[Idea]:
    ideas: QuerySet[Idea] = stage.ideas.all()
    if which == "unread":
        read = Moderation.objects.filter(idea=OuterRef("pk"))
        return ideas.exclude(state=IdeaState.HIDDEN).filter(~Exists(read))
    if which == "appeals":
        return ideas.filter(
            state=IdeaState.HIDDEN, moderations__appealed_at__isnull=False, moderations__answered_at__isnull=True
        ).distinct()
    if which in IdeaState.values:
        return ideas.filter(state=which)
    return ideas
