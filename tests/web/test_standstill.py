"""While the server is frozen it is read as ever; what would be written is refused, and handed back."""

import logging
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from burgertop.foundation import freezing
from burgertop.foundation.freezing import Freeze, FrozenError
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.models import Account, Opening
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, StageKind, Template
from burgertop.stages.consultation.models import Idea
from burgertop.web.standstill import _refuse_writes, _Teller

pytestmark = pytest.mark.django_db
NOW = datetime(2011, 11, 11, 14, 4, tzinfo=UTC)
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
IDEA = "Een bank voor elke deur"


@pytest.fixture
def process(settings: Settings, tmp_path: Path) -> Process:
    """A town that asks for ideas, on a server that is frozen."""
    settings.HOME = tmp_path
    process = found_process("town", Template.BELGIAN, titles={"nl": "De stad"}, languages=["nl"])
    open_stage(process.stages.get(kind=StageKind.CONSULTATION), now=NOW)
    freezing.freeze("We <b>look</b> into it", now=NOW)
    return process


@pytest.fixture
def frozen(process: Process) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def ideas(process: Process) -> str:
    return f"/nl/town/consultation/{process.stages.get(kind=StageKind.CONSULTATION).slug}/send/"


def test_pages_are_read_and_say_that_nothing_can_be_written(frozen: Client, process: Process) -> None:
    html = frozen.get("/en/town/").content.decode()
    freezing.thaw()

    assert "Since 15:04 this server can only be read." in html
    assert "We &lt;b&gt;look&lt;/b&gt; into it" in html
    assert "data-frozen" not in frozen.get("/en/town/").content.decode()


def test_a_form_is_handed_back_to_be_sent_again_and_then_counts_once(frozen: Client, ideas: str) -> None:
    form = {"text": IDEA, "language": "nl", "once": str(uuid.uuid4()), "send": "1"}

    refused = frozen.post(ideas, form, headers=FROM_HERE)
    html = refused.content.decode()
    freezing.thaw()
    taken = [frozen.post(ideas, form, headers=FROM_HERE).status_code for _ in range(2)]

    assert (refused.status_code, refused["Retry-After"]) == (503, "15")
    assert f'<blockquote class="sheet kept">{IDEA}</blockquote>' in html
    assert [f'name="{name}" value="{value}"' in html for name, value in form.items()] == [True] * 4
    assert (taken, Idea.objects.count()) == ([302, 302], 1)


def test_what_another_site_sent_is_not_offered_to_be_sent_again(frozen: Client, ideas: str) -> None:
    html = frozen.post(ideas, {"text": IDEA}, headers={"Sec-Fetch-Site": "cross-site"}).content.decode()

    assert (IDEA in html, 'name="text" value=' in html) == (True, False)


def test_a_device_is_told_to_keep_what_it_holds(frozen: Client, ideas: str) -> None:
    answers = [
        frozen.post(ideas, "{}", content_type="application/json"),
        frozen.post(ideas, {"id": "1"}, headers={"Accept": "application/json"}),
    ]

    assert [(one.status_code, one["Retry-After"], one.json()["state"]) for one in answers] == [
        (503, "15", "frozen")
    ] * 2


def test_nobody_signs_in_meanwhile_and_who_is_signed_in_stays_so(process: Process) -> None:
    account = Account.objects.create_user("ann@town.example", "a long password of hers")
    inside, outside = Client(), Client(raise_request_exception=False)
    inside.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    tried = outside.post("/en/accounts/login/", {"login": account.email, "password": "a long password of hers"})

    assert (tried.status_code, "a long password" in tried.content.decode()) == (503, False)
    assert inside.get("/en/bureau/").status_code == 200


def test_the_switches_of_the_reader_work_as_ever(frozen: Client) -> None:
    response = frozen.post("/display/", {"large": "on", "next": "/en/"})

    assert (response.status_code, response["Location"]) == (302, "/en/")


def test_a_statement_that_would_write_is_refused_wherever_it_comes_from(process: Process) -> None:
    with connection.execute_wrapper(_refuse_writes):
        count = Process.objects.count()
        for write in (
            lambda: Job.objects.create(kind="x", made_at=NOW),
            lambda: Process.objects.update(slug="x"),
            lambda: Opening.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(FrozenError), transaction.atomic():
                write()

    assert (count, Process.objects.get().slug) == (1, "town")


def test_a_supervisor_hears_that_the_server_is_frozen(frozen: Client) -> None:
    frozen_answer = frozen.get("/healthy")
    freezing.thaw()

    assert (frozen_answer.status_code, frozen_answer.content) == (200, b"frozen\n")
    assert frozen.get("/healthy").content == b"ok\n"


def test_each_process_says_once_that_it_was_frozen_and_thawed(caplog: pytest.LogCaptureFixture) -> None:
    teller, freeze = _Teller(), Freeze(NOW)

    with caplog.at_level(logging.WARNING):
        for seen in (None, freeze, freeze, Freeze(NOW, "now with a reason"), None, None):
            teller.tell(seen)

    assert [record.getMessage() for record in caplog.records] == [
        "Frozen: this server only reads.",
        "Thawed: this server writes again.",
    ]
