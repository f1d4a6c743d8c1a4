"""What the tests of codes stand on. Models are imported late: the house must be set up first."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.foundation.ballotbox.databases import empty_file, file_database

__all__ = ["empty_file", "file_database"]


@pytest.fixture
def now() -> datetime:
    """Two minutes into a window of ten."""
    return datetime(2011, 11, 11, 10, 2, tzinfo=UTC)


@pytest.fixture
def make_process() -> Callable[[], uuid.UUID]:
    """Makes a process and returns its id."""
    from burgertop.foundation.process.actions import found_process
    from burgertop.foundation.process.models import Template

    return lambda: found_process("g1000", Template.BELGIAN, titles={"nl": "Top"}, languages=["nl"]).pk


@pytest.fixture
def process_id(db: None, make_process: Callable[[], uuid.UUID]) -> uuid.UUID:
    """A process with codes."""
    return make_process()
