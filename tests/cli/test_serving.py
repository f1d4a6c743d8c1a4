"""The whole server: it starts, says where it is, survives kills, refuses what cannot be."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.journeys.serving import GONE, children_named

PATIENCE_SECONDS = 60
SERVE = [sys.executable, "-m", "burgertop.cli.main", "serve"]


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture
def environment(ready: Path, tmp_path: Path, port: int) -> dict[str, str]:
    """A server of its own in a new folder."""
    shutil.copytree(ready, tmp_path / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
    return kept | {
        "BURGERTOP_HOME": str(tmp_path / "home"),
        "BURGERTOP_PORT": str(port),
        "BURGERTOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A running server."""
    process = start(environment)
    yield process
    stop(process)


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(SERVE, env=environment, stdout=subprocess.PIPE, text=True)


def stop(process: subprocess.Popen[str]) -> int:
    process.terminate()
    assert process.stdout is not None
    process.stdout.close()
    return process.wait(PATIENCE_SECONDS)


def announcement(server: subprocess.Popen[str]) -> str:
    """Wait for the line that says where the server is; empty when it has ended."""
    assert server.stdout is not None
    return server.stdout.readline()


def wait_for_page(port: int) -> int:
    """Ask until an answer comes; return its status."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthy", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            assert time.monotonic() < until, "the server did not answer"
            time.sleep(0.05)


def web_processes_of(supervisor: int, count: int) -> list[int]:
    """Wait until so many web processes run; return their numbers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        webs = children_named(supervisor, "web")
        if len(webs) == count:
            return webs
        assert time.monotonic() < until, f"{count} web processes were expected, not {len(webs)}"
        time.sleep(0.05)


def _state_in(about: Path) -> str:
    with suppress(*GONE):
        return about.read_text().rsplit(")", 1)[1].split()[0]
    return ""


def wait_until_gone(process: int) -> None:
    """Wait until a killed process is gone, or only its name is left."""
    until = time.monotonic() + PATIENCE_SECONDS
    about = Path(f"/proc/{process}/stat")
    while _state_in(about) not in {"", "Z"}:
        assert time.monotonic() < until, "it does not go"
        time.sleep(0.01)


@pytest.mark.slow
def test_a_server_says_where_it_is_and_stops_cleanly(server: subprocess.Popen[str], port: int) -> None:
    said = announcement(server)

    assert said.endswith(f" is ready: http://127.0.0.1:{port}/\n")
    assert wait_for_page(port) == 200
    assert stop(server) == 0


@pytest.mark.slow
def test_a_killed_server_starts_again_at_once(environment: dict[str, str], port: int) -> None:
    for _ in range(2):
        server = start(environment)
        assert "is ready" in announcement(server)
        server.send_signal(signal.SIGKILL)
        server.wait(PATIENCE_SECONDS)
        assert server.stdout is not None
        server.stdout.close()

    server = start(environment)
    announcement(server)
    status = wait_for_page(port)

    assert (status, stop(server)) == (200, 0)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_who_knocks_while_a_web_process_comes_back_is_let_in(
    environment: dict[str, str], port: int, processes: int
) -> None:
    server = start(environment | {"BURGERTOP_PROCESSES": str(processes)})
    assert "is ready" in announcement(server)
    webs = web_processes_of(server.pid, processes)

    os.kill(webs[0], signal.SIGKILL)
    wait_until_gone(webs[0])
    answers = []
    for _ in range(5):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthy", timeout=PATIENCE_SECONDS) as answer:
            answers.append(answer.status)
    back = web_processes_of(server.pid, processes)

    assert (answers, len(back), webs[0] in back, stop(server)) == ([200] * 5, processes, False, 0)


@pytest.mark.slow
def test_a_second_server_on_the_same_folder_is_refused(
    server: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    announcement(server)

    second = subprocess.run(
        SERVE, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )

    assert second.returncode == 1
    assert f"running on {environment['BURGERTOP_HOME']} already (process {server.pid})" in second.stderr


def test_a_taken_port_is_named_with_the_way_to_another(environment: dict[str, str], port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = subprocess.run(
            SERVE, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )

    assert done.returncode == 1
    assert done.stderr == (
        f"burgertop: cannot listen on 127.0.0.1, port {port}: address already in use. "
        f"Stop the other program, or choose another port: --port {port + 1} (or BURGERTOP_PORT).\n"
    )
