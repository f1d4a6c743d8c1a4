"""The doors of the server: a socket for each web process, all at one port, held by the supervisor.

The system lets in about as many people by one door as by another. At a door in common it would nearly always be the
same process that is quicker, and the tablets of a whole hall would hang on one processor.

A web process opens its door when it is ready to answer: until the first one does, browsers are refused at once and try
again by themselves. A door stays open while its process ends and comes back: who knocks meanwhile waits a moment. When
the process keeps ending, its door is shut, as long as another one is open.
"""

import socket
import sys
from types import TracebackType
from typing import Self

__all__ = ["BACKLOG", "Doors", "hang_door", "open_door"]

BACKLOG = 4096
STALLED_SECONDS = 30
ALIVE_AFTER_SECONDS, ALIVE_EVERY_SECONDS, ALIVE_TIMES = 60, 20, 3


def hang_door(bind: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """Take the port, alone or beside other doors of ours; without these options the system's own patience holds.

    Every connection inherits from the door how long the system waits for somebody who takes nothing. The server keeps
    for a browser what it has not taken yet, without an end; so the system ends the connection of one that takes nothing
    of what is sent for a while, or does not answer any more.

    Raises:
        OSError: the port is taken, or only the system may use it.
        OverflowError: there is no such port.
    """
    family, kind, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
    door = socket.socket(family, kind)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if is_shared:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        for name, value in (
            ("TCP_NODELAY", 1),
            ("TCP_USER_TIMEOUT", STALLED_SECONDS * 1000),
            ("TCP_KEEPIDLE", ALIVE_AFTER_SECONDS),
            ("TCP_KEEPINTVL", ALIVE_EVERY_SECONDS),
            ("TCP_KEEPCNT", ALIVE_TIMES),
        ):
            option = getattr(socket, name, None)
            if option is not None:
                door.setsockopt(socket.IPPROTO_TCP, option, value)
        door.bind(address)
    except (OSError, OverflowError):
        door.close()
        raise
    return door


class Doors:
    """So many doors at one port; where the system does not share a port out, one door for all.

    Raises:
        OSError: the port is taken, or only the system may use it.
        OverflowError: there is no such port.
    """

    def __init__(self, bind: str, port: int, count: int) -> None:
        self._bind, self._port = bind, port
        alone = hang_door(bind, port)  # refused when somebody is there, also another server of ours
        self._is_shared = count > 1 and sys.platform == "linux"
        if not self._is_shared:
            self._doors = [alone] * count
            return
        alone.close()
        self._doors = [hang_door(bind, port, is_shared=True) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for door in self._doors:
            door.close()

    def file(self, number: int) -> int:
        """The open file of a door, to be handed to its process."""
        return self._doors[number].fileno()

    def shut(self, number: int) -> None:
        """Shut a door behind which nobody stays, as long as another one is open, and hang a new one in its place."""
        others = [door for place, door in enumerate(self._doors) if place != number]
        if self._is_shared and any(is_open(door) for door in others):
            self._doors[number].close()
            self._doors[number] = hang_door(self._bind, self._port, is_shared=True)


def is_open(door: socket.socket) -> bool:
    """Whether somebody listens at a door, or did and will come back."""
    return bool(door.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


def open_door(file: int) -> None:
    """Listen at a door that was handed to this process; once more changes nothing."""
    door = socket.socket(fileno=file)
    door.listen(BACKLOG)
    door.detach()
