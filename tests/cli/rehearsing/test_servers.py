"""Which server a rehearsal goes to."""

import asyncio
import os
from pathlib import Path

import pytest

from burgertop.cli.demo import MARKER
from burgertop.cli.house import Problem
from burgertop.cli.rehearsing.servers import use_server


def at_server(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str | None]:
    """Use a server of one word from this folder; the folder and whether it is a demo."""
    monkeypatch.setenv("BURGERTOP_HOME", str(home))
    monkeypatch.delenv("BURGERTOP_DATABASE_URL", raising=False)
    monkeypatch.setenv("BURGERTOP_DEMO", "")

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        writer.close()
        await writer.wait_closed()

    async def run() -> None:
        async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
            await asyncio.to_thread(use_server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    asyncio.run(run())
    return os.environ["BURGERTOP_HOME"], os.environ["BURGERTOP_DEMO"]


def served(home: Path, *, is_demo: bool) -> Path:
    home.mkdir(parents=True)
    (home / "burgertop.sqlite3").touch()
    (home / "server.lock").write_text("1\n")
    if is_demo:
        (home / MARKER).touch()
    return home


def test_the_folder_of_a_server_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = served(tmp_path / "top", is_demo=False)

    assert at_server(home, monkeypatch) == (str(home), "")


def test_the_demo_is_found_in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = served(tmp_path / "top" / "demo", is_demo=True)

    assert at_server(tmp_path / "top", monkeypatch) == (str(home), "1")


def test_where_no_server_runs_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match="BURGERTOP_HOME must be the folder of the server"):
        at_server(tmp_path / "top", monkeypatch)

    assert not (tmp_path / "top").exists()


@pytest.mark.parametrize(
    ("address", "said"), [("https://top.example", "begins with http://"), ("http://127.0.0.1:9", "nobody answers")]
)
def test_an_address_that_cannot_be_asked_is_explained(address: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        use_server(address)
