"""Hiding, showing, appeals."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import answer_appeal, appeal, hide, pass_idea, restore
from burgertop.stages.consultation.models import Decision, Idea, IdeaState, Moderation

ALICE, BOB = uuid.uuid4(), uuid.uuid4()


def hidden(idea: Idea, reason: str = "insult") -> Moderation:
    return hide(
        idea, reason=reason, note="Name nobody.", account=ALICE, role=Role.MODERATOR, language="en", now=timezone.now()
    )


def kinds(stage: Stage) -> list[str]:
    return list(entries_of(stage.process_id).order_by("number").values_list("kind", flat=True))


def test_a_hidden_idea_keeps_its_words_and_the_record_says_why_but_not_who(
    stage: Stage, idea_from: Callable[..., Idea]
) -> None:
    idea = idea_from()

    hidden(idea)

    idea.refresh_from_db()
    line = entries_of(stage.process_id).filter(kind="idea_hidden").get()
    assert (idea.state, idea.say("text", "en").text) == (IdeaState.HIDDEN, "More buses in the evening")
    assert line.facts == {"stage": str(stage.pk), "idea": 1, "reason": "insult", "role": "moderator"}


def test_only_a_published_rule_is_a_reason(idea_from: Callable[..., Idea]) -> None:
    with pytest.raises(HouseError) as raised:
        hidden(idea_from(), reason="i_do_not_like_it")

    assert raised.value.code == "consultation.reason_missing"


def test_an_idea_is_hidden_once(idea_from: Callable[..., Idea]) -> None:
    idea = idea_from()
    hidden(idea)

    with pytest.raises(HouseError) as raised:
        hidden(idea)

    assert raised.value.code == "consultation.hidden_already"


def test_reading_an_idea_that_waits_shows_it(stage: Stage, idea_from: Callable[..., Idea]) -> None:
    idea = idea_from()
    Idea.objects.update(state=IdeaState.HELD)

    decision = pass_idea(idea, account=ALICE, role=Role.MODERATOR, now=timezone.now())

    idea.refresh_from_db()
    assert (idea.state, decision.decision) == (IdeaState.SHOWN, Decision.PASS)
    assert "idea_restored" not in kinds(stage)


def test_an_author_asks_for_a_second_look_and_somebody_else_answers(
    stage: Stage, idea_from: Callable[..., Idea]
) -> None:
    speech = uuid.uuid4()
    idea = idea_from(speech=speech)
    hidden(idea)
    appeal(idea, "It names nobody.", speech=speech, language="en", now=timezone.now())
    values = {"is_restored": True, "role": Role.ORGANISER, "language": "en", "now": timezone.now()}

    with pytest.raises(HouseError) as raised:
        answer_appeal(idea, "You are right.", account=ALICE, **values)
    answer_appeal(idea, "You are right.", account=BOB, **values)

    idea.refresh_from_db()
    assert raised.value.code == "consultation.same_moderator"
    assert idea.state == IdeaState.SHOWN
    assert kinds(stage)[-3:] == ["idea_hidden", "appeal_answered", "idea_restored"]


def test_an_appeal_is_for_the_author_once_and_only_while_hidden(idea_from: Callable[..., Idea]) -> None:
    speech, now = uuid.uuid4(), timezone.now()
    idea = idea_from(speech=speech)
    codes = []

    for author, is_hidden in ((speech, False), (uuid.uuid4(), True), (speech, True), (speech, True)):
        if is_hidden and Idea.objects.get().state == IdeaState.SHOWN:
            hidden(idea)
        try:
            appeal(idea, "Look again", speech=author, language="en", now=now)
        except HouseError as error:
            codes.append(error.code)

    assert codes == [
        "consultation.nothing_hidden",
        "consultation.own_code_only",
        "consultation.appealed_already",
    ]


def test_showing_again_is_for_hidden_ideas(idea_from: Callable[..., Idea]) -> None:
    with pytest.raises(HouseError) as raised:
        restore(idea_from(), account=BOB, role=Role.MODERATOR, now=timezone.now())

    assert raised.value.code == "consultation.shown_already"
