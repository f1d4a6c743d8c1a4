"""A freeze holds from one request to the next, for every process, whatever becomes of its file."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from burgertop.foundation.freezing import (
    Freeze,
    current_freeze,
    freeze,
    rest_while_frozen,
    thaw,
    wait_for_writers,
    writing,
)

NOW = datetime(2011, 11, 11, 15, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_a_server_is_frozen_until_it_is_thawed() -> None:
    before = current_freeze()
    made = freeze("A wrong version", now=NOW)
    held, ended, after = current_freeze(), thaw(), current_freeze()

    assert (before, made, after) == (None, Freeze(NOW, "A wrong version"), None)
    assert held == ended == made
    assert thaw() is None


def test_a_second_freeze_keeps_the_moment_of_the_first_and_may_say_more() -> None:
    freeze(now=NOW)

    again = freeze("We look into it", now=NOW + timedelta(minutes=5))

    assert again == Freeze(NOW, "We look into it")
    assert freeze(now=NOW + timedelta(minutes=9)) == again


@pytest.mark.parametrize("content", ["", "{", '{"since": 3}', "[]", '{"since": "2011-11-11"}'])
def test_a_file_that_cannot_be_read_freezes_as_well(home: Path, content: str) -> None:
    path = home / "frozen.json"
    path.write_text(content)
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    assert current_freeze() == Freeze(NOW)


def test_whoever_freezes_waits_for_the_pens_of_those_who_write() -> None:
    with writing() as nothing:
        freeze(now=NOW)
        is_still_writing = not wait_for_writers(0)
    with writing() as held:
        pass

    assert (nothing, is_still_writing, held) == (None, True, Freeze(NOW))
    assert wait_for_writers(0)


def test_work_rests_until_the_thaw() -> None:
    freeze(now=NOW)
    resting = threading.Thread(target=rest_while_frozen)
    resting.start()
    resting.join(0.1)
    is_resting = resting.is_alive()

    thaw()
    resting.join(30)

    assert (is_resting, resting.is_alive()) == (True, False)
