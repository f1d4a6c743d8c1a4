"""A browser's end of the wire, at a server of a few lines."""

import asyncio
import select
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from burgertop.cli.rehearsing.wire import Answer, Ear, Line, Place, opened

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def at_server(handle: Handler, steps: Callable[[Place], Awaitable[object]]) -> object:
    writers: list[asyncio.StreamWriter] = []

    async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await handle(reader, writer)

    async def run() -> object:
        server = await asyncio.start_server(kept, "127.0.0.1", 0)
        async with server:
            told = await steps(Place("127.0.0.1", server.sockets[0].getsockname()[1]))
        while others := asyncio.all_tasks() - {asyncio.current_task()}:  # one just accepted gets its writer
            for writer in writers:
                writer.close()
            await asyncio.wait(others)
        for writer in writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
        return told

    return asyncio.run(run())


def test_a_form_goes_with_its_secret_and_cookies_are_kept() -> None:
    asked: list[bytes] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]) if b"Content-Length" in head else 0
            asked.append(head + await reader.readexactly(length))
            writer.write(b"HTTP/1.1 302 Found\r\nset-cookie: bt_passes=abc; Path=/\r\ncontent-length: 2\r\n\r\nok")
        writer.close()

    async def steps(place: Place) -> Answer:
        line = Line(place)
        await line.post("/t/x", {"text": "é"})
        answer = await line.get("/nl/", is_fragment=True)
        line.close()
        return answer

    answer = at_server(handle, steps)

    assert isinstance(answer, Answer)
    assert (answer.status, answer.body) == (302, b"ok")
    assert asked[0].endswith(b"text=%C3%A9&csrfmiddlewaretoken=rehearsal" + b"0" * 23)
    assert b"bt_passes=abc" in asked[1]
    assert b"HX-Request: true" in asked[1]


def test_a_stream_comes_back_to_where_it_stood() -> None:
    asked: list[bytes] = []
    ready = b'retry: 1\n\nid: 7\nevent: ready\ndata: {"return":[1,2]}\n\n'
    said = ready + b'id: 8\nevent: changed\ndata: {"sent":1.5,"turn":3}\n\n'

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + said)
        await writer.drain()
        writer.close()

    async def steps(place: Place) -> Ear:
        ear = Ear(place, "/live/x/")
        await opened([ear])
        while len(asked) < 2:
            await asyncio.sleep(0.01)
        await ear.close()
        return ear

    ear = at_server(handle, steps)

    assert isinstance(ear, Ear)
    assert b"Last-Event-ID" not in asked[0]
    assert b"Last-Event-ID: 8\r\n" in asked[1]
    assert (list(ear.late), ear.window) == ([3], (0.001, 0.002))


def test_the_moment_of_a_message_is_when_it_arrived_and_not_when_it_was_fetched() -> None:
    ears: list[Ear] = []
    there: list[float] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'data: {"sent":0,"turn":1}\n\n')
        select.select(ears, [], [], 5)  # it has arrived; the loop, which would fetch it, is held up by this
        there.append(time.time())

    async def steps(place: Place) -> Ear:
        ear = Heard(place, "/live/x/")
        ears.append(ear)
        await ear.open()
        while not ear.late:
            await asyncio.sleep(0)
            ear.read()
        await ear.close()
        return ear

    ear = at_server(handle, steps)

    assert isinstance(ear, Ear)
    assert ear.is_stamped == (sys.platform == "linux")  # others do not say when something arrived
    assert there[0] - 5 < ear.late[1][0]
    assert (ear.late[1][0] < there[0]) == ear.is_stamped


class Heard(Ear):
    """An ear that ``select`` can wait for."""

    def fileno(self) -> int:
        """The number of its connection."""
        assert self._line is not None
        return self._line.fileno()


@pytest.mark.parametrize("turns", range(12))
def test_a_stream_that_is_closed_on_its_way_back_leaves_no_connection(turns: int) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async def steps(place: Place) -> Ear:
        ear = Ear(place, "/live/x/", window=(0, 0))
        await ear.open()
        while ear.returning is None:
            await asyncio.sleep(0)
        for _turn in range(turns):
            await asyncio.sleep(0)
        await ear.close()
        return ear

    assert isinstance(at_server(handle, steps), Ear)  # and tests/cli/rehearsing/conftest.py looks for what was left
