"""The page of long work: who sees it, what it says, how it is stopped."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    """A process of its own."""
    return found_process("g1000", Template.BELGIAN, titles={"nl": "G1000"}, languages=["nl"])


@pytest.fixture
def organiser(process: Process) -> Client:
    """The organiser, signed in."""
    account = Account.objects.create_user("alice@example.org")
    give_role(process, account, Role.ORGANISER)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def job_in(process: Process, **changes: object) -> Job:
    return Job.objects.create(kind="tests.count", process_id=process.pk, **changes)


def address(job: Job, slug: str = "g1000") -> str:
    return reverse("process:job", args=[slug, job.pk])


def test_the_page_says_how_far_the_work_is(organiser: Client, process: Process) -> None:
    job = job_in(process, state=JobState.RUNNING, done=3, total=12)

    response = organiser.get(address(job))

    assert response.status_code == 200
    assert "3 of 12 done." in response.content.decode()
    assert "Stop this work" in response.content.decode()


def test_a_script_gets_the_same_as_json(organiser: Client, process: Process) -> None:
    job = job_in(process, state=JobState.RUNNING, done=3, total=12)

    response = organiser.get(address(job), headers={"Accept": "application/json"})

    assert response.json() == {"share": 0.25, "text": "3 of 12 done.", "is_over": False}


def test_work_that_failed_says_why(organiser: Client, process: Process) -> None:
    job = job_in(process, state=JobState.FAILED, note_code="jobs.interrupted")

    page = organiser.get(address(job)).content.decode()

    assert "The server was stopped in the middle of this work." in page
    assert "Stop this work" not in page


def test_stopping_asks_the_work_to_stop_and_goes_back_to_the_page(organiser: Client, process: Process) -> None:
    job = job_in(process)

    response = organiser.post(address(job))
    job.refresh_from_db()

    assert (response.status_code, response["Location"]) == (302, address(job))
    assert job.state == JobState.CANCELLED


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_way_on_never_leaves_the_site(organiser: Client, process: Process, elsewhere: str) -> None:
    job = job_in(process, state=JobState.DONE)

    page = organiser.get(address(job), {"next": elsewhere}).content.decode()

    assert "Go on" not in page


def test_the_way_on_is_shown_when_the_work_is_done(organiser: Client, process: Process) -> None:
    job = job_in(process, state=JobState.DONE)

    page = organiser.get(address(job), {"next": "/en/g1000/desk/"}).content.decode()

    assert 'href="/en/g1000/desk/"' in page


def test_a_visitor_sees_no_work_and_stops_none(client: Client, process: Process) -> None:
    job = job_in(process)

    assert [client.get(address(job)).status_code, client.post(address(job)).status_code] == [403, 403]
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_work_of_another_process_is_not_found(organiser: Client, process: Process) -> None:
    foreign = Job.objects.create(kind="tests.count", process_id=uuid.uuid4())

    assert organiser.get(address(foreign)).status_code == 404
