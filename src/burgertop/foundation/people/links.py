"""Signed links: a door for somebody without an account, for one purpose, until a day.

The token carries ids only and is made with the server's secret; nothing of it is stored.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.wording import HouseError

__all__ = ["LIFE", "OpenedLink", "make_link", "open_link"]

SALT = "burgertop.link"
LIFE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a signed link says: the pass it gives and the page it leads to."""

    door: Pass
    address: str


def make_link(purpose: str, process_id: uuid.UUID, subject: uuid.UUID, *, address: str, key: str = "") -> str:
    """Return the path of a signed link; ``address`` is a path of this server, ``key`` lets it be called back."""
    if not _is_own_path(address):
        raise ValueError(f"{address!r} is no path of this server.")
    return f"/a/{signing.dumps([purpose, process_id.hex, subject.hex, key, address], salt=SALT, compress=True)}"


def open_link(token: str) -> OpenedLink:
    """Read a signed link, or say why it does not open.

    Raises:
        HouseError: ``links.expired`` or ``links.broken``.
    """
    try:
        purpose, process, subject, key, address = signing.loads(token, salt=SALT, max_age=LIFE)
        return OpenedLink(Pass(purpose, uuid.UUID(process), uuid.UUID(subject), key), address)
    except signing.SignatureExpired as error:
        raise HouseError("links.expired") from error
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise HouseError("links.broken") from error


def _is_own_path(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
