"""The home of the server, the bureau, and founding a process."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template

pytestmark = pytest.mark.django_db
PAGE = {"title": "De <b>stad</b>", "slug": "stad", "template": "dutch", "languages": "nl, fr nl"}


def test_the_home_shows_every_listed_process(client: Client, process: Process, other: Process) -> None:
    html = client.get("/nl/").content.decode()

    assert ["De stad" in html, "Elders" in html] == [True, True]


def test_an_empty_server_says_so(client: Client) -> None:
    assert "There is no summit on this server yet." in client.get("/en/").content.decode()


def test_the_home_costs_as_much_for_one_process_as_for_many(client: Client, process: Process) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/")
        return len(queries)

    one = cost()
    for number in range(4):
        found_process(f"town-{number}", Template.DUTCH, titles={"nl": "X"}, languages=["nl"])

    assert cost() == one


def test_the_operator_founds_a_process_and_is_its_first_organiser(operator: Client) -> None:
    response = operator.post("/en/new/", PAGE)

    made = Process.objects.get(slug="stad")
    assert (response["Location"], made.languages, made.template) == ("/en/stad/desk/", ["nl", "fr"], "dutch")
    assert [row.role for row in made.memberships.all()] == [Role.ORGANISER]
    assert made.languages_of("title") == ("nl",)
    assert "De &lt;b&gt;stad&lt;/b&gt;" in operator.get("/en/stad/desk/").content.decode()


def test_nobody_else_founds_one(organiser: Client, client: Client) -> None:
    assert [one.post("/en/new/", PAGE).status_code for one in (organiser, client)] == [403, 302]
    assert not Process.objects.filter(slug="stad").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"slug": "bureau"},
        {"slug": "NEW"},
        {"slug": "town"},
        {"slug": "TOWN"},
        {"slug": "a/b"},
        {"slug": "é"},
        {"template": "roman"},
        {"languages": ""},
        {"languages": ", ,"},
        {"languages": "dutch"},
        {"languages": "nl <b>"},
        {"languages": " ".join(f"{a}{b}" for a in "abcdef" for b in "abcdef")},
    ],
)
def test_a_process_that_cannot_be_is_refused_with_reasons(
    operator: Client, process: Process, changes: dict[str, str]
) -> None:
    response = operator.post("/en/new/", PAGE | changes)

    assert response.status_code == 200
    assert list(Process.objects.all()) == [process]


def test_a_press_twice_founds_one(operator: Client) -> None:
    statuses = [operator.post("/en/new/", PAGE).status_code for _ in range(2)]

    assert statuses == [302, 200]
    assert Process.objects.filter(slug="stad").count() == 1


def test_the_bureau_shows_one_s_own_processes(
    client_as: Callable[..., Client], process: Process, other: Process
) -> None:
    html = client_as(Role.MODERATOR).get("/en/bureau/").content.decode()

    assert ["The town" in html, "Elders" in html, "Moderator" in html] == [True, False, True]


def test_the_bureau_asks_who_one_is(client: Client) -> None:
    assert client.get("/en/bureau/")["Location"].startswith("/en/accounts/login/")


def test_the_server_says_that_it_is_well(client: Client) -> None:
    assert client.get("/healthy").content == b"ok\n"
