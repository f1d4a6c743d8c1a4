"""Where mail goes: to the server that ``BURGERTOP_MAIL_URL`` names, else into the folder ``outbox``."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import EmailMessage

__all__ = ["OutboxBackend", "smtp_of"]


def smtp_of(mail_url: str, *, fail_silently: bool = False) -> SmtpBackend:
    """Make the sender that an address such as ``smtps://name:word@mail.example.org:465`` describes."""
    parts = urlsplit(mail_url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured("BURGERTOP_MAIL_URL must look like smtp+tls://name:password@host:587")
    return SmtpBackend(
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp+tls",
        timeout=20,
        fail_silently=fail_silently,
    )


class OutboxBackend(BaseEmailBackend):
    """Sends by SMTP when a mail server is set; otherwise keeps each mail as a file that can be read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send every mail; returns how many went out."""
        if settings.MAIL_URL:
            return smtp_of(settings.MAIL_URL, fail_silently=self.fail_silently).send_messages(list(email_messages)) or 0
        folder = Path(settings.HOME) / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            draft = folder / f".{uuid.uuid4().hex}"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder / f"{uuid.uuid4().hex}.eml")
        return len(email_messages)
