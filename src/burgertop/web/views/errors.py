"""What the house says when something does not work: plainly, and how to go on."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, gettext
from django.views.decorators.csrf import requires_csrf_token

from burgertop.foundation.files.tables import MOST_BYTES
from burgertop.foundation.freezing import FrozenError
from burgertop.foundation.full_disk import note_full

__all__ = ["bad_request", "broken", "forbidden", "frozen", "full", "locked_out", "not_found", "stale_form", "too_large"]

SECRET_FIELDS = ("csrfmiddlewaretoken", "password", "otp", "code", "credential")
LONGEST_KEPT = 20_000
LATER_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as it was sent, to be shown again."""

    name: str
    text: str


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read, or more than this server takes."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return _answer(request, "errors/400.html", HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this page is for somebody else, or not open now."""
    reason = str(exception) if exception and exception.args else ""
    return _answer(request, "errors/403.html", HTTPStatus.FORBIDDEN, {"reason": reason})


@requires_csrf_token
def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _answer(request, "errors/404.html", HTTPStatus.NOT_FOUND)


@requires_csrf_token
def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: the file is larger than this server takes."""
    is_giant = _length_of(request) > settings.MOST_BODY_BYTES
    most = (MOST_BYTES if is_giant else settings.DATA_UPLOAD_MAX_MEMORY_SIZE) // (1024 * 1024)
    return _answer(request, "errors/413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"most": most})


def _length_of(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isdecimal() else 0


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Written without the database, the session or the account.

    A disk that is full, and a page that must write while the server is frozen, have pages of their own.
    """
    error = sys.exc_info()[1]
    if isinstance(error, FrozenError):
        return frozen(request)
    if note_full(error):
        return full(request)
    context = {
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "version": settings.VERSION,
    }
    body = render_to_string("errors/500.html", context)
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


@requires_csrf_token
def frozen(request: HttpRequest) -> HttpResponse:
    """503: the operator lets this server only read for a while. Shows again what was typed, to be sent once more."""
    said = gettext("This server can only be read at the moment. Keep what you have: it is taken later.")
    return _later(request, "errors/frozen.html", "frozen", said)


@requires_csrf_token
def full(request: HttpRequest) -> HttpResponse:
    """503: the disk is full. Shows again what was typed, to be sent once more when there is room."""
    said = gettext("Our server has no room left at the moment. Keep what you have, and send it again later.")
    return _later(request, "errors/full.html", "full", said)


def _later(request: HttpRequest, name: str, state: str, said: str) -> HttpResponse:
    """Ask to come back later: a page for people, JSON for a device that keeps what it holds and tries again."""
    if "application/json" in (request.content_type or "", *request.headers.get("Accept", "").split(",")):
        answer: HttpResponse = JsonResponse(
            {"state": state, "seconds": LATER_SECONDS, "said": said}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
    else:
        answer = _answer(request, name, HTTPStatus.SERVICE_UNAVAILABLE, _kept_of(request))
    answer["Retry-After"] = str(LATER_SECONDS)
    return answer


def _kept_of(request: HttpRequest) -> dict[str, object]:
    """What somebody sent, to be shown again; one button sends it once more when that is safe."""
    can_send = request.method == "POST" and _came_from_here(request) and not request.FILES and not _has_secret(request)
    return {
        "was_sent": request.method == "POST",
        "typed": _typed_in(request),
        "sent": _sent_in(request) if can_send else [],
        "can_send": can_send,
        "again_url": request.get_full_path(),
    }


def locked_out(request: HttpRequest, *_details: object) -> HttpResponse:
    """429: too many wrong passwords; wait. Called by axes with the answer and what was tried, which stay unread."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    response = _answer(request, "errors/429.html", HTTPStatus.TOO_MANY_REQUESTS, {"minutes": minutes})
    response["Retry-After"] = str(minutes * 60)
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long. Shows again what was typed; when the browser proves that the
    form came from this site, one button sends it once more.
    """
    return _answer(request, "errors/stale.html", HTTPStatus.FORBIDDEN, _kept_of(request))


def _answer(
    request: HttpRequest, name: str, status: HTTPStatus, context: Mapping[str, object] | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string(name, dict(context or {}), request), status=status)


def _came_from_here(request: HttpRequest) -> bool:
    """Whether the browser itself says that this site sent the form: such headers cannot be written by a page."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _has_secret(request: HttpRequest) -> bool:
    return any("password" in name or "credential" in name for name in request.POST)


def _typed_in(request: HttpRequest) -> list[Typed]:
    """The longer texts a person wrote; no secrets, no hidden ids."""
    return [
        Typed(name, value[:LONGEST_KEPT])
        for name, values in request.POST.lists()
        for value in values
        if " " in value.strip() and not any(secret in name for secret in SECRET_FIELDS)
    ]


def _sent_in(request: HttpRequest) -> list[Typed]:
    """Every field of the form, to send it once more."""
    return [
        Typed(name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
