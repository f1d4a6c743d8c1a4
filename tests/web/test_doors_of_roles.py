"""Every view and everybody who may knock: the table ``doors_of_roles.csv`` says who comes in, and how.

``ok`` the view answers (a page, a redirect onward, or a form with errors), ``login`` sign in first,
``forbidden``, ``missing`` it does not exist for them. A new view needs its lines in the table:

    .venv/bin/python -m pytest tests/web/test_doors_of_roles.py

names what is missing. Think of the least right that does the work before writing ``ok``.
"""

import csv
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings
from tests.web.small_process import ACTORS, SmallProcess, make_small_process

TABLE = Path(__file__).with_name("doors_of_roles.csv")
METHODS = ("GET", "POST")
HALVES = (ACTORS[::2], ACTORS[1::2])  # two tests, so that two workers share the walk
OUTCOMES = ("ok", "login", "forbidden", "missing")
# The files of the house and of the packages: no views of ours.
NOT_VIEWS = frozenset({"javascript-catalog"})


def views() -> list[tuple[str, str]]:
    """Return every named view with what its address fixes (``do=open``), in the order of the addresses."""
    found: dict[tuple[str, str], None] = {}

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name and one.name not in NOT_VIEWS:
                fixed = " ".join(f"{name}={value}" for name, value in one.default_args.items())
                found[f"{space}{one.name}", fixed] = None

    walk(get_resolver().url_patterns, "")
    return list(found)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome_of(answer: HttpResponse) -> str:
    """Put an answer into one of the four words; anything else stands as its number."""
    code, onward = answer.status_code, answer.headers.get("Location", "")
    if code in {401, 302} and ("/accounts/login/" in onward or "/accounts/reauthenticate/" in onward):
        return "login"
    if code in {403, 404}:
        return {403: "forbidden", 404: "missing"}[code]
    return "ok" if code < 300 or code in {301, 302, 304, 400, 409, 410, 422} else str(code)


def address_of(small: SmallProcess, view: str, fixed: str) -> str:
    """Return the address of the example of a view."""
    space = view.rpartition(":")[0]
    given = dict(small.arguments.get(view) or (small.arguments.get(f"{space}:", {}) if space else {}))
    return reverse(view, kwargs={**given, **dict(part.split("=") for part in fixed.split())})


def knock(client: Client, method: str, address: str) -> str:
    """Ask once, and take back whatever it changed, in the database and in the browser."""
    cache.clear()
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        outcome = outcome_of(answer)
        if answer.streaming:
            answer.getvalue()  # read to its end, so that the file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return outcome


@pytest.fixture(scope="module")
def small_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SmallProcess]:
    """The small process, made once for this file, for that takes some seconds; each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_small_process()
        transaction.set_rollback(True)


@pytest.fixture
def small(small_house: SmallProcess, db: None, settings: Settings) -> SmallProcess:
    """The small process. Its pages are not written out: other walks read them."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.web.unread.LeaveUnread"]
    return small_house


def test_every_view_stands_in_the_table_and_nothing_else_does() -> None:
    listed = {(row["view"], row["fixed"]) for row in rows()}

    assert sorted(listed ^ set(views())) == []


def test_the_table_speaks_of_everybody_in_four_words() -> None:
    told = rows()

    assert set(told[0]) == {"view", "fixed", "method", *ACTORS}
    assert {row[actor] for row in told for actor in ACTORS} <= set(OUTCOMES)
    assert len({(row["view"], row["fixed"], row["method"]) for row in told}) == len(told)


@pytest.mark.slow
@pytest.mark.same_on_both
@pytest.mark.parametrize("actors", HALVES, ids=["first-half", "second-half"])
def test_every_view_lets_in_whom_the_table_says(actors: Sequence[str], small: SmallProcess) -> None:
    clients = {actor: small.client(actor) for actor in actors}

    wrong = [
        f"{actor}: {row['method']} {row['view']} {row['fixed']}: {row[actor]} expected, {found} found"
        for row in rows()
        for actor, client in clients.items()
        if (found := knock(client, row["method"], address_of(small, row["view"], row["fixed"]))) != row[actor]
    ]

    assert wrong == []


@pytest.mark.same_on_both
def test_a_method_that_is_not_in_the_table_is_refused(small: SmallProcess) -> None:
    listed = {(row["view"], row["fixed"], row["method"]) for row in rows()}
    client, operator = small.client("visitor"), small.client("operator")

    taken = [
        (method, view, fixed)
        for view, fixed in views()
        for method in METHODS
        if (view, fixed, method) not in listed
        and {client.generic(method, address_of(small, view, fixed)).status_code} - {405}
        and operator.generic(method, address_of(small, view, fixed)).status_code != 405
    ]

    assert taken == []
