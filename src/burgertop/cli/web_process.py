"""The web process of ``burgertop serve``: granian with our front door in it."""

import argparse
import asyncio
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from granian._granian import SocketHolder
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.embed import Server

from burgertop.cli.listening import BACKLOG, open_door
from burgertop.web.front_door import application
from burgertop.web.knobs import Knobs, read_knobs

__all__ = ["add_arguments", "run"]

ROOM_FOR_PAGES = 512
SWITCH_SECONDS = 0.0005  # who holds the lock of the database should not wait 5 ms for the interpreter at each step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The rest is said by the knobs."""
    parser.add_argument("--door", type=int, required=True, help="the open file of the socket that listens")


class DoorServer(Server):
    """Lets people in by a door that is open already."""

    def __init__(self, *words: Any, door: int, **named: Any) -> None:
        super().__init__(*words, **named)
        self._door = door

    def _init_shared_socket(self) -> None:
        is_unix = False
        holder: Any = SocketHolder
        self._shd = holder(self._door, is_unix, BACKLOG)


def run(chosen: argparse.Namespace) -> int:
    """Answer requests until SIGTERM."""
    sys.setswitchinterval(SWITCH_SECONDS)
    get_resolver().url_patterns  # noqa: B018  # reads every page's code now, not for the first visitor
    knobs = read_knobs()
    _allow_files(knobs.streams + 2 * ROOM_FOR_PAGES)
    asyncio.run(_serve(knobs, chosen.door))
    return 0


def _allow_files(wanted: int) -> None:
    """Raise the number of open files as far as the system lets us: every stream is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


async def _serve(knobs: Knobs, door: int) -> None:
    """Serve; ``backpressure`` is explicit, for the default lets no more than the backlog of streams in.

    With a certificate it speaks TLS, and HTTP/2 to whoever offers it.
    No access log: addresses and the time of a vote are nobody's business.
    """
    certificate, key = (Path(name) if name else None for name in (knobs.certificate, knobs.certificate_key))
    server = DoorServer(
        application,
        door=door,
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
    open_door(door)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await application.close()
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]  # granian does not say
    await serving
    waiting.cancel()
