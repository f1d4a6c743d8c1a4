"""The report, its answers and its editions, through the browsers of those who make and read it."""

import shutil
import subprocess
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.stages.panel.conftest import NOW, At, do_what_waits
from tests.stages.report.conftest import Adopt

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of, verify
from burgertop.foundation.trace.queries import story_back
from burgertop.stages.panel.models import Recommendation
from burgertop.stages.report import actions
from burgertop.stages.report.models import Addressee, Answer, AnswerState, Edition
from burgertop.stages.report.printing import print_report
from burgertop.stages.report.queries import chapters_of

pytestmark = pytest.mark.django_db
Accounts = Callable[..., Client]


def answer_page(**changes: str) -> dict[str, str]:
    return {
        "state": "accepted",
        "body__nl": "De bus komt er.",
        "reasons__nl": "Omdat u het vroeg.",
        "seen_revision": "0",
        "do": "draft",
    } | changes


@pytest.fixture
def asked(stage: Stage, office: Addressee, adopted: Recommendation) -> Answer:
    actions.ask_for_answers(stage, due_on=date(2099, 1, 1), now=NOW)
    return Answer.objects.get()


def let_in(office: Addressee, at: At) -> Client:
    client = Client()
    response = client.get(actions.link_for(office, at("answers")))
    assert (response.status_code, response["Location"]) == (302, at("answers"))
    return client


@pytest.fixture
def clerk(office: Addressee, at: At) -> Client:
    """Somebody of the office, let in by the signed link."""
    return let_in(office, at)


def test_the_organiser_names_an_office_and_asks_it(
    organiser: Client, stage: Stage, adopted: Recommendation, at: At
) -> None:
    page = {"do": "name", "title__nl": "De raad", "once": str(uuid.uuid4())}
    for _ in range(2):
        organiser.post(at("desk"), page)
        organiser.post(at("desk"), {"do": "ask", "due_on": "2099-01-01"})

    assert [office.say("title", "nl").text for office in stage.addressees.all()] == ["De raad"]
    assert [(row.recommendation, row.state, row.due_on) for row in Answer.objects.all()] == [
        (adopted, AnswerState.WAITING, date(2099, 1, 1))
    ]
    assert entries_of(stage.process_id)[0].facts == {"answers": 1, "due_on": "2099-01-01"}


def test_nobody_is_asked_before_there_is_somebody_and_something(organiser: Client, stage: Stage, at: At) -> None:
    html = organiser.post(at("desk"), {"do": "ask", "due_on": "2099-01-01"}, follow=True).content.decode()
    assert "Nobody is asked yet. Name an addressee first." in html

    actions.name_addressee(stage, {"nl": "De raad"})
    html = organiser.post(at("desk"), {"do": "ask", "due_on": "2099-01-01"}, follow=True).content.decode()
    assert "The panel has adopted no recommendation yet." in html


def test_a_signed_link_opens_the_list_of_one_office(clerk: Client, asked: Answer, at: At, stage: Stage) -> None:
    other = actions.name_addressee(stage, {"nl": "De provincie"})
    actions.ask_for_answers(stage, due_on=date(2099, 1, 1), now=NOW)
    theirs = Answer.objects.get(addressee=other)

    assert "Night bus" in clerk.get(at("answers")).content.decode()
    assert [clerk.get(at("answer", row.pk)).status_code for row in (asked, theirs)] == [200, 404]


def test_a_renewed_link_kills_the_old_one(
    clerk: Client, organiser: Client, office: Addressee, asked: Answer, at: At
) -> None:
    assert clerk.get(at("answers")).status_code == 200

    html = organiser.post(at("link", office.pk)).content.decode()

    assert "/a/" in html
    told = clerk.get(at("answers"))
    assert (told.status_code, "There is a newer link than yours." in told.content.decode()) == (403, True)
    assert "newer link" not in Client().get(at("answers")).content.decode()
    office.refresh_from_db()
    assert let_in(office, at).get(at("answers")).status_code == 200


def test_the_link_opened_last_counts_and_an_earlier_office_comes_back(
    clerk: Client, asked: Answer, stage: Stage, at: At
) -> None:
    other = actions.name_addressee(stage, {"nl": "De provincie", "en": "The province"})
    clerk.get(actions.link_for(other, at("answers")))
    assert "The province" in clerk.get(at("answers")).content.decode()

    actions.renew_link(other)
    assert "The town council" in clerk.get(at("answers")).content.decode()


def test_an_office_s_own_account_answers_too(client_as: Accounts, office: Addressee, asked: Answer, at: At) -> None:
    addressee = client_as(Role.ADDRESSEE)
    assert addressee.get(at("answers")).status_code == 403

    account = office.stage.process.memberships.get(role=Role.ADDRESSEE).account
    Addressee.objects.filter(pk=office.pk).update(account=account)

    assert addressee.get(at("answers")).status_code == 200


