"""The streams as a browser sees them: over the real outbox."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction

from burgertop.foundation.live.actions import publish
from burgertop.foundation.live.models import Message
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.live.stream import LiveApp

PROCESS = uuid.UUID(int=1)
PATIENCE_SECONDS = 10


@dataclass
class Browser:
    """A browser at the other end of one request."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(dict(message))

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def reads(self, words: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while words not in self.text:
                await asyncio.sleep(0.01)


def scope(address: str, query: str = "", method: str = "GET", last: str = "") -> dict[str, Any]:
    headers = [(b"last-event-id", last.encode())] if last else []
    return {"type": "http", "method": method, "path": address, "query_string": query.encode(), "headers": headers}


def visit(steps: Callable[[LiveApp], Awaitable[Browser]]) -> Browser:
    """Do the steps with a live application, and close it."""

    async def run() -> Browser:
        app = LiveApp()
        try:
            return await steps(app)
        finally:
            await app.close()

    return asyncio.run(run())


def ask(address: str, query: str = "", method: str = "GET") -> Browser:
    async def steps(app: LiveApp) -> Browser:
        browser = Browser()
        await app(scope(address, query, method), browser.receive, browser.send)
        return browser

    return visit(steps)


def tell(topic: str, **body: int) -> None:
    publish(topic, body, process_id=PROCESS)


def tell_and_leave(topic: str, **body: int) -> None:
    """Publish from another thread, which keeps no connection."""
    tell(topic, **body)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_listener_hears_a_message_that_is_committed_while_it_listens() -> None:
    async def steps(app: LiveApp) -> Browser:
        browser = Browser()
        listening = asyncio.create_task(app(scope(address_of("desk")), browser.receive, browser.send))
        await browser.reads("event: ready")
        await asyncio.to_thread(tell_and_leave, "desk", card=5)
        await browser.reads('data: {"topic":"desk","body":{"card":5}}')
        browser.gone.set()
        await listening
        return browser

    browser = visit(steps)

    assert browser.status == 200
    assert dict(browser.sent[0]["headers"])[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert browser.text.startswith("retry: ")
    assert browser.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


@pytest.mark.django_db(transaction=True)
def test_who_returns_is_told_what_was_missed_once() -> None:
    for card in (1, 2, 3):
        tell("desk", card=card)
    numbers = list(Message.objects.values_list("number", flat=True))

    async def steps(app: LiveApp) -> Browser:
        browser = Browser()
        asked = scope(address_of("desk"), last=str(numbers[0]))
        listening = asyncio.create_task(app(asked, browser.receive, browser.send))
        await browser.reads("event: ready")
        browser.gone.set()
        await listening
        return browser

    text = visit(steps).text

    assert [line for line in text.splitlines() if line.startswith('data: {"topic')] == [
        'data: {"topic":"desk","body":{"card":2}}',
        'data: {"topic":"desk","body":{"card":3}}',
    ]
    assert f"id: {numbers[-1]}\nevent: ready" in text


@pytest.mark.django_db(transaction=True)
def test_who_cannot_stream_asks_and_gets_json() -> None:
    tell("desk", card=1)
    tell("desk", card=2)
    first, second = Message.objects.values_list("number", flat=True)

    browser = ask(address_of("desk"), f"poll=1&after={first}")

    assert browser.status == 200
    assert dict(browser.sent[0]["headers"])[b"cache-control"] == b"no-store"
    assert json.loads(browser.text) == {
        "last": second,
        "is_resync": False,
        "messages": [{"number": second, "topic": "desk", "body": {"card": 2}}],
    }


@pytest.mark.django_db(transaction=True)
def test_a_message_of_a_failed_transaction_is_never_told() -> None:
    with transaction.atomic():
        tell("desk", card=1)
        transaction.set_rollback(True)

    assert json.loads(ask(address_of("desk"), "poll=1&after=0").text)["messages"] == []


@pytest.mark.parametrize(
    ("address", "query", "method", "status"),
    [
        ("/live/desk~forged/", "", "GET", 404),
        ("/live/", "", "GET", 404),
        ("/live/../../etc/passwd", "", "GET", 404),
        (None, "after=many", "GET", 400),
        (None, "after=-1", "GET", 400),
        (None, "after=" + "9" * 40, "GET", 400),
        (None, "", "POST", 405),
    ],
)
def test_a_wrong_question_is_refused_without_asking_the_database(
    address: str | None, query: str, method: str, status: int
) -> None:
    browser = ask(address or address_of("desk"), query, method)

    assert browser.status == status
    assert dict(browser.sent[0]["headers"])[b"content-security-policy"] == b"default-src 'none'; frame-ancestors 'none'"


def test_a_closing_server_sends_everyone_away_to_come_back() -> None:
    async def steps(app: LiveApp) -> Browser:
        browser = Browser()
        await app.close()
        await app(scope(address_of("desk")), browser.receive, browser.send)
        return browser

    assert visit(steps).status == 503
