"""Every page of a consultation: who may open it, who may not."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.consultation.actions import Hand, close_vote, leave_out, open_vote, place_idea, prepare_vote
from burgertop.stages.consultation.models import Idea, Theme
from burgertop.stages.consultation.urls import urlpatterns

Address = Callable[..., str]
ORGANISER, MODERATOR, THEME_TEAM, OBSERVER = Role.ORGANISER, Role.MODERATOR, Role.THEME_TEAM, Role.OBSERVER
EVERYBODY = {ORGANISER, MODERATOR, THEME_TEAM, OBSERVER, Role.PRESS, None}
READERS = {ORGANISER, MODERATOR, THEME_TEAM, OBSERVER}
WITH_IDEA = {"received", "idea", "support", "appeal", "rate_idea", "moderate", "decide"}
WITH_THEME = {"theme", "theme_ideas", "edit_theme"}

# Who gets a page (GET), and who gets past the door with a POST; for the others it is forbidden.
MAY_GET = {
    **dict.fromkeys(
        ["home", "send", "received", "rules", "ideas", "idea", "mine", "let_go", "rate", "themes", "not_taken", "theme",
         "vote", "result", "papers"],
        EVERYBODY,
    ),
    **dict.fromkeys(["desk", "moderation", "moderate", "theme_desk", "second_reading", "theme_ideas"], READERS),
    **dict.fromkeys(["settings", "vote_desk", "exchange", "export", "paper"], frozenset({ORGANISER})),
    **dict.fromkeys(["new_theme", "edit_theme"], frozenset({ORGANISER, THEME_TEAM})),
}  # fmt: skip
MAY_POST = {
    **dict.fromkeys(["send", "mine", "let_go", "vote", "support", "appeal", "leave", "rate_idea"], EVERYBODY),
    **dict.fromkeys(["moderate", "decide"], frozenset({ORGANISER, MODERATOR})),
    **dict.fromkeys(["put", "new_theme", "edit_theme"], frozenset({ORGANISER, THEME_TEAM})),
    **dict.fromkeys(["settings", "vote_desk", "exchange", "take_in", "paper"], frozenset({ORGANISER})),
}


@pytest.fixture
def full_stage(stage: Stage, idea_from: Callable[..., Idea], themes: list[Theme], hand: Hand) -> Stage:
    """Ideas under a theme, left out and on the pile; a vote that is counted."""
    placed, left, _pile = idea_from("A last bus"), idea_from("My own street"), idea_from("Buses for all")
    place_idea(placed, themes[0], hand=hand)
    leave_out(left, reason="too_local", hand=hand)
    now = timezone.now()
    prepare_vote(stage, themes, titles={"en": "Which?"}, questions={"en": "Three at most"}, now=now)
    open_vote(stage, now=now)
    close_vote(stage, now=now)
    return stage


def more_of(name: str, stage: Stage) -> dict[str, object]:
    if name in WITH_IDEA:
        return {"pk": stage.ideas.first().pk}
    if name in WITH_THEME:
        return {"key": "buses-and-trains"}
    return {"kind": "ideas", "ending": "csv"} if name == "export" else {}


def test_the_two_tables_know_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == MAY_GET.keys() | MAY_POST.keys()


@pytest.mark.parametrize("role", [ORGANISER, MODERATOR, THEME_TEAM, OBSERVER, Role.PRESS, None])
def test_pages_open_for_their_roles_only(
    full_stage: Stage, address: Address, signed_in: Callable[[Role], Client], role: Role | None
) -> None:
    browser = signed_in(role) if role else Client()

    answers = {
        name: browser.get(address(name, **more_of(name, full_stage)), follow=True).status_code for name in MAY_GET
    }

    assert answers == {name: 200 if role in allowed else 403 for name, allowed in MAY_GET.items()}


@pytest.mark.parametrize("role", [ORGANISER, MODERATOR, THEME_TEAM, OBSERVER, Role.PRESS, None])
def test_posts_get_past_the_door_for_their_roles_only(
    full_stage: Stage, address: Address, signed_in: Callable[[Role], Client], role: Role | None
) -> None:
    browser = signed_in(role) if role else Client()

    refused = {name for name in MAY_POST if browser.post(address(name, **more_of(name, full_stage))).status_code == 403}

    assert refused == {name for name, allowed in MAY_POST.items() if role not in allowed}


def test_before_it_opens_only_staff_see_a_consultation(
    stage: Stage, address: Address, signed_in: Callable[[Role], Client], client: Client
) -> None:
    Stage.objects.update(state=StageState.PLANNED)

    assert client.get(address("home")).status_code == 403
    assert signed_in(Role.OBSERVER).get(address("home")).status_code == 200


def test_staff_of_another_process_are_visitors_here(
    full_stage: Stage, address: Address, signed_in: Callable[[Role], Client]
) -> None:
    browser = signed_in(Role.ORGANISER)
    Stage.objects.filter(pk=full_stage.pk).first().process.memberships.all().delete()

    assert browser.get(address("desk")).status_code == 403


def test_an_idea_that_is_not_there_is_not_found(stage: Stage, address: Address, client: Client) -> None:
    assert client.get(address("idea", pk=uuid.uuid4())).status_code == 404
