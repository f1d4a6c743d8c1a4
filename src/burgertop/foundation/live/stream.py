"""The ASGI application under ``/live/``: server-sent events, or JSON for who must ask again and again.

It stands beside Django's request stack: no middleware, no session, no database
but the hub's. The right to listen is the signature in the address.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from burgertop.foundation.live.hub import Hub, frame
from burgertop.foundation.live.queries import PREFIX, Told
from burgertop.foundation.live.topics import UnknownStreamError, topics_in

__all__ = ["LiveApp", "Receive", "Scope", "Send"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

STALLED_SECONDS = 20
RETRY_LEAST_MS, RETRY_SPREAD_MS = 1_000, 3_000
SAFE = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-accel-buffering", b"no"),
]


class LiveApp:
    """Answers ``GET /live/<signed topics>/``, ``?after=<number>`` and ``&poll=1``."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._is_closed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a stream, answer one question, or refuse."""
        if scope["method"] != "GET":
            await _answer(send, HTTPStatus.METHOD_NOT_ALLOWED, {"error": "method"})
            return
        try:
            topics = frozenset(topics_in(str(scope["path"]).removeprefix(PREFIX).strip("/")))
            after = _number_after(scope)
        except UnknownStreamError:
            await _answer(send, HTTPStatus.NOT_FOUND, {"error": "address"})
            return
        except ValueError:
            await _answer(send, HTTPStatus.BAD_REQUEST, {"error": "after"})
            return
        if self._is_closed:
            await _answer(send, HTTPStatus.SERVICE_UNAVAILABLE, {"error": "closing"})
            return
        hub = await self._open_hub()
        if "poll" in _query(scope):
            await _poll(hub, topics, after, send)
        else:
            await _stream(hub, topics, after, receive, send)

    async def close(self) -> None:
        """End every stream and open no more; browsers come back by themselves."""
        self._is_closed = True
        hub, self._hub = self._hub, None
        if hub is not None:
            await hub.close()

    async def _open_hub(self) -> Hub:
        self._hub = hub = self._hub or Hub()
        await hub.open()
        return hub


async def _poll(hub: Hub, topics: frozenset[str], after: int | None, send: Send) -> None:
    missed = [] if after is None else hub.missed(topics, after)
    answer = {
        "last": hub.last,
        "is_resync": missed is None,
        "messages": [_plain(told) for told in missed or ()],
    }
    await _answer(send, HTTPStatus.OK, answer)


async def _stream(hub: Hub, topics: frozenset[str], after: int | None, receive: Receive, send: Send) -> None:
    """Send what was missed, then everything that comes, until one of the two goes."""
    listener = hub.join(topics)
    greeting = _greeting(hub, topics, after)
    gone = asyncio.create_task(_until_gone(receive))
    gone.add_done_callback(lambda _: listener.give(None))
    try:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *SAFE]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": greeting, "more_body": True})
        while (piece := await listener.queue.get()) is not None:
            async with asyncio.timeout(STALLED_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except TimeoutError:
        pass  # a stalled reader: the connection ends here, and is replayed what it missed
    finally:
        hub.leave(listener)
        gone.cancel()


def _greeting(hub: Hub, topics: frozenset[str], after: int | None) -> bytes:
    """The first bytes: when to come back, where we are, and what was missed."""
    wait = RETRY_LEAST_MS + secrets.randbelow(RETRY_SPREAD_MS)
    missed = [] if after is None else hub.missed(topics, after)
    pieces = [f"retry: {wait}\n\n".encode()]
    if missed is None:
        pieces.append(f"id: {hub.last}\nevent: resync\ndata: {{}}\n\n".encode())
    else:
        pieces.extend(frame(told) for told in missed)
        pieces.append(f"id: {hub.last}\nevent: ready\ndata: {{}}\n\n".encode())
    return b"".join(pieces)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(bytes(scope["query_string"]).decode("latin-1"), keep_blank_values=True)


def _number_after(scope: Scope) -> int | None:
    """The number the browser saw last: its own header first, then the address."""
    header = next((value for name, value in scope["headers"] if name == b"last-event-id"), b"")
    given = bytes(header).decode("latin-1") or _query(scope).get("after", [""])[0]
    if given == "":
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 18):  # digits of a BigAutoField
        raise ValueError(given)
    return int(given)


def _plain(told: Told) -> dict[str, object]:
    return {"number": told.number, "topic": told.topic, "body": json.loads(told.body)}


async def _answer(send: Send, status: HTTPStatus, answer: dict[str, object]) -> None:
    body = json.dumps(answer, separators=(",", ":")).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *SAFE]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
