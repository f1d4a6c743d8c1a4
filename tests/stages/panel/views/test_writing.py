"""Drafts, versions, amendments, notes and questions through the pages."""

import uuid

import pytest
from django.test import Client
from tests.stages.panel.conftest import At, Draft

from burgertop.foundation.process.models import Stage
from burgertop.stages.panel.models import (
    Amendment,
    AmendmentState,
    MinorityNote,
    Question,
    Recommendation,
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


def test_a_version_written_meanwhile_keeps_both_texts_and_can_be_saved_then(
    facilitator: Client, organiser: Client, draft: Draft, at: At
) -> None:
    made = draft()
    page = draft_page(seen_version="1")
    organiser.post(at("rewrite", made.pk), page | {"body__nl": "Van de organisator."})

    html = facilitator.post(at("rewrite", made.pk), page | {"body__nl": "Van de begeleider."}).content.decode()
    assert "Somebody wrote version 2 while you were working on version 1." in html
    assert "\nVan de begeleider.</textarea>" in html
    assert "Van de organisator." in html
    assert 'name="seen_version" value="2"' in html

    facilitator.post(at("rewrite", made.pk), page | {"body__nl": "Van beiden.", "seen_version": "2"})
    assert [text.body for text in Recommendation.objects.get(pk=made.pk).texts.filter(name="body", language="nl")] == [
        "Van beiden."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title__nl": ""},
        {"body__nl": "   "},
        {"title__nl": "x" * 201},
        {"body__nl": "x" * 8001},
        {"once": "no id"},
        {"threshold": "1/1"},
        {"seen_version": "-1"},
        {"body__nl": "a\x00b"},
    ],
)
def test_a_draft_with_bad_input_is_refused_and_kept_in_the_form(
    facilitator: Client, at: At, changes: dict[str, str]
) -> None:
    response = facilitator.post(at("draft"), draft_page(title__fr="Bus de nuit") | changes)

    assert response.status_code == 200
    assert "Bus de nuit" in response.content.decode()
    assert not Recommendation.objects.exists()


def test_an_amendment_that_changes_nothing_is_refused(members: list[Client], draft: Draft, at: At) -> None:
    made = draft()

    page = amendment_page(body="Er komt een bus in de nacht.\r\n", language="nl")
    html = members[0].post(at("amend", made.pk), page).content.decode()

    assert "This is the wording that stands." in html
    assert not Amendment.objects.exists()


def test_no_more_members_sign_a_note_than_there_are(members: list[Client], draft: Draft, at: At) -> None:
    made = draft()
    page = {"body__nl": "Wij niet.", "once": str(uuid.uuid4())}

    html = members[0].post(at("minority_note", made.pk), page | {"signed_by": "5"}).content.decode()
    assert "The panel has 4 members." in html

    for _ in range(2):
        members[0].post(at("minority_note", made.pk), page | {"signed_by": "2"})
    assert [note.signed_by for note in MinorityNote.objects.all()] == [2]


def test_staff_withdraws_an_outdated_amendment(
    facilitator: Client, members: list[Client], draft: Draft, at: At
) -> None:
    made = draft()
    members[0].post(at("amend", made.pk), amendment_page())
    facilitator.post(at("rewrite", made.pk), draft_page(seen_version="1"))

    assert "was written for an older version" in facilitator.get(at("recommendation", made.pk)).content.decode()
    facilitator.post(at("withdraw", made.amendments.get().pk))

    assert made.amendments.get().state == AmendmentState.WITHDRAWN


def test_experts_are_asked_and_answer(
    organiser: Client, members: list[Client], stage: Stage, at: At, client: Client
) -> None:
    organiser.post(
        at("plan"),
        {
            "title__nl": "Eerste",
            "number": "1",
            "begins_on": "2026-09-05",
            "ends_on": "2026-09-06",
            "once": str(uuid.uuid4()),
        },
    )
    question = {"question__nl": "Wat kost een bus?", "expert__nl": "Vervoer", "once": str(uuid.uuid4())}
    for _ in range(2):
        members[0].post(at("ask", stage.sittings.get().pk), question)
    organiser.post(at("answer", Question.objects.get().pk), {"answer__nl": "Veel.", "once": str(uuid.uuid4())})

    html = client.get(at("sittings")).content.decode()
    assert [word in html for word in ("Wat kost een bus?", "Vervoer", "Veel.")] == [True, True, True]


def test_a_sitting_does_not_end_before_it_begins(organiser: Client, stage: Stage, at: At) -> None:
    days = {"begins_on": "2026-09-06", "ends_on": "2026-09-05"}
    html = organiser.post(
        at("plan"), {"title__nl": "A", "number": "1", "once": str(uuid.uuid4()), **days}
    ).content.decode()

    assert "The last day is before the first day." in html
    assert not stage.sittings.exists()


def test_languages_are_called_by_their_names(facilitator: Client, at: At) -> None:
    html = facilitator.get(at("draft")).content.decode()

    assert "Title (Dutch)" in html
    assert "What we recommend (French)" in html


def test_an_amendment_in_a_language_of_no_process_is_refused(members: list[Client], draft: Draft, at: At) -> None:
    made = draft()

    statuses = [
        members[0].post(at("amend", made.pk), amendment_page(language=tag)).status_code for tag in ("xx", "<b>")
    ]

    assert statuses == [200, 200]
    assert not Amendment.objects.exists()
