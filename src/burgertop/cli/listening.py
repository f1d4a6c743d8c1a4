"""The door of the server: one socket, held by the supervisor and handed to each web process.

The first web process opens it when it is ready to answer: until then browsers are refused at once and try again by
themselves. Then it stays open while a web process ends and comes back: who knocks meanwhile waits a moment, or is let
in by another one.
"""

import socket

__all__ = ["BACKLOG", "hang_door", "open_door"]

BACKLOG = 4096
STALLED_SECONDS = 30
ALIVE_AFTER_SECONDS, ALIVE_EVERY_SECONDS, ALIVE_TIMES = 60, 20, 3


def hang_door(bind: str, port: int) -> socket.socket:
    """Take the port; on systems without these options the system's own patience holds.

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


def open_door(file: int) -> None:
    """Listen at a door that was handed to this process; once more changes nothing."""
    door = socket.socket(fileno=file)
    door.listen(BACKLOG)
    door.detach()
