"""What happens to every request on its way in and to every answer on its way out."""

import ipaddress
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.passes import passes_in
from burgertop.foundation.people.queries import roles_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.queries import unlisted_process
from burgertop.web.permissions import may_see_process

__all__ = ["CSP", "guard_headers", "know_actor", "refuse_giants"]

Answer = Callable[[HttpRequest], HttpResponse]

VISITOR_COOKIE = "bt_visitor"
VISITOR_LIFE = timedelta(days=400)
VISITOR_FORM = re.compile(r"[0-9a-f]{32}\Z")
CSP = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self)"


def guard_headers(get_response: Answer) -> Answer:
    """Put the strict headers on every answer, errors included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith((settings.STATIC_URL, settings.MEDIA_URL, "/brand/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def refuse_giants(get_response: Answer) -> Answer:
    """Refuse a body that is larger than any file may be, before a byte of it is read or kept on the disk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal() or int(length) > settings.MOST_BODY_BYTES:
            raise RequestDataTooBig
        return get_response(request)

    return middleware


def know_actor(get_response: Answer) -> Answer:
    """Set ``request.actor``; give a browser its own secret the first time it sends something.

    A process that is not listed yet is not there for the public, on any page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        visitor = request.COOKIES.get(VISITOR_COOKIE, "")
        is_new = not VISITOR_FORM.match(visitor)
        if is_new:
            visitor = secrets.token_hex(16)
        request.actor = _actor_of(request, visitor)  # type: ignore[attr-defined]  # HouseRequest has it
        response = get_response(request)
        if is_new and request.method == "POST":
            response.set_cookie(
                VISITOR_COOKIE,
                visitor,
                max_age=VISITOR_LIFE,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def hide_unlisted(request: HouseRequest, _view: object, _args: object, named: Mapping[str, object]) -> None:
        slug = named.get("process")
        unlisted = unlisted_process(str(slug)) if slug else None
        if unlisted is not None and not may_see_process(request.actor, unlisted):
            raise Http404

    middleware.process_view = hide_unlisted  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _actor_of(request: HttpRequest, visitor: str) -> Actor:
    account = request.user if request.user.is_authenticated else None
    return Actor(
        account_id=account.pk if account else None,
        is_operator=bool(account and account.is_superuser),
        roles=roles_of(account.pk) if account else {},
        passes=passes_in(request),
        visitor=visitor,
        network=_network_of(request),
    )


def _network_of(request: HttpRequest) -> str:
    """Hash the network (IPv4 address, IPv6 /64) with a key and the day, so that it can be counted but not read."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.IS_BEHIND_PROXY:
        given = request.META.get("HTTP_X_FORWARDED_FOR", given).split(",")[-1].strip()
    return _hashed(given, timezone.now().date().isoformat())


@lru_cache(maxsize=1024)
def _hashed(given: str, day: str) -> str:
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return keyed_hash("visitors", "network", "unknown", day)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    bits = 64 if address.version == 6 else 32
    network = ipaddress.ip_network(f"{address}/{bits}", strict=False)
    return keyed_hash("visitors", "network", str(network), day)
