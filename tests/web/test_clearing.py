"""The retention clock: each class goes on its day, counts stay, the record tells it once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from burgertop.foundation.codes.actions import make
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import give_consent, give_role, note_openings
from burgertop.foundation.people.models import (
    Account,
    Consent,
    Identity,
    Keeping,
    Membership,
    Opening,
    Participant,
    Purpose,
    Role,
)
from burgertop.foundation.people.vault import open_identity, seal
from burgertop.foundation.post.models import Sending
from burgertop.foundation.process.actions import close_stage, found_process, open_stage
from burgertop.foundation.process.models import Process, StageKind, Template
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.queries import entries_of, verify
from burgertop.foundation.retention import Retention, retention_of
from burgertop.web.clearing import CLEARINGS, clear_due, due_of, ended_on, has_ended_processes
from burgertop.web.jobs import clear_personal_data
from burgertop.web.record_words import words_for

END = datetime(2026, 9, 1, 12, tzinfo=UTC)
# Models of the cleared classes that the clock leaves alone, and why.
LEFT = {
    "people.Account": "an account may belong to several processes; the operator closes it",
    "account.EmailAddress": "goes with its account",
    "account.EmailConfirmation": "goes with its account",
    "mfa.Authenticator": "goes with its account",
    "codes.Space": "names a purpose, nobody",
    "lottery.Bundle": "numbers of letters, nobody",
    "summit.Seat": "a participant without name and features at a table: a count",
    "summit.Duty": "a table of somebody without name: a count",
    "summit.Objection": "what a table said of its card, beside the card that stays; nobody is named",
    "summit.TableTopic": "what a table talked about; nobody is named",
    "summit.HomeGuest": "a number and a language without code and address: a count",
    "summit.HomeSeat": "such a guest at an online table: a count",
    "summit.HomeRating": "under a random id of its own that nothing leads to",
    "panel.PanelSeat": "a participant without name and features under a number: a count",
    "consultation.IdeaText": "published",
    "consultation.Rating": "under a random id of its own that nothing leads to",
    "consultation.Moderation": "public reasons",
    "consultation.ModerationText": "public reasons",
    "summit.Card": "published",
    "summit.CardText": "published",
    "summit.CardRevision": "what a table wrote, by no person",
    "summit.Handover": "when a table sent cards, by no person",
    "summit.HandoverCard": "which cards a table sent, by no person",
    "panel.QuestionText": "published",
}


@pytest.fixture
def process(db: None) -> Process:
    """A process that ended, with something of every class."""
    process = found_process("town", Template.BELGIAN, titles={"nl": "Stad"}, languages=["nl"])
    mia = Participant.objects.create(
        process=process,
        identity=seal(process.pk, {"given_name": "Mia"}),
        origin=Origin.DRAWN,
        language="nl",
        speaks=["nl"],
        features={"sex": "F"},
        pool_id="1",
    )
    stage = process.stages.get(kind=StageKind.PANEL)
    draw = Draw.objects.create(stage=stage, name="panel", seats=1, state=DrawState.DRAWN)
    Member.objects.create(draw=draw, participant=mia, number=1, standing=Standing.DRAWN, seated_in=1, household="ab")
    give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=END)
    Sending.objects.create(process=process, identity=mia.identity, channel="letter", kind="invitation", once="1")
    make(process.pk, "seat", mia.pk)
    for role in (Role.ORGANISER, Role.DATA_PROTECTION, Role.MODERATOR):
        give_role(process, Account.objects.create_user(f"{role}@town.example"), role)
    note_openings(process.pk, [mia.pk], by=None, reason="door", now=END)
    Keeping.objects.create(process=process, ended_on=END.date())
    return process


def test_a_process_ends_when_its_last_stage_is_closed_or_on_the_day_that_was_set(db: None) -> None:
    process = found_process("town", Template.PANEL_ONLY, titles={"nl": "Stad"}, languages=["nl"])
    stages = list(process.stages.all())
    for stage in stages:
        open_stage(stage, now=END)
    before = ended_on(process)
    for stage in stages:
        close_stage(stage, now=END + timedelta(days=3))
    process = Process.objects.get(pk=process.pk)

    append(process.pk, "stage_closed", {}, now=END + timedelta(days=3))
    closed = ended_on(process)
    Keeping.objects.create(process=process, ended_on=date(2026, 10, 1))

    assert (before, closed, ended_on(process)) == (None, date(2026, 9, 4), date(2026, 10, 1))


def test_the_dry_run_names_days_and_counts_and_changes_nothing(process: Process) -> None:
    dues = {due.retention: (due.goes_on, due.rows) for due in due_of(process)}

    assert dues == {
        Retention.IDENTITY: (date(2026, 11, 30), 1),
        Retention.CONTACT: (date(2026, 11, 30), 3),
        Retention.PROFILE: (date(2027, 9, 1), 3),
        Retention.SPEECH: (date(2027, 9, 1), 0),
        Retention.ACCESS: (date(2028, 8, 31), 1),
    }
    assert Participant.objects.get().features == {"sex": "F"}


def test_each_class_goes_on_its_day_and_only_once(process: Process) -> None:
    early = clear_due(process, now=END + timedelta(days=89))
    first = clear_due(process, now=END + timedelta(days=90))
    again = clear_due(process, now=END + timedelta(days=90))

    assert (early, first, again) == ({}, {"identity": 1, "contact": 3}, {})
    assert open_identity(Identity.objects.get()) == {}
    assert Sending.objects.get().identity is None
    assert set(Membership.objects.values_list("role", flat=True)) == {"organiser", "data_protection"}
    kept = Participant.objects.get()
    assert (kept.features, kept.erased_at, Consent.objects.count()) == ({"sex": "F"}, None, 1)
    told = [words_for(entry.kind, entry.facts) for entry in entries_of(process.pk) if entry.kind == "data_cleared"]
    assert told[1] == "The retention clock has cleared the class “who somebody is” (rows: 1)."
    assert verify(process.pk) == ()


def test_in_the_end_counts_stay_and_nobody_is_left(process: Process) -> None:
    clear_due(process, now=END + timedelta(days=1000))

    kept, member = Participant.objects.get(), Member.objects.get()
    assert (kept.identity, kept.features, kept.speaks, kept.pool_id) == (None, {}, [], "")
    assert kept.erased_at is not None
    assert (member.number, member.standing, member.household) == (1, "drawn", "")
    assert (Consent.objects.count(), Opening.objects.count(), Participant.objects.count()) == (0, 0, 1)
    assert all(due.rows == 0 for due in due_of(process))


def test_a_process_under_way_keeps_everything(process: Process) -> None:
    Keeping.objects.update(ended_on=None)

    assert clear_due(process, now=END + timedelta(days=5000)) == {}
    assert not has_ended_processes(END)


def test_another_process_keeps_its_own(process: Process) -> None:
    other = found_process("other", Template.PANEL_ONLY, titles={"nl": "Elders"}, languages=["nl"])
    bob = Participant.objects.create(process=other, origin="drawn", language="nl", features={"sex": "M"})

    clear_due(process, now=END + timedelta(days=5000))

    assert Participant.objects.get(pk=bob.pk).features == {"sex": "M"}


def test_the_daily_work_clears_every_process_and_says_what_it_did(process: Process) -> None:
    Keeping.objects.update(ended_on=date(2020, 1, 1))

    result = clear_personal_data({}, Progress(process.pk, None))

    assert result == {"cleared": {"identity": 1, "contact": 3, "profile": 3, "access": 1}, "erased_again": 0}
    assert has_ended_processes(END)


def test_every_model_of_a_cleared_class_is_cleared_or_left_for_a_reason() -> None:
    classes = {one.retention for one in CLEARINGS}
    models = {model._meta.label for model in apps.get_models() if retention_of(model) in classes}

    assert models == {one.model for one in CLEARINGS} | set(LEFT)
