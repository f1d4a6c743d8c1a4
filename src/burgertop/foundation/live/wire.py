"""What the server gives us for one request, and takes back: the part of RSGI that the house uses."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Protocol

__all__ = ["Headers", "Pairs", "Request", "Scope", "Sender"]

Pairs = list[tuple[str, str]]


class Headers(Protocol):
    """The headers of a request; names in small letters."""

    def get(self, key: str) -> str | None:
        """Return the first header of this name."""

    def items(self) -> Sequence[tuple[str, str]]:
        """Return every header, as often as it came."""


class Scope(Protocol):
    """What was asked. ``path`` is decoded, ``client`` and ``server`` are "address:port"."""

    proto: str
    http_version: str
    scheme: str
    method: str
    path: str
    query_string: str
    client: str
    server: str
    authority: str | None
    headers: Headers


class Sender(Protocol):
    """An answer that goes on."""

    def send_bytes(self, data: bytes) -> object:
        """Pass a piece to the server, which sends it when it can; nobody waits for that."""


class Request(Protocol):
    """One request: its body, its answer, its end."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the body in pieces; it ends early, without a word, when the browser goes away."""

    def client_disconnect(self) -> Awaitable[None]:
        """Wait until the browser is gone."""

    def response_bytes(self, status: int, headers: Pairs, body: bytes) -> None:
        """Answer at once."""

    def response_file(self, status: int, headers: Pairs, file: str) -> None:
        """Answer with a file, which the server reads by itself."""

    def response_stream(self, status: int, headers: Pairs) -> Sender:
        """Begin an answer that goes on until the application returns."""
