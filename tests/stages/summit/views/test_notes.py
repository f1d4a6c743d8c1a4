"""Links, notes and reports as pages: made by the organiser, written by observers, read by everybody once published."""

import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Observation, SignedLink

HERE = "/en/town/summit/day/"


@pytest.fixture
def observer(organiser: Client, stage: Stage) -> Client:
    """Somebody without an account who opened the link that the organiser made."""
    ends_at = timezone.localtime(timezone.now() + timedelta(days=1))
    form = {"once": str(uuid.uuid4()), "kind": "observe", "purpose": "guests", "ends_at": f"{ends_at:%Y-%m-%dT%H:%M}"}
    page = organiser.post(f"{HERE}links/", form).content.decode()
    address = re.search(r"http://testserver(/a/[^<\s]+)", page)
    assert address is not None
    client = Client()
    assert client.get(address[1])["Location"] == f"{HERE}observe/"
    return client


def write(client: Client, body: str) -> Observation:
    note = {"once": str(uuid.uuid4()), "body": body, "language": "de", "about": "", "table": "3"}
    assert client.post(f"{HERE}observe/notes/", note).status_code == 302
    return Observation.objects.get(pk=note["once"])


def hand_in(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("report.html", content, content_type="text/html")
    answer = client.post(f"{HERE}observe/report/", {"once": str(uuid.uuid4()), "language": "en", "file": file})
    return answer.content.decode()


def test_from_link_to_note_to_answer(observer: Client, organiser: Client, visitor: Client) -> None:
    note = write(observer, "Tisch 3 <b>wartet</b> lange.")
    address = f"{HERE}observers/{note.pk}/whole"
    private = [client.get(address).status_code for client in (observer, organiser, visitor)]
    before = visitor.get(f"{HERE}observers/").content.decode()
    observer.post(f"{HERE}observe/notes/{note.pk}/publish/", {"signed": ""})
    organiser.post(f"{HERE}observers/{note.pk}/answer/", {"answer": "Ein Helfer kam.", "language": "de"})
    page, saved = visitor.get(f"{HERE}observers/").content.decode(), visitor.get(address)

    assert (private, "Tisch 3" in before) == ([200, 404, 404], False)
    assert "Tisch 3 &lt;b&gt;wartet&lt;/b&gt; lange." in page
    assert ("Ein Helfer kam." in page, "guests" in page) == (True, True)
    assert saved.content == b"Tisch 3 <b>wartet</b> lange."
    assert saved["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(saved.content).hexdigest() == Observation.objects.get().digest
    assert organiser.post(f"{HERE}observe/notes/{note.pk}/drop/").status_code == 403
    assert "last opened" not in organiser.get(f"{HERE}links/").content.decode()

    observer.get(f"{HERE}observe/")
    assert "last opened" in organiser.get(f"{HERE}links/").content.decode()

    organiser.post(f"{HERE}links/{SignedLink.objects.get().pk}/call-back/")
    assert observer.get(f"{HERE}observe/notes/").status_code == 403


def test_a_note_of_one_observer_is_not_there_for_another(observer: Client, client_as: Callable[[Role], Client]) -> None:
    other, note = client_as(Role.OBSERVER), write(observer, "Etwas.")
    address = f"{HERE}observe/notes/{note.pk}/"

    assert [other.post(f"{address}{act}").status_code for act in ("", "drop/", "publish/")] == [404, 404, 404]
    assert "Etwas." not in other.get(f"{HERE}observe/notes/").content.decode()
    assert "Etwas." in observer.get(f"{HERE}observe/notes.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("content", "ending"), [(b"%PDF-1.7\n<script>", "pdf"), ("# Verslag\n<script>é".encode(), "md")]
)
def test_a_report_is_given_as_a_file_to_save_whatever_it_is_called(
    observer: Client, visitor: Client, content: bytes, ending: str
) -> None:
    hand_in(observer, content)
    report = Observation.objects.get()
    observer.post(f"{HERE}observe/notes/{report.pk}/publish/", {"signed": "The observers"})
    saved = visitor.get(f"{HERE}observers/{report.pk}/whole")

    assert (saved.getvalue(), report.ending) == (content, ending)
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Disposition"] == f'attachment; filename="report-{report.pk.hex[:8]}.{ending}"'
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"
    report.file.delete(save=False)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\xff\xfe", b"text\x00more"])
def test_what_is_neither_pdf_nor_text_is_refused(observer: Client, content: bytes) -> None:
    page = hand_in(observer, content)

    assert "This is neither a PDF nor a text in UTF-8." in page
    assert not Observation.objects.exists()
