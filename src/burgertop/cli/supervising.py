"""A small supervisor: keeps child processes running, passes the wish to stop on, waits for them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from burgertop.cli.parents import PARENT

__all__ = ["Child", "Supervisor"]

TICK_SECONDS = 0.2
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 12.0


@dataclass(slots=True)
class Child:
    """A process that should always run; ``files`` are open files that it is handed.

    ``when_failing`` is called when it has ended again soon after it was started anew.
    """

    name: str
    words: Sequence[str]
    files: Sequence[int] = ()
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_seconds: float = FIRST_WAIT_SECONDS
    start_again_at: float = 0.0
    when_failing: "Callable[[Child], None] | None" = None

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl+C reaches the supervisor only."""
        self.running = subprocess.Popen(  # noqa: S603  # our own words
            self.words,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.files,
            env={**os.environ, PARENT: str(os.getpid())},
        )
        self.started_at = time.monotonic()

    def look_after(self) -> str:
        """Start it again when it has ended and its time has come; return what happened, or nothing."""
        now = time.monotonic()
        if self.running is None:
            if now >= self.start_again_at:
                self.start()
            return ""
        if self.running.poll() is None:
            return ""
        if now - self.started_at > STEADY_SECONDS:
            self.wait_seconds = FIRST_WAIT_SECONDS
        if self.wait_seconds > FIRST_WAIT_SECONDS and self.when_failing is not None:
            self.when_failing(self)
        said = f"The {self.name} process ended ({self.running.returncode}); again in {self.wait_seconds:g} s."
        self.running = None
        self.start_again_at = now + self.wait_seconds
        self.wait_seconds = min(self.wait_seconds * 2, LONGEST_WAIT_SECONDS)
        return said


class Supervisor:
    """Runs its children until somebody wants it to stop."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = tuple(children)
        self._stop = threading.Event()

    def run(self, *, when_ready: Callable[[], bool]) -> None:
        """Start the children and look after them until SIGTERM or SIGINT.

        ``when_ready`` is asked again and again until it says yes; it announces the server.
        """
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, self._wish)
        is_announced = False
        try:
            while not self._stop.wait(TICK_SECONDS):
                for child in self.children:
                    if said := child.look_after():
                        with suppress(OSError):  # the log stands on a disk that is full: the house goes on
                            print(said, file=sys.stderr, flush=True)
                is_announced = is_announced or when_ready()
        finally:
            self._end_all()

    def _wish(self, wish: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _end_all(self) -> None:
        """Ask every child to end, wait, and end who does not."""
        running = [child.running for child in self.children if child.running is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
