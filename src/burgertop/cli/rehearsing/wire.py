"""A browser's end of the wire: a kept connection for pages, and a stream that comes back by itself."""

import asyncio
import json
import random
import re
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

__all__ = ["Answer", "Ear", "Line", "Place", "opened"]

SAID = re.compile(rb'"sent":([\d.]+),"turn":(\d+)')
STANDS = re.compile(rb"id: ([\d-]+)\n")
WINDOW = re.compile(rb'"return":\[(\d+),(\d+)\]')
CSRF = "rehearsal" + "0" * 23  # any secret will do: a browser of ours makes its own
PATIENCE_SECONDS = 60.0
PIECE_BYTES = 64 * 1024
STAMPED = 35  # SO_TIMESTAMPNS of Linux, which Python does not name; elsewhere the moment is taken here
STAMP = struct.Struct("@qq")
STAMP_BYTES = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is."""

    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> "Place":
        """Read an address such as ``http://127.0.0.1:8000``."""
        parts = urlsplit(address)
        return cls(parts.hostname or "127.0.0.1", parts.port or 80)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: str
    body: bytes

    def told(self) -> dict[str, Any]:
        """What it says as JSON; nothing when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def leads_to(self, path: str) -> bool:
        """Whether it sends the browser on to this page, as after a form that was taken."""
        found = re.search(r"^location: ([^\r]*)", self.head, re.MULTILINE | re.IGNORECASE)
        return self.status == HTTPStatus.FOUND and found is not None and urlsplit(found[1]).path == path

    def cookies(self) -> dict[str, str]:
        """The cookies it gave."""
        found = re.findall(r"^set-cookie: ([^=]+)=([^;\r]*)", self.head, re.MULTILINE | re.IGNORECASE)
        return dict(found)


class Line(asyncio.Protocol):
    """One kept connection on which one question is asked at a time."""

    def __init__(self, place: Place, cookies: Mapping[str, str] | None = None) -> None:
        self.place = place
        self.cookies = dict(cookies or {})
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._buffer = b""

    async def get(self, path: str, *, is_fragment: bool = False) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path, b"", {"HX-Request": "true"} if is_fragment else {})

    async def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form, as a browser without JavaScript does."""
        self.cookies.setdefault("bt_csrf", CSRF)
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["bt_csrf"]}).encode()
        answer = await self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        self.cookies.update(answer.cookies())
        return answer

    async def post_json(self, path: str, value: object) -> Answer:
        """Send JSON, as the script of a page does."""
        self.cookies.setdefault("bt_csrf", CSRF)
        more = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["bt_csrf"]}
        answer = await self._ask("POST", path, json.dumps(value).encode(), more)
        self.cookies.update(answer.cookies())
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    async def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        if self._transport is None:
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: self, self.place.host, self.place.port)
        headers = {"Host": f"{self.place.host}:{self.place.port}", **more}
        if body or method == "POST":
            headers["Content-Length"] = str(len(body))
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._answer = asyncio.get_running_loop().create_future()
        cast("asyncio.Transport", self._transport).write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio tells."""
        self._transport, self._buffer = cast("asyncio.Transport", transport), b""

    def connection_lost(self, error: Exception | None) -> None:
        """Asyncio tells."""
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server hung up") if error is None else error)

    def data_received(self, data: bytes) -> None:
        """Asyncio tells; a whole answer goes to whoever asked."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._answer is None or self._answer.done():
            return
        head = self._buffer[:end].decode("latin-1")
        length = re.search(r"^content-length: (\d+)", head, re.MULTILINE | re.IGNORECASE)
        if length is None:
            self._answer.set_exception(ConnectionError("an answer without a length"))
            return
        whole = end + 4 + int(length[1])
        if len(self._buffer) >= whole:
            answer = Answer(int(head[9:12]), head, self._buffer[end + 4 : whole])
            self._buffer = self._buffer[whole:]
            self._answer.set_result(answer)


