"""Browsers that listen to a real server by plain sockets, quickly or not at all."""

import json
import re
import selectors
import socket
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Ear", "listen_until", "tell"]

PATIENCE_SECONDS = 60
EVENT = re.compile(rb"id: ([\d-]+)\nevent: (\w+)\ndata: (.*)\n\n|event: changed\ndata: (.*)\n\n")


@dataclass(eq=False)
class Ear:
    """One open stream, which remembers what it heard and comes back to where it was."""

    port: int
    address: str
    stands: str = ""
    heard: list[int] = field(default_factory=list)
    is_ready: bool = False
    line: socket.socket | None = None
    buffer: bytes = b""

    def open(self) -> None:
        """Ask for the stream."""
        self.is_ready, self.buffer = False, b""
        self.line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        stands = f"Last-Event-ID: {self.stands}\r\n" if self.stands else ""
        self.line.sendall(f"GET {self.address} HTTP/1.1\r\nHost: localhost\r\n{stands}\r\n".encode())

    def take(self) -> bool:
        """Take what has come; false when the stream is over."""
        assert self.line is not None
        try:
            piece = self.line.recv(65_536)
        except OSError:
            piece = b""
        self.buffer += piece
        for found in EVENT.finditer(self.buffer):
            stands, event, told, missed = found.groups()
            self.stands = stands.decode() if stands else self.stands
            self.is_ready = self.is_ready or event == b"ready"
            body = json.loads(told or missed).get("body", {})
            if "turn" in body:
                self.heard.append(body["turn"])
            rest = found.end()
        if self.buffer and EVENT.search(self.buffer):
            self.buffer = self.buffer[rest:]
        return bool(piece)

    def close(self) -> None:
        """Go away."""
        if self.line is not None:
            self.line.close()
            self.line = None


def listen_until(ears: Iterable[Ear], *, turn: int = -1) -> float:
    """Listen until everybody is ready, or has heard a turn; who is cut off comes back. Returns the seconds."""
    began_at = time.monotonic()
    waiting = {ear for ear in ears if not (turn in ear.heard if turn >= 0 else ear.is_ready)}
    with selectors.DefaultSelector() as selector:
        for ear in waiting:
            _reopen(ear, selector)
        while waiting:
            assert time.monotonic() - began_at < PATIENCE_SECONDS, f"{len(waiting)} wait for {turn}"
            for key, _ in selector.select(0.2):
                ear = key.data
                if not ear.take():
                    selector.unregister(key.fileobj)
                    ear.close()
                    _reopen(ear, selector)
                elif turn in ear.heard if turn >= 0 else ear.is_ready:
                    selector.unregister(key.fileobj)
                    waiting.discard(ear)
    return time.monotonic() - began_at


def _reopen(ear: Ear, selector: selectors.BaseSelector) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while ear.line is None:
        try:
            ear.open()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
    selector.register(ear.line, selectors.EVENT_READ, ear)


def tell(home: Path, topic: str, turns: Iterable[int], filling: int = 150) -> None:
    """Write messages into the outbox, as another process would."""
    with sqlite3.connect(home / "burgertop.sqlite3", timeout=30) as database:
        database.executemany(
            "INSERT INTO live_message (process_id, topic, body, at) VALUES (?, ?, ?, datetime('now'))",
            [("0" * 32, topic, json.dumps({"turn": turn, "x": "x" * filling})) for turn in turns],
        )
    database.close()
