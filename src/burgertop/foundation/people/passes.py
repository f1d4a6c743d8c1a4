"""Passes in a signed cookie: what this browser may open, kept on the device and nowhere else."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from burgertop.foundation.people.actors import Pass

__all__ = ["COOKIE", "forget", "grant", "passes_in", "replace"]

COOKIE = "bt_passes"
SALT = "burgertop.passes"
LIFE = timedelta(days=400)
MOST = 16
MOST_READ = 1024


def passes_in(request: HttpRequest) -> tuple[Pass, ...]:
    """Read the passes of a request; a cookie that was changed or is too old holds none."""
    raw = request.COOKIES.get(COOKIE, "")
    return _read(raw, timezone.now().date()) if raw else ()


@lru_cache(MOST_READ)
def _read(raw: str, _today: date) -> tuple[Pass, ...]:
    """The passes of a cookie; a tablet sends the same one all day."""
    try:
        rows = signing.loads(raw, salt=SALT, max_age=LIFE)
        return tuple(
            Pass(purpose, uuid.UUID(process), uuid.UUID(subject), key, detail)
            for purpose, process, subject, key, detail in rows
        )
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return ()


def grant(request: HttpRequest, response: HttpResponse, new: Pass) -> None:
    """Give this browser one more pass; the oldest goes when there are too many."""
    kept = [one for one in passes_in(request) if not _is_same(one, new)]
    _write(response, [*kept, new][-MOST:])


def forget(request: HttpRequest, response: HttpResponse, purpose: str, process_id: uuid.UUID) -> None:
    """Take the passes of one purpose in one process off this browser."""
    _write(response, [one for one in passes_in(request) if (one.purpose, one.process_id) != (purpose, process_id)])


def replace(response: HttpResponse, passes: Iterable[Pass]) -> None:
    """Give this browser these passes in place of those it has."""
    _write(response, list(passes)[-MOST:])


def _is_same(one: Pass, other: Pass) -> bool:
    return (one.purpose, one.process_id, one.subject) == (other.purpose, other.process_id, other.subject)


def _write(response: HttpResponse, passes: Iterable[Pass]) -> None:
    rows = [[one.purpose, one.process_id.hex, one.subject.hex, one.key, one.detail] for one in passes]
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=SALT, compress=True),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
