"""Backup and restore of a whole server that was killed while people wrote."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.clients import Citizen, Places, write_until
from tests.cli.test_kills import MAKE, Killer, run
from tests.journeys.serving import BURGERTOP, House, free_port

pytestmark = pytest.mark.slow

SEED = 2011


@pytest.fixture(scope="module")
def killed(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, list[str]]]:
    """A server that was killed while two people wrote, and the ideas it said it had taken."""
    folder = tmp_path_factory.mktemp("backed-up")
    house = House(shutil.copytree(ready, folder / "home"), free_port(), folder / "server.log")
    found = json.loads(run(house, MAKE).splitlines()[-1])
    places = Places(**{**found, "rate": tuple(found["rate"])})
    house.start()
    citizens = [Citizen(house.address, places, random.Random(SEED + number)) for number in range(2)]  # noqa: S311  # what to write
    write_until(citizens, {0: ("idea", "vote"), 1: ("idea", "rating")}, enough=Killer(house, after=20))
    taken = [
        one.fields["text"] for citizen in citizens for one in citizen.written if one.kind == "idea" and one.is_taken
    ]
    yield house, taken
    house.stop()


def lines_of(home: Path) -> list[str]:
    with sqlite3.connect(f"file:{home}/burgertop.sqlite3?mode=ro", uri=True) as database:
        return [line for line in database.iterdump() if "sqlite_sequence" not in line]


def refused(house: House, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [*BURGERTOP, *words], env=house.environment, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stderr


def test_a_server_killed_while_it_writes_is_backed_up_and_stands_again_elsewhere(
    killed: tuple[House, list[str]], tmp_path: Path
) -> None:
    house, taken = killed
    picture = house.home / "media" / "logos" / "a.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(os.urandom(5000))
    (house.home / "keys" / "frame-1.key").write_bytes(b"one-time")
    told = house.command("backup", "--to", str(tmp_path / "b"), "--with-keys", str(tmp_path / "k"))
    (backup,), (keys,) = (list((tmp_path / name).glob("*.tar.gz")) for name in "bk")
    other = House(tmp_path / "other", free_port(), tmp_path / "other.log")

    tried = other.command("restore", "--verify", str(backup), "--keys", str(keys))
    is_untouched = not (other.home / "burgertop.sqlite3").exists()
    other.command("restore", str(backup), "--keys", str(keys))

    assert (str(backup) in told, is_untouched) == (True, True)
    assert "WRONG" not in tried
    assert "the key of the vault opens 20 of 20 names" in tried
    assert lines_of(other.home) == lines_of(house.home)
    assert (other.home / "media" / "logos" / "a.png").read_bytes() == picture.read_bytes()
    with sqlite3.connect(other.home / "burgertop.sqlite3") as database:
        kept = {body for (body,) in database.execute("SELECT body FROM consultation_ideatext")}
    assert taken
    assert set(taken) - kept == set()
    names = {path.relative_to(other.home / "keys").as_posix() for path in (other.home / "keys").rglob("*.key")}
    assert "vault.key" in names
    assert not any(name.startswith(("ballots/", "frame")) for name in names)
    assert list((house.home / "keys" / "ballots").glob("*.key")) != []
    assert str(backup) in house.command("backup", "--list")


def test_a_home_with_a_database_is_not_overwritten_and_a_running_server_is_left_alone(
    killed: tuple[House, list[str]], tmp_path: Path
) -> None:
    house, _taken = killed
    house.command("backup", "--to", str(tmp_path))
    (backup,) = tmp_path.glob("*.tar.gz")
    before = lines_of(house.home)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(house.home / "server.lock")], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()

    served = refused(house, "restore", str(backup), "--over")
    holder.communicate(b"\n")
    filled = refused(house, "restore", str(backup))
    together = refused(house, "backup", "--to", str(tmp_path), "--with-keys", str(tmp_path))

    assert (served[0], "a server runs" in served[1]) == (1, True)
    assert (filled[0], "--over" in filled[1]) == (1, True)
    assert (together[0], "must not lie together" in together[1]) == (1, True)
    assert lines_of(house.home) == before


HOLD = """
import fcntl, sys
with open(sys.argv[1], "a+") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
"""
