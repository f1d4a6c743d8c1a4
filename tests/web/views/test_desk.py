"""The desk: who may come in, its stages, texts, news and witnesses."""

import re
import uuid
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.web.views.conftest import At

from burgertop.foundation.people.models import Role
from burgertop.foundation.post.models import Sending
from burgertop.foundation.process.actions import close_stage, open_stage
from burgertop.foundation.process.models import News, Process, StageKind, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.queries import entries_of, head_of
from burgertop.web.doors import DOORS

pytestmark = pytest.mark.django_db
ClientAs = Callable[..., Client]
Mails = Callable[[], list[EmailMessage]]
PAGES = ["desk", "desk_texts", "desk_look", "desk_people", "desk_news", "desk_witnesses", "desk_stage"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'


def once() -> str:
    return str(uuid.uuid4())


def seen_in(html: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("who", "open_pages"),
    [
        ("organiser", set(PAGES)),
        ("operator", set(PAGES)),
        ("data_protection", {"desk", "desk_witnesses"}),
        ("moderator", {"desk"}),
        ("theme_team", {"desk"}),
        ("facilitator", {"desk"}),
        ("reply_desk", {"desk"}),
        ("observer", {"desk"}),
        ("addressee", {"desk"}),
        ("panel_member", {"desk"}),
        ("press", {"desk"}),
        ("", set()),
    ],
)
def test_each_page_of_the_desk_opens_to_those_it_is_for(
    who: str, open_pages: set[str], client_as: ClientAs, process: Process, at: At
) -> None:
    browser = client_as(who) if who else Client()
    stage = process.stages.get(kind=StageKind.SUMMIT)

    opened = {
        page
        for page in PAGES
        if browser.get(at(page, *([stage.pk] if page == "desk_stage" else []))).status_code == 200
    }

    assert opened == open_pages


def test_an_organiser_of_another_process_stands_outside(
    client_as: ClientAs, other: Process, process: Process, at: At
) -> None:
    stranger = client_as(Role.ORGANISER, other)
    stage = process.stages.get(kind=StageKind.SUMMIT)

    assert {
        stranger.post(at(page, *([stage.pk] if page == "desk_stage" else [])), {"do": "open"}).status_code
        for page in PAGES[1:]
    } == {403}
    assert process.stages.get(kind=StageKind.SUMMIT).state == StageState.PLANNED


@pytest.mark.parametrize("role", list(Role))
def test_every_door_on_a_desk_opens(role: Role, client_as: ClientAs, process: Process) -> None:
    for stage in process.stages.all():
        open_stage(stage, now=timezone.now())
    browser = client_as(role)

    shut = [
        door.name
        for stage in process.stages.all()
        for door in DOORS[StageKind(stage.kind)]
        if role in door.roles
        and door.name != "report:answers"
        and browser.get(reverse(door.name, args=[process.slug, stage.slug])).status_code not in {200, 302}
    ]
    assert shut == []


@pytest.mark.parametrize("state", StageState)
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.FACILITATOR])
def test_no_door_is_offered_that_the_state_of_the_stage_shuts(
    role: Role, state: StageState, client_as: ClientAs, process: Process, at: At
) -> None:
    for stage in process.stages.all():
        if state != StageState.PLANNED:
            open_stage(stage, now=timezone.now())
        if state == StageState.CLOSED:
            close_stage(stage, now=timezone.now())
    browser = client_as(role)
    offered = re.findall(rf'href="(/en/{process.slug}/\w+/[^"]*)"', browser.get(at("desk")).content.decode())

    shut = [path for path in offered if browser.get(path).status_code not in {200, 302}]
    assert len(offered) > 5
    assert shut == []


def test_a_stage_is_opened_and_closed(
    organiser: Client, process: Process, at: At, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    stage = process.stages.get(kind=StageKind.SUMMIT)
    states = []
    with django_capture_on_commit_callbacks(execute=True):
        for do in ("open", "open", "close", "close", "nonsense"):
            organiser.post(at("desk_stage", stage.pk), {"do": do})
            stage.refresh_from_db()
            states.append(stage.state)

    assert states == ["open", "open", "closed", "closed", "closed"]
    assert [entry.kind for entry in entries_of(process.pk)][:2] == ["stage_closed", "stage_opened"]


def test_a_stage_of_another_process_is_not_found(organiser: Client, other: Process, at: At) -> None:
    assert organiser.post(at("desk_stage", other.stages.first().pk), {"do": "open"}).status_code == 404  # type: ignore[union-attr]  # it has stages


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "is_saved"),
    [
        ("2026-09-01T10:00", "2026-09-02T10:00", True),
        ("", "", True),
        ("2026-09-02T10:00", "2026-09-01T10:00", False),
        ("2026-09-02T10:00", "2026-09-02T10:00", False),
        ("tomorrow", "", False),
        ("9999-99-99T99:99", "", False),
    ],
)
def test_the_dates_of_a_stage_make_sense_or_are_refused(
    organiser: Client, process: Process, at: At, opens_at: str, closes_at: str, is_saved: bool
) -> None:
    stage = process.stages.get(kind=StageKind.SUMMIT)

    response = organiser.post(
        at("desk_stage", stage.pk), {"do": "window", "opens_at": opens_at, "closes_at": closes_at}
    )

    assert response.status_code == (302 if is_saved else 200)


