"""The demo: told once, the same from the same seed, and only where it is asked for."""

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.draws.models import Round
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import verify
from burgertop.web.demo.content import load_content
from burgertop.web.demo.seeding import is_prepared, prepare
from burgertop.web.demo.touring import stops_of

SLUG = load_content().process.slug


def told() -> dict[str, object]:
    """What the story came to: who was drawn, and how every ballot ended, without any random id."""
    draws = {
        one.draw.name: (one.input_digest, one.commitment, one.result_digest)
        for one in Round.objects.filter(draw__stage__process__slug=SLUG).select_related("draw")
    }
    ballots = [
        (ballot.kind, ballot.opened_at, [(group["origin"], group["rows"]) for group in (ballot.result or {})["groups"]])
        for ballot in Ballot.objects.filter(stage__process__slug=SLUG).order_by("opened_at", "pk")
    ]
    return {"draws": draws, "ballots": sorted(map(repr, ballots))}


@pytest.mark.parametrize("path", ["/en/demo/roles/", "/en/demo/tour/"])
def test_a_server_that_is_no_demo_has_no_such_page(client: Client, db: None, settings: Settings, path: str) -> None:
    settings.DEMO = False

    statuses = [client.get(path).status_code, client.post(path, {"role": "organiser"}).status_code]

    assert set(statuses) <= {404, 405}
    assert 404 in statuses


@pytest.mark.slow
@pytest.mark.django_db
def test_the_story_is_told_once_with_every_stop_of_the_tour_and_every_role(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    prepare(say=lambda _line: None)
    first = told()
    prepare(say=lambda _line: None)
    process = Process.objects.get(slug=SLUG)

    assert is_prepared()
    assert told() == first
    assert [verify(one.pk) for one in Process.objects.all()] == [()] * Process.objects.count()
    stops = stops_of(process)
    assert {stop.heading: client.get(stop.url).status_code for stop in stops} == {stop.heading: 200 for stop in stops}
    pages = [
        client.get("/en/demo/tour/", {"step": step}).status_code for step in ("1", str(len(stops)), "0", "99", "x")
    ]
    assert pages == [200] * 5
    _each_role_is_one_press_away()


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


@pytest.mark.slow
@pytest.mark.same_on_both
@pytest.mark.django_db
def test_another_telling_from_the_same_seed_comes_to_the_same() -> None:
    tellings = []
    for _ in range(2):
        before = transaction.savepoint()
        prepare(say=lambda _line: None)
        tellings.append(told())
        transaction.savepoint_rollback(before)

    assert tellings[0] == tellings[1]
