"""A yes is confirmed once, in the person's language, with the day; a nominee gets a code of their own."""

import email
import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.stages.lottery.actions.test_partnering import hall, partner
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.actions import correct
from burgertop.foundation.people.vault import open_identity, reseal
from burgertop.foundation.post.models import Sending
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import Agreed, Draft, Nomination
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Partner, Reply

pytestmark = pytest.mark.django_db

__all__ = ["hall", "partner"]
YES = Draft(Answer.YES, language="fr", wording="Je participe.")


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "burgertop.foundation.post.backend.OutboxBackend"
    settings.HOME = tmp_path
    (tmp_path / "scratch").mkdir()
    return tmp_path / "outbox"


@pytest.fixture
def invitee(stage: Stage, outbox: Path) -> Invitee:
    """Somebody with a letter, and a summit whose day is set."""
    Stage.objects.create(
        process=stage.process,
        kind=StageKind.SUMMIT,
        slug="summit",
        order=2,
        opens_at=NOW + timedelta(days=71),
        closes_at=NOW + timedelta(days=71, hours=8),
    )
    people = made_invitees(stage)
    letters_out(stage)
    return people[0]


def work() -> None:
    """Let the worker do what waits."""
    for job in Job.objects.filter(state="waiting"):
        run_job.call(str(job.pk))


def mails(outbox: Path) -> list[EmailMessage]:
    """What went out, oldest first."""
    files = sorted(outbox.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]


def told(reply: Reply, mail: str) -> Reply:
    return actions.tell_needs(reply, {}, Agreed({}, "fr", mail), version=reply.version, now=NOW)


def said_yes(invitee: Invitee, version: int = 0) -> Reply:
    return actions.answer(invitee, YES, channel=Channel.WEB, version=version, now=NOW)


def test_a_mail_address_brings_one_mail_with_the_day(invitee: Invitee, outbox: Path) -> None:
    reply = said_yes(invitee)
    assert not Job.objects.exists()

    told(told(reply, "xavi@post.example"), "")
    work()
    told(Reply.objects.get(), "")
    work()

    (mail,) = mails(outbox)
    (day,) = mail.iter_attachments()
    assert mail["To"] == "xavi@post.example"
    assert "DTSTART:20261111T120000Z" in day.get_content()
    assert "STATUS:TENTATIVE" in day.get_content()
    assert open_identity(Invitee.objects.get(pk=invitee.pk).identity)["given_name"].startswith("Xavi")  # type: ignore[arg-type]  # it is there
    assert str(invitee.pk) in str(Job.objects.get().args)
    assert "xavi@post.example" not in str([list(Job.objects.values()), list(Sending.objects.values())])


def test_a_known_address_is_written_to_at_once_and_again_after_a_no(invitee: Invitee, outbox: Path) -> None:
    assert invitee.identity is not None
    reseal(invitee.identity, {**open_identity(invitee.identity), "mail": "xavi@post.example"})

    for version in (0, 1):
        said_yes(invitee, version)
        work()
    actions.answer(invitee, Draft(Answer.NO), channel=Channel.WEB, version=2, now=NOW)
    said_yes(invitee, 3)
    work()

    assert len(mails(outbox)) == 2


def test_another_address_is_written_to_and_a_no_is_not(invitee: Invitee, outbox: Path) -> None:
    told(said_yes(invitee), "one@post.example")
    work()
    person = Invitee.objects.select_related("participant").get(pk=invitee.pk).participant
    assert person is not None
    correct(person, {"mail": "two@post.example"}, language="fr")
    told(Reply.objects.get(), "")
    actions.answer(invitee, Draft(Answer.NO), channel=Channel.WEB, version=3, now=NOW)
    work()

    assert [mail["To"] for mail in mails(outbox)] == ["one@post.example"]


def test_without_a_day_there_is_no_file(stage: Stage, outbox: Path) -> None:
    invitee = made_invitees(stage)[0]
    told(said_yes(invitee), "xavi@post.example")
    work()

    (mail,) = mails(outbox)
    assert list(mail.iter_attachments()) == []


def test_a_phone_is_texted_only_where_the_server_sends_texts(
    partner: Partner, outbox: Path, settings: Settings, tmp_path: Path
) -> None:
    nominee = actions.nominate(partner, Nomination({"given_name": "Ada", "phone": "0470 1"}, "nl", partner.pk), now=NOW)
    work()
    assert (Sending.objects.count(), has_code(nominee.stage.process_id, "reply", nominee.pk)) == (0, False)

    settings.SMS_COMMAND = f"tee {tmp_path / 'texts'}"
    assert actions.write_to_nominee(nominee, now=NOW)

    number, text = (tmp_path / "texts").read_text().splitlines()
    assert number == "0470 1"
    assert re.search(r"/nl/town/lottery/lottery/reply/#[0-9A-Z]{10}\b", text)


def test_a_nominee_gets_a_code_that_works_in_one_mail(partner: Partner, outbox: Path) -> None:
    wanted = Nomination({"given_name": "Ada", "mail": "ada@post.example"}, "fr", partner.pk)
    nominee = actions.nominate(partner, wanted, now=NOW)
    work()
    again = actions.write_to_nominee(Invitee.objects.select_related("stage__process").get(pk=nominee.pk), now=NOW)

    (mail,) = mails(outbox)
    body = mail.get_content()
    assert (again, mail["To"]) == (False, "ada@post.example")
    assert "The shelter" in body
    assert "/fr/town/lottery/lottery/reply/#" in body
    assert has_code(nominee.stage.process_id, "reply", nominee.pk)
    assert "Ada" not in body
