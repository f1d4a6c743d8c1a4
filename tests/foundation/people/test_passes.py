"""Passes: what a browser may open, in a cookie that cannot be written by hand."""

import time
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.passes import COOKIE, forget, grant, passes_in, replace

PROCESS = uuid.UUID(int=1)


def seat(number: int, purpose: str = "seat", process: uuid.UUID = PROCESS) -> Pass:
    return Pass(purpose, process, uuid.UUID(int=number), key=str(uuid.uuid4()), detail="K7M4 PX9R W")


def coming_with(cookie: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie
    return request


def after(*passes: Pass) -> HttpRequest:
    """A browser that was given these passes, one after the other."""
    request = coming_with("")
    for one in passes:
        response = HttpResponse()
        grant(request, response, one)
        request = coming_with(response.cookies[COOKIE].value)
    return request


def test_a_pass_comes_back_as_it_was_given() -> None:
    given = seat(1)

    assert passes_in(after(given)) == (given,)


def test_a_new_pass_for_the_same_row_replaces_the_old_one() -> None:
    old, new = seat(1), seat(1)

    assert passes_in(after(old, seat(2), new))[-1] == new
    assert old not in passes_in(after(old, seat(2), new))


def test_the_oldest_pass_goes_when_there_are_too_many_and_the_cookie_stays_small() -> None:
    many = [seat(number) for number in range(1, 21)]
    request = after(*many)

    assert passes_in(request) == tuple(many[-16:])
    assert len(request.COOKIES[COOKIE]) < 4000


def test_passes_of_one_purpose_are_forgotten_in_one_process_only() -> None:
    kept = [seat(2, "table"), seat(3, process=uuid.UUID(int=9))]
    request, response = after(seat(1), *kept), HttpResponse()

    forget(request, response, "seat", PROCESS)

    assert passes_in(coming_with(response.cookies[COOKIE].value)) == tuple(kept)


def test_passes_can_all_be_replaced_at_once() -> None:
    response, new = HttpResponse(), [seat(7), seat(8)]

    replace(response, new)

    assert passes_in(coming_with(response.cookies[COOKIE].value)) == tuple(new)


@pytest.mark.parametrize("cookie", ["nonsense", "a:b:c", "é€", "x" * 10_000])
def test_a_cookie_that_was_tampered_with_opens_nothing(cookie: str) -> None:
    assert passes_in(coming_with(cookie)) == ()


def test_a_cookie_signed_for_something_else_opens_nothing() -> None:
    cookie = signing.dumps([["seat", PROCESS.hex, PROCESS.hex, "", ""]], salt="another")

    assert passes_in(coming_with(cookie)) == ()


@pytest.mark.parametrize(
    "held",
    ["seat", None, [["seat", 5, None, "", ""]], [["seat", "no id", "no id", "", ""]], [["seat", "0" * 32]]],
)
def test_a_signed_cookie_that_holds_no_pass_opens_nothing(held: object) -> None:
    assert passes_in(coming_with(signing.dumps(held, salt="burgertop.passes"))) == ()


def test_one_changed_letter_closes_every_door() -> None:
    good = after(seat(1)).COOKIES[COOKIE]

    assert passes_in(coming_with(good[:-1] + ("a" if good[-1] != "a" else "b"))) == ()


def test_a_cookie_that_was_read_before_is_too_old_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    request, now = after(seat(1)), timezone.now()
    before = passes_in(request)

    found = []
    for days in (399, 401):
        later = now + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        monkeypatch.setattr(time, "time", later.timestamp)
        found.append(passes_in(request))

    assert found == [before, ()]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() -> None:
    response = HttpResponse()
    grant(coming_with(""), response, seat(1))

    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_last_pass_for_a_purpose_counts() -> None:
    first, second = seat(1), seat(2)
    actor = Actor(passes=(first, second, seat(3, "table")))

    assert actor.pass_for("seat", PROCESS) == second
    assert actor.pass_for("seat", PROCESS, first.subject) == first
    assert actor.pass_for("seat", uuid.UUID(int=9)) is None
    assert actor.pass_for("answer", PROCESS) is None
