"""A server that is killed at any moment loses nothing it has taken, and takes nothing twice."""

import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.clients import Citizen, Places, write_until
from tests.journeys.serving import House, children_named, free_port

pytestmark = pytest.mark.slow

SEED = 2011
KILLS = 3
VOTES = (
    "SELECT count(*), count(DISTINCT voter) FROM ballotbox_sealedpaper p "
    "JOIN ballotbox_ballot b ON b.id = p.ballot_id WHERE b.admission = 'anyone'"
)
PATIENCE_SECONDS = 60
START_SECONDS = 45  # a busy machine; docs/run/serve.md has the figures of a quiet one
MAKE = """
import django, json; django.setup()
import numpy as np
from django.urls import reverse
from django.utils import timezone, translation
from burgertop.stages.consultation.models import Setup
from burgertop.stages.summit.queries import door_of
from burgertop.web.demo.content import load_content
from burgertop.web.demo.practice import prepare_practice
process = prepare_practice(load_content(), np.random.default_rng(7), now=timezone.now())
at = {stage.kind: stage for stage in process.stages.all()}
stage, hall = at["consultation"], at["summit"]
Setup.objects.update_or_create(stage=stage, defaults={"most_per_hour": 10_000})
table = hall.tables.select_related("stage__process").first()
round_ = hall.rounds.filter(state="open").first()
round_.cards_limit = 10_000
round_.save()
here = {"process": process.slug, "stage": stage.slug}
with translation.override("nl"):
    print(json.dumps({
        "send": reverse("consultation:send", kwargs=here),
        "rate": [reverse("consultation:rate_idea", kwargs={**here, "pk": idea.pk}) for idea in stage.ideas.all()],
        "vote": reverse("consultation:vote", kwargs=here),
        "door": f"/t/{door_of(table)}",
        "write": reverse("summit:write", kwargs={"process": process.slug, "stage": hall.slug, "pk": table.pk}),
    }))
"""
ASK = """
import django; django.setup()
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.process.models import Process
process = Process.objects.get()
stage = process.stages.get(kind="report")
for _ in range(2):
    print(start("report.publish_edition", {"stage": str(stage.pk)}, process_id=process.pk, actor_id=None).pk)
"""
VERIFY = """
import django; django.setup()
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import verify
print(verify(Process.objects.get().pk))
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with the practice summit, in which everything is open."""
    folder = tmp_path_factory.mktemp("killed")
    house = House(shutil.copytree(ready, folder / "home"), free_port(), folder / "server.log")
    yield house
    house.stop()


@pytest.fixture(scope="module")
def places(house: House) -> Places:
    found = json.loads(run(house, MAKE).splitlines()[-1])
    return Places(**{**found, "rate": tuple(found["rate"])})


def run(house: House, program: str) -> str:
    """Run a program inside the house."""
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "burgertop.web.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(house: House, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{house.home}/burgertop.sqlite3?mode=ro", uri=True) as database:
        return database.execute(statement).fetchall()


def started(house: House) -> float:
    """Start the server, anew when another test left it running, and return how long that took."""
    house.stop()
    began_at = time.monotonic()
    house.start()
    return time.monotonic() - began_at


class Killer:
    """Kills the whole server after so many forms were taken."""

    def __init__(self, house: House, after: int) -> None:
        self.house, self.left = house, after
        self.turn = threading.Lock()

    def __call__(self) -> None:
        with self.turn:
            self.left -= 1
            if self.left == 0:
                self.house.kill()


def child(house: House, name: str) -> int:
    """Return the process of one child of the supervisor."""
    assert house.running is not None
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if found := children_named(house.running.pid, name):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no {name} process in {PATIENCE_SECONDS} s")


