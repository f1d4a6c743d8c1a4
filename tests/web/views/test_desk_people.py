"""The desk: the look of a process, and its people."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.views.conftest import At

from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Membership, Role
from burgertop.foundation.process.models import Process

pytestmark = pytest.mark.django_db
ClientAs = Callable[..., Client]
Mails = Callable[[], list[EmailMessage]]
PAGES = ["desk", "desk_texts", "desk_look", "desk_people", "desk_news", "desk_witnesses", "desk_stage"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'


def look_page(**changes: object) -> dict[str, object]:
    return {
        "is_listed": "on",
        "least_age": "16",
        "age_of_majority": "18",
        "minors_rule": "with_consent",
        "phone": "0800 12 345",
    } | changes


def test_a_logo_and_a_color_are_saved(organiser: Client, process: Process, at: At) -> None:
    for name, content in (("logo.png", PNG), ("logo.svg", SVG), ("logo.svg", b"\xef\xbb\xbf" + SVG)):
        page = look_page(brand="#7a1fa2", logo=SimpleUploadedFile(name, content))
        assert organiser.post(at("desk_look"), page).status_code == 302

    process.refresh_from_db()
    assert (process.brand, process.phone, bool(process.logo)) == ("#7a1fa2", "0800 12 345", True)


@pytest.mark.parametrize("color", ["#ffff00", "#ffffff", "red", "#12345", "url(x)", "#7a1fa2;}"])
def test_a_color_that_cannot_be_read_is_refused(organiser: Client, process: Process, at: At, color: str) -> None:
    assert organiser.post(at("desk_look"), look_page(brand=color)).status_code == 200
    process.refresh_from_db()
    assert process.brand == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg><script>alert(1)</script></svg>"),
        ("logo.svg", b"<svg><SCRIPT href='x'/></svg>"),
        ("logo.svg", b"<svg xmlns:s='http://www.w3.org/2000/svg'><s:script>1</s:script></svg>"),
        ("logo.svg", b"<svg\nonload=alert(1)></svg>"),
        ("logo.svg", b"<svg><rect onclick = 'x'/></svg>"),
        ("logo.svg", b"<svg><a href='java&#115;cript:alert(1)'/></svg>"),
        ("logo.svg", b"<svg><foreignObject><p>x</p></foreignObject></svg>"),
        ("logo.svg", b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>"),
        ("logo.svg", b"plain words"),
        ("logo.svg", b""),
        ("logo.png", SVG),
        ("logo.svg", PNG),
        ("logo.html", b"<p>x</p>"),
        ("logo.png", PNG + b"0" * 300_000),
        ("logo.exe", b"MZ"),
    ],
)
def test_a_file_that_is_no_plain_picture_is_refused(
    organiser: Client, process: Process, at: At, name: str, content: bytes
) -> None:
    response = organiser.post(at("desk_look"), look_page(logo=SimpleUploadedFile(name, content)))

    assert response.status_code == 200
    process.refresh_from_db()
    assert not process.logo


def test_an_invitation_s_link_really_sets_a_password(organiser: Client, at: At, mails: Mails) -> None:
    organiser.post(at("desk_people"), {"email": "Bob@Town.example", "role": "moderator"})

    (mail,) = mails()
    assert mail["To"] == "bob@town.example"
    link = re.search(r"http://testserver(/\S+)", mail.get_content())
    assert link is not None
    browser = Client()
    page = browser.get(link[1], follow=True)
    where = page.redirect_chain[-1][0]
    word = "een lang wachtwoord 2026"
    browser.post(where, {"password1": word, "password2": word})

    bob = Account.objects.get(email="bob@town.example")
    assert bob.check_password(word)
    assert browser.post("/en/accounts/login/", {"login": bob.email, "password": word}).status_code == 302
    assert browser.get(at("desk")).status_code == 200


def test_the_same_invitation_is_mailed_once_and_another_role_once_more(organiser: Client, at: At, mails: Mails) -> None:
    for role in ("moderator", "moderator", "observer"):
        organiser.post(at("desk_people"), {"email": "bob@town.example", "role": role})

    assert [mail["To"] for mail in mails()] == ["bob@town.example"] * 2
    assert sorted(Membership.objects.filter(account__email="bob@town.example").values_list("role", flat=True)) == [
        "moderator",
        "observer",
    ]


def test_somebody_with_a_password_gets_the_role_and_no_mail(organiser: Client, at: At, mails: Mails) -> None:
    Account.objects.create_user("bob@town.example", "a long password")

    organiser.post(at("desk_people"), {"email": "bob@town.example", "role": "moderator"})

    assert mails() == []
    assert Membership.objects.filter(account__email="bob@town.example", role="moderator").exists()


@pytest.mark.parametrize(
    "page",
    [
        {"email": "", "role": "moderator"},
        {"email": "no address", "role": "moderator"},
        {"email": "a@b.example\nBcc: c@d.example", "role": "moderator"},
        {"email": "bob@town.example", "role": "guest"},
        {"email": "bob@town.example", "role": "king"},
        {"email": "x" * 300 + "@town.example", "role": "moderator"},
    ],
)
def test_a_role_for_nobody_is_refused(organiser: Client, at: At, mails: Mails, page: dict[str, str]) -> None:
    assert organiser.post(at("desk_people"), page).status_code == 200
    assert Membership.objects.count() == 1
    assert mails() == []


def test_a_role_is_taken_away_but_not_the_last_organiser_s(
    organiser: Client, process: Process, other: Process, at: At
) -> None:
    bob = Account.objects.create_user("bob@town.example")
    moderator, elsewhere = give_role(process, bob, Role.MODERATOR), give_role(other, bob, Role.MODERATOR)
    last = process.memberships.get(role=Role.ORGANISER)

    html = organiser.post(at("desk_remove_role", last.pk), follow=True).content.decode()
    statuses = [organiser.post(at("desk_remove_role", one.pk)).status_code for one in (moderator, elsewhere)]

    assert "A process needs at least one organizer." in html
    assert statuses == [302, 404]
    assert set(Membership.objects.all()) == {last, elsewhere}
