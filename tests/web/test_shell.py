"""The shell of every page: languages, switches, colors, errors, and what the house says of itself."""

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from burgertop.foundation.people.models import Account
from burgertop.foundation.process.models import Process
from burgertop.web.views import errors

pytestmark = pytest.mark.django_db

SAYINGS = ["accessibility", "your_data", "limits", "source"]


@pytest.fixture
def process() -> Process:
    process = Process.objects.create(slug="top", languages=["nl"], phone="0800 12 345", brand="#7a1fa2")
    process.write("title", {"nl": "Burgertop", "en": "Summit <2026>"})
    return process


def body_of(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


# Every page --------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAYINGS)
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_house_speaks_of_itself_in_every_language(client: Client, name: str, language: str) -> None:
    with override(language):
        response = client.get(reverse(name))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in body_of(response)


def test_a_page_links_to_itself_in_the_other_languages(client: Client) -> None:
    response = client.get("/en/limits/?from=letter")

    links = re.findall(r'<a href="([^"]+)"\s+lang="(\w\w)"', body_of(response))
    assert links == [(f"/{code}/limits/?from=letter", code) for code in ("nl", "fr", "de", "en")]


def test_a_page_can_be_skipped_into_and_has_one_main(client: Client) -> None:
    html = body_of(client.get("/en/source/"))

    assert '<a class="skip" href="#content">' in html
    assert html.count("<main") == html.count('id="content"') == html.count("<h1") == 1


@pytest.mark.parametrize("name", SAYINGS)
def test_no_page_carries_style_or_script_of_its_own(client: Client, name: str) -> None:
    html = body_of(client.get(reverse(name)))

    assert re.findall(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", html) == []


def test_the_title_names_the_process_in_plain_words(client: Client, process: Process) -> None:
    html = body_of(client.get("/en/top/"))

    assert "– Summit &lt;2026&gt;</title>" in html
    assert '<a href="tel:080012345">0800 12 345</a>' in html
    assert 'href="/brand/top.css"' in html


# The reader's switches -----------------------------------------------------------------


def test_the_switches_are_kept_and_the_reader_goes_back(client: Client) -> None:
    response = client.post("/display/", {"large": "on", "next": "/en/limits/?a=1"})

    assert (response.status_code, response["Location"]) == (302, "/en/limits/?a=1")
    assert 'class="bt-large"' in body_of(client.get("/en/limits/"))


def test_switching_off_takes_the_class_away(client: Client) -> None:
    client.post("/display/", {"large": "on", "contrast": "on"})

    client.post("/display/", {"contrast": "on"})

    assert 'class="bt-contrast"' in body_of(client.get("/en/limits/"))


@pytest.mark.parametrize(
    "onward", ["home", "1e309", "https://evil.example/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_the_switches_lead_nowhere_else(client: Client, onward: str) -> None:
    assert client.post("/display/", {"next": onward})["Location"] == "/"


def test_the_switches_are_not_set_by_a_link(client: Client) -> None:
    assert client.get("/display/?large=on").status_code == 405


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 302), ("none", 302), ("cross-site", 403), ("same-site", 403)]
)
def test_the_switches_carry_no_secret_and_another_site_cannot_turn_them(site: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/display/", {"large": "on"}, headers={"Sec-Fetch-Site": site}).status_code == status


def test_whoever_only_reads_is_given_no_cookie(client: Client) -> None:
    client.get("/en/limits/")

    assert not client.cookies


# Colors of a process ---------------------------------------------------------------------


def test_a_process_has_a_style_sheet_of_its_colors(client: Client, process: Process) -> None:
    response = client.get("/brand/top.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--bt-brand: #7a1fa2;" in body_of(response)


def test_an_unchanged_style_sheet_is_not_sent_twice(client: Client, process: Process) -> None:
    tag = client.get("/brand/top.css")["ETag"]

    assert client.get("/brand/top.css", headers={"If-None-Match": tag}).status_code == 304


def test_no_process_has_no_colors(client: Client) -> None:
    assert client.get("/brand/none.css").status_code == 404


# When something does not work ----------------------------------------------------------------


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/en/top/")


def test_a_page_that_is_not_there_leads_home(client: Client) -> None:
    response = client.get("/en/nothing/at/all/")

    assert response.status_code == 404
    assert "There is no page here" in body_of(response)
    assert 'href="/en/"' in body_of(response)


def test_a_closed_page_says_why_when_there_is_a_reason(request_: HttpRequest) -> None:
    bare, told = errors.forbidden(request_), errors.forbidden(request_, PermissionDenied("The ballot is closed."))

    assert (bare.status_code, told.status_code) == (403, 403)
    assert "This page is not open to you" in body_of(bare)
    assert "<p>The ballot is closed.</p>" in body_of(told)


def test_too_much_at_once_is_told_apart_from_what_cannot_be_read(request_: HttpRequest) -> None:
    assert errors.bad_request(request_).status_code == 400

    response = errors.bad_request(request_, RequestDataTooBig())

    assert response.status_code == 413
    assert "12 MB" in body_of(response)


def test_a_locked_door_says_when_it_opens(request_: HttpRequest) -> None:
    response = errors.locked_out(request_, None, {"username": "x"})

    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert "closed for 15 minutes" in body_of(response)


def test_a_broken_page_is_written_without_the_database(
    request_: HttpRequest, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is a context manager
        response = errors.broken(request_)

    assert response.status_code == 500
    assert "Something broke on our side" in body_of(response)


# A form that was open for too long --------------------------------------------------------------


def stale(**headers: str) -> str:
    response = Client(enforce_csrf_checks=True).post(
        "/en/accounts/login/",
        {"idea": "No bus <b>after</b> seven", "once": "7", "code": "K7M4 PX9R"},
        headers=headers,
    )
    assert response.status_code == 403
    return body_of(response)


def test_a_stale_form_shows_what_was_written_but_no_codes() -> None:
    html = stale()

    assert "No bus &lt;b&gt;after&lt;/b&gt; seven</blockquote>" in html
    assert "K7M4" not in html


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}], ids=["fetch metadata", "origin"]
)
def test_a_stale_form_of_this_site_can_be_sent_once_more(headers: dict[str, str]) -> None:
    html = stale(**headers)

    assert '<input type="hidden" name="once" value="7">' in html
    assert '<input type="hidden" name="code" value="K7M4 PX9R">' in html


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=["unknown", "cross-site", "other origin", "null origin"],
)
def test_a_form_of_another_site_is_never_sent_once_more(headers: dict[str, str]) -> None:
    assert 'name="once"' not in stale(**headers)


