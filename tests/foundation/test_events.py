"""Events are told after the commit, once to each listener, and never after a rollback."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from burgertop.foundation.events import Event, listen, publish

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class TeaPoured(Event):
    cups: int


heard: list[TeaPoured] = []


@pytest.fixture(autouse=True)
def _listening() -> None:
    heard.clear()
    listen(TeaPoured, heard.append)
    listen(TeaPoured, heard.append)


def test_an_event_is_told_after_the_commit_and_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(TeaPoured(704))
        assert heard == []

    assert heard == [TeaPoured(704)]


def test_what_was_rolled_back_is_not_told(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        publish(TeaPoured(704))
        transaction.set_rollback(True)

    assert heard == []
