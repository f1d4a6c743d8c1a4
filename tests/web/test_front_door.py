"""The front door hands streams to the loop and pages to Django."""

import asyncio

from tests.web.requests import FakeHeaders, FakeRequest, FakeScope

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
