"""A table's tablet at a server of a few lines: what it brings, and what counts as taken."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from burgertop.cli.rehearsing.acts import by_form
from burgertop.cli.rehearsing.preparing import TableDoor
from burgertop.cli.rehearsing.tablets import Kept, Tablet
from burgertop.cli.rehearsing.wire import Line, Place

DOOR = TableDoor("/t/x", "/en/table/", "/en/table/write/", "/en/table/sync/", "/live/x/", "nl")
ROUND = {"id": "r1", "number": 1, "is_open": True, "limit": 5}


def brought(outcome: str, card_state: str = "draft") -> tuple[object, list[Mapping[str, Any]]]:
    """Let a tablet write a card and send it at a server that answers so; what it made of it, and what it brought."""
    batches: list[Mapping[str, Any]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(3):
            head = await reader.readuntil(b"\r\n\r\n")
            batch = json.loads(await reader.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])))
            batches.append(batch)
            changes = batch["changes"]
            cards = [{"id": one.get("card") or one["picked"][0]["card"]} for one in changes]
            state = "sent" if changes and changes[0]["kind"] == "send" else card_state
            told = {
                "round": ROUND,
                "answers": [{"once": one["once"], "outcome": outcome} for one in changes],
                "cards": [{**one, "state": state, "head": "h1"} for one in cards],
            }
            body = json.dumps(told).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        writer.close()
        await writer.wait_closed()

    async def run() -> tuple[object, int, int]:
        async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
            tablet = Tablet(DOOR, Line(Place("127.0.0.1", server.sockets[0].getsockname()[1])))
            await tablet.ask()
            kept = await tablet.write("Meer bomen")
            is_sent = await tablet.send(kept or Kept("none", "h0"))
            tablet.line.close()
            return (kept is not None, is_sent), len(tablet.took), tablet.refused

    return asyncio.run(run()), batches


def test_a_card_is_written_and_sent_as_the_script_of_the_page_does() -> None:
    told, (asked, written, sent) = brought("taken")

    assert told == ((True, True), 2, 0)
    assert asked["changes"] == []
    [write], [send] = written["changes"], sent["changes"]
    assert (write["kind"], write["round"], write["text"], write["language"]) == ("write", "r1", "Meer bomen", "nl")
    assert send["picked"] == [{"card": write["card"], "base": "h1"}]
    assert len({write["once"], send["once"], write["card"]}) == 3


def test_a_change_that_was_refused_is_not_taken_though_the_answer_is_200() -> None:
    assert brought("refused")[0] == ((False, False), 0, 2)


def test_a_card_in_another_state_than_asked_for_is_not_taken() -> None:
    assert brought("taken", card_state="withdrawn")[0] == ((False, True), 2, 0)


@pytest.mark.parametrize(
    ("answer", "is_taken"),
    [
        (b"302 Found\r\nLocation: /en/table/\r\n", True),
        (b"302 Found\r\nLocation: /en/sign-in/\r\n", False),
        (b"200 OK\r\n", False),
        (b"409 Conflict\r\n", False),
    ],
)
def test_a_form_is_taken_when_it_leads_back_to_the_page_of_the_table(answer: bytes, is_taken: bool) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 " + answer + b"Content-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async def run() -> bool:
        async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
            line = Line(Place("127.0.0.1", server.sockets[0].getsockname()[1]))
            found = await by_form(line, DOOR, "Meer bomen")
            line.close()
            return found

    assert asyncio.run(run()) == is_taken
