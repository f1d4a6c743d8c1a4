"""Sending: once each, with a proof that holds no words and no address."""

import email
import shlex
import sys
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from tests.foundation.ballotbox.databases import side_by_side
from tests.foundation.people.conftest import NOW

from burgertop.foundation.people.models import Identity
from burgertop.foundation.people.vault import seal
from burgertop.foundation.post.actions import CLAIM, Attachment, note_letter, send_mail, send_sms
from burgertop.foundation.post.backend import smtp_of
from burgertop.foundation.post.models import Sending, SendingState
from burgertop.foundation.post.queries import count_by_state, is_sent, sendings_of
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template
from burgertop.foundation.wording import HouseError

SCRIPT = """
import pathlib, sys
text = sys.stdin.read()
with pathlib.Path(sys.argv[1]).open("a", encoding="utf-8") as file:
    file.write(text)
sys.exit(1 if "refuse" in text else 0)
"""


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "burgertop.foundation.post.backend.OutboxBackend"
    settings.HOME = tmp_path
    return tmp_path / "outbox"


@pytest.fixture
def process(db: None, outbox: Path) -> Process:
    return found_process("town", Template.BELGIAN, titles={"nl": "Stad"}, languages=["nl"])


@pytest.fixture
def mia(process: Process) -> Identity:
    return seal(process.pk, {"given_name": "Mia", "mail": "mia@post.example", "phone": "+32470000000"})


@pytest.fixture
def phone(settings: Settings, tmp_path: Path) -> Path:
    """A gateway of our own that writes down what it is handed."""
    script, taken = tmp_path / "gateway.py", tmp_path / "taken.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    settings.SMS_COMMAND = shlex.join([sys.executable, str(script), str(taken)])
    return taken


def mails_in(outbox: Path) -> list[tuple[str, str, str]]:
    read = [email.message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("*.eml")]
    return sorted((one["To"], one["Subject"], one.get_content().strip()) for one in read)  # type: ignore[attr-defined]  # plain mails


def test_a_mail_lies_in_the_outbox_when_there_is_no_mail_server(process: Process, mia: Identity, outbox: Path) -> None:
    sending = send_mail(process, "invitation", subject="Kom", body="Été à Liège 🗳", once="mia", identity=mia)

    assert sending.state == SendingState.SENT
    assert mails_in(outbox) == [("mia@post.example", "Kom", "Été à Liège 🗳")]


def test_the_same_mail_goes_out_once(process: Process, mia: Identity, outbox: Path) -> None:
    one, other = (send_mail(process, "invitation", subject="Kom", body="x", once="m", identity=mia) for _ in range(2))

    assert one.pk == other.pk
    assert len(mails_in(outbox)) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_send_the_same_at_one_moment_send_it_once(
    file_database: Path | None, process: Process, mia: Identity, phone: Path, outbox: Path
) -> None:
    def send() -> tuple[str, str]:
        mail = send_mail(process, "invitation", subject="Kom", body="x", once="m", identity=mia)
        text = send_sms(process, "reminder", body="Tot morgen", once="s", identity=mia)
        return mail.state, text.state

    answers = side_by_side([send] * 8)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert len(mails_in(outbox)) == 1
    assert phone.read_text(encoding="utf-8") == "+32470000000\nTot morgen\n"
    assert count_by_state(process) == {"sent": 2}


def test_a_sending_under_way_is_left_to_whoever_began_it_until_their_claim_falls(
    process: Process, mia: Identity, outbox: Path
) -> None:
    def send() -> Sending:
        return send_mail(process, "invitation", subject="Kom", body="x", once="m", identity=mia)

    send()
    begun = timezone.now() - timedelta(minutes=1)
    Sending.objects.update(state=SendingState.WAITING, sent_at=None, claimed_at=begun)

    beside = send()
    Sending.objects.update(claimed_at=begun - CLAIM)
    afterwards = send()

    assert [beside.state, afterwards.state] == [SendingState.WAITING, SendingState.SENT]
    assert len(mails_in(outbox)) == 2


def test_two_processes_may_use_the_same_once(process: Process, outbox: Path) -> None:
    other = found_process("other", Template.BELGIAN, titles={"nl": "Stad"}, languages=["nl"])

    for one in (process, other):
        send_mail(one, "head", subject="Kop", body="x", once="m", address="w@post.example")

    assert [count_by_state(one) for one in (process, other)] == [{"sent": 1}, {"sent": 1}]


def test_a_subject_with_a_line_break_smuggles_no_second_address(process: Process, outbox: Path) -> None:
    send_mail(process, "head", subject="Kop\nBcc: all@post.example", body="x", once="m", address="w@post.example")

    assert mails_in(outbox) == [("w@post.example", "Kop Bcc: all@post.example", "x")]