def test_a_draft_is_not_public_and_a_published_answer_is(
    clerk: Client, asked: Answer, client: Client, at: At, stage: Stage
) -> None:
    clerk.post(at("answer", asked.pk), answer_page())
    assert "De bus komt er." not in client.get(at("home")).content.decode()

    clerk.post(at("answer", asked.pk), answer_page(seen_revision="1", do="publish"))

    html = client.get(at("home")).content.decode()
    assert "De bus komt er." in html
    assert "Omdat u het vroeg." in html
    newest = entries_of(stage.process_id)[0]
    assert (newest.kind, newest.facts) == (
        "answer_published",
        {"recommendation": 1, "answer": "accepted", "revision": 2},
    )
    assert verify(stage.process_id) == ()


def test_the_trace_leads_from_the_answer_back_to_the_ideas(clerk: Client, asked: Answer, at: At) -> None:
    clerk.post(at("answer", asked.pk), answer_page(do="publish"))

    found = story_back("answer", asked.pk).found
    assert {kind: len(ids) for kind, ids in found.items()} == {"recommendation": 1, "card": 1, "idea": 2}


def test_a_press_twice_publishes_once(clerk: Client, asked: Answer, at: At, stage: Stage) -> None:
    for _ in range(2):
        response = clerk.post(at("answer", asked.pk), answer_page(do="publish"))
        assert response.status_code == 302

    assert [entry.kind for entry in entries_of(stage.process_id)].count("answer_published") == 1


def test_two_tabs_lose_nothing(clerk: Client, asked: Answer, at: At) -> None:
    clerk.post(at("answer", asked.pk), answer_page(body__nl="Uit het eerste venster."))

    html = clerk.post(at("answer", asked.pk), answer_page(body__nl="Uit het tweede venster.")).content.decode()
    assert "Somebody else saved this answer while you were writing." in html
    assert "Uit het eerste venster." in html
    assert "\nUit het tweede venster.</textarea>" in html
    assert 'name="seen_revision" value="1"' in html

    clerk.post(at("answer", asked.pk), answer_page(body__nl="Uit beide.", seen_revision="1"))
    asked.refresh_from_db()
    assert (asked.revision, asked.say("draft_body", "nl").text) == (2, "Uit beide.")


def test_an_answer_needs_its_reasons_and_keeps_what_was_written(clerk: Client, asked: Answer, at: At) -> None:
    html = clerk.post(at("answer", asked.pk), answer_page(reasons__nl="", do="publish")).content.decode()

    assert "An answer needs its reasons." in html
    assert "\nDe bus komt er.</textarea>" in html
    assert "['" not in html
    asked.refresh_from_db()
    assert (asked.published_at, asked.say("draft_body", "nl").text) == (None, "De bus komt er.")

    response = clerk.post(at("answer", asked.pk), answer_page(seen_revision="1", do="publish"))
    assert response.status_code == 302


