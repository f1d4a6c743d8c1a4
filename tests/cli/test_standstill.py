"""A real server that cannot write, frozen or with a full disk: nothing is lost, nothing is half there."""

import json
import resource
import shutil
import sqlite3
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.journeys.serving import House, children_named, free_port
from tests.stages.summit.test_pictures import jpeg

from burgertop.foundation import freezing

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 60
FOREVER = resource.RLIM_INFINITY
MAKE = """
import django, json; django.setup()
from django.utils import timezone
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.queries import door_of
now = timezone.now()
process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl"])
process.write("title", {"nl": "Stad"})
stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=1, state=StageState.OPEN)
table = actions.lay_tables(stage, [actions.TableDraft(1, ("nl",), 4)], now=now)[0]
round_ = actions.open_round(actions.make_round(stage, questions={"nl": "Wat?"}, cards_limit=5), now=now)
table.stage = stage
print(json.dumps({"door": f"/t/{door_of(table)}", "table": str(table.pk), "round": str(round_.pk)}))
"""
ASK = """
import django, json; django.setup()
from burgertop.foundation.jobs.actions import start
print(json.dumps({"job": start("jobs.forget_traces", {}, process_id=None, actor_id=None).pk.hex}))
"""


class Tablet:
    """The device of a table, as its page speaks to the server."""

    def __init__(self, house: House, *, door: str, table: str, round: str) -> None:
        self.house, self.round = house, round
        self.page = f"/nl/town/summit/day/tables/{table}/"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token = self.send(door)[1].partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        assert self.send(door, self.form({}))[0] == 200

    def send(self, address: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """Ask, or send; returns the status at the end of the way and what was said."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{self.house.address}{address}", body, named)  # noqa: S310  # our own server
        try:
            with self.opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def form(self, fields: dict[str, str]) -> bytes:
        return urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()

    def bring(self, text: str, key: str) -> tuple[int, dict[str, Any]]:
        """Bring a card as the page does."""
        change = {"once": key, "kind": "write", "card": key, "base": None, "round": self.round, "at": 0}
        change |= {"text": text, "reasons": "", "language": "nl", "support": None, "is_dissent": False}
        body = json.dumps({"now": int(time.time() * 1000), "waiting": 0, "changes": [change]}).encode()
        status, said = self.send(f"{self.page}sync/", body, Content_Type="application/json", X_CSRFToken=self.token)
        return status, json.loads(said)

    def write(self, text: str, key: str) -> tuple[int, str]:
        """Send a card by the form, as a browser without JavaScript does."""
        fields = {"text": text, "language": "nl", "card": key, "once": key, "revision": "0", "do": "keep"}
        return self.send(f"{self.page}write/", self.form(fields), Sec_Fetch_Site="same-origin")

    def photograph(self, key: str) -> int:
        """Bring a photo; with what the camera wrote beside it, it is larger than what is kept in memory."""
        head = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        fields = "".join(f"--b\r\n{head.format(*one)}" for one in (("id", key), ("round", self.round)))
        photo = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="photo"\r\n\r\n'
        beside = b"".join(b"\xff\xe2\xff\xff" + bytes(65_533) for _ in range(6))
        body = fields.encode() + photo + jpeg(beside=beside) + b"\r\n--b--\r\n"
        headers = {"Content_Type": "multipart/form-data; boundary=b", "Accept": "application/json"}
        return self.send(f"{self.page}photos/", body, X_CSRFToken=self.token, **headers)[0]


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("still")
    house = House(shutil.copytree(ready, folder / "home"), free_port(), folder / "server.log")
    house.start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def tablet(house: House) -> Tablet:
    return Tablet(house, **house.run(MAKE))


def children(house: House) -> dict[str, int]:
    """The processes of the web and of the worker; a test needs both."""
    assert house.running is not None
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = {name: one for name in ("web", "worker") for one in children_named(house.running.pid, name)}
        if len(found) == 2:
            return found
        time.sleep(0.05)
    raise AssertionError("web or worker is missing")


def answers(house: House, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{house.home}/burgertop.sqlite3?mode=ro", uri=True) as database:
        return database.execute(statement).fetchall()


def wait_for_job(house: House, job: str) -> str:
    statement = f"SELECT state FROM jobs_job WHERE id = '{job}'"  # noqa: S608  # an id of ours
    until = time.monotonic() + PATIENCE_SECONDS
    while (state := answers(house, statement)) in ([("waiting",)], [("running",)]):
        assert time.monotonic() < until
        time.sleep(0.1)
    return str(state)


def wait_for_log(house: House, words: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while words not in house.log.read_text():
        assert time.monotonic() < until, house.log.read_text()
        time.sleep(0.05)


def kept(house: House, *texts: str) -> list[tuple[object, ...]]:
    """How often each of these texts is kept, and how many photos and damaged pages there are."""
    cards = [
        row
        for row in answers(house, "SELECT body, count(*) FROM summit_cardtext GROUP BY body ORDER BY body")
        if row[0] in texts
    ]
    changes = answers(house, "SELECT count(*) - count(DISTINCT once) FROM summit_cardchange")
    return [
        *cards,
        *answers(house, "SELECT count(*) FROM summit_photo"),
        *changes,
        *answers(house, "PRAGMA integrity_check"),
    ]


def new_key() -> str:
    return str(uuid.uuid4())


def test_a_frozen_server_keeps_nothing_loses_nothing_and_goes_on_after_the_thaw(
    house: House, tablet: Tablet, settings: Settings
) -> None:
    settings.HOME = house.home
    children(house)
    keys = [new_key(), new_key()]
    photos = kept(house)[0]
    freezing.freeze("Een verkeerde versie", now=timezone.now())
    wait_for_log(house, "Frozen: no work is begun.")
    job = house.run(ASK)["job"]

    refused = (*tablet.bring("Bevroren", keys[0]), *tablet.write("Bevroren en getikt", keys[1]))
    page = tablet.send(tablet.page)
    waiting = answers(house, f"SELECT state, tries FROM jobs_job WHERE id = '{job}'")  # noqa: S608  # an id of ours
    before = kept(house, "Bevroren", "Bevroren en getikt")
    freezing.thaw()
    taken = (tablet.bring("Bevroren", keys[0])[0], tablet.write("Bevroren en getikt", keys[1])[0])

    assert (refused[0], refused[1]["state"], refused[2], "Bevroren en getikt" in refused[3]) == (
        503,
        "frozen",
        503,
        True,
    )
    assert (page[0], "Een verkeerde versie" in page[1], waiting) == (200, True, [("waiting", 0)])
    assert before == [photos, (0,), ("ok",)]
    assert taken == (200, 200)
    assert kept(house, "Bevroren", "Bevroren en getikt") == [
        ("Bevroren", 1),
        ("Bevroren en getikt", 1),
        photos,
        (0,),
        ("ok",),
    ]
    assert wait_for_job(house, job) == "[('done',)]"


def test_a_full_disk_loses_nothing_and_is_said_once(house: House, tablet: Tablet) -> None:
    """The system itself lets no file of the server grow any more: a real error of the disk, for SQLite and for all."""
    both = children(house)
    keys = [new_key() for _ in range(3)]
    tablet.bring("Voor het vol was", new_key())
    size = (house.home / "burgertop.sqlite3-wal").stat().st_size
    for process in both.values():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, FOREVER))
    job = house.run(ASK)["job"]

    refused = (*tablet.bring("Vol", keys[0]), *tablet.write("Vol en getikt", keys[1]), tablet.photograph(keys[2]))
    read = [tablet.send(address)[0] for address in (tablet.page, "/nl/town/", "/healthy")]
    wait_for_log(house, "The disk is full")
    before = kept(house, "Vol", "Vol en getikt")
    for process in both.values():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (FOREVER, FOREVER))
    taken = (tablet.bring("Vol", keys[0])[0], tablet.write("Vol en getikt", keys[1])[0], tablet.photograph(keys[2]))

    assert (refused[0], refused[1]["state"], refused[2], refused[4]) == (503, "busy", 503, 503)
    assert ("Vol en getikt" in refused[3], read) == (True, [200, 200, 200])
    assert before == [(0,), (0,), ("ok",)]
    assert taken == (200, 200, 200)
    assert kept(house, "Vol", "Vol en getikt") == [("Vol", 1), ("Vol en getikt", 1), (1,), (0,), ("ok",)]
    assert wait_for_job(house, job) == "[('done',)]"
    assert children(house) == both
    log = house.log.read_text()
    assert (1 <= log.count("The disk is full") <= 2, "Traceback" in log) == (True, False), log
