"""A person's own page: everything that is held, in every form, and the way out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.web.views.conftest import At

from burgertop.foundation.codes.actions import make
from burgertop.foundation.codes.models import Code
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import give_consent, note_openings
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.models import Consent, Identity, Participant, Purpose
from burgertop.foundation.people.passes import COOKIE, grant
from burgertop.foundation.people.vault import open_identity, seal
from burgertop.foundation.post.models import Sending
from burgertop.foundation.process.models import Process, StageKind
from burgertop.foundation.record.queries import entries_of
from burgertop.stages.panel.models import PanelSeat
from burgertop.web.backups.ledger import Backup, erased_ids, note_backup
from burgertop.web.holdings import held_of

MIA = {"given_name": "Mia", "family_name": "Peeters", "mail": "mia@post.example", "phone": "0470 00 00 00"}


@pytest.fixture
def mia(process: Process, settings: Settings, tmp_path: Path) -> Participant:
    """Somebody of whom something is held in every place."""
    settings.HOME = tmp_path
    mia = Participant.objects.create(
        process=process,
        identity=seal(process.pk, MIA),
        origin=Origin.DRAWN,
        language="nl",
        speaks=["nl", "fr"],
        features={"sex": "F", "province": "BE10"},
        pool_id="0001",
        created_at=timezone.now() - timedelta(days=10),
    )
    stage = process.stages.get(kind=StageKind.PANEL)
    draw = Draw.objects.create(stage=stage, name="panel", seats=1, state=DrawState.DRAWN)
    Member.objects.create(draw=draw, participant=mia, number=7, standing=Standing.DRAWN, seated_in=1, household="ab12")
    PanelSeat.objects.create(stage=stage, participant=mia, number=3)
    give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=timezone.now())
    Sending.objects.create(process=process, identity=mia.identity, channel="letter", kind="invitation", once="1")
    note_openings(process.pk, [mia.pk], by=None, reason="door", now=timezone.now())
    return mia


@pytest.fixture
def hers(process: Process, mia: Participant) -> Client:
    """Her phone, after she typed her code."""
    make(process.pk, "seat", mia.pk)
    response, client = HttpResponse(), Client()
    grant(RequestFactory().get("/"), response, Pass("seat", process.pk, mia.pk, str(Code.objects.get().pk)))
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def test_the_page_shows_everything_in_words(hers: Client, at: At) -> None:
    page = hers.get(at("me")).content.decode()

    for words in (
        "Mia",
        "Peeters",
        "mia@post.example",
        "Brussels",
        "woman",
        "Language of the letters",
        "0001",
        "in photos",
        "invitation",
        "letter",
    ):
        assert words in page, words
    assert "to receive them at the door" in page
    assert page == page.replace("ab12", "")


def test_the_copy_holds_the_same_as_plain_values(hers: Client, at: At, mia: Participant) -> None:
    answer = hers.get(at("me_copy"))
    held = json.loads(answer.content)["held"]

    assert answer["Content-Disposition"] == 'attachment; filename="town-my-data.json"'
    assert held["identity"] == {"class": "identity", "rows": [MIA]}
    assert held["profile"]["rows"][0]["sex"] == "F"
    assert [(row["draw"], row["number"], row["standing"]) for row in held["draws"]["rows"]] == [("panel", 7, "drawn")]
    assert [row["purpose"] for row in held["consents"]["rows"]] == ["photo"]
    assert held["panel_seats"]["rows"][0]["number"] == 3
    assert set(held) == {one.name for one in held_of(mia)}


def test_every_model_tied_to_a_person_is_on_the_page() -> None:
    """Those described by hand, and every other: a new model cannot be forgotten."""
    tied = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model in {Participant, Identity}
    }

    assert {"draws.Member", "people.Consent", "post.Sending", "panel.PanelSeat", "summit.Seat"} <= tied


def test_without_a_code_every_door_leads_to_the_code(at: At, process: Process) -> None:
    answers = [Client().get(at(name)) for name in ("me_copy", "me_paper", "me_correct", "me_leave", "me_let_go")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, at("me"))] * 5


def test_a_replaced_code_opens_nothing(hers: Client, at: At) -> None:
    Code.objects.update(replaced_at=timezone.now())

    assert hers.get(at("me_copy")).status_code == 302


def test_what_is_wrong_is_put_right(hers: Client, at: At, mia: Participant) -> None:
    given = {**MIA, "family_name": "Peeters-Claes", "phone": "", "birth_year": "1970", "language": "fr"}

    hers.post(at("me_correct"), given)

    kept = Participant.objects.get(pk=mia.pk)
    assert kept.language == "fr"
    assert open_identity(Identity.objects.get(pk=mia.identity_id)) == {
        "given_name": "Mia", "family_name": "Peeters-Claes", "mail": "mia@post.example", "birth_year": "1970",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"birth_year": "1"}, {"mail": "nobody"}, {"language": "xx"}, {"given_name": "x" * 99}]
)
def test_what_cannot_be_is_explained_and_nothing_is_changed(
    hers: Client, at: At, mia: Participant, wrong: dict[str, str]
) -> None:
    before = bytes(Identity.objects.get(pk=mia.identity_id).sealed)

    answer = hers.post(at("me_correct"), {**MIA, "language": "nl", **wrong})

    assert answer.status_code == 200
    assert bytes(Identity.objects.get(pk=mia.identity_id).sealed) == before


def test_a_withdrawn_consent_keeps_its_receipt(hers: Client, at: At, mia: Participant) -> None:
    hers.post(at("me_consents"), {})

    assert Consent.objects.get(participant=mia).withdrawn_at is not None
    page = hers.get(at("me")).content.decode()
    assert "Receipt" in page
    assert "Withdrawn" in page


def test_a_seat_is_given_up_and_taken_back_until_somebody_is_drawn_for_it(
    hers: Client, at: At, mia: Participant
) -> None:
    stages = mia.process.stages.filter(kind=StageKind.PANEL)
    stages.update(state="open")
    hers.post(at("me_leave"))
    left = (Member.objects.get().standing, PanelSeat.objects.get().left_at is not None)

    hers.post(at("me_leave"), {"do": "return"})

    assert left == (Standing.LEFT, True)
    assert (Member.objects.get().standing, PanelSeat.objects.get().left_at) == (Standing.DRAWN, None)
    kinds = [entry.kind for entry in entries_of(mia.process_id)]
    assert kinds[:2] == ["seat_kept", "seat_left"]


def test_erasing_needs_a_second_word_and_names_the_backups_that_still_hold_her(
    hers: Client,
    at: At,
    mia: Participant,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for days, name in ((-20, "before"), (-5, "while")):
        made = timezone.now() + timedelta(days=days)
        note_backup(tmp_path, Backup(name, f"/b/{name}", made.isoformat(), "2099-12-31", "0" * 64))

    asked = hers.get(at("me_let_go")).content.decode()
    is_still_there = Participant.objects.get(pk=mia.pk).erased_at is None
    with django_capture_on_commit_callbacks(execute=True):
        done = hers.post(at("me_let_go")).content.decode()

    assert is_still_there
    assert [page.count("31/12/2099") + page.count("12/31/2099") + page.count("2099") for page in (asked, done)] == [
        1,
        1,
    ]
    kept = Participant.objects.get(pk=mia.pk)
    assert (kept.identity, kept.features, kept.pool_id) == (None, {}, "")
    assert open_identity(Identity.objects.get()) == {}
    assert (Participant.objects.count(), Member.objects.get().household) == (1, "")
    assert entries_of(mia.process_id)[0].kind == "person_erased"
    assert not any("Mia" in json.dumps(entry.facts) for entry in entries_of(mia.process_id))
    assert Code.objects.get().replaced_at is not None
    assert erased_ids(tmp_path) == {mia.pk}
    assert hers.get(at("me_copy")).status_code == 302


def test_a_name_that_cannot_be_opened_breaks_no_page(hers: Client, at: At, mia: Participant) -> None:
    Identity.objects.update(sealed=b"another key")

    assert [hers.get(at(name), follow=True).status_code for name in ("me", "me_copy", "me_correct")] == [200] * 3


def test_as_many_questions_for_one_letter_as_for_ten(hers: Client, at: At, mia: Participant) -> None:
    with CaptureQueriesContext(connection) as one:
        hers.get(at("me"))
    for number in range(9):
        Sending.objects.create(
            process=mia.process, identity=mia.identity, channel="mail", kind="reminder", once=f"r{number}"
        )
    with CaptureQueriesContext(connection) as ten:
        hers.get(at("me"))

    assert len(one) == len(ten)
