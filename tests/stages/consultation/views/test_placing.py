"""The theme desk in a browser."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import Hand, place_idea
from burgertop.stages.consultation.models import Idea, Placement, Theme

Address = Callable[..., str]
SendIdea = Callable[..., Idea]
SignedIn = Callable[[Role], Client]


def test_the_desk_suggests_a_theme_and_a_person_confirms(
    signed_in: SignedIn, address: Address, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    place_idea(idea_from("A last bus in the evening for every village"), themes[0], hand=hand)
    fresh = idea_from("In the evening our village has no last bus")
    team = signed_in(Role.THEME_TEAM)

    page = team.get(address("theme_desk"))
    team.post(address("put"), {"idea": str(fresh.pk), "theme": "buses-and-trains", "hint": "1"})

    assert page.context["ideas"][0].hint == themes[0]
    placed = Placement.objects.standing().get(idea=fresh)
    assert (placed.theme, placed.is_from_suggestion) == (themes[0], True)


def test_the_last_step_can_be_undone(
    signed_in: SignedIn, address: Address, idea_from: SendIdea, themes: list[Theme], stage: Stage
) -> None:
    idea, team = idea_from(), signed_in(Role.THEME_TEAM)
    page = team.post(address("put"), {"idea": str(idea.pk), "theme": "taxes"}, follow=True)

    assert "Undo: idea 1" in page.content.decode()
    team.post(address("put"), {"idea": str(idea.pk), "do": "undo"})

    assert list(stage.ideas.unplaced()) == [idea]


def test_a_new_theme_in_the_languages_of_the_process_takes_its_idea_along(
    signed_in: SignedIn, address: Address, idea_from: SendIdea
) -> None:
    idea, team = idea_from(), signed_in(Role.THEME_TEAM)

    team.post(address("new_theme"), {"idea": str(idea.pk), "title_nl": "Vervoer", "title_fr": "Transport"})

    theme = Theme.objects.get()
    assert (theme.key, theme.languages_of("title")) == ("vervoer", ("fr", "nl"))
    assert Placement.objects.get().theme == theme


def test_what_is_not_taken_is_public_with_its_reason(
    signed_in: SignedIn, client: Client, address: Address, idea_from: SendIdea, themes: list[Theme]
) -> None:
    idea = idea_from("My own street")
    form = {"idea": str(idea.pk), "do": "leave_out", "reason": "too_local", "note": "We passed it on."}

    signed_in(Role.THEME_TEAM).post(address("put"), form)

    page = client.get(address("not_taken")).content.decode()
    assert "My own street" in page
    assert "It is about one street or one case, and goes to the town." in page
    assert "We passed it on." in page


def test_the_second_reader_sees_only_what_others_placed(
    signed_in: SignedIn, address: Address, idea_from: SendIdea, themes: list[Theme]
) -> None:
    first, second = signed_in(Role.THEME_TEAM), signed_in(Role.THEME_TEAM)
    idea = idea_from()
    first.post(address("put"), {"idea": str(idea.pk), "theme": "taxes"})

    seen = [len(browser.get(address("second_reading")).context["ideas"]) for browser in (first, second)]
    second.post(address("put"), {"idea": str(idea.pk), "do": "confirm", "back": "second"})

    assert seen == [0, 1]
    assert Placement.objects.get().confirmed_at is not None


def test_a_theme_that_is_not_there_is_not_found(signed_in: SignedIn, address: Address, idea_from: SendIdea) -> None:
    form = {"idea": str(idea_from().pk), "theme": "nowhere"}

    assert signed_in(Role.THEME_TEAM).post(address("put"), form).status_code == 404


@pytest.mark.parametrize("name", ["theme_desk", "second_reading", "moderation", "theme_ideas"])
def test_desks_ask_as_many_questions_for_one_idea_as_for_fifty(
    signed_in: SignedIn, address: Address, idea_from: SendIdea, themes: list[Theme], hand: Hand, name: str
) -> None:
    more: dict[str, object] = {"key": "buses-and-trains"} if name == "theme_ideas" else {}
    browser = signed_in(Role.THEME_TEAM)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(name, **more)).status_code == 200
        return len(queries)

    def grow(number: int) -> None:
        for _ in range(number):
            idea_from(f"On the pile {uuid.uuid4()}")
            place_idea(idea_from(f"Under a theme {uuid.uuid4()}"), themes[0], hand=hand)

    grow(1)
    browser.get(address("desk"))
    for_one = asked()
    grow(25)

    assert asked() == for_one
