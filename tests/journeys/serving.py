"""A real Burgertop for a browser: prepared in a folder, served as a process, stopped at the end."""

import fcntl
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["GONE", "Certificate", "House", "children_named", "prepared", "served"]

BURGERTOP = [sys.executable, "-m", "burgertop.cli.main"]
PATIENCE_SECONDS = 90
COMMAND_SECONDS = 600  # the demo is prepared in a minute on a quiet machine
LOOK_SECONDS = 0.05
GONE = (FileNotFoundError, ProcessLookupError)  # a process may end while its files are read


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a hall brings along: its name, and the files that prove it."""

    name: str
    chain: Path
    key: Path


@dataclass(slots=True)
class House:
    """One server: its folder, its address, its log, and the process that runs it; a hall if it has a certificate."""

    home: Path
    port: int
    log: Path
    is_demo: bool = False
    certificate: Certificate | None = None
    processes: int = 1
    running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        hall = self.certificate
        return f"https://{hall.name}:{self.port}" if hall is not None else f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the commands of this house read."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
        return kept | {
            "BURGERTOP_HOME": str(self.home),
            "BURGERTOP_PORT": str(self.port),
            "BURGERTOP_PUBLIC_URL": self.address,
            "BURGERTOP_DEMO": "1" if self.is_demo else "0",
            "BURGERTOP_LOG_LEVEL": "INFO",
            "BURGERTOP_PROCESSES": str(self.processes),
        }

    def command(self, *words: str) -> str:
        """Run a command of this house; return what it printed."""
        done = subprocess.run(
            [*BURGERTOP, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, program: str) -> dict[str, Any]:
        """Run a few lines on this house's own database; return what they print at last, as JSON."""
        told = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "burgertop.web.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
        return found

    def start(self) -> None:
        """Serve, and wait until a page comes."""
        hall = self.certificate
        words = ["--hall", "--certificate", str(hall.chain), "--key", str(hall.key)] if hall is not None else []
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [*BURGERTOP, "serve", *words], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_healthy():
            assert self.running.poll() is None, self.log.read_text()
            assert time.monotonic() < until, f"no answer in {PATIENCE_SECONDS} s: {self.log.read_text()}"
            time.sleep(LOOK_SECONDS)

    def is_healthy(self) -> bool:
        """Whether the server says that it is well; a hall is asked by its number, without its router."""
        hall = self.certificate
        tls = ssl.create_default_context(cafile=hall.chain) if hall is not None else None
        if tls is not None:
            tls.check_hostname = False
        asked = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/healthy"
        try:
            with urllib.request.urlopen(asked, timeout=5, context=tls) as answer:  # noqa: S310  # our own server
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.running = None

    def kill(self) -> None:
        """End the supervisor and its children at once, as a power cut would."""
        assert self.running is not None
        group = [self.running.pid, *children_of(self.running.pid)]
        for process in group:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.running.wait(PATIENCE_SECONDS)
        self.running = None


def children_of(parent: int) -> list[int]:
    """Return the processes that this one started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(*GONE):
            for child in task.read_text().split():
                found += [int(child), *children_of(int(child))]
    return found


def children_named(parent: int, command: str) -> list[int]:
    """Return those of them that run this inner command, such as ``web``."""
    return [one for one in children_of(parent) if command_of(one) == command]


def command_of(process: int) -> str:
    """Return the command of a process of the house; nothing for one that has ended meanwhile, or is none."""
    with suppress(*GONE):
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        return words[3].decode() if len(words) > 4 else ""
    return ""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def served(home: Path, *, is_demo: bool = False) -> Iterator[House]:
    """Serve a folder while inside."""
    house = House(home, free_port(), home.parent / f"{home.name}.log", is_demo)
    house.start()
    try:
        yield house
    finally:
        house.stop()


def prepared(shared: Path, *words: str) -> Path:
    """Prepare a home once for all workers of this run, by a command in an empty folder; it is then only copied."""
    shared.mkdir(parents=True, exist_ok=True)
    done = shared / "prepared"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            House(shared / "home", 0, shared / "prepare.log").command(*words)
            done.touch()
    return shared / "home"
