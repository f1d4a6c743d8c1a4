"""Replies: yes, no or not now, by web, phone or card, under the same rules; and those who said yes in a pool."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from burgertop.foundation.codes.actions import replace, revoke
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw, DrawState, Member
from burgertop.foundation.events import publish
from burgertop.foundation.people import actions as people
from burgertop.foundation.people.ages import least_ages
from burgertop.foundation.people.events import PersonErased
from burgertop.foundation.people.models import Identity, Participant, Purpose
from burgertop.foundation.people.vault import blank, open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.actions.confirming import ask_for_confirmation
from burgertop.stages.lottery.actions.mailing import REPLY, invitation_of
from burgertop.stages.lottery.actions.returning import unmark_returned
from burgertop.stages.lottery.models import Answer, Channel, Diet, Invitee, Look, Partner, Refusal, Reply
from burgertop.stages.lottery.queries.partners import nominees_holding

__all__ = [
    "NEEDS",
    "Agreed",
    "Draft",
    "answer",
    "erase_invitee",
    "find_by_name",
    "forget_erased",
    "new_code",
    "open_for_reply",
    "take_respondents",
    "tell_needs",
    "wish_letters",
]

NEEDS = (
    *("speaks", "interpreter", "sign_language", "large_print", "diet", "step_free", "hearing_loop"),
    *("children", "travel", "allowance", "note"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody answers: with the words they said yes to, for the receipt; a parent or guardian may say yes too."""

    answer: Answer
    refusal: Refusal | None = None
    language: str = ""
    wording: str = ""
    is_by_guardian: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody agrees to besides taking part: the words shown, by purpose; in which language; where to mail to."""

    words: Mapping[Purpose, str] = field(default_factory=dict)
    language: str = ""
    mail: str = ""


@transaction.atomic
def answer(invitee: Invitee, draft: Draft, *, channel: Channel, version: int, now: datetime) -> Reply:
    """Take an answer, or change one, by whatever way it came; the same rules for all.

    ``version`` is that of the reply that whoever answers has seen, 0 for none. After the last day a first yes, and
    a no that becomes a yes, go onto the waiting list (``is_late``); a yes may become a no at any time. Whoever a
    partner nominated waits for nothing: the seat is kept, or it is gone. Who answers was reached.

    Raises:
        HouseError: ``lottery.reply_changed``: somebody else changed it meanwhile; ``lottery.reply_erased``;
            ``lottery.in_sealed_pool``; ``lottery.too_young``; ``lottery.partner_seat_gone``.
    """
    locked = Invitee.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=invitee.pk)
    if locked.erased_at is not None:
        raise HouseError("lottery.reply_erased")
    if draft.is_by_guardian and least_ages(locked.stage.process).with_guardian is None:
        raise HouseError("lottery.too_young")
    known = Reply.objects.filter(invitee=locked).first()
    is_same = known is not None and (known.answer, known.reason) == (draft.answer, draft.refusal or "")
    if known is not None and is_same and version == known.version - 1:
        return known  # the same form sent twice
    if (known.version if known else 0) != version:
        raise HouseError("lottery.reply_changed")
    is_yes = draft.answer == Answer.YES
    was_yes = known is not None and known.answer == Answer.YES
    if was_yes and not is_yes:
        _step_back(locked, now)
    if is_yes and not was_yes:
        _need_partner_seat(locked)
    is_late = known.is_late if known is not None and was_yes else _is_late(locked, now)
    language = draft.language or (known.language if known else locked.language)
    reply = known or Reply(invitee=locked, answered_at=now, version=0)
    reply.answer, reply.reason = draft.answer, "" if is_yes else (draft.refusal or "")
    reply.language, reply.channel, reply.is_late, reply.changed_at = language, channel, is_late, now
    reply.version += 1
    reply.save()
    if locked.returned_at is not None:
        unmark_returned(locked)
    if is_yes:
        _agree(_participant_of(locked, language), draft, language, now)
        ask_for_confirmation(locked, now=now)
    return reply


def _agree(person: Participant, draft: Draft, language: str, now: datetime) -> None:
    """Keep the consent to take part; one given alone is another than one given with a guardian."""
    standing = person.consents.filter(purpose=Purpose.TAKE_PART, withdrawn_at__isnull=True).first()
    if standing is not None and standing.is_by_guardian != draft.is_by_guardian:
        people.withdraw_consent(person, Purpose.TAKE_PART, now=now)
    people.give_consent(
        person,
        Purpose.TAKE_PART,
        wording=draft.wording,
        language=language,
        now=now,
        is_by_guardian=draft.is_by_guardian,
    )


def _is_late(invitee: Invitee, now: datetime) -> bool:
    return invitee.partner_id is None and invitation_of(invitee.stage).is_late(now)


def _need_partner_seat(invitee: Invitee) -> None:
    """Refuse a yes of somebody whose seat the partner gave to another after a no."""
    if invitee.partner_id is None:
        return
    partner = Partner.objects.select_for_update().get(pk=invitee.partner_id)
    others = nominees_holding(partner).exclude(pk=invitee.pk).count()
    if others >= partner.seats:
        raise HouseError("lottery.partner_seat_gone")


def _participant_of(invitee: Invitee, language: str) -> Participant:
    """Whoever says yes takes part from now on, with the features of the frame."""
    if invitee.participant is None:
        invitee.participant = Participant.objects.create(
            process_id=invitee.stage.process_id,
            identity=invitee.identity,
            origin=invitee.origin,
            language=language,
            speaks=[language],
            features=invitee.features,
        )
        invitee.save(update_fields=["participant"])
    elif invitee.participant.language != language:
        invitee.participant.language = language
        invitee.participant.save(update_fields=["language"])
    return invitee.participant


def _step_back(invitee: Invitee, now: datetime) -> None:
    """Take back a yes: consents go, and so does the place in a pool or on a roster."""
    person = invitee.participant
    if person is None:
        return
    for member in Member.objects.filter(participant=person).select_related("draw__stage"):
        if member.draw.state == DrawState.PREPARING:
            draws.remove_member(member)
        elif member.draw.state == DrawState.COMMITTED:
            raise HouseError("lottery.in_sealed_pool")
        elif member.seated_in is not None:
            draws.leave(member, now=now)
    for purpose in Purpose:
        people.withdraw_consent(person, purpose, now=now)


@transaction.atomic
def tell_needs(reply: Reply, needs: Mapping[str, Any], agreed: Agreed, *, version: int, now: datetime) -> Reply:
    """Keep what somebody needs and what else they agree to; what is not agreed to is withdrawn.

    Raises:
        HouseError: ``lottery.reply_changed``, ``lottery.reply_erased``, ``lottery.not_coming``.
    """
    locked = Reply.objects.select_for_update(of=("self",)).select_related("invitee").get(pk=reply.pk)
    invitee = locked.invitee
    if invitee.erased_at is not None or invitee.participant is None:
        raise HouseError("lottery.reply_erased")
    if locked.version != version:
        raise HouseError("lottery.reply_changed")
    if locked.answer != Answer.YES:
        raise HouseError("lottery.not_coming")
    kept = {name: needs[name] for name in NEEDS if needs.get(name)}
    if kept.get("diet") not in (None, *Diet.values):
        raise ValueError("No such diet.")
    locked.needs, locked.changed_at, locked.version = kept, now, locked.version + 1
    locked.language = agreed.language or locked.language
    locked.save(update_fields=["needs", "changed_at", "version", "language"])
    person = invitee.participant
    person.language, person.speaks = locked.language, list(dict.fromkeys([locked.language, *kept.get("speaks", ())]))
    person.save(update_fields=["language", "speaks"])
    is_by_guardian = person.consents.filter(
        purpose=Purpose.TAKE_PART, withdrawn_at__isnull=True, is_by_guardian=True
    ).exists()
    for purpose in (Purpose.PHOTO, Purpose.STREAM, Purpose.RESEARCH, Purpose.CONTACT_LATER):
        if purpose in agreed.words:
            people.give_consent(
                person,
                purpose,
                wording=agreed.words[purpose],
                language=locked.language,
                now=now,
                is_by_guardian=is_by_guardian,
            )
        else:
            people.withdraw_consent(person, purpose, now=now)
    _keep_mail(person, agreed.mail, now)
    ask_for_confirmation(invitee, now=now)
    if bool(kept.get("large_print")) != invitee.wants_large_print:
        invitee.wants_large_print = bool(kept.get("large_print"))
        invitee.save(update_fields=["wants_large_print"])
    return locked


def _keep_mail(person: Participant, mail: str, now: datetime) -> None:
    """Put a mail address that somebody gave into the vault, beside what is there; an empty one changes nothing."""
    if mail and person.identity is not None:
        people.correct(person, {**open_identity(person.identity), "mail": mail}, language=person.language)


@transaction.atomic
def wish_letters(invitee: Invitee, languages: Sequence[str], *, is_large: bool) -> Invitee:
    """Keep how somebody wants letters from now on: in one language or two, in large print or not.

    Raises:
        HouseError: ``lottery.reply_erased``.
    """
    locked = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    if locked.erased_at is not None:
        raise HouseError("lottery.reply_erased")
    locked.languages, locked.wants_large_print = list(dict.fromkeys(languages))[:2], is_large
    locked.save(update_fields=["languages", "wants_large_print"])
    return locked


@transaction.atomic
def new_code(invitee: Invitee, *, now: datetime) -> str:
    """Make a new code for somebody who lost the letter; the old one no longer works. It is shown once.

    Raises:
        HouseError: ``lottery.reply_erased``.
    """
    if Invitee.objects.filter(pk=invitee.pk, erased_at__isnull=False).exists():
        raise HouseError("lottery.reply_erased")
    return replace(invitee.stage.process_id, REPLY, invitee.pk)


@transaction.atomic
def erase_invitee(invitee: Invitee, *, now: datetime) -> Invitee:
    """Blank somebody who asks for it and keep the row: name, features, needs and code go, the counts stay."""
    locked = Invitee.objects.select_for_update(of=("self",)).select_related("stage").get(pk=invitee.pk)
    if locked.erased_at is not None:
        return locked
    if locked.participant is not None:
        people.erase(locked.participant, now=now)
    else:
        publish(PersonErased(process_id=locked.stage.process_id, participant_id=locked.pk))
    return _blank(locked, now)


@transaction.atomic
def forget_erased(participant_id: uuid.UUID, *, now: datetime) -> None:
    """Blank the invitee who became this participant, who was erased elsewhere."""
    found = Invitee.objects.select_for_update(of=("self",)).filter(participant=participant_id, erased_at__isnull=True)
    for invitee in found.select_related("stage"):
        _blank(invitee, now)


def _blank(invitee: Invitee, now: datetime) -> Invitee:
    if invitee.identity is not None:
        blank(invitee.identity, now=now)
    invitee.identity, invitee.features, invitee.household, invitee.erased_at = None, {}, "", now
    invitee.save(update_fields=["identity", "features", "household", "erased_at"])
    Reply.objects.filter(invitee=invitee).update(needs={}, reason="", changed_at=now)
    revoke(invitee.stage.process_id, REPLY, invitee.pk)
    return invitee


@transaction.atomic
def find_by_name(
    stage: Stage, invitees: Mapping[uuid.UUID, Identity], *, account: uuid.UUID | None, now: datetime
) -> dict[uuid.UUID, dict[str, str]]:
    """Open the vault for all of these, to look for a name; the access log says who did it, and how many there were."""
    if invitees:
        people.note_search(stage.process_id, len(invitees), by=account, reason=Look.NAME, now=now)
    return {pk: open_identity(identity) for pk, identity in invitees.items()}


@transaction.atomic
def open_for_reply(invitee: Invitee, *, account: uuid.UUID | None, now: datetime) -> dict[str, str]:
    """Open the name of one invitee at the reply desk; the access log says who did it, and whose name it was."""
    if invitee.identity is None:
        return {}
    subject = invitee.participant_id or invitee.pk
    people.note_openings(invitee.stage.process_id, [subject], by=account, reason=Look.REPLY, now=now)
    return open_identity(invitee.identity)


@transaction.atomic
def take_respondents(draw: Draw, *, has_late: bool, now: datetime) -> int:
    """Put everybody who said yes and is not in this pool into it, ``has_late`` with the waiting list; return how many.

    Raises:
        HouseError: ``draws.sealed``, ``lottery.nobody_said_yes``.
    """
    replies = Reply.objects.filter(
        invitee__stage=draw.stage_id,
        invitee__partner__isnull=True,
        answer=Answer.YES,
        invitee__participant__erased_at__isnull=True,
    ).exclude(invitee__participant__drawn_in__draw=draw)
    if not has_late:
        replies = replies.filter(is_late=False)
    invitees = [
        reply.invitee
        for reply in replies.select_related("invitee__participant").order_by(
            "invitee__frame__committed_at", "invitee__order"
        )
    ]
    coming = {one.participant.pk: one for one in invitees if one.participant is not None}
    if not coming:
        raise HouseError("lottery.nobody_said_yes")
    persons = [one.participant for one in coming.values() if one.participant is not None]
    households = {pk: one.household for pk, one in coming.items() if one.household}
    draws.add_members(draw, persons, households=households)
    facts = {"draw": draw.name, "people": len(coming), "late": sum(1 for one in invitees if one.reply.is_late)}
    append(draw.stage.process_id, "respondents_taken", facts, now=now)
    return len(coming)
