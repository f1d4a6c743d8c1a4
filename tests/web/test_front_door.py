"""The front door hands streams to the loop and pages to Django."""

import asyncio

import pytest
from django.db import connections
from tests.web.requests import FakeHeaders, FakeRequest, FakeScope

from burgertop.foundation.process.models import Process, Template
from burgertop.foundation.shelf import Shelf
from burgertop.web.front_door import FrontDoor


def answer(scope: FakeScope) -> FakeRequest:
    request = FakeRequest()
    asyncio.run(FrontDoor(1).__rsgi__(scope, request))
    return request


def test_a_cookie_that_came_in_crumbs_is_one_cookie() -> None:
    """Over HTTP/2 a browser sends each pair apart; a session that is lost on the way signs everybody out."""
    headers = FakeHeaders([("host", "testserver"), ("cookie", "bt_language=fr"), ("cookie", "other=1")])

    request = answer(FakeScope("/", headers=headers, http_version="2", scheme="https"))

    assert request.status == 302
    assert dict(request.headers)["location"] == "/fr/"


def test_an_address_under_live_is_never_asked_of_django() -> None:
    request = answer(FakeScope("/live/forged~words/"))

    assert (request.status, request.text) == (404, '{"error":"address"}')


@pytest.mark.django_db(transaction=True)
def test_a_public_page_is_the_same_for_all_and_gives_no_cookie() -> None:
    """Twice the same page, the second time from memory; a message forgets it; somebody never gets it."""

    async def run() -> tuple[list[FakeRequest], list[int]]:
        door = FrontDoor(1)
        asked: list[FakeRequest] = []
        kept: list[int] = []

        async def ask(cookie: str = "") -> None:
            while not door._live.is_reading():
                await asyncio.sleep(0.01)
            headers = FakeHeaders([("host", "testserver"), *([("cookie", cookie)] if cookie else [])])
            asked.append(FakeRequest())
            await door.__rsgi__(FakeScope("/en/limits/", headers=headers), asked[-1])
            kept.append(len(door._cache._pages))

        await ask("bt_csrf=" + "a" * 32)
        await ask()
        await ask("bt_csrf=" + "a" * 32)
        await ask("bt_session=abc")
        door._cache.forget()
        await ask("bt_csrf=" + "a" * 32)
        await door.close()
        await asyncio.to_thread(connections.close_all)
        return asked, kept

    asked, kept = asyncio.run(run())

    assert [one.status for one in asked] == [200] * 5
    assert all("set-cookie" not in dict(one.headers) for one in asked[:3])
    assert (asked[1].sent, kept) == (asked[2].sent, [0, 1, 1, 1, 0])


@pytest.mark.django_db(transaction=True)
def test_visitors_share_what_was_read_and_staff_read_afresh() -> None:
    """The title of a process is changed behind the server's back; a form of the staff makes it known to everybody."""
    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["en"])
    process.write("title", {"en": "First title"})

    async def run() -> list[str]:
        door = FrontDoor(1)
        door._shelf = Shelf(clock=lambda: 0.0)
        titles: list[str] = []

        async def ask(cookie: str, method: str = "GET") -> None:
            while not door._live.is_reading():
                await asyncio.sleep(0.01)
            request = FakeRequest()
            headers = FakeHeaders([("host", "testserver"), ("cookie", cookie)])
            await door.__rsgi__(FakeScope("/en/town/", headers=headers, method=method), request)
            if method == "GET":
                titles.append("first" if "First title" in request.text else "second")

        visitor, staff = "bt_visitor=" + "a" * 32, "bt_session=abc"
        await ask(visitor)
        await asyncio.to_thread(process.write, "title", {"en": "Second title"})
        await ask(visitor)
        await ask(staff)
        await ask(staff, "POST")
        await ask(visitor)
        await door.close()
        await asyncio.to_thread(connections.close_all)
        return titles

    assert asyncio.run(run()) == ["first", "first", "second", "second"]
