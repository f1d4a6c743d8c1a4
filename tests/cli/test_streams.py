"""Streams of a real server: slow readers, a killed server, everybody back at once, nothing lost, nothing twice."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.streams import Ear, listen_until, tell
from tests.journeys.serving import House, children_named, free_port

pytestmark = pytest.mark.slow

TOPIC = "test.hall"
LISTENERS = 150
STALLED = 8
ADDRESS = """
import django; django.setup()
from burgertop.foundation.live.queries import address_of
print(address_of("test.hall"))
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server in which nothing has happened."""
    folder = tmp_path_factory.mktemp("streams")
    house = House(shutil.copytree(ready, folder / "home"), free_port(), folder / "server.log")
    house.start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def address(house: House) -> str:
    """The address of the stream."""
    told = {**house.environment, "DJANGO_SETTINGS_MODULE": "burgertop.web.settings"}
    done = subprocess.run([sys.executable, "-c", ADDRESS], env=told, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def web_of(house: House) -> int:
    assert house.running is not None
    return children_named(house.running.pid, "web")[0]


def memory_of(number: int) -> int:
    """Return how many megabytes a process holds."""
    pages = int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def test_who_takes_nothing_holds_nobody_and_a_kill_loses_nothing(house: House, address: str) -> None:
    if house.running is None:
        house.start()
    quick = [Ear(house.port, address) for _ in range(LISTENERS)]
    stalled = [Ear(house.port, address) for _ in range(STALLED)]
    for ear in stalled:
        ear.open()  # and never read again
    listen_until(quick)
    before = memory_of(web_of(house))

    for turn in range(0, 60, 20):
        tell(house.home, TOPIC, range(turn, turn + 20), filling=2_000)
        listen_until(quick, turn=turn + 19)
    grown = memory_of(web_of(house)) - before
    os.kill(web_of(house), signal.SIGKILL)
    for ear in quick:
        ear.is_ready = False
    tell(house.home, TOPIC, range(60, 80))
    back = listen_until(quick)
    tell(house.home, TOPIC, [80])
    listen_until(quick, turn=80)

    assert [ear.heard for ear in quick] == [list(range(81))] * LISTENERS
    assert grown < 60
    assert back < 30  # docs/run/serve.md has the figures of a quiet machine
    for ear in [*quick, *stalled]:
        ear.close()


def test_at_a_stop_the_streams_end_in_order(house: House, address: str) -> None:
    if house.running is None:
        house.start()
    ear = Ear(house.port, address)
    listen_until([ear])

    house.stop()

    while ear.take():
        pass
    assert ear.buffer.endswith(b"0\r\n\r\n")  # the end of an answer, not of a connection
    ear.close()
