"""The moderators' desk in a browser."""

import uuid
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import appeal
from burgertop.stages.consultation.models import Idea, IdeaState

Address = Callable[..., str]
SendIdea = Callable[..., Idea]
SignedIn = Callable[[Role], Client]


def test_an_idea_is_read_and_leaves_the_pile(signed_in: SignedIn, address: Address, idea_from: SendIdea) -> None:
    moderator, idea = signed_in(Role.MODERATOR), idea_from()
    before = len(moderator.get(address("moderation")).context["ideas"])

    moderator.post(address("decide", pk=idea.pk), {"decision": "pass", "show": "unread"})

    assert (before, len(moderator.get(address("moderation")).context["ideas"])) == (1, 0)


def test_hiding_needs_a_rule(signed_in: SignedIn, address: Address, idea_from: SendIdea) -> None:
    moderator, idea = signed_in(Role.MODERATOR), idea_from()

    without = moderator.post(address("moderate", pk=idea.pk), {"note": "Name nobody."})
    moderator.post(address("moderate", pk=idea.pk), {"reason": "personal_data", "note": "Name nobody."})

    assert without.status_code == 422
    assert "Name nobody." in without.content.decode()
    assert Idea.objects.get().state == IdeaState.HIDDEN


def test_an_appeal_is_answered_by_another_moderator(
    signed_in: SignedIn, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    speech = uuid.uuid4()
    idea, first, second = idea_from(speech=speech), signed_in(Role.MODERATOR), signed_in(Role.MODERATOR)
    first.post(address("moderate", pk=idea.pk), {"reason": "insult", "note": ""})
    appeal(idea, "I meant no harm.", speech=speech, language="en", now=timezone.now())
    answer = {"verdict": "restore", "text": "You are right."}

    refused = first.post(address("moderate", pk=idea.pk), answer)
    second.post(address("moderate", pk=idea.pk), answer)

    assert "Somebody else than the person who hid the idea must answer." in refused.content.decode()
    assert Idea.objects.get().state == IdeaState.SHOWN


def test_an_observer_reads_the_desk_and_cannot_act(signed_in: SignedIn, address: Address, idea_from: SendIdea) -> None:
    observer, idea = signed_in(Role.OBSERVER), idea_from()

    page = observer.get(address("moderation")).content.decode()

    assert "More buses in the evening" in page
    assert "It is fine" not in page
    assert observer.post(address("decide", pk=idea.pk), {"decision": "pass"}).status_code == 403


def test_the_public_figures_name_no_moderator(
    signed_in: SignedIn, client: Client, address: Address, idea_from: SendIdea
) -> None:
    idea = idea_from()
    signed_in(Role.MODERATOR).post(address("moderate", pk=idea.pk), {"reason": "insult", "note": ""})

    page = client.get(address("rules")).content.decode()

    assert "For which rule ideas were hidden" in page
    assert "@example.org" not in page + client.get(address("idea", pk=idea.pk)).content.decode()
