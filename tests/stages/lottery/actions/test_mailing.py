"""Letters: who gets one, with which code, in which file and for how long."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.foundation.codes.models import Code
from burgertop.foundation.codes.queries import standing_codes
from burgertop.foundation.files.onetime import is_sealed
from burgertop.foundation.files.tables import FileError
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.models import Opening
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import mailing
from burgertop.stages.lottery.models import Answer, Bundle, Channel, Invitee, Letter, Wave, Window

pytestmark = pytest.mark.django_db


def planned(stage: Stage, *, most: int | None = None, is_reminder: bool = False) -> Wave:
    terms = actions.Terms(NOW + timedelta(days=30), Window.LEFT, has_card=False)
    actions.set_invitation(actions.invitation_of(stage), terms, {}, NOW)
    return actions.plan_wave(stage, is_reminder=is_reminder, most=most, once=uuid.uuid4(), now=NOW)


def test_a_wave_takes_the_next_of_the_draw_and_the_rest_stays_in_reserve(stage: Stage) -> None:
    invitees = made_invitees(stage)

    first, second = planned(stage, most=5), planned(stage, most=4)

    taken = [set(Letter.objects.filter(wave=wave).values_list("invitee", flat=True)) for wave in (first, second)]
    assert taken == [{one.pk for one in invitees[:5]}, {one.pk for one in invitees[5:9]}]
    assert (first.number, second.number, mailing.to_write_to(stage, is_reminder=False).count()) == (1, 2, 3)


def test_a_wave_sent_twice_is_planned_once(stage: Stage) -> None:
    made_invitees(stage)
    planned(stage, most=1)
    once = uuid.uuid4()

    waves = {actions.plan_wave(stage, is_reminder=False, most=2, once=once, now=NOW).pk for _ in range(2)}

    assert (len(waves), Letter.objects.count()) == (1, 3)


def test_no_letter_without_a_last_day_that_lies_ahead(stage: Stage) -> None:
    made_invitees(stage)
    refusals = []
    for last in (None, NOW - timedelta(days=1)):
        terms = actions.Terms(last, Window.LEFT, has_card=False)
        actions.set_invitation(actions.invitation_of(stage), terms, {}, NOW)
        with pytest.raises(HouseError) as refused:
            actions.plan_wave(stage, is_reminder=False, most=None, once=uuid.uuid4(), now=NOW)
        refusals.append(refused.value.code)

    assert refusals == ["lottery.no_answer_day"] * 2


def test_every_letter_has_a_code_that_is_only_in_the_sealed_file(stage: Stage) -> None:
    made_invitees(stage)
    wave = planned(stage)

    printed = actions.print_wave(wave, account=None, now=NOW)

    bundle = Bundle.objects.get()
    assert printed == bundle.printed == standing_codes(stage.process_id, "reply").count() == 12
    assert actions.bundle_file(bundle).startswith(b"%PDF")
    assert b"%PDF" not in (Path(settings.HOME) / "letters" / f"{bundle.pk.hex}.sealed").read_bytes()
    assert list((Path(settings.HOME) / "scratch").glob("tmp*")) == []
    assert [(one.reason, one.people) for one in Opening.objects.all()] == [("letters", 12)]


def test_a_power_cut_in_the_middle_prints_the_rest_and_no_bundle_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_invitees(stage)
    monkeypatch.setattr(mailing, "IN_A_BUNDLE", 5)
    wave = planned(stage)

    def cut(done: int, total: int) -> None:
        raise InterruptedError(done, total)

    with pytest.raises(InterruptedError):
        actions.print_wave(wave, account=None, now=NOW, progress=cut)
    first = actions.bundle_file(wave.bundles.get(number=1))
    told: list[tuple[int, int]] = []
    printed = actions.print_wave(wave, account=None, now=NOW, progress=lambda done, total: told.append((done, total)))

    assert (printed, told) == (7, [(10, 12), (12, 12)])
    assert actions.bundle_file(wave.bundles.get(number=1)) == first
    assert standing_codes(stage.process_id, "reply").count() == 12


def test_a_power_cut_between_codes_and_file_gives_other_codes_and_cancels_the_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_invitees(stage)
    wave = planned(stage)

    def cut(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as dark:
        dark.setattr(mailing, "seal_file", cut)
        with pytest.raises(InterruptedError):
            actions.print_wave(wave, account=None, now=NOW)
    actions.print_wave(wave, account=None, now=NOW)

    assert (Code.objects.count(), standing_codes(stage.process_id, "reply").count()) == (24, 12)


def test_somebody_erased_before_printing_gets_no_letter(stage: Stage) -> None:
    invitees = made_invitees(stage)
    wave = planned(stage)
    actions.erase_invitee(invitees[0], now=NOW)

    actions.print_wave(wave, account=None, now=NOW)
    sent = actions.mark_sent(wave, sent_on=NOW.date(), now=NOW)

    assert sent.letters == 11


def test_reminders_go_to_those_who_have_not_answered_and_cancel_the_first_code(stage: Stage) -> None:
    invitees = made_invitees(stage)
    letters_out(stage, most=6)
    actions.answer(invitees[0], actions.Draft(Answer.NO), channel=Channel.WEB, version=0, now=NOW)

    second = letters_out(stage, is_reminder=True)

    assert set(Letter.objects.filter(wave=second).values_list("invitee", flat=True)) == {
        one.pk for one in invitees[1:6]
    }
    assert Code.objects.filter(subject=invitees[1].pk).count() == 2
    assert standing_codes(stage.process_id, "reply").filter(subject=invitees[1].pk).count() == 1
    assert [line.kind for line in Entry.objects.filter(kind__endswith="_sent").order_by("number")] == [
        "letters_sent",
        "reminders_sent",
    ]


def test_nobody_is_reminded_of_a_letter_that_did_not_go_out(stage: Stage) -> None:
    made_invitees(stage)
    planned(stage)

    with pytest.raises(HouseError) as refused:
        planned(stage, is_reminder=True)

    assert refused.value.code == "lottery.nobody_to_write_to"


def test_a_bundle_is_printed_anew_until_the_letters_are_sent(stage: Stage) -> None:
    made_invitees(stage)
    wave = planned(stage)
    actions.print_wave(wave, account=None, now=NOW)
    actions.print_again(wave.bundles.get(), now=NOW)

    with pytest.raises(HouseError) as early:
        actions.mark_sent(wave, sent_on=NOW.date(), now=NOW)
    actions.print_wave(wave, account=None, now=NOW)
    actions.mark_sent(wave, sent_on=NOW.date(), now=NOW)
    with pytest.raises(HouseError) as late:
        actions.print_again(wave.bundles.get(), now=NOW)

    assert (early.value.code, late.value.code) == ("lottery.not_printed", "lottery.sent_already")
    assert Code.objects.count() == 24


def test_files_are_destroyed_after_a_day(stage: Stage) -> None:
    made_invitees(stage)
    letters_out(stage)
    bundle = Bundle.objects.get()

    early = actions.drop_old_letters(now=NOW + timedelta(hours=23))
    dropped = actions.drop_old_letters(now=NOW + timedelta(hours=25))

    assert (early, dropped, is_sealed("letters", bundle.pk)) == (0, 1, False)
    with pytest.raises(FileError):
        actions.bundle_file(bundle)


def test_the_reserve_is_deleted_with_its_names(stage: Stage) -> None:
    invitees = made_invitees(stage)
    letters_out(stage, most=5)

    gone = actions.forget_reserve(stage, now=NOW)

    assert (gone, actions.forget_reserve(stage, now=NOW)) == (7, 0)
    assert set(Invitee.objects.values_list("pk", flat=True)) == {one.pk for one in invitees[:5]}
    assert Entry.objects.get(kind="reserve_forgotten").facts == {"people": 7}


def test_a_new_last_day_stands_in_the_record(stage: Stage) -> None:
    planned_by = NOW + timedelta(days=9)
    for _ in range(2):
        terms = actions.Terms(planned_by, Window.LEFT, has_card=True)
        actions.set_invitation(actions.invitation_of(stage), terms, {"subject": {"nl": "Dag"}}, NOW)

    assert Entry.objects.get(kind="answers_until").facts == {"until": planned_by.date().isoformat()}
    assert str(actions.invitation_of(stage).say("subject", "nl")) == "Dag"


def test_the_worker_prints_once_at_a_time_and_keeps_no_name(stage: Stage) -> None:
    made_invitees(stage)
    wave = planned(stage)

    jobs = [actions.ask_for_letters(wave, actor_id=None, now=timezone.now()) for _ in range(2)]
    run_job.call(str(jobs[0].pk))

    assert jobs[0].pk == jobs[1].pk
    assert Job.objects.get(pk=jobs[0].pk).result == {"letters": 12}
    assert "Quirijns" not in repr(list(Job.objects.values()))
