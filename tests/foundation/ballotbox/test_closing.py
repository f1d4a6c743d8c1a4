"""Ballots whose time is over are counted without anybody asking."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.foundation.ballotbox.databases import side_by_side

from burgertop.foundation.ballotbox.closing import Closing, close_due
from burgertop.foundation.ballotbox.events import BallotClosed
from burgertop.foundation.ballotbox.models import Ballot, BallotState, SealedPaper
from burgertop.foundation.ballotbox.sealing import key_file
from burgertop.foundation.events import listen
from burgertop.foundation.jobs.actions import start_due
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry

MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime) -> Callable[..., Ballot]:
    """Makes an open ballot that closes an hour after the opening."""

    def make(stage: Stage | None = None) -> Ballot:
        return make_ballot(stage or make_stage(), closes_at=now + 60 * MINUTE)

    return make


def test_a_ballot_is_counted_when_its_time_is_over_and_not_before(
    db: None, timed: Callable[..., Ballot], hand_in: Callable[..., list[str]], now: datetime
) -> None:
    ballot = timed()
    hand_in(ballot, [[1], [2], [1]])

    early, due, again = (close_due(now=now + minutes * MINUTE) for minutes in (59, 60, 61))
    ballot.refresh_from_db()

    assert (early, due, again) == (Closing((), ()), Closing((ballot.pk,), ()), Closing((), ()))
    assert (ballot.state, ballot.counted_at, ballot.result["handed_in"]) == (
        BallotState.COUNTED,
        now + 60 * MINUTE,
        3,
    )
    assert Entry.objects.filter(kind="ballot_counted").count() == 1


def test_an_open_end_is_closed_by_people_only(db: None, ballot: Ballot, now: datetime) -> None:
    assert close_due(now=now + timedelta(days=400)) == Closing((), ())


def test_the_count_is_told_after_it_is_kept(
    db: None,
    timed: Callable[..., Ballot],
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ballot, told = timed(), []
    listen(BallotClosed, told.append)

    with django_capture_on_commit_callbacks(execute=True):
        close_due(now=now + 60 * MINUTE)

    assert [event.ballot_id for event in told] == [ballot.pk]
    assert not key_file(ballot.pk).exists()


def test_a_ballot_without_its_key_keeps_its_envelopes_and_does_not_hold_up_the_others(
    stage: Stage,
    timed: Callable[..., Ballot],
    hand_in: Callable[..., list[str]],
    now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost, other = timed(stage), timed(stage)
    hand_in(lost, [[1]])
    key_file(lost.pk).unlink()

    with caplog.at_level(logging.WARNING):
        done = close_due(now=now + 60 * MINUTE)

    assert done == Closing((other.pk,), (lost.pk,))
    assert SealedPaper.objects.filter(ballot=lost).count() == 1
    assert f"Ballot {lost.pk} is over and cannot be counted" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_an_organiser_count_once(
    file_database: Path | None, timed: Callable[..., Ballot], hand_in: Callable[..., list[str]], now: datetime
) -> None:
    ballot = timed()
    hand_in(ballot, [[1], [2], [1]])

    answers = side_by_side([lambda: close_due(now=now + 60 * MINUTE)] * 4)

    assert [answer for answer in answers if isinstance(answer, Exception) or answer.failed] == []
    assert Entry.objects.filter(kind="ballot_counted").count() == 1
    assert Ballot.objects.get(pk=ballot.pk).papers.count() == 3


def test_the_worker_does_it_by_itself_and_asks_for_nothing_while_nothing_is_due(
    db: None, timed: Callable[..., Ballot], now: datetime
) -> None:
    ballot = timed()
    kind = "ballotbox.count_due"

    before = [job.kind for job in start_due(now=now)]
    job = next(job for job in start_due(now=now + 61 * MINUTE) if job.kind == kind)
    if job.state == JobState.WAITING:
        run_job.call(str(job.pk))
    again = [job.kind for job in start_due(now=now + 62 * MINUTE)]

    assert (kind in before, kind in again) == (False, False)
    assert Job.objects.get(pk=job.pk).result == {"counted": [str(ballot.pk)], "failed": []}
