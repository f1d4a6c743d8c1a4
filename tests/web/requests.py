"""A request as the server hands it to the front door, and what came back."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

__all__ = ["FakeHeaders", "FakeRequest", "FakeScope"]

PATIENCE_SECONDS = 20


@dataclass
class FakeHeaders:
    """Headers, in the order they came."""

    pairs: list[tuple[str, str]] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        return next((value for name, value in self.pairs if name == key), None)

    def items(self) -> Sequence[tuple[str, str]]:
        return self.pairs


@dataclass
class FakeScope:
    """What was asked."""

    path: str
    query_string: str = ""
    method: str = "GET"
    headers: FakeHeaders = field(default_factory=lambda: FakeHeaders([("host", "testserver")]))
    proto: str = "http"
    http_version: str = "1.1"
    scheme: str = "http"
    client: str = "127.0.0.1:5000"
    server: str = "127.0.0.1:80"
    authority: str | None = None


@dataclass
class FakeRequest:
    """The body that comes, and the answer that goes."""

    body: Sequence[bytes] = ()
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    sent: bytes = b""
    file: str = ""
    is_read: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.is_read = True
        for piece in self.body:
            yield piece

    async def client_disconnect(self) -> None:
        await self.gone.wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.sent = status, headers, body

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        self.status, self.headers, self.file = status, headers, file

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "FakeRequest":
        self.status, self.headers = status, headers
        return self

    def send_bytes(self, data: bytes) -> None:
        self.sent += data

    @property
    def text(self) -> str:
        return self.sent.decode()

    async def reads(self, words: str) -> None:
        """Wait until these words have come."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while words not in self.text:
                await asyncio.sleep(0.01)
