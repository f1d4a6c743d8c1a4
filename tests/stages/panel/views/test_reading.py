"""Who reads what of the panel, and who may come to which page."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.stages.panel.conftest import NOW, At, Draft

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.stages.panel.models import (
    Amendment,
    PanelSeat,
    Question,
    Recommendation,
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


def test_drafts_are_read_by_the_panel_and_staff_only(
    draft: Draft, members: list[Client], client_as: Callable[..., Client], client: Client, at: At
) -> None:
    made = draft()
    readers = {"public": client, "member": members[0], "observer": client_as(Role.OBSERVER)}

    assert {name: one.get(at("recommendation", made.pk)).status_code for name, one in readers.items()} == {
        "public": 404,
        "member": 200,
        "observer": 200,
    }
    assert "Night bus" not in client.get(at("home")).content.decode()
    assert "Night bus" in members[0].get(at("home")).content.decode()


def test_somebody_who_left_the_panel_reads_no_drafts(
    members: list[Client], seats: list[PanelSeat], draft: Draft, at: At
) -> None:
    PanelSeat.objects.filter(pk=seats[0].pk).update(left_at=NOW)

    assert members[0].get(at("recommendation", draft().pk)).status_code == 404


PAGES = [
    "seating",
    "draft",
    "rewrite",
    "amend",
    "minority_note",
    "plan",
    "ask",
    "answer",
    "decide",
    "close",
    "withdraw",
]


@pytest.mark.parametrize(
    ("who", "open_pages"),
    [
        ("organiser", set(PAGES)),
        ("facilitator", {"draft", "rewrite", "amend", "minority_note", "ask", "answer", "withdraw"}),
        ("member", {"amend", "minority_note", "ask"}),
        ("moderator", set()),
        ("public", set()),
    ],
)
def test_each_page_opens_to_those_it_is_for(
    who: str,
    open_pages: set[str],
    client_as: Callable[..., Client],
    members: list[Client],
    draft: Draft,
    stage: Stage,
    at: At,
) -> None:
    browser = {"member": members[0], "public": Client()}.get(who) or client_as(Role(who))
    made = draft()
    amendment = Amendment.objects.create(recommendation=made, number=1, to_version=1)
    sitting = stage.sittings.create(number=1, begins_on=NOW.date(), ends_on=NOW.date())
    question = Question.objects.create(sitting=sitting)
    of = {
        "rewrite": made.pk,
        "amend": made.pk,
        "minority_note": made.pk,
        "ask": sitting.pk,
        "answer": question.pk,
        "withdraw": amendment.pk,
    }

    opened = set()
    for page in PAGES:
        if page in {"decide", "close"}:
            status = browser.post(at(page, "recommendation", made.pk)).status_code
        elif page == "withdraw":
            status = browser.post(at(page, amendment.pk)).status_code
        else:
            status = browser.get(at(page, *([of[page]] if page in of else []))).status_code
        opened |= {page} if status in {200, 302} else set()

    assert opened == open_pages


def test_a_closed_panel_takes_no_word_more(
    members: list[Client], facilitator: Client, organiser: Client, draft: Draft, stage: Stage, at: At
) -> None:
    made = draft()
    close_stage(stage, now=NOW)

    statuses = [
        facilitator.post(at("draft"), draft_page()).status_code,
        members[0].post(at("amend", made.pk), amendment_page()).status_code,
        organiser.post(at("decide", "recommendation", made.pk)).status_code,
        organiser.get(at("seating")).status_code,
    ]
    assert statuses == [403, 403, 403, 403]


def test_html_and_emoji_are_shown_as_they_were_typed(facilitator: Client, at: At, stage: Stage) -> None:
    facilitator.post(at("draft"), draft_page(title__nl="<script>alert(1)</script> 🚌", body__nl="<b>vet</b> & 🚌"))

    html = facilitator.get(at("recommendation", stage.recommendations.get().pk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🚌" in html
    assert "<script>alert" not in html
    assert "<b>vet</b>" not in html


def test_the_home_costs_as_much_for_one_as_for_many(
    client: Client, draft: Draft, at: At, seats: list[PanelSeat]
) -> None:

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(at("home"))
        return len(queries)

    draft()
    Recommendation.objects.update(state=RecommendationState.ADOPTED)
    one = cost()
    for _ in range(5):
        draft()
    Recommendation.objects.update(state=RecommendationState.ADOPTED)

    assert cost() == one