@dataclass(eq=False)
class Ear:
    """One open stream. It notes when each message came, and comes back in the window the server names.

    The moment is the system's own where it tells one (``is_stamped``; Linux does): when the bytes arrived, not when we
    came to fetch them.
    What came is read later (``read``): a thousand ears in one process must not wait for one another. ``news`` is set
    when one of ``kinds`` stands in a message that came, and ``ours`` does not.
    """

    place: Place
    address: str
    late: dict[int, list[float]] = field(default_factory=dict)
    ready_at: float = 0.0
    stands: bytes = b""
    window: tuple[float, float] = (0.2, 0.8)
    news: asyncio.Event | None = None
    kinds: tuple[bytes, ...] = (b"event: changed",)
    ours: bytes = b""
    is_over: bool = False
    is_stamped: bool = False
    returning: asyncio.Task[None] | None = None
    _line: socket.socket | None = None
    _came: list[tuple[float, bytes]] = field(default_factory=list)

    async def open(self) -> None:
        """Connect; when nobody answers, again in a moment, as a page does."""
        while not self.is_over:
            line = socket.socket(socket.AF_INET6 if ":" in self.place.host else socket.AF_INET)
            try:
                await self._begin(line)
            except OSError:
                line.close()
                await self._wait()
            except BaseException:
                line.close()
                raise
            else:
                return

    async def _begin(self, line: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        line.setblocking(False)
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, STAMPED, 1)
        await loop.sock_connect(line, (self.place.host, self.place.port))
        stands = b"Last-Event-ID: " + self.stands + b"\r\n" if self.stands else b""
        host = f"Host: {self.place.host}:{self.place.port}\r\n".encode()
        await loop.sock_sendall(line, b"GET " + self.address.encode() + b" HTTP/1.1\r\n" + host + stands + b"\r\n")
        self._line = line
        loop.add_reader(line, self._fetch, line)

    def _fetch(self, line: socket.socket) -> None:
        try:
            data, said, _flags, _from = line.recvmsg(PIECE_BYTES, STAMP_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data, said = b"", []
        if data:
            stamp = _stamp_of(said)
            self.is_stamped = stamp is not None
            self._came.append((time.time() if stamp is None else stamp, data))
            self._tell(data)
        else:
            self._lose()

    def _tell(self, data: bytes) -> None:
        if self.news is not None:
            self.read()
            if any(self.concerns(one) for one in data.split(b"\n\n")):
                self.news.set()

    def _lose(self) -> None:
        """The server has ended the stream."""
        self._hang_up()
        self.read()
        if not self.is_over:
            self.returning = asyncio.get_running_loop().create_task(self._return())

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            asyncio.get_running_loop().remove_reader(line)
            line.close()

    def read(self) -> None:
        """Read what came; a message comes in one piece, save once in a blue moon, when the next one tells it again."""
        came, self._came = self._came, []
        for now, data in came:
            for sent, turn in SAID.findall(data):
                self.late.setdefault(int(turn), []).append(now - float(sent))
            if stands := STANDS.findall(data):
                self.stands = stands[-1]
            if window := WINDOW.search(data):
                self.window = (int(window[1]) / 1000, int(window[2]) / 1000)
                self.ready_at = now

    def concerns(self, message: bytes) -> bool:
        """Whether a message is one to act upon: of one of our kinds, and not about what we did."""
        is_ours = bool(self.ours) and self.ours in message
        return not is_ours and any(kind in message for kind in self.kinds)

    async def close(self) -> None:
        """Go away, also from a return that is under way."""
        self.is_over = True
        if self.returning is not None:
            self.returning.cancel()
            await asyncio.wait([self.returning])
        self._hang_up()

    async def _return(self) -> None:
        await self._wait()
        await self.open()

    async def _wait(self) -> None:
        await asyncio.sleep(random.uniform(*self.window))  # noqa: S311  # not all at once


def _stamp_of(said: Iterable[tuple[int, int, bytes]]) -> float | None:
    """When the bytes arrived, in seconds since 1970, if the system says so."""
    for level, kind, words in said:
        if (level, kind) == (socket.SOL_SOCKET, STAMPED) and len(words) >= STAMP.size:
            seconds, nanoseconds = STAMP.unpack_from(words)
            return float(seconds + nanoseconds / 1e9)
    return None


async def opened(ears: list[Ear], at_once: int = 200) -> None:
    """Open many streams, a few hundred at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(ear: Ear) -> None:
        async with gate:
            await ear.open()
        while not ear.ready_at:
            await asyncio.sleep(0.02)
            ear.read()

    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(one(ear) for ear in ears))
