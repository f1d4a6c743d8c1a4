"""The reader's switches live in two cookies."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from burgertop.web.display import Switches, keep_switches, switches_of


@pytest.mark.parametrize(
    ("switches", "classes"),
    [
        (Switches(), ""),
        (Switches(is_large=True), "bt-large"),
        (Switches(is_contrast=True), "bt-contrast"),
        (Switches(is_large=True, is_contrast=True), "bt-large bt-contrast"),
    ],
)
def test_what_is_kept_is_read_again(rf: RequestFactory, switches: Switches, classes: str) -> None:
    response = HttpResponse()
    keep_switches(response, switches, is_secure=True)
    request = rf.get("/")
    request.COOKIES = {name: cookie.value for name, cookie in response.cookies.items() if cookie.value}

    assert switches_of(request) == switches
    assert switches_of(request).classes == classes


def test_a_strange_cookie_switches_nothing_on(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES = {"bt_large": "yes", "bt_contrast": "2"}

    assert switches_of(request) == Switches()