def test_texts_are_written_and_shown_as_typed(organiser: Client, client: Client, process: Process, at: At) -> None:
    words = {"title__nl": "Top <b>2026</b> 🗳", "about__nl": "Regel\n\n<script>alert(1)</script>", "about__fr": "Ligne"}
    organiser.post(at("desk_texts"), words | {"seen": seen_in(organiser.get(at("desk_texts")).content.decode())})

    html = client.get("/nl/town/").content.decode()
    assert "Top &lt;b&gt;2026&lt;/b&gt; 🗳" in html
    assert "<script>alert" not in html
    assert process.say("title", "fr").language == "nl"


def test_texts_changed_meanwhile_are_not_overwritten_unseen(
    organiser: Client, client_as: ClientAs, process: Process, at: At
) -> None:
    seen = seen_in(organiser.get(at("desk_texts")).content.decode())
    client_as(Role.ORGANISER).post(at("desk_texts"), {"title__nl": "Van Bob", "seen": seen})

    html = organiser.post(at("desk_texts"), {"title__nl": "Van Alice", "seen": seen}).content.decode()
    assert "Somebody changed these texts while you wrote." in html
    assert 'value="Van Alice"' in html
    assert process.texts.get(name="title", language="nl").body == "Van Bob"

    organiser.post(at("desk_texts"), {"title__nl": "Van Alice", "seen": seen_in(html)})
    assert process.texts.get(name="title", language="nl").body == "Van Alice"


def test_a_text_that_is_too_long_is_refused_and_kept_in_the_form(organiser: Client, process: Process, at: At) -> None:
    response = organiser.post(at("desk_texts"), {"about__nl": "x" * 6001, "title__nl": "Blijft"})

    assert response.status_code == 200
    assert "Blijft" in response.content.decode()
    assert process.say("about", "nl").text == ""


def test_languages_are_called_by_their_names(organiser: Client, at: At) -> None:
    html = organiser.get(at("desk_texts")).content.decode()

    assert "Name (Dutch)" in html
    assert "Name (nl)" not in html


@pytest.mark.parametrize(
    ("tag", "direction", "words"), [("ar", "rtl", "قمة المواطنين"), ("el", "ltr", "Σύνοδος πολιτών")]
)
def test_arabic_and_greek_are_shown_in_their_direction(
    client: Client, process: Process, tag: str, direction: str, words: str
) -> None:
    process.languages = [tag]
    process.save()
    process.texts.all().delete()
    process.write("title", {tag: words})
    process.write("about", {tag: words})

    html = client.get("/nl/town/").content.decode()
    assert f'<span lang="{tag}" dir="{direction}">{words}</span>' in html
    assert f'<div lang="{tag}" dir="{direction}">' in html


def test_news_sent_twice_is_published_once(organiser: Client, client: Client, at: At) -> None:
    page = {
        "kind": "news",
        "title__nl": "Nieuws <i>1</i>",
        "body__nl": "Meer",
        "link": "town.example/x",
        "once": once(),
    }
    for _ in range(2):
        organiser.post(at("desk_news"), page)

    assert [(item.link, item.kind) for item in News.objects.all()] == [("https://town.example/x", "news")]
    assert "Nieuws &lt;i&gt;1&lt;/i&gt;" in client.get("/nl/town/news/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"title__nl": ""},
        {"kind": "gossip"},
        {"link": "javascript:alert(1)"},
        {"kind": "film", "link": ""},
        {"title__nl": "x" * 161},
        {"once": "x"},
    ],
)
def test_bad_news_is_refused_and_kept_in_the_form(organiser: Client, at: At, changes: dict[str, str]) -> None:
    page = {"kind": "news", "title__nl": "Nieuws", "body__nl": "Blijft staan", "once": once()} | changes

    assert "Blijft staan" in organiser.post(at("desk_news"), page).content.decode()
    assert not News.objects.exists()


def test_witnesses_get_the_head_and_their_addresses_are_not_kept(
    organiser: Client, process: Process, at: At, mails: Mails
) -> None:
    append(process.pk, "process_founded", {"template": "belgian"})
    head = head_of(process.pk)
    page = {"addresses": "W1@post.example\n\nw2@post.example\nw1@post.example", "once": once()}

    for _ in range(2):
        organiser.post(at("desk_witnesses"), page)

    assert [mail["To"] for mail in mails()] == ["w1@post.example", "w2@post.example"]
    assert f"Line: {head.number}" in mails()[0].get_content()
    assert head.digest in mails()[0].get_content()
    assert next((entry.kind, entry.facts) for entry in entries_of(process.pk)) == (
        "head_sent",
        {"number": head.number, "witnesses": 2},
    )
    assert entries_of(process.pk).count() == 2
    stored = [str(value) for row in Sending.objects.values_list() for value in row]
    assert [value for value in stored if "@" in value] == []


@pytest.mark.parametrize(
    "addresses", ["", "nobody", "a@b.example\nno", "\n".join(f"w{n}@post.example" for n in range(51))]
)
def test_witnesses_without_an_address_are_refused(organiser: Client, at: At, mails: Mails, addresses: str) -> None:
    assert organiser.post(at("desk_witnesses"), {"addresses": addresses, "once": once()}).status_code == 200
    assert mails() == []
