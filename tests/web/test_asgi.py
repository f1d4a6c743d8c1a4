"""The front door passes on what came, whole."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from burgertop.web.asgi import FrontDoor


def test_a_cookie_that_came_in_crumbs_is_one_cookie() -> None:
    """Over HTTP/2 a browser sends each pair apart; a session that is lost on the way signs everybody out."""
    headers = [(b"host", b"testserver"), (b"cookie", b"bt_language=fr"), (b"cookie", b"other=1")]
    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "2",
        "method": "GET",
        "scheme": "https",
        "path": "/",
        "query_string": b"",
        "headers": headers,
        "server": ("testserver", 443),
    }
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(FrontDoor(1)(scope, receive, send))

    assert sent[0]["status"] == 302
    assert dict(sent[0]["headers"])[b"location"] == b"/fr/"