def test_an_address_with_a_line_break_is_refused(process: Process, outbox: Path) -> None:
    sending = send_mail(process, "head", subject="K", body="x", once="m", address="w@post.example\nBcc: a@b.example")

    assert (sending.state, sending.error) == (SendingState.FAILED, "post.mail_failed")


def test_somebody_without_an_address_is_told_as_such(process: Process) -> None:
    nobody = seal(process.pk, {"given_name": "Mia"})

    sending = send_mail(process, "invitation", subject="Kom", body="x", once="m", identity=nobody)

    assert (sending.state, sending.error, sending.sent_at) == (SendingState.FAILED, "post.no_address", None)


def test_a_mail_that_failed_is_tried_again(process: Process, outbox: Path) -> None:
    outbox.write_text("no folder")
    failed = send_mail(process, "head", subject="Kop", body="x", once="m", address="w@post.example")
    assert (failed.state, failed.error) == (SendingState.FAILED, "post.mail_failed")
    outbox.unlink()

    again = send_mail(process, "head", subject="Kop", body="x", once="m", address="w@post.example")

    assert (again.pk, again.state, again.error) == (failed.pk, SendingState.SENT, "")


def test_a_mail_server_that_does_not_answer_is_a_failure_and_no_crash(process: Process, settings: Settings) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"

    sending = send_mail(process, "head", subject="Kop", body="x", once="m", address="w@post.example")

    assert (sending.state, sending.error) == (SendingState.FAILED, "post.mail_failed")


def test_a_mail_address_of_the_server_is_read_with_its_name_and_word() -> None:
    backend = smtp_of("smtp+tls://me%40town:p%20w@mail.example:2525")

    assert (backend.host, backend.port, backend.username, backend.password, backend.use_tls, backend.use_ssl) == (
        "mail.example",
        2525,
        "me@town",
        "p w",
        True,
        False,
    )


def test_a_text_message_is_handed_to_the_operator_s_command(process: Process, mia: Identity, phone: Path) -> None:
    sent = [send_sms(process, "reminder", body="Tot morgen; rm -rf /", once="mia", identity=mia) for _ in range(2)]

    assert [one.state for one in sent] == [SendingState.SENT, SendingState.SENT]
    assert phone.read_text(encoding="utf-8") == "+32470000000\nTot morgen; rm -rf /\n"


def test_a_text_message_that_was_not_taken_is_tried_again(process: Process, mia: Identity, phone: Path) -> None:
    failed = send_sms(process, "reminder", body="refuse", once="mia", identity=mia)
    again = send_sms(process, "reminder", body="take", once="mia", identity=mia)

    assert (failed.pk, failed.state, failed.error) == (again.pk, SendingState.FAILED, "post.sms_failed")
    assert again.state == SendingState.SENT


def test_without_a_command_the_house_says_so(process: Process, mia: Identity, settings: Settings) -> None:
    settings.SMS_COMMAND = ""

    with pytest.raises(HouseError, match=r"post\.no_sms_command"):
        send_sms(process, "reminder", body="x", once="mia", identity=mia)
    assert not Sending.objects.exists()


def test_a_letter_is_proved_by_its_digest(process: Process, mia: Identity) -> None:
    one, other = (
        note_letter(process, "invitation", once="l", identity=mia, content=b"%PDF", now=NOW) for _ in range(2)
    )

    assert (one.pk, one.sent_at, len(one.digest)) == (other.pk, NOW, 64)


def test_the_proofs_hold_no_word_and_no_address(process: Process, mia: Identity, phone: Path, tmp_path: Path) -> None:
    send_mail(process, "invitation", subject="Geheim", body="Woorden", once="m", identity=mia)
    send_sms(process, "reminder", body="Woorden", once="s", identity=mia)

    dump = tmp_path / "dump.json"
    call_command("dumpdata", "post", output=str(dump))
    text = dump.read_text()
    assert [word for word in ("Geheim", "Woorden", "mia@", "0470") if word in text] == []
    assert sendings_of(process).count() == 2


def test_a_file_goes_with_a_mail(process: Process, mia: Identity, outbox: Path) -> None:
    day = Attachment("day.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")

    send_mail(process, "yes", subject="Yes", body="Thank you", once="1", identity=mia, attachments=[day])

    (file,) = outbox.glob("*.eml")
    (part,) = email.message_from_bytes(file.read_bytes(), policy=default).iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("day.ics", "text/calendar")
    assert "BEGIN:VCALENDAR" in part.get_content()
    assert (is_sent(process, "1"), is_sent(process, "2")) == (True, False)
