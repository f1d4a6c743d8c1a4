"""Between the loop and Django's threads: a request becomes a WSGI environment, its answer goes back whole.

The body is read on the loop before a thread is taken, so that a slow sender holds no thread.
"""

import asyncio
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

from burgertop.foundation.full_disk import note_full
from burgertop.foundation.live.wire import Pairs, Request, Scope
from burgertop.foundation.people.public_pages import SAME_FOR_ALL
from burgertop.foundation.shelf import Shelf, opened
from burgertop.web.page_cache import Answer

__all__ = ["Application", "Environment", "Pages"]

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., object]], Iterable[bytes]]

BODY_SECONDS = 600
IN_MEMORY_BYTES = 256 * 1024
PLAIN_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

log = logging.getLogger("burgertop.pages")


class Pages:
    """Answers requests by a WSGI application under threads."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        most_bytes: int,
        shelf_for: Callable[[Scope], Shelf | None] = lambda _scope: None,
    ) -> None:
        self._application = application
        self._shelf_for = shelf_for
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._most_bytes = most_bytes
        self._under_way = 0

    async def __call__(self, scope: Scope, request: Request) -> Answer | None:
        """Answer one request; one whose body was cut off on the way is dropped: half a form is no form.

        Returns the answer when others may get it as well (``people/public_pages``).
        """
        environment = environment_of(scope)
        try:
            body = await self._body_of(environment, request)
        except OSError as error:
            if not note_full(error):
                raise
            request.response_bytes(503, [("retry-after", "15")], b"")
            return None
        if body is None:
            request.response_bytes(400, [], b"")
            return None
        environment["wsgi.input"] = body
        self._under_way += 1
        try:
            loop = asyncio.get_running_loop()
            shelf = self._shelf_for(scope)
            answer = await loop.run_in_executor(self._threads, self._answer, environment, request, shelf)
        finally:
            self._under_way -= 1
        return answer if environment.get(SAME_FOR_ALL) else None

    async def finish(self, seconds: float) -> None:
        """Wait until no answer is under way, but not for ever."""
        until = time.monotonic() + seconds
        while self._under_way and time.monotonic() < until:
            await asyncio.sleep(0.02)

    async def _body_of(self, environment: Environment, request: Request) -> IO[bytes] | None:
        """Read the body; one that is too long is left unread, and Django says so."""
        said = environment.get("CONTENT_LENGTH", "")
        length = int(said) if said.isascii() and said.isdigit() else 0
        if not 0 < length <= self._most_bytes:
            return BytesIO()
        body = BytesIO() if length <= IN_MEMORY_BYTES else _spooled()
        with suppress(TimeoutError):
            async with asyncio.timeout(BODY_SECONDS):
                async for piece in request:
                    body.write(piece)
        if body.tell() != length:
            body.close()
            return None
        body.seek(0)
        return body

    def _answer(self, environment: Environment, request: Request, shelf: Shelf | None) -> Answer | None:
        """Let the application answer; runs in a thread. Returns what was answered in one piece."""
        began: list[tuple[int, Pairs]] = []

        def start_response(status: str, headers: Pairs, _error: object = None) -> None:
            began[:] = [(int(status[:3]), [(name.lower(), value) for name, value in headers])]

        answer: Iterable[bytes] = ()
        try:
            with opened(shelf):
                answer = self._application(environment, start_response)
            status, headers = began[0]
            return _send(request, status, headers, answer, environment)
        except Exception:
            log.exception("An answer broke.")
            request.response_bytes(500, [], b"")
            return None
        finally:
            getattr(answer, "close", lambda: None)()
            environment["wsgi.input"].close()


def _spooled() -> IO[bytes]:
    """A place for a long body: in memory first, then on the disk."""
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES))  # closed with the answer


class OpenFile:
    """An open file as an answer (``wsgi.file_wrapper``)."""

    def __init__(self, file: IO[bytes], block_size: int = 8192) -> None:
        self.file, self.block_size = file, block_size
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        """Give the file in pieces."""
        return iter(lambda: self.file.read(self.block_size), b"")

    def whole_path(self) -> str:
        """Where the server finds this file to send it by itself; nothing when it is not a whole file on the disk."""
        try:
            number, name = self.file.fileno(), self.file.name
            is_same = os.path.samestat(os.fstat(number), Path(name).stat())
            is_long = os.fstat(number).st_size > IN_MEMORY_BYTES
            return str(name) if is_same and is_long and self.file.tell() == 0 else ""
        except (AttributeError, OSError, TypeError, ValueError):
            return ""


def _send(
    request: Request, status: int, headers: Pairs, answer: Iterable[bytes], environment: Environment
) -> Answer | None:
    is_head = environment["REQUEST_METHOD"] == "HEAD"
    path = answer.whole_path() if isinstance(answer, OpenFile) and not is_head else ""
    if path:
        request.response_file(status, headers, path)
        return None
    pieces = iter(answer)
    first = [piece for piece in (next(pieces, b""), next(pieces, b"")) if piece]
    if len(first) < 2:
        whole = Answer(status, headers, b"" if is_head else b"".join(first))
        request.response_bytes(whole.status, whole.headers, whole.body)
        return whole
    sender = request.response_stream(status, headers)
    for piece in (*first, *pieces):
        sender.send_bytes(piece)
    return None


def environment_of(scope: Scope) -> Environment:
    """Return what PEP 3333 asks for, without the body."""
    host, _, port = scope.server.rpartition(":")
    environment: Environment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]") or "localhost",
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": OpenFile,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # would pass for the header with a dash, which a web server before us may have set
            continue
        key = PLAIN_NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        between = "; " if name == "cookie" else ","  # RFC 9113, 8.2.3: over HTTP/2 a cookie comes in crumbs
        environment[key] = f"{environment[key]}{between}{value}" if key in environment else value
    if scope.authority:
        environment.setdefault("HTTP_HOST", scope.authority)
    return environment
