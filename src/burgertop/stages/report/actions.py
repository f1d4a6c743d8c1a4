"""What can be done with the report: name who is asked, ask, answer, publish."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from burgertop.foundation.events import publish
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.links import make_link
from burgertop.foundation.people.models import Account
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import link
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel.queries import adopted_of, panels_of
from burgertop.stages.report.events import AnswerPublished, EditionPublished
from burgertop.stages.report.models import Addressee, Answer, AnswerState, Edition
from burgertop.stages.report.permissions import LINK
from burgertop.stages.report.printing import print_report

__all__ = [
    "ask_for_answers",
    "link_for",
    "name_addressee",
    "publish_answer",
    "publish_edition",
    "renew_link",
    "save_draft",
]

FINAL = (
    AnswerState.ACCEPTED,
    AnswerState.IN_PART,
    AnswerState.STUDIED,
    AnswerState.DECLINED,
    AnswerState.PROMISED,
)


@transaction.atomic
def name_addressee(
    stage: Stage, titles: Mapping[str, str], *, account: Account | None = None, once: uuid.UUID | None = None
) -> Addressee:
    """Name an office that is asked to answer; sent twice with the same ``once`` it is named once."""
    Stage.objects.select_for_update().get(pk=stage.pk)
    known = Addressee.objects.filter(pk=once, stage=stage).first() if once is not None else None
    if known is not None:
        return known
    order = (stage.addressees.aggregate(most=Max("order"))["most"] or 0) + 1
    addressee = Addressee.objects.create(
        pk=once or uuid.uuid4(), stage=stage, account=account, link_key=secrets.token_hex(16), order=order
    )
    addressee.write("title", titles)
    return addressee


@transaction.atomic
def renew_link(addressee: Addressee) -> Addressee:
    """Make a new link key; links given out before no longer open."""
    addressee.link_key = secrets.token_hex(16)
    addressee.save(update_fields=["link_key"])
    return addressee


def link_for(addressee: Addressee, address: str) -> str:
    """Return the path of the signed link with which an office answers."""
    return make_link(LINK, addressee.stage.process_id, addressee.pk, address=address, key=addressee.link_key)


@transaction.atomic
def ask_for_answers(stage: Stage, *, due_on: date, now: datetime) -> int:
    """Put every adopted recommendation to every addressee; what was asked before stays. Returns how many are new."""
    Stage.objects.select_for_update().get(pk=stage.pk)
    offices = list(stage.addressees.all())
    adopted = [row for panel in panels_of(stage.process_id) for row in adopted_of(panel)]
    if not offices:
        raise HouseError("report.no_addressees")
    if not adopted:
        raise HouseError("report.nothing_adopted")
    known = set(Answer.objects.filter(addressee__stage=stage).values_list("addressee_id", "recommendation_id"))
    fresh = [
        Answer(addressee=office, recommendation=row, due_on=due_on)
        for office in offices
        for row in adopted
        if (office.pk, row.pk) not in known
    ]
    Answer.objects.bulk_create(fresh)
    if fresh:
        append(stage.process_id, "answers_asked", {"answers": len(fresh), "due_on": due_on.isoformat()}, now=now)
    return len(fresh)


@transaction.atomic
def save_draft(
    answer: Answer,
    *,
    state: AnswerState,
    bodies: Mapping[str, str],
    reasons: Mapping[str, str],
    promised_on: date | None,
    seen_revision: int,
) -> Answer:
    """Keep a draft of an answer; a draft saved meanwhile by somebody else is never overwritten.

    The same words sent twice are saved once. The day of a published answer changes when it is published again.

    Raises:
        HouseError: ``report.written_meanwhile``.
    """
    locked = Answer.objects.select_for_update().get(pk=answer.pk)
    if locked.revision != seen_revision:
        if locked.draft_state == state and _drafted(locked) == (_filled(bodies), _filled(reasons)):
            return locked
        raise HouseError("report.written_meanwhile")
    locked.revision += 1
    locked.draft_state = state
    if locked.published_at is None:
        locked.promised_on = promised_on
    if locked.state == AnswerState.WAITING:
        locked.state = AnswerState.DRAFT
    locked.save(update_fields=["revision", "draft_state", "promised_on", "state"])
    locked.write("draft_body", bodies)
    locked.write("draft_reasons", reasons)
    return locked


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: body for language, body in texts.items() if body}


def _drafted(answer: Answer) -> tuple[dict[str, str], dict[str, str]]:
    rows = list(answer.texts.all())
    return (
        {row.language: row.body for row in rows if row.name == "draft_body" and row.body},
        {row.language: row.body for row in rows if row.name == "draft_reasons" and row.body},
    )


@transaction.atomic
def publish_answer(answer: Answer, *, now: datetime, promised_on: date | None = None) -> Answer:
    """Sign an answer off: it becomes public, stands in the record and in the trace.

    A language that was emptied since the last time goes from the published answer. Signing the same
    answer off twice changes nothing.

    Raises:
        HouseError: ``report.no_draft``, ``report.reasons_missing``.
    """
    locked = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("addressee__stage", "recommendation")
        .get(pk=answer.pk)
    )
    bodies, reasons = _drafted(locked)
    if locked.draft_state not in FINAL or not bodies:
        raise HouseError("report.no_draft")
    if not reasons and locked.draft_state != AnswerState.PROMISED:
        raise HouseError("report.reasons_missing")
    promised_on = promised_on or locked.promised_on
    if _is_published(locked, bodies, reasons, promised_on):
        return locked
    for name, texts in (("body", bodies), ("reasons", reasons)):
        gone = dict.fromkeys({row.language for row in locked.texts.all() if row.name == name} - texts.keys(), "")
        locked.write(name, {**gone, **texts})
    locked.state = locked.draft_state
    locked.promised_on = promised_on
    locked.published_at = now
    locked.save(update_fields=["state", "promised_on", "published_at"])
    stage = locked.addressee.stage
    link(stage.process_id, ("answer", locked.pk), [("recommendation", locked.recommendation_id)])
    append(
        stage.process_id,
        "answer_published",
        {"recommendation": locked.recommendation.number, "answer": locked.state, "revision": locked.revision},
        now=now,
    )
    publish(AnswerPublished(stage.process_id, stage.pk, locked.pk))
    return locked


def _is_published(
    answer: Answer, bodies: Mapping[str, str], reasons: Mapping[str, str], promised_on: date | None
) -> bool:
    """Whether this very answer is public already."""
    public = {(row.name, row.language): row.body for row in answer.texts.all() if row.body}
    return (
        answer.published_at is not None
        and (answer.state, answer.promised_on) == (answer.draft_state, promised_on)
        and bodies == {language: body for (name, language), body in public.items() if name == "body"}
        and reasons == {language: body for (name, language), body in public.items() if name == "reasons"}
    )


def publish_edition(stage: Stage, *, now: datetime) -> list[Edition]:
    """Print the report in every language of the process and publish it as the next edition.

    The PDFs are made before the transaction; called by a job, never inside a request.
    """
    languages = list(stage.process.languages)
    printed = {language: print_report(stage, language, now=now) for language in languages}
    with transaction.atomic():
        Stage.objects.select_for_update().get(pk=stage.pk)
        number = (stage.editions.aggregate(most=Max("number"))["most"] or 0) + 1
        editions = []
        for language, pdf in printed.items():
            edition = Edition(stage=stage, number=number, language=language, digest=fingerprint(pdf), made_at=now)
            edition.pdf.save(
                f"{stage.process.slug}-{number}-{language}-{uuid.uuid4().hex[:8]}.pdf", ContentFile(pdf), save=False
            )
            edition.save()
            editions.append(edition)
        facts = {"edition": number, "digests": {one.language: one.digest for one in editions}}
        append(stage.process_id, "report_published", facts, now=now)
        publish(EditionPublished(stage.process_id, stage.pk, number))
    return editions
