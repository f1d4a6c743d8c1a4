"""The application under ``/live/``: server-sent events, or JSON for who must ask again and again.

It stands beside Django's request stack: no middleware, no session, no database
but the hub's. The right to listen is the signature in the address.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import parse_qs

from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.hub import Hub, frame
from burgertop.foundation.live.queries import PREFIX, Told
from burgertop.foundation.live.topics import UnknownStreamError, topics_in
from burgertop.foundation.live.wire import Request, Scope

__all__ = ["LiveApp", "return_window"]

RETURN_LEAST_MS = 200
MS_PER_STREAM = 0.6  # a server opens more than two thousand streams a second
LEAST_SPREAD_MS, MOST_SPREAD_MS = 600, 10_000
SAFE = [
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-accel-buffering", "no"),
]
log = logging.getLogger("burgertop.live")
STREAM = [("content-type", "text/event-stream; charset=utf-8"), *SAFE]


class LiveApp:
    """Answers ``GET /live/<signed topics>/``, ``?after=<cursor>`` and ``&poll=1``."""

    def __init__(self, *, before_news: Callable[[], object] | None = None) -> None:
        self._before_news = before_news
        self._hub: Hub | None = None
        self._is_closed = False
        self._opening: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, request: Request) -> None:
        """Open a stream, answer one question, or refuse."""
        if scope.method != "GET":
            _answer(request, HTTPStatus.METHOD_NOT_ALLOWED, {"error": "method"})
            return
        try:
            topics = frozenset(topics_in(scope.path.removeprefix(PREFIX).strip("/")))
            seen = _seen_by(scope)
        except UnknownStreamError:
            _answer(request, HTTPStatus.NOT_FOUND, {"error": "address"})
            return
        except ValueError:
            _answer(request, HTTPStatus.BAD_REQUEST, {"error": "after"})
            return
        if self._is_closed:
            _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, {"error": "closing"})
            return
        hub = self._hub = self._hub or Hub(before_news=self._before_news)
        await hub.open()
        if seen is not None and seen.last > hub.cursor.last:
            await hub.look()
        if "poll" in _query(scope):
            _poll(hub, topics, seen, request)
        else:
            await _stream(hub, topics, seen, request)

    def is_reading(self) -> bool:
        """Whether the outbox is being read, so that ``before_news`` is called in time; begins to, when it is not."""
        if self._is_closed:
            return False
        hub = self._hub = self._hub or Hub(before_news=self._before_news)
        if not hub.is_ready() and (self._opening is None or self._opening.done()):
            self._opening = asyncio.create_task(_open(hub))
        return hub.is_ready()

    async def close(self) -> None:
        """End every stream and open no more; browsers come back by themselves."""
        self._is_closed = True
        hub, self._hub = self._hub, None
        if hub is not None:
            await hub.close()


async def _open(hub: Hub) -> None:
    try:
        await hub.open()
    except Exception:
        log.exception("The outbox cannot be read yet.")


def return_window(streams: int) -> tuple[int, int]:
    """Between how many milliseconds a browser comes back when the server restarts, with so many streams open.

    >>> return_window(50), return_window(3000), return_window(100_000)
    ((200, 800), (200, 2000), (200, 10200))
    """
    spread = max(LEAST_SPREAD_MS, min(MOST_SPREAD_MS, int(streams * MS_PER_STREAM)))
    return RETURN_LEAST_MS, RETURN_LEAST_MS + spread


def _poll(hub: Hub, topics: frozenset[str], seen: Cursor | None, request: Request) -> None:
    missed = [] if seen is None else hub.missed(topics, seen)
    answer = {
        "last": str(hub.cursor),
        "is_resync": missed is None,
        "messages": [_plain(told) for told in missed or ()],
    }
    _answer(request, HTTPStatus.OK, answer)


async def _stream(hub: Hub, topics: frozenset[str], seen: Cursor | None, request: Request) -> None:
    """Send what was missed, then everything that comes, until one of the two goes."""
    sender = request.response_stream(HTTPStatus.OK, STREAM)
    mine = asyncio.current_task()
    if mine is None:  # never: the server calls us in a task
        return
    sender.send_bytes(_greeting(hub, topics, seen))
    listener = hub.join(topics, sender.send_bytes, mine.cancel)
    try:
        with suppress(asyncio.CancelledError):  # the hub ends this stream
            await request.client_disconnect()
    finally:
        hub.leave(listener)


def _greeting(hub: Hub, topics: frozenset[str], seen: Cursor | None) -> bytes:
    """The first bytes: when to come back, what was missed, and where we are.

    What was missed has no number: only whoever got all of it stands where the last line says.
    """
    least, most = return_window(hub.count)
    missed = [] if seen is None else hub.missed(topics, seen)
    event = "resync" if missed is None else "ready"
    pieces = [f"retry: {least + secrets.randbelow(most - least)}\n\n".encode()]
    pieces.extend(frame(told) for told in missed or ())
    window = f'{{"return":[{least},{most}]}}'
    pieces.append(f"id: {hub.cursor}\nevent: {event}\ndata: {window}\n\n".encode())
    return b"".join(pieces)


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope.query_string, keep_blank_values=True)


def _seen_by(scope: Scope) -> Cursor | None:
    """What the browser has read: its own header first, then the address."""
    given = scope.headers.get("last-event-id") or _query(scope).get("after", [""])[0]
    return Cursor.parse(given) if given else None


def _plain(told: Told) -> dict[str, object]:
    return {"number": told.number, "topic": told.topic, "body": json.loads(told.body)}


def _answer(request: Request, status: HTTPStatus, answer: dict[str, object]) -> None:
    body = json.dumps(answer, separators=(",", ":")).encode()
    request.response_bytes(int(status), [("content-type", "application/json"), *SAFE], body)
