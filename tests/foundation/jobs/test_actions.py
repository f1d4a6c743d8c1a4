"""Long work: asked for, stopped, mended after a power cut, forgotten after a month."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from burgertop.foundation.jobs.actions import cancel, mend_interrupted, start, start_due
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.registry import UnknownKindError, kinds
from burgertop.foundation.live.models import Message
from burgertop.foundation.retention import forget_old_traces

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2011, 11, 11, 12, tzinfo=UTC)
PROCESS, ALICE = uuid.UUID(int=1), uuid.UUID(int=2)


def ask(kind: str = "tests.count", **args: object) -> Job:
    return start(kind, args or {"until": 3}, process_id=PROCESS, actor_id=ALICE)


def kill_worker_during(job: Job) -> None:
    """Leave the rows as a worker leaves them that is killed in the middle of a job."""
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, tries=job.tries + 1)


def test_the_worker_does_what_was_asked_and_keeps_the_result(work: Callable[[], None]) -> None:
    job = ask(until=3)

    work()
    job.refresh_from_db()

    assert (job.state, job.result, job.done, job.total, job.tries) == (JobState.DONE, {"counted": 3}, 3, 3, 1)
    assert (job.share, job.has_ended, job.made_by) == (1.0, True, ALICE)
    assert job.started_at is not None
    assert job.ended_at is not None


def test_open_pages_are_told_how_far_the_work_is(work: Callable[[], None]) -> None:
    job = ask(until=1)

    work()

    assert Message.objects.values_list("topic", "body").first() == (
        f"job.{job.pk}",
        {"job": str(job.pk), "done": 1, "total": 1},
    )


def test_work_of_a_failed_transaction_is_never_done(work: Callable[[], None]) -> None:
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    work()

    assert not Job.objects.exists()


def test_an_unknown_kind_of_work_is_refused_at_once() -> None:
    with pytest.raises(UnknownKindError):
        ask("tests.nobody")

    assert not Job.objects.exists()


def test_an_error_of_the_core_keeps_its_code_and_values(work: Callable[[], None]) -> None:
    job = ask("tests.impossible")

    work()
    job.refresh_from_db()

    assert (job.state, job.note_code, job.note_params) == (
        JobState.FAILED,
        "seating.too_few_seats",
        {"people": 31, "seats": 30},
    )


def test_a_mistake_in_the_work_fails_it_and_spares_the_worker(work: Callable[[], None]) -> None:
    broken, fine = ask("tests.broken"), ask(until=1)

    work()
    broken.refresh_from_db()
    fine.refresh_from_db()

    assert (broken.state, broken.note_code, fine.state) == (JobState.FAILED, "jobs.failed", JobState.DONE)


def test_work_that_waits_is_cancelled_at_once_and_never_done(work: Callable[[], None]) -> None:
    job = cancel(ask())

    work()
    job.refresh_from_db()

    assert (job.state, job.result, job.tries) == (JobState.CANCELLED, None, 0)


def test_work_under_way_stops_at_its_next_step(work: Callable[[], None]) -> None:
    job = ask("tests.stopped")

    work()
    job.refresh_from_db()

    assert (job.state, job.result) == (JobState.CANCELLED, None)


def test_cancelling_ended_work_changes_nothing(work: Callable[[], None]) -> None:
    job = ask(until=1)
    work()

    assert cancel(job).state == JobState.DONE


def test_work_a_killed_worker_left_is_done_after_all(work: Callable[[], None]) -> None:
    job = ask(until=2)
    kill_worker_during(job)

    touched = mend_interrupted(now=NOON)
    work()
    job.refresh_from_db()

    assert touched == (job,)
    assert (job.state, job.result, job.tries) == (JobState.DONE, {"counted": 2}, 2)


def test_work_that_may_not_be_repeated_fails_honestly(work: Callable[[], None]) -> None:
    job = ask("tests.once")
    kill_worker_during(job)

    mend_interrupted(now=NOON)
    work()
    job.refresh_from_db()

    assert (job.state, job.note_code, job.ended_at) == (JobState.FAILED, "jobs.interrupted", NOON)


@pytest.mark.parametrize("kind", ["tests.once", "tests.count"])
def test_work_that_never_began_is_asked_for_again_when_the_queue_lost_it(work: Callable[[], None], kind: str) -> None:
    job = ask(kind, until=1)
    DBTaskResult.objects.all().delete()

    touched = mend_interrupted(now=NOON)
    work()
    job.refresh_from_db()

    assert touched == (job,)
    assert (job.state, job.note_code, job.tries) == (JobState.DONE, "", 1)


def test_work_that_kills_its_worker_is_not_tried_for_ever() -> None:
    job = ask()
    for _ in range(3):
        job.refresh_from_db()
        kill_worker_during(job)
        mend_interrupted(now=NOON)

    job.refresh_from_db()

    assert (job.state, job.note_code, job.tries) == (JobState.FAILED, "jobs.interrupted", 3)


def test_mending_leaves_waiting_and_ended_work_alone(work: Callable[[], None]) -> None:
    ask(until=1)
    work()
    waiting = ask()

    assert mend_interrupted(now=NOON) == ()
    waiting.refresh_from_db()
    assert waiting.state == JobState.WAITING
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


def test_regular_work_is_started_when_its_time_has_come_and_not_before() -> None:
    regular = [kind.name for kind in kinds() if kind.every_seconds and kind.when is None]

    first = start_due(now=NOON)
    second = start_due(now=NOON + timedelta(minutes=59))
    third = start_due(now=NOON + timedelta(minutes=61))

    assert [job.kind for job in first] == regular
    assert second == ()
    assert [job.kind for job in third] == ["live.forget_messages"]


def test_jobs_that_ended_a_month_ago_are_forgotten() -> None:
    Job.objects.create(kind="tests.count", state=JobState.DONE, ended_at=NOON - timedelta(days=31))
    kept = Job.objects.create(kind="tests.count", state=JobState.DONE, ended_at=NOON - timedelta(days=29))
    open_ = Job.objects.create(kind="tests.count", made_at=NOON - timedelta(days=60))

    assert forget_old_traces(now=NOON) == {"jobs.Job": 1}
    assert set(Job.objects.all()) == {kept, open_}
