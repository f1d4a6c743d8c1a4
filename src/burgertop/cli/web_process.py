"""The web process of ``burgertop serve``: granian with our front door in it."""

import argparse
import asyncio
import resource
import signal
import socket
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from granian._granian import SocketHolder
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.embed import Server

from burgertop.cli.parents import end_with_parent
from burgertop.web.front_door import application
from burgertop.web.knobs import Knobs, read_knobs

__all__ = ["add_arguments", "run"]

ROOM_FOR_PAGES = 512
BACKLOG = 4096
STALLED_SECONDS = 30
ALIVE_AFTER_SECONDS, ALIVE_EVERY_SECONDS, ALIVE_TIMES = 60, 20, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is said by the knobs."""


class PatientServer(Server):
    """Listens on a door of our own, with our patience."""

    door: socket.socket

    def _init_shared_socket(self) -> None:
        """Every connection inherits from the door how long the system waits for somebody who takes nothing.

        The server keeps for a browser what it has not taken yet, without an end; so the system ends the
        connection of one that takes nothing of what is sent for a while, or does not answer any more.
        """
        self.door = open_door(self.bind_addr, self.bind_port)
        is_unix = False
        holder: Any = SocketHolder
        self._shd = holder(self.door.fileno(), is_unix, BACKLOG)


def open_door(bind: str, port: int) -> socket.socket:
    """Listen; on systems without these options the system's own patience holds."""
    family, kind, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
    door = socket.socket(family, kind)
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
    door.listen(BACKLOG)
    return door


def run(chosen: argparse.Namespace) -> int:
    """Answer requests until SIGTERM."""
    end_with_parent()
    get_resolver().url_patterns  # noqa: B018  # reads every page's code now, not for the first visitor
    knobs = read_knobs()
    _allow_files(knobs.streams + 2 * ROOM_FOR_PAGES)
    asyncio.run(_serve(knobs))
    return 0


def _allow_files(wanted: int) -> None:
    """Raise the number of open files as far as the system lets us: every stream is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


async def _serve(knobs: Knobs) -> None:
    """Serve; ``backpressure`` is explicit, for the default lets no more than the backlog of streams in.

    With a certificate it speaks TLS, and HTTP/2 to whoever offers it.
    No access log: addresses and the time of a vote are nobody's business.
    """
    certificate, key = (Path(name) if name else None for name in (knobs.certificate, knobs.certificate_key))
    server = PatientServer(
        application,
        address=knobs.bind,
        port=knobs.port,
        interface=Interfaces.RSGI,
        backlog=BACKLOG,
        backpressure=knobs.streams + ROOM_FOR_PAGES,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    stopping = asyncio.Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wish, stopping.set)
    application.open()
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await application.close()
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]  # granian does not say
    await serving
    waiting.cancel()
