"""The vote of the panel through the browsers of its members."""

import uuid

import pytest
from django.test import Client
from tests.stages.panel.conftest import At, Draft, code_clients, found_town, seat_four, vote

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.panel.models import (
    Amendment,
    PanelSeat,
    RecommendationState,
)

pytestmark = pytest.mark.django_db
QUOTAS = b"feature;value;min;max\nsex;F;2;2\nsex;M;2;2\n"


def draft_page(**changes: str) -> dict[str, str]:
    return {
        "title__nl": "Nachtbus",
        "body__nl": "Er komt een bus.",
        "threshold": "1/2",
        "seen_version": "0",
        "once": str(uuid.uuid4()),
    } | changes


def amendment_page(**changes: str) -> dict[str, str]:
    return {"language": "nl", "body": "Er komt een tram.", "reason": "Beter.", "once": str(uuid.uuid4())} | changes


def test_a_recommendation_goes_from_draft_to_adoption(
    organiser: Client, members: list[Client], stage: Stage, at: At, client: Client
) -> None:
    page = draft_page()
    for _ in range(2):
        organiser.post(at("draft"), page)
    made = stage.recommendations.get()
    assert client.get(at("recommendation", made.pk)).status_code == 404

    members[0].post(at("amend", made.pk), amendment_page())
    amendment = made.amendments.get()
    html = members[1].get(at("recommendation", made.pk)).content.decode()
    assert "<del>bus.</del><ins>tram.</ins>" in html

    organiser.post(at("decide", "amendment", amendment.pk))
    amendment.refresh_from_db()
    receipts = [vote(member, at("vote", amendment.ballot), 1) for member in members]
    assert ["Your vote is in" in html for html in receipts] == [True] * 4
    organiser.post(at("close", "amendment", amendment.pk))

    organiser.post(at("decide", "recommendation", made.pk))
    made.refresh_from_db()
    for member, choice in zip(members, (1, 1, 1, 2), strict=True):
        vote(member, at("vote", made.ballot), choice)
    organiser.post(at("close", "recommendation", made.pk))

    made.refresh_from_db()
    assert (made.state, made.version) == (RecommendationState.ADOPTED, 2)
    public = client.get(at("recommendation", made.pk)).content.decode()
    assert "Er komt een tram." in public
    assert "Nachtbus" in client.get(at("home")).content.decode()


def test_a_vote_can_be_changed_until_it_closes_and_counts_once(
    organiser: Client, members: list[Client], draft: Draft, at: At
) -> None:
    made = draft(threshold="1/2")
    organiser.post(at("decide", "recommendation", made.pk))
    made.refresh_from_db()

    for choice in (1, 2, 2):
        vote(members[0], at("vote", made.ballot), choice)
    organiser.post(at("close", "recommendation", made.pk))

    made.refresh_from_db()
    assert made.state == RecommendationState.REJECTED
    assert "This vote is closed." in members[0].get(at("vote", made.ballot)).content.decode()


@pytest.fixture
def stranger(stage: Stage) -> Client:
    """A member of the panel of another process."""
    other = found_town("other").stages.get(kind=StageKind.PANEL)
    return code_clients(other, seat_four(other)[:1])[0]


def test_a_member_of_another_panel_is_a_stranger_here(
    stranger: Client, organiser: Client, draft: Draft, seats: list[PanelSeat], at: At
) -> None:
    made = draft()
    organiser.post(at("decide", "recommendation", made.pk))
    made.refresh_from_db()

    statuses = [
        stranger.get(at("recommendation", made.pk)).status_code,
        stranger.post(at("amend", made.pk), amendment_page()).status_code,
        stranger.get(at("vote", made.ballot)).status_code,
        stranger.post(at("vote", made.ballot), {"choice": "1", "step": "send", "once": str(uuid.uuid4())}).status_code,
    ]
    assert statuses == [404, 403, 403, 403]
    assert not Amendment.objects.exists()


def test_somebody_of_the_hall_without_a_seat_in_the_panel_does_not_vote(
    organiser: Client, stage: Stage, seats: list[PanelSeat], draft: Draft, at: At
) -> None:
    hall = Draw.objects.get(stage__kind=StageKind.LOTTERY, stage__process=stage.process)
    other = hall.members.filter(standing="drawn").exclude(participant__in=[seat.participant for seat in seats]).first()
    assert other is not None
    guest = code_clients(stage, [PanelSeat(participant=other.participant)])[0]
    made = draft()
    organiser.post(at("decide", "recommendation", made.pk))
    made.refresh_from_db()

    assert guest.get(at("vote", made.ballot)).status_code == 403


def test_an_unknown_kind_of_vote_is_not_found(organiser: Client, draft: Draft, at: At) -> None:
    assert organiser.post(at("decide", "sitting", draft().pk)).status_code == 404
