"""A page is called the same for all only for those who are nobody."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.public_pages import SAME_FOR_ALL, same_for_all
from burgertop.foundation.people.requests import HouseRequest

ID = uuid.UUID(int=1)


@pytest.mark.parametrize(
    ("method", "actor", "is_same"),
    [
        ("GET", Actor(), True),
        ("GET", Actor(visitor="a" * 32), True),
        ("POST", Actor(), False),
        ("GET", Actor(account_id=ID), False),
        ("GET", Actor(passes=(Pass("seat", ID, ID),)), False),
    ],
)
def test_only_for_a_visitor_who_looks(method: str, actor: Actor, is_same: bool) -> None:
    request: HouseRequest = RequestFactory().generic(method, "/")  # type: ignore[assignment]  # a plain request until it has an actor
    request.actor = actor

    same_for_all(lambda _request: HttpResponse("page"))(request)

    assert (SAME_FOR_ALL in request.META) is is_same
