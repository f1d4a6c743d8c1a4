"""The supervisor: starts again what dies, takes along what it started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from burgertop.cli.parents import PARENT
from burgertop.cli.supervising import FIRST_WAIT_SECONDS, Child

PATIENCE_SECONDS = 20

SUPERVISED = """
import sys
from burgertop.cli.parents import end_with_parent
from burgertop.cli.supervising import Child, Supervisor
if sys.argv[1] == "child":
    end_with_parent()
    import os, pathlib, time
    with pathlib.Path(sys.argv[2]).open("a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(600)
Supervisor([Child("patient", [sys.executable, __file__, "child", sys.argv[1]])]).run(when_ready=lambda: True)
"""


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    """The file in which every child writes its number."""
    path = tmp_path / "numbers"
    path.touch()
    return path


@pytest.fixture
def supervisor(tmp_path: Path, numbers: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor with one patient child."""
    program = tmp_path / "supervised.py"
    program.write_text(SUPERVISED, encoding="utf-8")
    process = subprocess.Popen([sys.executable, str(program), str(numbers)], stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait(PATIENCE_SECONDS)


def wait_for_children(numbers: Path, count: int) -> list[int]:
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := numbers.read_text(encoding="ascii").split()) < count:
        assert time.monotonic() < until, f"{count} children were expected"
        time.sleep(0.05)
    return [int(number) for number in found]


def is_alive(number: int) -> bool:
    about = Path(f"/proc/{number}/stat")
    return about.exists() and about.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_gone(number: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while is_alive(number):
        assert time.monotonic() < until, "the child outlived its supervisor"
        time.sleep(0.05)


def test_a_killed_child_is_started_again(supervisor: subprocess.Popen[bytes], numbers: Path) -> None:
    first = wait_for_children(numbers, 1)[0]

    subprocess.run(["kill", "-KILL", str(first)], check=True)
    second = wait_for_children(numbers, 2)[1]

    assert first != second
    assert is_alive(second)


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_a_wish_to_stop_ends_the_children_too(
    supervisor: subprocess.Popen[bytes], numbers: Path, wish: signal.Signals
) -> None:
    child = wait_for_children(numbers, 1)[0]

    supervisor.send_signal(wish)

    assert supervisor.wait(PATIENCE_SECONDS) == 0
    assert not is_alive(child)


def test_children_do_not_outlive_a_killed_supervisor(supervisor: subprocess.Popen[bytes], numbers: Path) -> None:
    child = wait_for_children(numbers, 1)[0]

    supervisor.kill()
    supervisor.wait(PATIENCE_SECONDS)

    wait_until_gone(child)


def test_a_child_whose_supervisor_was_gone_before_it_looked_ends() -> None:
    program = "import time; from burgertop.cli.parents import end_with_parent; end_with_parent(); time.sleep(600)"

    orphan = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, PARENT: "1"})

    assert orphan.wait(PATIENCE_SECONDS) == 1


def test_a_child_that_keeps_dying_is_started_more_and_more_slowly() -> None:
    failing: list[Child] = []
    child = Child("hasty", [sys.executable, "-c", ""], when_failing=failing.append)
    waits = []
    for _ in range(3):
        child.start()
        assert child.running is not None
        child.running.wait(PATIENCE_SECONDS)
        waits.append(child.wait_seconds)
        said = child.look_after()

    assert waits == [FIRST_WAIT_SECONDS, 2 * FIRST_WAIT_SECONDS, 4 * FIRST_WAIT_SECONDS]
    assert said == "The hasty process ended (0); again in 2 s."
    assert failing == [child, child]  # not the first time