def test_a_promise_says_when(clerk: Client, asked: Answer, at: At) -> None:
    page = answer_page(state="promised", reasons__nl="", do="publish")

    assert "Say by when you will answer." in clerk.post(at("answer", asked.pk), page).content.decode()
    assert clerk.post(at("answer", asked.pk), page | {"promised_on": "2099-05-01"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.promised_on) == (AnswerState.PROMISED, date(2099, 5, 1))


def test_a_new_draft_of_a_published_answer_changes_nothing_in_public(
    clerk: Client, asked: Answer, client: Client, at: At
) -> None:
    clerk.post(at("answer", asked.pk), answer_page(do="publish", promised_on="2099-05-01"))

    clerk.post(
        at("answer", asked.pk),
        answer_page(seen_revision="1", body__nl="Toch niet.", state="declined", promised_on="2099-06-01"),
    )

    asked.refresh_from_db()
    assert (asked.state, asked.promised_on) == (AnswerState.ACCEPTED, date(2099, 5, 1))
    assert "Toch niet." not in client.get(at("home")).content.decode()


def test_a_language_emptied_in_a_new_answer_goes_from_the_old_one(clerk: Client, asked: Answer, at: At) -> None:
    clerk.post(at("answer", asked.pk), answer_page(do="publish", body__fr="Le bus arrive.", reasons__fr="Voilà."))
    clerk.post(at("answer", asked.pk), answer_page(do="publish", seen_revision="1", body__nl="De tram komt er."))

    asked.refresh_from_db()
    assert asked.languages_of("body") == asked.languages_of("reasons") == ("nl",)


@pytest.mark.parametrize(
    "changes",
    [
        {"body__nl": "", "body__fr": "  "},
        {"state": "waiting"},
        {"state": ""},
        {"body__nl": "x" * 8001},
        {"promised_on": "tomorrow"},
        {"seen_revision": "-1"},
        {"body__nl": "a\x00b"},
    ],
)
def test_bad_input_is_refused_and_kept_in_the_form(
    clerk: Client, asked: Answer, at: At, changes: dict[str, str]
) -> None:
    response = clerk.post(at("answer", asked.pk), answer_page(reasons__nl="Blijft staan 🚌") | changes)

    assert response.status_code == 200
    assert "Blijft staan 🚌" in response.content.decode()
    asked.refresh_from_db()
    assert asked.revision == 0


def test_html_in_an_answer_is_shown_as_text(clerk: Client, asked: Answer, client: Client, at: At) -> None:
    clerk.post(at("answer", asked.pk), answer_page(do="publish", body__nl="<script>alert(1)</script> & <b>vet</b>"))

    html = client.get(at("home")).content.decode()
    assert "<script>alert" not in html
    assert "<b>vet" not in html


def test_a_closed_report_takes_no_answer(clerk: Client, asked: Answer, organiser: Client, stage: Stage, at: At) -> None:
    close_stage(stage, now=NOW)

    statuses = [
        clerk.get(at("answers")).status_code,
        clerk.post(at("answer", asked.pk), answer_page()).status_code,
        organiser.get(at("desk")).status_code,
    ]
    assert statuses == [200, 403, 403]


@pytest.mark.parametrize(("who", "status"), [("organiser", 200), ("facilitator", 403), ("addressee", 403), ("", 403)])
def test_the_desk_of_the_report_is_the_organiser_s(
    who: str, status: int, client_as: Accounts, office: Addressee, at: At
) -> None:
    browser = client_as(Role(who)) if who else Client()

    statuses = {
        browser.get(at("desk")).status_code,
        browser.post(at("desk"), {}).status_code,
        browser.post(at("link", office.pk)).status_code,
    }
    assert statuses == {status}


def test_late_answers_are_named(asked: Answer, client: Client, at: At) -> None:
    assert "and is late" not in client.get(at("home")).content.decode()

    Answer.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    assert "and is late" in client.get(at("home")).content.decode()


def test_a_chapter_tells_its_vote_and_where_it_came_from(adopted: Recommendation, adopt: Adopt, stage: Stage) -> None:
    adopt("Rejected", votes=(2, 2, 2))

    lines = [(one.recommendation, one.vote_line(), one.origin_line()) for one in chapters_of(stage)]
    assert lines == [
        (
            adopted,
            "2 for, 1 against, 0 abstained, of 3 papers.",
            "2 ideas of citizens, 1 note of the tables.",
        )
    ]


def test_the_report_costs_as_much_for_one_chapter_as_for_many(
    adopt: Adopt, stage: Stage, office: Addressee, client: Client, at: At
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(at("home"))
        return len(queries)

    adopt("First")
    actions.ask_for_answers(stage, due_on=date(2099, 1, 1), now=NOW)
    one = cost()
    for number in range(4):
        adopt(f"Number {number}", ideas=3)
    actions.ask_for_answers(stage, due_on=date(2099, 1, 1), now=NOW)

    assert cost() == one


# Editions -----------------------------------------------------------------------------------


def test_an_edition_is_printed_in_every_language_and_stands_in_the_record(
    organiser: Client, adopted: Recommendation, stage: Stage, client: Client, at: At
) -> None:
    for _ in range(2):
        response = organiser.post(at("desk"), {"do": "publish"})
        assert response.status_code == 302
    do_what_waits()

    editions = list(Edition.objects.order_by("language"))
    assert [(one.number, one.language) for one in editions] == [(1, "en"), (1, "fr"), (1, "nl")]
    newest = entries_of(stage.process_id)[0]
    assert newest.facts == {"edition": 1, "digests": {one.language: one.digest for one in editions}}
    pdf = b"".join(client.get(at("edition", editions[0].pk)).streaming_content)  # type: ignore[arg-type,attr-defined]  # a file
    assert pdf.startswith(b"%PDF-")


def test_the_same_report_printed_twice_gives_the_same_bytes(adopted: Recommendation, stage: Stage) -> None:
    one, other = (print_report(stage, "nl", now=NOW) for _ in range(2))

    assert one == other


@pytest.mark.parametrize("language", ["nl", "fr", "en", "el", "ar"])
def test_an_edition_is_tagged_and_says_its_language(adopted: Recommendation, stage: Stage, language: str) -> None:
    pdf = print_report(stage, language, now=NOW)

    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang ({language})".encode() in pdf or f"/Lang({language})".encode() in pdf


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not here")
def test_the_words_of_the_report_are_in_the_pdf(adopted: Recommendation, stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(print_report(stage, "en", now=NOW))

    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout
    assert [word in text for word in ("The town", "1. Night bus", "There is a bus at night", "2 for, 1 against")] == [
        True
    ] * 4


def test_code_in_a_text_is_printed_as_text(adopt: Adopt, stage: Stage) -> None:
    adopt('#panic("x") *b* <label> @ref $x$ \\')

    assert print_report(stage, "en", now=NOW).startswith(b"%PDF-")


def test_an_edition_whose_file_is_gone_is_not_found(organiser: Client, adopted: Recommendation, at: At) -> None:
    organiser.post(at("desk"), {"do": "publish"})
    do_what_waits()
    edition = Edition.objects.first()
    assert edition is not None
    edition.pdf.storage.delete(edition.pdf.name)

    assert organiser.get(at("edition", edition.pk)).status_code == 404
