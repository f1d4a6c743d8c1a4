"""The demo: told once, the same from the same seed, and only where it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.docs.pages import ROOT
from tests.web.demo.telling import SLUG, told

from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import verify
from burgertop.web.demo.seeding import is_prepared, prepare
from burgertop.web.demo.touring import stops_of

ASK = "import django; django.setup(); from tests.web.demo.telling import told; print(repr(told()))"


@pytest.mark.parametrize("path", ["/en/demo/roles/", "/en/demo/tour/"])
def test_a_server_that_is_no_demo_has_no_such_page(client: Client, db: None, settings: Settings, path: str) -> None:
    settings.DEMO = False

    statuses = [client.get(path).status_code, client.post(path, {"role": "organiser"}).status_code]

    assert set(statuses) <= {404, 405}
    assert 404 in statuses


@pytest.mark.slow
@pytest.mark.same_on_both
@pytest.mark.django_db
def test_the_story_is_told_once_with_every_stop_of_the_tour_and_every_role(
    client: Client, settings: Settings, told_home: Path
) -> None:
    settings.DEMO = True
    prepare(say=lambda _line: None)
    first = told()
    prepare(say=lambda _line: None)
    process = Process.objects.get(slug=SLUG)

    assert is_prepared()
    assert told() == first
    assert repr(first) == _told_elsewhere(told_home)  # the same seed, another process
    assert [verify(one.pk) for one in Process.objects.all()] == [()] * Process.objects.count()
    stops = stops_of(process)
    assert {stop.heading: client.get(stop.url).status_code for stop in stops} == {stop.heading: 200 for stop in stops}
    pages = [
        client.get("/en/demo/tour/", {"step": step}).status_code for step in ("1", str(len(stops)), "0", "99", "x")
    ]
    assert pages == [200] * 5
    _each_role_is_one_press_away()


def _told_elsewhere(home: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
    here = {"BURGERTOP_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=kept | here, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def _each_role_is_one_press_away() -> None:
    desks = ("organiser", "moderator", "theme-team", "facilitator", "reply-desk", "addressee", "observer")
    roles = (*desks, "press", "data-protection", "panel-member", "invited", "guest")

    landed = {}
    for role in roles:
        client = Client()
        landed[role] = client.post("/en/demo/roles/", {"role": role}, follow=True).status_code
    assert landed == dict.fromkeys(roles, 200)

    client = Client()
    client.post("/en/demo/roles/", {"role": "panel-member"})
    client.post("/en/demo/roles/", {"role": "guest"})
    assert client.cookies["bt_passes"].value == ""
    assert client.get(f"/en/{SLUG}/desk/").status_code == 403
    assert Client().post("/en/demo/roles/", {"role": "king"}).status_code == 200
