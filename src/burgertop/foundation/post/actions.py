"""Sending: once each, with a proof that holds no words and no address."""

import shlex
import smtplib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Identity
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.post.models import Channel, Sending, SendingState
from burgertop.foundation.process.models import Process
from burgertop.foundation.wording import HouseError

__all__ = ["CLAIM", "Attachment", "note_letter", "send_mail", "send_sms"]

SMS_SECONDS = 20
CLAIM = timedelta(minutes=5)  # longer than any server or command may take


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, its content, its media type such as ``text/calendar``."""

    name: str
    content: str
    kind: str


def send_mail(
    process: Process,
    kind: str,
    *,
    subject: str,
    body: str,
    once: str,
    identity: Identity | None = None,
    address: str = "",
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> Sending:
    """Send one plain-text mail to a person of the vault or to an office's address.

    The same ``once`` is sent once: a second call returns the first proof, also while the first is
    still sending (its state is then ``waiting``); one that failed is tried again.
    """
    to = address or _field(identity, "mail")
    sending = _begin(process, Channel.MAIL, kind, once=once, identity=identity, words=f"{subject}\n{body}")
    if not _claim(sending):
        return sending
    if not to:
        return _end(sending, error="post.no_address")
    try:
        mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[to], headers=dict(headers or {}))
        for one in attachments:
            mail.attach(one.name, one.content, one.kind)
        mail.send()
    except (OSError, ValueError, smtplib.SMTPException):
        return _end(sending, error="post.mail_failed")
    return _end(sending)


def send_sms(process: Process, kind: str, *, body: str, once: str, identity: Identity) -> Sending:
    """Hand one text message to the command that ``BURGERTOP_SMS_COMMAND`` names (number and text on its input)."""
    if not settings.SMS_COMMAND:
        raise HouseError("post.no_sms_command")
    number = _field(identity, "phone")
    sending = _begin(process, Channel.SMS, kind, once=once, identity=identity, words=body)
    if not _claim(sending):
        return sending
    if not number:
        return _end(sending, error="post.no_address")
    try:
        subprocess.run(  # noqa: S603  # the operator's own command, split without a shell
            shlex.split(settings.SMS_COMMAND),
            input=f"{number}\n{body}\n".encode(),
            timeout=SMS_SECONDS,
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.SubprocessError):
        return _end(sending, error="post.sms_failed")
    return _end(sending)


def note_letter(
    process: Process, kind: str, *, once: str, identity: Identity, content: bytes, now: datetime
) -> Sending:
    """Keep the proof that a letter was printed for somebody."""
    sending = _begin(process, Channel.LETTER, kind, once=once, identity=identity, words=fingerprint(content))
    return sending if sending.state == SendingState.SENT else _end(sending, now=now)


def _field(identity: Identity | None, name: str) -> str:
    return open_identity(identity).get(name, "") if identity is not None else ""


def _begin(
    process: Process, channel: Channel, kind: str, *, once: str, identity: Identity | None, words: str
) -> Sending:
    sending, _ = Sending.objects.get_or_create(
        process=process,
        channel=channel,
        once=once,
        defaults={"kind": kind, "identity": identity, "digest": fingerprint(words.encode())},
    )
    return sending


def _claim(sending: Sending) -> bool:
    """Take a sending for oneself, in one statement; False when it is sent, or somebody else is at it.

    The claim of a process that was killed falls after five minutes.
    """
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    waiting = Sending.objects.filter(free, pk=sending.pk).exclude(state=SendingState.SENT)
    is_mine = waiting.update(state=SendingState.WAITING, error="", claimed_at=now) == 1
    sending.refresh_from_db()
    return is_mine


@transaction.atomic
def _end(sending: Sending, *, error: str = "", now: datetime | None = None) -> Sending:
    sending.state = SendingState.FAILED if error else SendingState.SENT
    sending.error = error
    sending.claimed_at = None
    sending.sent_at = None if error else (now or timezone.now())
    sending.save(update_fields=["state", "error", "claimed_at", "sent_at"])
    return sending
