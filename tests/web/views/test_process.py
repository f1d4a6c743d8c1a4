"""A process for everyone: its home, its mandate, its news."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.views.conftest import At

from burgertop.foundation.process.actions import add_news, open_stage
from burgertop.foundation.process.models import News, Process, Stage, StageKind
from burgertop.foundation.record.actions import append

pytestmark = pytest.mark.django_db


def post_news(process: Process, kind: News.Kind, title: str, days_ago: int = 0) -> News:
    at = timezone.now() - timedelta(days=days_ago)
    link = "https://film.example/x" if kind != News.Kind.NEWS else ""
    return add_news(process, kind, titles={"nl": title}, bodies={"nl": "Meer"}, link=link, now=at)


def test_the_home_says_what_it_is_and_where_it_stands(client: Client, process: Process, at: At) -> None:
    open_stage(process.stages.get(kind=StageKind.SUMMIT), now=timezone.now())
    process.write("question", {"en": "What should change?"})
    process.write("promise", {"en": "The council answers **each** one."})

    html = client.get(at("home")).content.decode()

    said = ("What should change?", "<strong>each</strong>", "Go to: Summit", 'href="/en/town/summit/day/"')
    assert [words for words in said if words not in html] == []


@pytest.mark.parametrize("name", ["home", "mandate", "news", "record", "record_head", "record_check"])
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_each_page_opens_in_each_language(client: Client, process: Process, at: At, name: str, language: str) -> None:
    response = client.get(at(name).replace("/en/", f"/{language}/"))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("name", ["home", "mandate", "news", "record", "desk"])
def test_a_process_that_is_not_there_is_not_found(client: Client, db: None, name: str) -> None:
    path = "" if name == "home" else f"{name}/"

    assert client.get(f"/en/nowhere/{path}").status_code == 404


def test_films_are_not_pushed_away_by_news(client: Client, process: Process, at: At) -> None:
    post_news(process, News.Kind.FILM, "De film", days_ago=30)
    for number in range(14):
        post_news(process, News.Kind.NEWS, f"Nieuws {number}", days_ago=number)

    html = client.get(at("home")).content.decode()
    assert ["De film" in html, "Nieuws 0" in html, "Nieuws 3" in html] == [True, True, False]
    assert client.get(at("news")).content.decode().count("<h2>") == 15


def test_the_mandate_says_who_may_take_part(client: Client, process: Process, at: At) -> None:
    Process.objects.update(least_age=12)
    process.write("mandate", {"en": "The council asked."})

    html = client.get(at("mandate")).content.decode()
    assert ["The council asked." in html, "<dd>12</dd>" in html, "Under 18" in html] == [True, True, True]


def test_the_home_costs_as_much_with_little_as_with_much(client: Client, process: Process, at: At) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(at("home"))
        return len(queries)

    post_news(process, News.Kind.NEWS, "A")
    post_news(process, News.Kind.FILM, "B")
    append(process.pk, "process_founded", {"template": "belgian"})
    one = cost()
    for number in range(20):
        post_news(process, News.Kind.NEWS, f"A{number}")
        post_news(process, News.Kind.FILM, f"B{number}")
        append(process.pk, "role_given", {"role": "press"})
    for order in range(10, 14):
        Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug=uuid.uuid4().hex[:8], order=order)

    assert cost() == one
