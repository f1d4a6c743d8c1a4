"""Whoever asked first has the turn first, one at a time; who gives up stands in nobody's way."""

import fcntl
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from burgertop.foundation.sqlite.turns import Turn

LONG = 30.0
F_OFD_GETLK = 36  # Linux; asks without being the process that closes


def queue(turn: Turn, count: int, told: list[int]) -> list[threading.Thread]:
    """So many threads that wait in a known order; each says its number when it is its turn, and hands on."""

    def one(number: int) -> None:
        assert turn.take(LONG)
        told.append(number)
        turn.leave()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        while turn.waiting < number:
            time.sleep(0)
    return threads


def test_the_turn_goes_round_in_the_order_of_asking() -> None:
    turn, told = Turn(), []
    assert turn.take(0)
    threads = queue(turn, 12, told)

    assert told == []
    turn.leave()
    for thread in threads:
        thread.join(LONG)

    assert told == list(range(12))


def test_who_gives_up_is_passed_over() -> None:
    turn, told = Turn(), []
    assert turn.take(0)
    threads = queue(turn, 2, told)

    assert not turn.take(0.01)
    assert turn.waiting == 2
    turn.leave()
    for thread in threads:
        thread.join(LONG)

    assert (told, turn.take(0)) == ([0, 1], True)


def test_two_never_have_it_at_once() -> None:
    turn, inside, worst = Turn(), [0], [0]

    def work() -> None:
        for _ in range(300):
            if turn.take(0.0001):  # many give up just when it comes
                inside[0] += 1
                worst[0] = max(worst[0], inside[0])
                time.sleep(0)
                inside[0] -= 1
                turn.leave()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)

    assert worst == [1]
    assert turn.take(0), "a turn was lost"


OTHER = """
import sys
from pathlib import Path
from burgertop.foundation.sqlite.turns import Turn
turn = Turn(Path(sys.argv[1]))
for line in sys.stdin:
    word = line.strip()
    said = turn.take(float(word)) if word != "leave" else turn.leave()
    print(said, flush=True)
"""


class Process:
    """Another process that does what it is told, a line at a time."""

    def __init__(self, path: Path) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def tell(self, word: str) -> None:
        """Tell it something, without waiting for the answer."""
        assert self.running.stdin is not None
        print(word, file=self.running.stdin, flush=True)

    def hear(self) -> str:
        """What it answers."""
        assert self.running.stdout is not None
        return self.running.stdout.readline().strip()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Process]:
    """A process that shares a turn with us."""
    process = Process(tmp_path / "turn")
    yield process
    process.running.kill()
    process.running.communicate()


def test_processes_never_have_it_at_once_and_a_wait_ends(tmp_path: Path, other: Process) -> None:
    turn = Turn(tmp_path / "turn")

    other.tell("30")
    assert other.hear() == "True"
    assert not turn.take(0.01)
    other.tell("leave")
    other.hear()

    assert turn.take(LONG)


def test_a_process_that_waits_goes_before_the_one_that_has_just_had_it(tmp_path: Path, other: Process) -> None:
    turn = Turn(tmp_path / "turn")
    assert turn.take(LONG)
    other.tell("30")
    probe = os.open(tmp_path / "turn", os.O_RDWR)
    while True:  # until the other one is the next
        found = struct.unpack("hhqqi", fcntl.fcntl(probe, F_OFD_GETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 1, 1, 0)))
        if found[0] != fcntl.F_UNLCK:
            break
        time.sleep(0)
    turn.leave()

    assert not turn.take(0.05)
    assert other.hear() == "True"
    other.tell("leave")
    assert turn.take(LONG)
    os.close(probe)


def test_a_process_that_is_killed_lets_go(tmp_path: Path, other: Process) -> None:
    turn = Turn(tmp_path / "turn")
    other.tell("30")
    other.hear()

    other.running.kill()
    other.running.wait()

    assert turn.take(LONG)


def test_where_there_can_be_no_file_threads_still_take_turns(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "nowhere" / "turn")

    assert (turn.take(0), turn.take(0)) == (True, False)
    turn.leave()
    assert turn.take(0)
