"""Writing: sittings, questions to experts, recommendations and their versions, minority notes."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import Ref, link
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel.models import (
    AmendmentState,
    MinorityNote,
    Question,
    Recommendation,
    RecommendationState,
    Sitting,
    Version,
)

__all__ = [
    "add_minority_note",
    "answer_question",
    "ask",
    "check_no_open_vote",
    "draft_recommendation",
    "plan_sitting",
    "rewrite",
]


@transaction.atomic
def plan_sitting(
    stage: Stage, *, number: int, begins_on: date, ends_on: date, titles: Mapping[str, str], agendas: Mapping[str, str]
) -> Sitting:
    """Set a sitting of the panel; the same number again replaces its dates and words."""
    sitting, _ = Sitting.objects.update_or_create(
        stage=stage, number=number, defaults={"begins_on": begins_on, "ends_on": ends_on}
    )
    sitting.write("title", titles)
    sitting.write("agenda", agendas)
    return sitting


@transaction.atomic
def ask(sitting: Sitting, *, questions: Mapping[str, str], experts: Mapping[str, str], once: uuid.UUID) -> Question:
    """Put a question of the panel to an expert; sent twice it is asked once."""
    question, is_new = Question.objects.get_or_create(once=once, defaults={"sitting": sitting})
    if is_new:
        question.write("question", questions)
        question.write("expert", experts)
    return question


@transaction.atomic
def answer_question(question: Question, answers: Mapping[str, str]) -> Question:
    """Put the expert's answer beside the question."""
    question.write("answer", answers)
    return question


@transaction.atomic
def draft_recommendation(
    stage: Stage,
    *,
    titles: Mapping[str, str],
    bodies: Mapping[str, str],
    came_from: Sequence[Ref],
    once: uuid.UUID,
    topics: Mapping[str, str] | None = None,
    threshold: str = "2/3",
) -> Recommendation:
    """Begin a recommendation and say what it came from; sent twice it is begun once."""
    Stage.objects.select_for_update().get(pk=stage.pk)
    known = Recommendation.objects.filter(once=once).first()
    if known is not None:
        return known
    number = (stage.recommendations.aggregate(most=Max("number"))["most"] or 0) + 1
    recommendation = Recommendation.objects.create(stage=stage, number=number, threshold=threshold, once=once)
    _write_version(recommendation, titles, bodies, reason="")
    if topics:
        recommendation.write("topic", topics)
    link(stage.process_id, ("recommendation", recommendation.pk), came_from)
    return recommendation


@transaction.atomic
def rewrite(
    recommendation: Recommendation,
    *,
    titles: Mapping[str, str],
    bodies: Mapping[str, str],
    seen_version: int,
    threshold: str = "",
    reason: str = "",
) -> Recommendation:
    """Write a new version of a draft; a version written meanwhile is never overwritten.

    A language that is left out has no text in the new version. Sent twice it is written once.

    Raises:
        HouseError: ``panel.not_a_draft``, ``panel.vote_open`` or ``panel.written_meanwhile``.
    """
    locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if locked.state != RecommendationState.DRAFT:
        raise HouseError("panel.not_a_draft", number=locked.number)
    check_no_open_vote(locked)
    standing = {name: _standing(locked, name) for name in ("title", "body")}
    if locked.version != seen_version:
        if standing == {"title": dict(titles), "body": dict(bodies)}:
            return locked
        raise HouseError("panel.written_meanwhile", seen=seen_version, now=locked.version)
    locked.version += 1
    locked.threshold = threshold or locked.threshold
    locked.save(update_fields=["version", "threshold"])
    for name, new in (("title", titles), ("body", bodies)):
        locked.write(name, dict.fromkeys(standing[name].keys() - new.keys(), ""))
    _write_version(locked, titles, bodies, reason=reason)
    return locked


def check_no_open_vote(recommendation: Recommendation) -> None:
    """Refuse while an amendment is being voted on: its wording is meant for the version that stands.

    Raises:
        HouseError: ``panel.vote_open``.
    """
    voted_on = recommendation.amendments.filter(state=AmendmentState.VOTING).first()
    if voted_on is not None:
        raise HouseError("panel.vote_open", number=voted_on.number)


def _standing(recommendation: Recommendation, name: str) -> dict[str, str]:
    rows = recommendation.texts.filter(name=name).exclude(body="")
    return {row.language: row.body for row in rows}


def _write_version(
    recommendation: Recommendation, titles: Mapping[str, str], bodies: Mapping[str, str], *, reason: str
) -> None:
    recommendation.write("title", titles)
    recommendation.write("body", bodies)
    Version.objects.bulk_create(
        Version(
            recommendation=recommendation,
            number=recommendation.version,
            language=language,
            title=titles.get(language, ""),
            body=body,
            reason=reason,
        )
        for language, body in bodies.items()
        if body
    )


@transaction.atomic
def add_minority_note(
    recommendation: Recommendation, *, bodies: Mapping[str, str], signed_by: int, once: uuid.UUID, now: datetime
) -> MinorityNote:
    """Put a minority note beside a recommendation, with how many sign it and no names."""
    note, is_new = MinorityNote.objects.get_or_create(
        once=once, defaults={"recommendation": recommendation, "signed_by": signed_by, "written_at": now}
    )
    if is_new:
        note.write("body", bodies)
        append(
            recommendation.stage.process_id,
            "minority_note_added",
            {"recommendation": recommendation.number, "signed_by": signed_by},
            now=now,
        )
    return note
