"""The trace as a page, back and forth."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.views.conftest import At

from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, StageKind, Template
from burgertop.foundation.trace.actions import link
from burgertop.stages.panel.models import Recommendation, RecommendationState
from burgertop.stages.report.actions import name_addressee
from burgertop.stages.report.models import Answer, AnswerState

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation(process: Process) -> Recommendation:
    stage = process.stages.get(kind=StageKind.PANEL)
    made = Recommendation.objects.create(stage=stage, number=1, state=RecommendationState.ADOPTED)
    made.write("title", {"nl": "Nachtbus <b>1</b>"})
    return made.write("body", {"nl": "Er komt een bus."})


@pytest.fixture
def answer(process: Process, recommendation: Recommendation) -> Answer:
    stage = process.stages.get(kind=StageKind.REPORT)
    made = Answer.objects.create(
        addressee=name_addressee(stage, {"nl": "De raad"}),
        recommendation=recommendation,
        due_on=timezone.localdate(),
        state=AnswerState.ACCEPTED,
        published_at=timezone.now(),
    )
    made.write("body", {"nl": "De bus komt er."})
    link(process.pk, ("answer", made.pk), [("recommendation", recommendation.pk)])
    return made


def test_an_answer_leads_back_and_a_recommendation_forth(client: Client, answer: Answer, at: At) -> None:
    back = client.get(at("trace", "answer", answer.pk)).content.decode()
    forth = client.get(at("trace", "recommendation", answer.recommendation_id)).content.decode()

    assert ["Nachtbus &lt;b&gt;1&lt;/b&gt;" in back, 'id="back"' in back, 'id="forth"' in back] == [True, True, False]
    assert ["De bus komt er." in forth, 'id="back"' in forth, 'id="forth"' in forth] == [True, False, True]


def test_what_is_not_public_is_neither_shown_nor_counted(
    client: Client, answer: Answer, process: Process, at: At
) -> None:
    link(process.pk, ("answer", answer.pk), [("recommendation", uuid.uuid4())])

    html = client.get(at("trace", "answer", answer.pk)).content.decode()
    assert ['<span class="soft">(1)</span>' in html, "Show 1 more" in html] == [True, False]


def test_drafts_have_no_trace(client: Client, recommendation: Recommendation, answer: Answer, at: At) -> None:
    Recommendation.objects.update(state=RecommendationState.DRAFT)
    Answer.objects.update(published_at=None)

    pages = [at("trace", "recommendation", recommendation.pk), at("trace", "answer", answer.pk)]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_a_thing_is_traced_in_its_own_process_only(client: Client, answer: Answer, other: Process) -> None:
    pages = [f"/en/{slug}/trace/answer/{answer.pk}/" for slug in ("town", "other")]

    assert [client.get(page).status_code for page in pages] == [200, 404]


def test_a_thing_of_an_unlisted_process_does_not_show_through_another(
    client: Client, answer: Answer, other: Process
) -> None:
    Process.objects.filter(slug="town").update(is_listed=False)

    pages = [f"/en/{slug}/trace/answer/{answer.pk}/" for slug in ("town", "other")]
    assert [client.get(page).status_code for page in pages] == [404, 404]


@pytest.mark.parametrize("kind", ["tea", "answer", "idea", "card", "theme", "cluster", "question"])
def test_what_is_not_there_has_no_trace(client: Client, process: Process, at: At, kind: str) -> None:
    assert client.get(at("trace", kind, uuid.uuid4())).status_code == 404


def test_two_processes_have_two_stories(client: Client, answer: Answer) -> None:
    second = found_process("second", Template.BELGIAN, titles={"nl": "B"}, languages=["nl"])
    open_stage(second.stages.get(kind=StageKind.REPORT), now=timezone.now())

    assert client.get("/en/second/report/report/").status_code == 200
    assert "De bus komt er." not in client.get("/en/second/report/report/").content.decode()
