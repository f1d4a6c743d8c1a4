"""The servers of a rehearsal: one of its own in a folder that is thrown away, and the bare floor to compare with."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from burgertop.cli.demo import MARKER
from burgertop.cli.house import Problem, note_in
from burgertop.foundation.live.wire import Request, Scope
from burgertop.web.knobs import read_knobs

__all__ = ["Own", "floor", "own_server", "serve_floor", "use_server"]

PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.1
LISTENING = "0A"
FLOOR = "import sys; from burgertop.cli.rehearsing.servers import serve_floor; serve_floor(int(sys.argv[1]))"


class Own:
    """A server that only the rehearsal knows."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.address = f"http://127.0.0.1:{port}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until a page comes and every web process lets people in: kept lines stay where they began."""
        with (self.home / "server.log").open("ab") as log:
            self._running = subprocess.Popen(  # our own words
                [sys.executable, "-m", "burgertop.cli.main", "serve"],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(f"{self.address}/healthy", self._running, self.home / "server.log")
        until = time.monotonic() + PATIENCE_SECONDS
        while doors_open_at(self.port) < read_knobs().processes and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)

    def kill_web(self) -> None:
        """Kill every web process; the supervisor starts them again."""
        if self._running is not None:
            for process in _webs_of(self._running.pid):
                os.kill(process, signal.SIGKILL)

    def memory(self) -> float:
        """Return how many megabytes the web processes hold."""
        webs = _webs_of(self._running.pid) if self._running is not None else []
        pages = sum(int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in webs)
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def stop(self) -> None:
        """End it."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(PATIENCE_SECONDS)
            self._running = None


@contextmanager
def own_server() -> Iterator[Own]:
    """Choose the settings of a server of our own and make its folder; it is thrown away at the end."""
    home = Path(tempfile.mkdtemp(prefix="burgertop-rehearsal-"))
    own = Own(home, free_port())
    for name in [name for name in os.environ if name.startswith("BURGERTOP_")]:
        if name not in {"BURGERTOP_PROCESSES", "BURGERTOP_THREADS"}:
            del os.environ[name]
    os.environ.update(
        BURGERTOP_HOME=str(home),
        BURGERTOP_PORT=str(own.port),
        BURGERTOP_PUBLIC_URL=own.address,
        BURGERTOP_STREAMS="12000",
        BURGERTOP_LOG_LEVEL="WARNING",
    )
    try:
        yield own
    finally:
        own.stop()
        shutil.rmtree(home, ignore_errors=True)


def use_server(address: str) -> None:
    """Choose the settings of a server that runs already; the demo is found in its own folder.

    Raises:
        Problem: nobody answers there, or its folder is not here. Nothing was written.
    """
    if urlsplit(address).scheme != "http":
        raise Problem("the address of --address begins with http://: ask the server itself, not what stands before it.")
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/healthy", timeout=5):  # noqa: S310  # the operator's own
            pass
    except (urllib.error.URLError, OSError) as error:
        raise Problem(f"nobody answers at {address}: {error}") from error
    if os.environ.get("BURGERTOP_DATABASE_URL"):
        return
    chosen = Path(os.environ.get("BURGERTOP_HOME") or "var").resolve()
    homes = [home for home in (chosen, chosen / "demo") if (home / "burgertop.sqlite3").exists()]
    served = [home for home in homes if note_in(home / "server.lock")]
    if not served:
        raise Problem(f"no server runs in {chosen}. BURGERTOP_HOME must be the folder of the server at {address}.")
    os.environ["BURGERTOP_HOME"] = str(served[0])
    if (served[0] / MARKER).exists():
        os.environ["BURGERTOP_DEMO"] = "1"  # nobody in it is real


@contextmanager
def floor() -> Iterator[int]:
    """Serve one word by the bare server, in a process of its own; gives its port."""
    port = free_port()
    running = subprocess.Popen([sys.executable, "-c", FLOOR, str(port)], stderr=subprocess.DEVNULL)  # noqa: S603  # our own words
    try:
        wait_for(f"http://127.0.0.1:{port}/", running, None)
        yield port
    finally:
        running.terminate()
        running.wait(PATIENCE_SECONDS)


def serve_floor(port: int) -> None:
    """Answer every request with one word, as fast as the bare server can."""

    async def hello(_scope: Scope, request: Request) -> None:
        request.response_bytes(200, [("content-type", "text/plain"), ("content-length", "5")], b"hello")

    server = Server(
        hello, port=port, interface=Interfaces.RSGI, backlog=1024, websockets=False, log_level=LogLevels.error
    )
    asyncio.run(server.serve())


def wait_for(address: str, running: "subprocess.Popen[bytes]", log: Path | None) -> None:
    """Wait until this address answers.

    Raises:
        Problem: the server ended, or took too long.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except (urllib.error.URLError, OSError):
            if running.poll() is not None:
                break
            time.sleep(LOOK_SECONDS)
    told = log.read_text("utf-8", "replace")[-800:] if log is not None else ""
    raise Problem(f"the server of the rehearsal does not answer. {told}")


def doors_open_at(port: int) -> int:
    """How many sockets listen at a port of this machine."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    about = [line.split()[1:4] for line in lines]
    return sum(local.endswith(f":{port:04X}") and state == LISTENING for local, _other, state in about)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _webs_of(supervisor: int) -> list[int]:
    children = [
        int(child)
        for task in Path(f"/proc/{supervisor}/task").glob("*/children")
        for child in task.read_text(encoding="ascii").split()
    ]
    return [one for one in children if b"\0web\0" in _words_of(one)]


def _words_of(process: int) -> bytes:
    """The words of a process; nothing for one that has just ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