def test_a_password_is_never_written_back() -> None:
    response = Client(enforce_csrf_checks=True).post(
        "/en/accounts/login/", {"password": "correct horse battery"}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert "correct horse" not in body_of(response)


# The doors of staff ---------------------------------------------------------------------------------

INLINE = r"\sstyle=|\son\w+=|<style|<script(?![^>]*\s(?:src=|type=\"application/json\"))"


@pytest.fixture
def lotte(client: Client) -> Client:
    """A signed-in member of staff."""
    Account.objects.create_user(email="lotte@example.org", password="a long walk home")
    response = client.post("/en/accounts/login/", {"login": "lotte@example.org", "password": "a long walk home"})
    assert response.status_code == 302
    return client


@pytest.mark.parametrize(
    "page", ["login/", "password/reset/", "password/reset/done/", "signup/", "inactive/", "password/reset/key/1-set/"]
)
def test_the_doors_of_staff_look_like_the_house(client: Client, page: str) -> None:
    response = client.get(f"/en/accounts/{page}")

    html = body_of(response)
    assert response.status_code == 200
    assert (html.count('class="masthead"'), html.count("<h1")) == (1, 1)
    assert re.findall(INLINE, html) == []


@pytest.mark.parametrize(
    "page",
    [
        "email/",
        "logout/",
        "password/change/",
        "reauthenticate/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/recovery-codes/generate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
    ],
)
def test_the_account_pages_of_staff_look_like_the_house(lotte: Client, page: str) -> None:
    response = lotte.get(f"/en/accounts/{page}", follow=True)

    html = body_of(response)
    assert response.status_code == 200
    assert (html.count('class="masthead"'), html.count("<h1")) == (1, 1)
    assert re.findall(INLINE, html) == []


def test_nobody_signs_up_for_themselves(client: Client) -> None:
    assert "Nobody signs up here" in body_of(client.get("/en/accounts/signup/"))


def test_a_wrong_password_is_told_at_the_top(client: Client) -> None:
    html = body_of(client.post("/en/accounts/login/", {"login": "nobody@example.org", "password": "wrong"}))

    assert 'class="notice notice--stop' in html
    assert "One thing is not right yet" in html


def test_who_is_signed_in_can_sign_out_from_every_page(lotte: Client) -> None:
    html = body_of(lotte.get("/en/limits/"))

    assert "Signed in as" in html
    assert 'method="post" action="/en/accounts/logout/"' in html
