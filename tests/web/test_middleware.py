"""What happens to every request and answer: strict headers, one actor, no cookie before it is needed."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from burgertop.foundation.codes.actions import make, replace
from burgertop.foundation.codes.models import Code
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.people.passes import COOKIE, grant
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, StageKind, Template
from burgertop.web.middleware import CSP, _network_of, know_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    return found_process("town", Template.BELGIAN, titles={"nl": "De stad"}, languages=["nl"])


def network(address: str, **more: str) -> str:
    return _network_of(RequestFactory().get("/", REMOTE_ADDR=address, **more))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/", 200),
        ("/en/town/", 200),
        ("/en/nothing/", 404),
        ("/en/town/desk/", 403),
        ("/a/broken", 410),
        ("/t/broken", 410),
        ("/healthy", 200),
        ("/en/bureau/", 302),
    ],
)
def test_every_answer_carries_the_strict_headers(client: Client, process: Process, path: str, status: int) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert response["Content-Security-Policy"] == CSP
    assert "unsafe" not in CSP
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert (response["Referrer-Policy"], response["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")


def test_a_broken_page_carries_them_too(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("burgertop.web.views.process.head_of", None)

    response = Client(raise_request_exception=False).get("/en/town/")

    assert (response.status_code, response["Content-Security-Policy"]) == (500, CSP)


def test_pages_stand_without_script_or_style_in_them(client: Client, process: Process) -> None:
    html = client.get("/en/town/").content.decode()

    assert [word for word in ("<style", "style=", "onclick=", "onload=", "javascript:") if word in html] == []
    assert html.count("<script") == html.count('<script type="module" src=')


def test_reading_sets_no_cookie_of_a_visitor_and_writing_does_once(client: Client, process: Process) -> None:
    client.get("/en/town/")
    assert "bt_visitor" not in client.cookies

    client.post("/en/town/record/check/", {"number": "1", "digest": "0" * 64})
    first = client.cookies["bt_visitor"].value
    client.post("/en/town/record/check/", {"number": "1", "digest": "0" * 64})

    assert client.cookies["bt_visitor"].value == first
    assert (len(first), client.cookies["bt_visitor"]["httponly"]) == (32, True)


@pytest.mark.parametrize("cookie", ["short", "Z" * 32, "0" * 33, "<script>", "0" * 31 + "\n"])
def test_a_visitor_cookie_of_somebody_s_own_making_is_replaced(client: Client, process: Process, cookie: str) -> None:
    client.cookies["bt_visitor"] = cookie

    client.post("/en/town/record/check/", {"number": "1", "digest": "0" * 64})

    assert client.cookies["bt_visitor"].value != cookie


def test_networks_are_counted_but_cannot_be_read() -> None:
    assert network("193.190.1.25") == network("193.190.1.25")
    assert network("193.190.1.25") != network("193.190.1.26")
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("nonsense") == network("")
    assert len(network("193.190.1.25")) == 64


def test_ipv4_written_as_ipv6_is_one_network_each() -> None:
    assert network("::ffff:193.190.1.25") == network("193.190.1.25")
    assert network("::ffff:193.190.1.25") != network("::ffff:193.190.1.26")


def test_a_forwarded_address_counts_behind_a_proxy_only(settings: Settings) -> None:
    forwarded = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 193.190.1.25"}
    assert network("10.0.0.1", **forwarded) == network("10.0.0.1")

    settings.IS_BEHIND_PROXY = True
    assert network("10.0.0.1", **forwarded) == network("193.190.1.25")


def test_a_visitor_is_an_actor_without_rights(process: Process) -> None:
    seen: list[Actor] = []
    middleware = know_actor(lambda request: seen.append(request.actor))  # type: ignore[arg-type,attr-defined,func-returns-value]  # it keeps what it sees
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()

    middleware(request)

    assert (seen[0].account_id, seen[0].is_operator, dict(seen[0].roles), seen[0].passes) == (None, False, {}, ())


# A process that is not listed yet ---------------------------------------------------------------


@pytest.fixture
def unlisted(process: Process) -> list[str]:
    Process.objects.update(is_listed=False)
    pages = [f"/en/town/{page}" for page in ("", "mandate/", "news/", "record/", "record/lines.jsonl", "record/head/")]
    return pages + [f"/en/town/{stage.kind}/{stage.slug}/" for stage in process.stages.all()]


def test_an_unlisted_process_is_not_there_for_the_public(client: Client, unlisted: list[str]) -> None:
    assert {page: client.get(page).status_code for page in unlisted} == dict.fromkeys(unlisted, 404)
    assert "De stad" not in client.get("/en/").content.decode()


def test_an_unlisted_process_is_not_there_for_staff_of_another(client: Client, unlisted: list[str]) -> None:
    other = found_process("other", Template.BELGIAN, titles={"nl": "X"}, languages=["nl"])
    account = Account.objects.create_user("bob@other.example")
    give_role(other, account, Role.ORGANISER)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    assert {client.get(page).status_code for page in unlisted} == {404}


def test_its_own_staff_and_the_operator_see_it(unlisted: list[str], process: Process) -> None:
    alice = Account.objects.create_user("alice@town.example")
    give_role(process, alice, Role.OBSERVER)
    statuses = set()
    for account in (alice, Account.objects.create_superuser("root@town.example")):
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        statuses |= {client.get(page).status_code for page in unlisted if page.count("/") < 5}

    assert statuses == {200}


def with_pass(held: Pass) -> Client:
    """A browser that was given a pass by a code, a device or a link."""
    client, response = Client(), HttpResponse()
    grant(RequestFactory().get("/"), response, held)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


@pytest.mark.parametrize("purpose", ["idea", "vote", "seat", "table", "answer"])
def test_whoever_holds_a_pass_of_the_process_sees_it_and_who_holds_one_of_another_does_not(
    unlisted: list[str], process: Process, purpose: str
) -> None:
    other = found_process("other", Template.BELGIAN, titles={"nl": "X"}, languages=["nl"])
    of_town, of_other = (with_pass(Pass(purpose, one.pk, uuid.uuid4(), key="k")) for one in (process, other))

    assert (of_town.get(unlisted[0]).status_code, of_other.get(unlisted[0]).status_code) == (200, 404)
    assert {page: of_other.get(page).status_code for page in unlisted} == dict.fromkeys(unlisted, 404)


def test_a_pass_ends_with_the_code_it_came_from(unlisted: list[str], process: Process) -> None:
    person = uuid.uuid4()
    make(process.pk, "seat", person)
    client = with_pass(Pass("seat", process.pk, person, key=str(Code.objects.get().pk)))
    before = client.get(unlisted[0]).status_code

    replace(process.pk, "seat", person)

    assert (before, client.get(unlisted[0]).status_code) == (200, 404)


def test_ids_in_addresses_are_random(process: Process) -> None:
    assert isinstance(process.stages.get(kind=StageKind.SUMMIT).pk, uuid.UUID)
