"""The front door: streams under ``/live/`` are answered here, everything else by Django under threads.

Django wholly under ASGI measured 7 to 20 times slower than under WSGI threads
(docs/run/serve.md), so pages go through threads and only streams stay on the loop.
"""

from burgertop.web.wsgi import application as django_application  # isort: skip  # opens Django before models are read

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from burgertop.foundation.live.queries import PREFIX
from burgertop.foundation.live.stream import LiveApp, Receive, Scope, Send
from burgertop.web.knobs import read_knobs

__all__ = ["FrontDoor", "application"]

App = Callable[[Scope, Receive, Send], Awaitable[None]]


class CutOffError(ConnectionError):
    """The browser went away before its whole request had come."""


class FrontDoor:
    """One address, two ways in."""

    def __init__(self, threads: int) -> None:
        self._pages = cast("App", WSGIMiddleware(cast("Any", django_application), workers=threads))
        self._live = LiveApp()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the streams or to Django; open and close with the server."""
        if scope["type"] == "lifespan":
            await self._open_and_close(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif str(scope["path"]).startswith(PREFIX):
            await self._live(scope, receive, send)
        else:
            await self._pages(_with_one_cookie(scope), _whole(receive), send)

    async def close_streams(self) -> None:
        """End the open streams, so that the server can stop: they would never end by themselves."""
        await self._live.close()

    async def _open_and_close(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self.close_streams()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})


def _with_one_cookie(scope: Scope) -> Scope:
    """Put the crumbs of a cookie together: over HTTP/2 a browser sends each pair as a header of its own.

    RFC 9113, 8.2.3: joined by a semicolon; the way to Django would join them by a comma, and lose the session.
    """
    crumbs = [value for name, value in scope["headers"] if name == b"cookie"]
    if len(crumbs) < 2:
        return scope
    others = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": [*others, (b"cookie", b"; ".join(crumbs))]}


def _whole(receive: Receive) -> Receive:
    """Refuse a request body that was cut off: half a form must never be taken for a whole one."""

    async def receive_whole() -> MutableMapping[str, Any]:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CutOffError
        return message

    return receive_whole


application = FrontDoor(read_knobs().threads)
