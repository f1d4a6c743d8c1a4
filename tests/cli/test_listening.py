"""The doors of the server: people come in by all of them, a port has one owner, nobody waits before a dead door."""

import socket
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from burgertop.cli.listening import Doors, open_door

COUNT = 200
shares_ports = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shares a port out")


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def let_in(doors: Doors, number: int) -> int:
    """How many wait at a door; they are let in."""
    with ExitStack() as guests, closing(socket.socket(fileno=socket.dup(doors.file(number)))) as door:
        door.setblocking(False)
        count = 0
        while True:
            try:
                guests.enter_context(door.accept()[0])
            except BlockingIOError:
                return count
            count += 1


def knock(stack: ExitStack, port: int, count: int) -> None:
    """So many come, one after the other."""
    for _ in range(count):
        stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))


@shares_ports
def test_who_comes_one_after_the_other_is_shared_out(port: int) -> None:
    with ExitStack() as stack:
        doors = stack.enter_context(Doors("127.0.0.1", port, 2))
        for number in (0, 1):
            open_door(doors.file(number))

        knock(stack, port, COUNT)
        came = [let_in(doors, number) for number in (0, 1)]

    assert sum(came) == COUNT
    assert min(came) > COUNT / 4, came  # by pure chance in one of 10 ** 12 runs


@shares_ports
def test_a_door_that_is_not_open_yet_keeps_nobody(port: int) -> None:
    with ExitStack() as stack:
        doors = stack.enter_context(Doors("127.0.0.1", port, 2))
        open_door(doors.file(1))

        knock(stack, port, 20)

        assert let_in(doors, 1) == 20


@shares_ports
def test_a_door_behind_which_nobody_stays_is_shut_while_another_is_open(port: int) -> None:
    with ExitStack() as stack:
        doors = stack.enter_context(Doors("127.0.0.1", port, 2))
        for number in (0, 1):
            open_door(doors.file(number))

        doors.shut(0)
        knock(stack, port, 20)
        alone = let_in(doors, 1)
        doors.shut(1)  # the only one that is open: it stays
        knock(stack, port, 20)

        assert (alone, let_in(doors, 1)) == (20, 20)


@pytest.mark.parametrize("count", [1, 2])
def test_a_port_belongs_to_one_server(port: int, count: int) -> None:
    with Doors("127.0.0.1", port, count) as doors:
        open_door(doors.file(0))

        with pytest.raises(OSError, match="in use"):
            Doors("127.0.0.1", port, 2)


def test_one_process_has_one_door_that_is_never_shut(port: int) -> None:
    with ExitStack() as stack:
        doors = stack.enter_context(Doors("127.0.0.1", port, 1))
        open_door(doors.file(0))

        doors.shut(0)
        knock(stack, port, 3)

        assert let_in(doors, 0) == 3


def test_a_door_that_was_handed_on_is_closed_with_the_rest(port: int) -> None:
    with Doors("127.0.0.1", port, 2) as doors:
        files = [doors.file(number) for number in (0, 1)]

    assert [Path(f"/proc/self/fd/{file}").exists() for file in files] == [False, False]