def test_what_was_taken_before_a_kill_is_there_once_whatever_is_sent_again(house: House, places: Places) -> None:
    rng = random.Random(SEED)  # noqa: S311  # when to kill
    citizens = [Citizen(house.address, places, random.Random(SEED + number)) for number in range(4)]  # noqa: S311  # what to write
    kinds = {0: ("card",), 1: ("idea", "rating"), 2: ("vote", "idea"), 3: ("rating", "vote", "idea")}
    starts = [started(house)]
    citizens[0].bind()
    jobs = run(house, ASK).split()
    for _ in range(KILLS):
        write_until(citizens, kinds, enough=Killer(house, after=rng.randint(8, 30)))
        starts.append(started(house))
        for citizen in citizens:
            for one in citizen.written[-3:]:  # the one that was cut off, and two whose answer may have been lost
                citizen.send_again(one)

    written = [one for citizen in citizens for one in citizen.written]
    counts = Counter(one.kind for one in written)
    assert all(one.is_taken for one in written)
    assert min(counts[kind] for kind in ("idea", "rating", "vote", "card")) > 0
    sent = Counter(one.fields["text"] for one in written if one.kind == "idea")
    kept = Counter(body for (body,) in answers(house, "SELECT body FROM consultation_ideatext"))
    assert {text: kept[text] for text in sent} == sent
    cards = Counter(body for (body,) in answers(house, "SELECT body FROM summit_cardtext WHERE body LIKE 'Kaart %'"))
    assert cards == Counter(one.fields["text"] for one in written if one.kind == "card")
    voters = {number for number, citizen in enumerate(citizens) if any(one.kind == "vote" for one in citizen.written)}
    votes = answers(
        house,
        VOTES,
    )
    assert votes == [(len(voters), len(voters))]
    rated = {
        (number, one.address)
        for number, citizen in enumerate(citizens)
        for one in citizen.written
        if one.kind == "rating"
    }
    demo = 30 * 6
    assert answers(house, "SELECT count(*) FROM consultation_rating") == [(demo + len(rated),)]
    assert run(house, VERIFY).strip() == "()"
    assert answers(house, "PRAGMA integrity_check") == [("ok",)]
    assert max(starts) < START_SECONDS
    assert_jobs_end(house, jobs)


def assert_jobs_end(house: House, jobs: list[str]) -> None:
    """Work under way during the kills is done after all, or says plainly that it was interrupted."""
    wanted = ", ".join(f"'{job.replace('-', '')}'" for job in jobs)
    statement = f"SELECT state, note_code, tries FROM jobs_job WHERE id IN ({wanted})"  # noqa: S608  # ids of ours
    until = time.monotonic() + PATIENCE_SECONDS
    while any(state in {"waiting", "running"} for state, *_ in answers(house, statement)):
        assert time.monotonic() < until, answers(house, statement)
        time.sleep(0.1)
    ended = answers(house, statement)
    assert len(ended) == len(jobs)
    assert all(state == "done" or (state, note) == ("failed", "jobs.interrupted") for state, note, _ in ended)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_child_is_started_again_and_the_house_goes_on(house: House, places: Places, name: str) -> None:
    if house.running is None:
        house.start()
    before = child(house, name)
    job = run(house, ASK).split()[:1]

    os.kill(before, signal.SIGKILL)

    until = time.monotonic() + PATIENCE_SECONDS
    while child(house, name) == before:
        assert time.monotonic() < until
        time.sleep(0.05)
    while not house.is_healthy():
        assert time.monotonic() < until
        time.sleep(0.05)
    citizen = Citizen(house.address, places, random.Random(name))  # noqa: S311  # what to write
    citizen.write_one("idea")
    assert [one.is_taken for one in citizen.written] == [True]
    assert_jobs_end(house, job)


def memory_of(number: int) -> int:
    """Return how many megabytes a process holds."""
    pages = int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(house: House, places: Places) -> None:
    if house.running is None:
        house.start()
    web = child(house, "web")
    before = memory_of(web)
    door = http.client.HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE_SECONDS)
    door.putrequest("POST", places.send)
    door.putheader("Content-Type", "multipart/form-data; boundary=b")
    door.putheader("Content-Length", str(200 * 2**20))
    door.endheaders()
    door.send(b'--b\r\nContent-Disposition: form-data; name="file"; filename="pool.csv"\r\n\r\n' + b"x" * 65_536)

    answer = door.getresponse()
    told = answer.read().decode()
    door.close()

    assert (answer.status, "20 MB" in told, '<html lang="nl"' in told) == (413, True, True)
    assert memory_of(web) - before < 50
    assert house.is_healthy()
