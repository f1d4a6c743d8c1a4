"""Reading, hiding and showing ideas; appeals of authors and the answers to them."""

import uuid
from datetime import datetime

from django.db import transaction

from burgertop.foundation.events import publish
from burgertop.foundation.people.models import Role
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.events import IdeaHidden
from burgertop.stages.consultation.models import Decision, HideReason, Idea, IdeaState, Moderation
from burgertop.stages.consultation.words import checked_note, clean

__all__ = ["answer_appeal", "appeal", "hide", "pass_idea", "restore"]


@transaction.atomic
def hide(
    idea: Idea, *, reason: str, account: uuid.UUID | None, role: Role, language: str, now: datetime, note: str = ""
) -> Moderation:
    """Hide an idea for one of the published rules; the record says which, never by whom.

    Raises:
        HouseError: ``consultation.reason_missing``, ``.hidden_already``, ``.text_too_long``.
    """
    if reason not in HideReason.values:
        raise HouseError("consultation.reason_missing")
    locked = _lock(idea)
    if locked.state == IdeaState.HIDDEN:
        raise HouseError("consultation.hidden_already")
    decision = _decide(locked, Decision.HIDE, IdeaState.HIDDEN, account, role, now, reason=reason)
    if clean(note):
        decision.write("note", {language: checked_note(note)}, original=language)
    append(
        locked.stage.process_id,
        "idea_hidden",
        {"stage": str(locked.stage_id), "idea": locked.number, "reason": reason, "role": str(role)},
        now=now,
    )
    publish(IdeaHidden(locked.stage.process_id, locked.stage_id, locked.pk))
    return decision


@transaction.atomic
def restore(idea: Idea, *, account: uuid.UUID | None, role: Role, now: datetime) -> Moderation:
    """Show a hidden idea again, or one that waited to be read.

    Raises:
        HouseError: ``consultation.shown_already``.
    """
    locked = _lock(idea)
    if locked.state == IdeaState.SHOWN:
        raise HouseError("consultation.shown_already")
    was_hidden = locked.state == IdeaState.HIDDEN
    decision = _decide(locked, Decision.RESTORE if was_hidden else Decision.PASS, IdeaState.SHOWN, account, role, now)
    if was_hidden:
        append(
            locked.stage.process_id,
            "idea_restored",
            {"stage": str(locked.stage_id), "idea": locked.number, "role": str(role)},
            now=now,
        )
    return decision


@transaction.atomic
def pass_idea(idea: Idea, *, account: uuid.UUID | None, role: Role, now: datetime) -> Moderation:
    """Say that an idea was read and keeps to the rules; one that waited is shown from now on.

    Raises:
        HouseError: ``consultation.hidden_already``.
    """
    locked = _lock(idea)
    if locked.state == IdeaState.HIDDEN:
        raise HouseError("consultation.hidden_already")
    return _decide(locked, Decision.PASS, IdeaState.SHOWN, account, role, now)


@transaction.atomic
def appeal(idea: Idea, text: str, *, speech: uuid.UUID, language: str, now: datetime) -> Moderation:
    """Let the author of a hidden idea ask for a second look, once per decision.

    Raises:
        HouseError: ``consultation.own_code_only``, ``.nothing_hidden``, ``.appealed_already``, ``.note_empty``,
            ``.text_too_long``.
    """
    locked = _lock(idea)
    if locked.speech is None or locked.speech != speech:
        raise HouseError("consultation.own_code_only")
    decision = _hiding(locked)
    if decision is None:
        raise HouseError("consultation.nothing_hidden")
    if decision.appealed_at is not None:
        raise HouseError("consultation.appealed_already")
    decision.write("appeal", {language: checked_note(text)}, original=language)
    decision.appealed_at = now
    decision.save(update_fields=["appealed_at"])
    return decision


@transaction.atomic
def answer_appeal(
    idea: Idea,
    text: str,
    *,
    is_restored: bool,
    account: uuid.UUID | None,
    role: Role,
    language: str,
    now: datetime,
) -> Moderation:
    """Answer an appeal: somebody else than the first moderator keeps the idea hidden or shows it again.

    Raises:
        HouseError: ``consultation.no_appeal``, ``.same_moderator``, ``.note_empty``, ``.text_too_long``.
    """
    locked = _lock(idea)
    decision = _hiding(locked)
    if decision is None or not decision.is_waiting:
        raise HouseError("consultation.no_appeal")
    if account is not None and account == decision.account:
        raise HouseError("consultation.same_moderator")
    decision.write("answer", {language: checked_note(text)}, original=language)
    decision.answered_at = now
    decision.answered_by = account
    decision.save(update_fields=["answered_at", "answered_by"])
    append(
        locked.stage.process_id,
        "appeal_answered",
        {"stage": str(locked.stage_id), "idea": locked.number, "is_restored": is_restored, "role": str(role)},
        now=now,
    )
    if is_restored:
        restore(locked, account=account, role=role, now=now)
    return decision


def _lock(idea: Idea) -> Idea:
    return Idea.objects.select_for_update(of=("self",)).select_related("stage").get(pk=idea.pk)


def _hiding(idea: Idea) -> Moderation | None:
    """The decision by which an idea is hidden now."""
    if idea.state != IdeaState.HIDDEN:
        return None
    return idea.moderations.filter(decision=Decision.HIDE).last()


def _decide(
    idea: Idea,
    decision: Decision,
    state: IdeaState,
    account: uuid.UUID | None,
    role: Role,
    now: datetime,
    *,
    reason: str = "",
) -> Moderation:
    idea.state = state
    idea.save(update_fields=["state"])
    return Moderation.objects.create(idea=idea, decision=decision, reason=reason, account=account, role=role, at=now)
