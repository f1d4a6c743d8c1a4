"""Long work for the tests, and the real worker to do it."""

import uuid
from collections.abc import Callable

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from pytest_django import Settings

from burgertop.core.errors import CoreError
from burgertop.foundation.jobs import registry
from burgertop.foundation.jobs.actions import cancel
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job


@pytest.fixture
def work() -> Callable[[], None]:
    """Lets the real worker do what waits."""

    def until_nothing_waits() -> None:
        Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
        ).run()

    return until_nothing_waits


@pytest.fixture(autouse=True)
def queue(settings: Settings) -> None:
    """The queue of a real server: what is asked waits until the worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of work that only these tests know."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))

    @job("tests.count")
    def count(args: Args, progress: Progress) -> Result:
        until = int(str(args["until"]))
        for number in range(1, until + 1):
            progress.tell(number, until, "tests.counting", number=number)
        return {"counted": until}

    @job("tests.impossible")
    def impossible(args: Args, progress: Progress) -> Result:
        raise CoreError("seating.too_few_seats", people=31, seats=30)

    @job("tests.broken")
    def broken(args: Args, progress: Progress) -> Result:
        raise ZeroDivisionError

    @job("tests.stopped")
    def stopped(args: Args, progress: Progress) -> Result:
        progress.tell(1, 10)
        cancel(Job.objects.get(pk=progress.job_id))
        progress.tell(10, 10)
        return {"went_on": True}

    @job("tests.once", may_repeat=False)
    def once(args: Args, progress: Progress) -> Result:
        return {}
