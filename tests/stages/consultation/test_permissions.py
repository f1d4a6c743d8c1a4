"""Who may do what, and when."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.consultation.models import Setup
from burgertop.stages.consultation.permissions import (
    may_hold_vote,
    may_moderate,
    may_place,
    may_rate,
    may_read_ratings,
    may_see_stage,
    may_send_idea,
)


def actor(stage: Stage, *roles: Role) -> Actor:
    return Actor(account_id=uuid.uuid4(), roles={stage.process_id: frozenset(roles)})


def test_the_window_of_the_stage_decides_for_citizens(stage: Stage) -> None:
    now = timezone.now()
    stage.closes_at = now + timedelta(hours=1)

    during = (may_send_idea(Actor(), stage, now), may_rate(Actor(), stage, now), may_read_ratings(Actor(), stage, now))
    later = now + timedelta(hours=1)
    after = (
        may_send_idea(Actor(), stage, later),
        may_rate(Actor(), stage, later),
        may_read_ratings(Actor(), stage, later),
    )

    assert (during, after) == ((True, True, False), (False, False, True))


def test_contributors_rate_with_the_pass_of_their_idea(stage: Stage) -> None:
    Setup.objects.create(stage=stage, raters="contributors")
    stage = Stage.objects.get(pk=stage.pk)
    author = Actor(passes=(Pass("idea", stage.process_id, uuid.uuid4()),))
    stranger = Actor(passes=(Pass("idea", uuid.uuid4(), uuid.uuid4()),))

    answers = [may_rate(who, stage, timezone.now()) for who in (author, stranger, Actor())]

    assert answers == [True, False, False]


@pytest.mark.parametrize(
    ("role", "moderates", "places", "holds_vote"),
    [
        (Role.ORGANISER, True, True, True),
        (Role.MODERATOR, True, False, False),
        (Role.THEME_TEAM, False, True, False),
        (Role.OBSERVER, False, False, False),
        (Role.FACILITATOR, False, False, False),
    ],
)
def test_each_role_has_its_own_work(stage: Stage, role: Role, moderates: bool, places: bool, holds_vote: bool) -> None:
    who, now = actor(stage, role), timezone.now()

    answers = (may_moderate(who, stage, now), may_place(who, stage, now), may_hold_vote(who, stage, now))

    assert answers == (moderates, places, holds_vote)


def test_after_the_close_themes_rest_and_moderators_still_act(stage: Stage) -> None:
    stage.state = StageState.CLOSED
    who, now = actor(stage, Role.ORGANISER), timezone.now()

    assert (may_place(who, stage, now), may_moderate(who, stage, now)) == (False, True)


def test_a_role_in_another_process_is_worth_nothing_here(stage: Stage) -> None:
    stage.state = StageState.PLANNED
    elsewhere = Actor(roles={uuid.uuid4(): frozenset({Role.ORGANISER})})

    assert not may_see_stage(elsewhere, stage, timezone.now())
    assert not may_moderate(elsewhere, stage, timezone.now())
