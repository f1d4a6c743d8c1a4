"""Founding a process, its stages, its words, and that no process leaks into another."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from pytest_django import DjangoCaptureOnCommitCallbacks

from burgertop.foundation.process.actions import add_news, close_stage, found_process, open_stage, reword
from burgertop.foundation.process.models import (
    RESERVED_SLUGS,
    News,
    Process,
    Stage,
    StageKind,
    StageState,
    Template,
)
from burgertop.foundation.process.queries import listed_processes, news_of
from burgertop.foundation.process.templates import LAYOUTS
from burgertop.foundation.record.queries import entries_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def town(
    slug: str = "town", template: Template = Template.BELGIAN, languages: tuple[str, ...] = ("nl", "fr")
) -> Process:
    return found_process(slug, template, titles={languages[0]: slug.title()}, languages=languages)


@pytest.mark.parametrize("template", Template)
def test_each_template_lays_out_its_stages_in_order(template: Template) -> None:
    process = town(template=template)

    laid = [(stage.kind, stage.slug, stage.order, stage.state) for stage in process.stages.all()]
    assert laid == [
        (plan.kind, plan.slug, order, StageState.PLANNED) for order, plan in enumerate(LAYOUTS[template], 1)
    ]


def test_the_dutch_template_has_two_panels() -> None:
    process = town(template=Template.DUTCH)

    assert [stage.slug for stage in process.stages.of_kind(StageKind.PANEL)] == ["burgerforum", "burgerraad"]


def test_stages_are_titled_in_every_language_the_house_speaks_and_in_no_other() -> None:
    stage = town(languages=("nl", "el", "fr")).stages.get(kind=StageKind.SUMMIT)

    assert stage.languages_of("title") == ("fr", "nl")


def test_a_process_in_languages_the_house_does_not_speak_has_titles_all_the_same() -> None:
    stage = town(languages=("el", "ar")).stages.get(kind=StageKind.SUMMIT)

    assert [(said.text, said.language) for said in [stage.say("title", "el")]] == [("Summit", "en")]


def test_founding_stands_in_the_record(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        process = town()

    assert [(entry.kind, entry.facts) for entry in entries_of(process.pk)] == [
        ("process_founded", {"template": "belgian"})
    ]


@pytest.mark.parametrize("slug", ["bureau", "new", "t", "with space", "é", "", "x" * 41])
def test_an_address_that_cannot_be_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        town(slug)

    assert not Process.objects.exists()


def test_an_address_is_given_once() -> None:
    town()

    with pytest.raises(ValidationError):
        town()


def test_every_first_word_of_the_house_s_own_addresses_is_reserved() -> None:
    words = set()
    for resolver in get_resolver().url_patterns:
        inner = (
            resolver.url_patterns
            if isinstance(resolver, URLResolver) and not resolver.pattern.regex.pattern.strip("^/")
            else [resolver]
        )
        for one in inner:
            words.add(str(one.pattern).split("/")[0].lstrip("^"))

    own = {word for word in words if word and "<" not in word and word not in {"nl", "fr", "de", "en"}}
    assert own - RESERVED_SLUGS == set()


def test_opening_a_stage_twice_changes_nothing_and_is_recorded_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stage = town().stages.get(kind=StageKind.SUMMIT)

    with django_capture_on_commit_callbacks(execute=True):
        open_stage(stage, now=NOW)
        again = open_stage(stage, now=NOW + timedelta(days=1))

    assert (again.state, again.opens_at, again.is_open(NOW)) == (StageState.OPEN, NOW, True)
    assert [entry.kind for entry in entries_of(stage.process_id)] == ["stage_opened"]


def test_closing_a_stage_twice_is_recorded_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stage = open_stage(town().stages.get(kind=StageKind.SUMMIT), now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        close_stage(stage, now=NOW)
        closed = close_stage(stage, now=NOW)

    assert (closed.state, closed.is_open(NOW)) == (StageState.CLOSED, False)
    assert [entry.kind for entry in entries_of(stage.process_id)] == ["stage_closed"]


def test_a_stage_is_open_inside_its_window_only() -> None:
    stage = town().stages.get(kind=StageKind.CONSULTATION)
    stage.opens_at, stage.closes_at, stage.state = NOW, NOW + timedelta(days=2), StageState.OPEN

    moments = (NOW - timedelta(seconds=1), NOW, NOW + timedelta(days=1), NOW + timedelta(days=2))
    assert [stage.is_open(moment) for moment in moments] == [False, True, True, False]


def test_a_stage_whose_time_was_over_can_be_opened_again() -> None:
    stage = town().stages.get(kind=StageKind.CONSULTATION)
    Stage.objects.filter(pk=stage.pk).update(opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=1))

    opened = open_stage(stage, now=NOW)

    assert (opened.closes_at, opened.is_open(NOW)) == (None, True)


def test_a_stage_cannot_close_before_it_opens() -> None:
    stage = town().stages.get(kind=StageKind.CONSULTATION)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.filter(pk=stage.pk).update(opens_at=NOW, closes_at=NOW)


def test_a_process_may_hold_two_stages_of_a_kind_at_two_addresses_only() -> None:
    process = town()
    Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="second", order=9)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="second", order=10)


def test_processes_do_not_leak_into_each_other() -> None:
    here, there = town("here"), town("there")

    open_stage(here.stages.get(kind=StageKind.SUMMIT), now=NOW)
    reword(here, "about", {"nl": "Alleen hier"})
    add_news(here, News.Kind.NEWS, titles={"nl": "Nieuws"}, bodies={}, link="", now=NOW)

    assert [stage.state for stage in there.stages.all()] == [StageState.PLANNED] * 5
    assert there.say("about", "nl").text == ""
    assert list(news_of(there)) == []


def test_an_unlisted_process_is_not_on_the_list() -> None:
    listed, unlisted = town("listed"), town("unlisted")
    Process.objects.filter(pk=unlisted.pk).update(is_listed=False)

    assert list(listed_processes()) == [listed]


def test_news_sent_twice_is_published_once() -> None:
    process, once = town(), uuid.uuid4()
    words = {"titles": {"nl": "Nieuws"}, "bodies": {"nl": "Meer"}, "link": "", "now": NOW, "once": once}

    first, second = (add_news(process, News.Kind.NEWS, **words) for _ in range(2))  # type: ignore[arg-type]  # values of a test

    assert first.pk == second.pk
    assert [item.say("title", "nl").text for item in news_of(process)] == ["Nieuws"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "no link", "ftp//x"])
def test_news_with_a_link_that_is_no_address_is_refused(link: str) -> None:
    with pytest.raises(ValidationError):
        add_news(town(), News.Kind.FILM, titles={"nl": "Film"}, bodies={}, link=link, now=NOW)

    assert not News.objects.exists()
