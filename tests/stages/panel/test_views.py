"""The panel through the browsers of its members, its staff and the public."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.stages.panel.conftest import NOW, At, Draft, code_clients, do_what_waits, found_town, seat_four, vote

from burgertop.foundation.codes.actions import replace
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.panel.models import (
    Amendment,
    AmendmentState,
    MinorityNote,
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


def test_the_panel_is_drawn_and_seated_step_by_step(organiser: Client, stage: Stage, at: At) -> None:
    address = at("seating")
    organiser.post(address, {"step": "candidates", "seats": "4", "features": ["sex"]})
    organiser.post(address, {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})
    organiser.post(address, {"step": "seal", "do": "seal"})
    organiser.post(address, {"step": "chance", "public_seed": "8 0 3"})
    assert "The draw is being made." in organiser.get(address).content.decode()
    do_what_waits()
    organiser.post(address, {"step": "seats"})

    assert sorted(seat.participant.features["sex"] for seat in stage.panel_seats.all()) == ["F", "F", "M", "M"]


def test_a_draw_whose_worker_failed_can_be_asked_for_again(organiser: Client, stage: Stage, at: At) -> None:
    address = at("seating")
    organiser.post(address, {"step": "candidates", "seats": "4", "features": ["sex"]})
    organiser.post(address, {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})
    organiser.post(address, {"step": "seal", "do": "seal"})
    organiser.post(address, {"step": "chance", "public_seed": "8 0 3"})
    Job.objects.update(state=JobState.FAILED)

    assert "Draw again" in organiser.get(address).content.decode()
    for _ in range(2):
        organiser.post(address, {"step": "drawing"})

    assert Job.objects.filter(state=JobState.WAITING).count() == 1


def test_a_doubled_press_does_not_run_into_the_next_step(organiser: Client, stage: Stage, at: At) -> None:
    organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]})
    for _ in range(2):
        organiser.post(at("seating"), {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})

    assert Draw.objects.get(stage=stage).state == "preparing"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"<h1>quotas</h1>", "🗳".encode(), b"feature;value;min;max\nsex;F;9;1\n"]
)
def test_a_quota_file_that_is_no_quota_file_is_explained(
    organiser: Client, stage: Stage, at: At, content: bytes
) -> None:
    organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]})

    response = organiser.post(
        at("seating"), {"step": "quotas", "file": SimpleUploadedFile("q.csv", content)}, follow=True
    )

    assert response.status_code == 200
    assert not Draw.objects.get(stage=stage).quotas.exists()


def test_without_a_hall_there_is_nobody_to_draw(organiser: Client, at: At) -> None:
    Draw.objects.all().delete()

    page = organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]}, follow=True)

    assert page.status_code == 200
    assert not Draw.objects.exists()


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


def test_a_replaced_code_closes_the_panel_on_the_old_browser(
    members: list[Client], seats: list[PanelSeat], draft: Draft, at: At, stage: Stage
) -> None:
    made = draft()
    replace(stage.process_id, "seat", seats[0].participant_id)

    assert [member.get(at("recommendation", made.pk)).status_code for member in members[:2]] == [404, 200]


def test_somebody_who_left_the_panel_reads_no_drafts(
    members: list[Client], seats: list[PanelSeat], draft: Draft, at: At
) -> None:
    PanelSeat.objects.filter(pk=seats[0].pk).update(left_at=NOW)

    assert members[0].get(at("recommendation", draft().pk)).status_code == 404


def test_a_wrong_code_is_explained_and_opens_nothing(client: Client, at: At, seats: list[PanelSeat]) -> None:
    for typed in ("", "hello", "🗳", "<b>", "x" * 5000, "AAAA AAAA A"):
        response = client.post(at("enter"), {"code": typed})
        assert response.status_code == 200
        assert "bt_passes" not in response.cookies


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


def test_a_version_written_meanwhile_keeps_both_texts_and_can_be_saved_then(
    facilitator: Client, organiser: Client, draft: Draft, at: At
) -> None:
    made = draft()
    page = draft_page(seen_version="1")
    organiser.post(at("rewrite", made.pk), page | {"body__nl": "Van de organisator."})

    html = facilitator.post(at("rewrite", made.pk), page | {"body__nl": "Van de begeleider."}).content.decode()
    assert "Somebody wrote version 2 while you were working on version 1." in html
    assert "Van de begeleider." in html
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


def test_html_and_emoji_are_shown_as_they_were_typed(facilitator: Client, at: At, stage: Stage) -> None:
    facilitator.post(at("draft"), draft_page(title__nl="<script>alert(1)</script> 🚌", body__nl="<b>vet</b> & 🚌"))

    html = facilitator.get(at("recommendation", stage.recommendations.get().pk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🚌" in html
    assert "<script>alert" not in html
    assert "<b>vet</b>" not in html


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


def test_an_unknown_kind_of_vote_is_not_found(organiser: Client, draft: Draft, at: At) -> None:
    assert organiser.post(at("decide", "sitting", draft().pk)).status_code == 404


def test_languages_are_called_by_their_names(facilitator: Client, at: At) -> None:
    html = facilitator.get(at("draft")).content.decode()

    assert "Title (Dutch)" in html
    assert "What we recommend (French)" in html


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


def test_an_amendment_in_a_language_of_no_process_is_refused(members: list[Client], draft: Draft, at: At) -> None:
    made = draft()

    statuses = [
        members[0].post(at("amend", made.pk), amendment_page(language=tag)).status_code for tag in ("xx", "<b>")
    ]

    assert statuses == [200, 200]
    assert not Amendment.objects.exists()
