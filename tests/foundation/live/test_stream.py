"""The streams as a browser sees them: over the real outbox."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable

import pytest
from django.db import connection, transaction
from tests.web.requests import FakeHeaders, FakeRequest, FakeScope

from burgertop.foundation.live import hub as hub_module
from burgertop.foundation.live.actions import publish
from burgertop.foundation.live.models import Message
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.live.stream import LiveApp

PROCESS = uuid.UUID(int=1)


def asked(address: str, query: str = "", method: str = "GET", last: str = "") -> FakeScope:
    return FakeScope(address, query, method, FakeHeaders([("last-event-id", last)] if last else []))


def visit(steps: Callable[[LiveApp], Awaitable[FakeRequest]]) -> FakeRequest:
    """Do the steps with a live application, and close it."""

    async def run() -> FakeRequest:
        app = LiveApp()
        try:
            return await steps(app)
        finally:
            await app.close()

    return asyncio.run(run())


def ask(address: str, query: str = "", method: str = "GET") -> FakeRequest:
    async def steps(app: LiveApp) -> FakeRequest:
        browser = FakeRequest()
        await app(asked(address, query, method), browser)
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
    async def steps(app: LiveApp) -> FakeRequest:
        browser = FakeRequest()
        listening = asyncio.create_task(app(asked(address_of("desk")), browser))
        await browser.reads("event: ready")
        await asyncio.to_thread(tell_and_leave, "desk", card=5)
        await browser.reads('data: {"topic":"desk","body":{"card":5},"spread":80}')
        browser.gone.set()
        await listening
        return browser

    browser = visit(steps)

    assert browser.status == 200
    assert dict(browser.headers)["content-type"] == "text/event-stream; charset=utf-8"
    assert browser.text.startswith("retry: ")


@pytest.mark.django_db(transaction=True)
def test_who_returns_is_told_what_was_missed_once() -> None:
    for card in (1, 2, 3):
        tell("desk", card=card)
    numbers = list(Message.objects.values_list("number", flat=True))

    async def steps(app: LiveApp) -> FakeRequest:
        browser = FakeRequest()
        listening = asyncio.create_task(app(asked(address_of("desk"), last=str(numbers[0])), browser))
        await browser.reads("event: ready")
        browser.gone.set()
        await listening
        return browser

    text = visit(steps).text

    assert [line for line in text.splitlines() if line.startswith('data: {"topic')] == [
        'data: {"topic":"desk","body":{"card":2},"spread":80}',
        'data: {"topic":"desk","body":{"card":3},"spread":80}',
    ]
    assert f"id: {numbers[-1]}\nevent: ready" in text


@pytest.mark.django_db(transaction=True)
def test_who_cannot_stream_asks_and_gets_json() -> None:
    tell("desk", card=1)
    tell("desk", card=2)
    first, second = Message.objects.values_list("number", flat=True)

    browser = ask(address_of("desk"), f"poll=1&after={first}")

    assert browser.status == 200
    assert dict(browser.headers)["cache-control"] == "no-store"
    assert json.loads(browser.text) == {
        "last": str(second),
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
        (None, "after=7-x", "GET", 400),
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
    assert dict(browser.headers)["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_closing_server_sends_everyone_away_to_come_back() -> None:
    async def steps(app: LiveApp) -> FakeRequest:
        browser = FakeRequest()
        await app.close()
        await app(asked(address_of("desk")), browser)
        return browser

    assert visit(steps).status == 503


@pytest.mark.django_db(transaction=True)
def test_who_knows_more_than_the_hub_makes_it_look_and_is_told_nothing_twice() -> None:
    """Two servers read one outbox, each at its own pace; a browser comes from the quicker one."""

    async def steps(app: LiveApp) -> FakeRequest:
        listening = asyncio.create_task(app(asked(address_of("desk")), FakeRequest()))
        await asyncio.to_thread(tell_and_leave, "desk", card=1)
        await asyncio.sleep(0)
        last = await asyncio.to_thread(last_number)
        browser = FakeRequest()
        browser.gone.set()
        await app(asked(address_of("desk"), last=str(last)), browser)
        listening.cancel()
        return browser

    text = visit(steps).text

    assert ("event: ready" in text, "event: changed" in text, "event: resync" in text) == (True, False, False)


def last_number() -> int:
    found = Message.objects.order_by("-number").values_list("number", flat=True)[0]
    connection.close()
    return int(found)


@pytest.mark.django_db(transaction=True)
def test_a_hub_that_slept_reads_again_when_somebody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "LINGER_SECONDS", 0.5)

    async def steps(app: LiveApp) -> FakeRequest:
        browser = FakeRequest()
        for card in (1, 2):
            browser = FakeRequest()
            listening = asyncio.create_task(app(asked(address_of("desk")), browser))
            await browser.reads("event: ready")
            await asyncio.to_thread(tell_and_leave, "desk", card=card)
            await browser.reads(f'"body":{{"card":{card}}}')
            browser.gone.set()
            await listening
            assert app._hub is not None
            assert app._hub._reader is not None
            await asyncio.to_thread(app._hub._reader.join, 10)
        return browser

    assert '{"card":1}' not in visit(steps).text
