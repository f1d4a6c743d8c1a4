"""Mails and texts to one person: that a yes came in, with the day for the calendar; that they are nominated."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.codes.actions import replace
from burgertop.foundation.codes.printing import link_with_code
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.models import Purpose
from burgertop.foundation.people.vault import VaultError, open_identity
from burgertop.foundation.post.actions import Attachment, send_mail, send_sms
from burgertop.foundation.post.models import Sending, SendingState
from burgertop.foundation.post.queries import is_sent
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.lottery.actions.mailing import REPLY, invitation_of
from burgertop.stages.lottery.calendars import Day, calendar_of
from burgertop.stages.lottery.models import Answer, Invitee, Reply
from burgertop.stages.lottery.printing import house_language, reply_address

__all__ = ["CONFIRM", "NOMINATED", "ask_for_confirmation", "confirm_yes", "write_to_nominee"]

CONFIRM = "lottery.confirm_yes"
NOMINATED = "lottery.write_to_nominee"


@transaction.atomic
def ask_for_confirmation(invitee: Invitee, *, now: datetime) -> None:
    """Let the worker confirm a yes to whoever has a mail address, or a phone where texts can be sent; once for each."""
    once = _once_of_yes(invitee)
    if not once or is_sent(invitee.stage.process, once) or running_for(invitee.pk, CONFIRM) is not None:
        return
    args, process_id = {"invitee": str(invitee.pk)}, invitee.stage.process_id
    start(CONFIRM, args, process_id=process_id, actor_id=None, subject=invitee.pk, now=now)


def _once_of_yes(invitee: Invitee) -> str:
    """What makes a confirmation one of a kind: this consent, and where it goes; empty when it can go nowhere."""
    _channel, where = _door(invitee)
    person = invitee.participant
    if not where or person is None:
        return ""
    standing = person.consents.filter(purpose=Purpose.TAKE_PART, withdrawn_at__isnull=True).first()
    return f"yes-{invitee.pk}-{standing.pk}-{keyed_hash('post', where)[:12]}" if standing is not None else ""


def _door(invitee: Invitee) -> tuple[str, str]:
    """By mail, else as a text where this server sends texts: the way and where to; both empty when there is none."""
    try:
        held = open_identity(invitee.identity) if invitee.identity is not None else {}
    except VaultError:
        held = {}
    if held.get("mail"):
        return "mail", held["mail"]
    if held.get("phone") and settings.SMS_COMMAND:
        return "sms", held["phone"]
    return "", ""


def confirm_yes(invitee: Invitee, *, now: datetime) -> bool:
    """Tell somebody in their language that the yes came in, with the day for the calendar; whether it went out."""
    reply = Reply.objects.filter(invitee=invitee, answer=Answer.YES).first()
    once = _once_of_yes(invitee) if reply is not None else ""
    if reply is None or not once or invitee.erased_at is not None:
        return False
    with override(house_language(reply.language)):
        subject, parts = _words_of_yes(invitee, reply)
        day = _day_of(invitee.stage, reply.language)
        files = [Attachment("summit.ics", calendar_of(day, now=now), "text/calendar")] if day is not None else []
        return _sent(_send(invitee, "yes_received", once, subject, parts, files))


def _words_of_yes(invitee: Invitee, reply: Reply) -> tuple[str, list[str]]:
    stage = invitee.stage
    title = _title(stage, reply.language)
    if invitee.partner_id is not None:
        then = _("A seat is kept for you.")
    elif reply.is_late:
        then = _("You are on the waiting list. We call you when a place is free.")
    else:
        then = _("When more people say yes than there are places, a second draw decides. We write to you in any case.")
    address = reply_address(invitation_of(stage), reply.language)
    parts = [
        _("Thank you: you said yes to %(process)s.") % {"process": title},
        then,
        _("Your personal code opens your page. There you change your answer, or say what you need:\n%(address)s")
        % {"address": address},
        _("The invitation is personal. Nobody can come in your place."),
        *_questions(stage, reply.language),
    ]
    return _("You said yes to %(process)s") % {"process": title}, parts


def write_to_nominee(invitee: Invitee, *, now: datetime) -> bool:
    """Write to somebody whom a partner nominated, with a code of their own; whether it went out.

    The code stands in this mail and nowhere else. Who was written to, or has answered, is not written to again.
    """
    once = f"nominee-{invitee.pk}"
    process = invitee.stage.process
    if invitee.partner is None or invitee.erased_at is not None or Reply.objects.filter(invitee=invitee).exists():
        return False
    if not _door(invitee)[0] or is_sent(process, once):
        return False
    language = invitee.language
    code = replace(process.pk, REPLY, invitee.pk)
    with override(house_language(language)):
        title = _title(invitee.stage, language)
        address = link_with_code(reply_address(invitation_of(invitee.stage), language), code)
        parts = [
            _("%(partner)s nominates you for %(process)s, and says that you agree to be written to.")
            % {"partner": invitee.partner.name, "process": title},
            _("A seat is kept for you. Will you take part? Say yes or no yourself:\n%(address)s")
            % {"address": address},
            _("Your personal code: %(code)s") % {"code": code},
            _("The invitation is personal. Nobody can come in your place."),
            _("Did you not agree to this? Say no, or have your data erased on the same page."),
            *_questions(invitee.stage, language),
        ]
        subject = _("You are nominated for %(process)s") % {"process": title}
        return _sent(_send(invitee, "nomination", once, subject, parts, []))


def _send(
    invitee: Invitee, kind: str, once: str, subject: str, parts: list[str], files: list[Attachment]
) -> Sending | None:
    process, identity = invitee.stage.process, invitee.identity
    way, _where = _door(invitee)
    if way == "mail":
        body = "\n\n".join(parts)
        return send_mail(process, kind, subject=subject, body=body, once=once, identity=identity, attachments=files)
    if way == "sms" and identity is not None:
        return send_sms(process, kind, body=" ".join(" ".join(parts[:3]).split()), once=once, identity=identity)
    return None


def _sent(sending: Sending | None) -> bool:
    return sending is not None and sending.state == SendingState.SENT


def _questions(stage: Stage, language: str) -> list[str]:
    """Where to ask, when the organiser has said so."""
    process = stage.process
    where = " ".join(filter(None, (process.phone, str(process.say("phone_hours", language)), process.contact_mail)))
    return [_("Questions? %(where)s") % {"where": where}] if where else []


def _title(stage: Stage, language: str) -> str:
    return str(stage.process.say("title", language)) or stage.process.slug


def _day_of(stage: Stage, language: str) -> Day | None:
    """The first summit of the process that is still to come, when its day is set."""
    summits = Stage.objects.filter(process=stage.process_id, kind=StageKind.SUMMIT, opens_at__isnull=False)
    summit = summits.filter(order__gt=stage.order).order_by("opens_at").first()
    if summit is None or summit.opens_at is None:
        return None
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    about = _("Your yes came in. Whether you have a seat, we write to you.")
    address = reply_address(invitation_of(stage), language)
    uid = f"{uuid.UUID(str(summit.pk)).hex}@{host}"
    return Day(uid, _title(stage, language), about, address, summit.opens_at, summit.closes_at)
