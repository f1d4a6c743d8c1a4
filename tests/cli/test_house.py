"""Locks that fall with their holder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from burgertop.cli.house import AlreadyHeldError, held, note_in

HOLDER = """
import pathlib, sys
from burgertop.cli.house import held
with held(pathlib.Path(sys.argv[1])):
    print("in", flush=True)
    input()
"""


def test_a_held_lock_is_refused_with_the_number_of_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "server.lock"

    with held(path), pytest.raises(AlreadyHeldError) as refused, held(path, problem="held by {process}"):
        pass

    assert str(refused.value) == f"held by {os.getpid()}"


def test_a_lock_that_was_let_go_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "server.lock"
    with held(path):
        pass

    with held(path) as left:
        assert left == ""
    assert note_in(path) == ""


def test_a_killed_holder_lets_go_and_leaves_its_number(tmp_path: Path) -> None:
    path = tmp_path / "server.lock"
    words = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "in\n"
        holder.send_signal(signal.SIGKILL)

    with held(path) as left:
        assert left == str(holder.pid)
