"""The page of a door and what its device sends: who may, what is taken, what a device that is one no longer gets."""

import json
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.people.models import Opening, Participant, Role
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Clash, Door, DoorDevice, Scan
from burgertop.stages.summit.queries import sheet_word
from burgertop.stages.summit.queries.badges import badge_codes
from burgertop.stages.summit.views.at_door import _hashed

HERE = "/en/town/summit/day/doors/"


@pytest.fixture
def door(stage: Stage) -> Door:
    return actions.make_door(stage, "North", now=timezone.now() - timedelta(hours=1))


@pytest.fixture
def device(door: Door) -> Client:
    return bound(door)


def bound(door: Door) -> Client:
    client = Client()
    client.post(f"/d/{sheet_word(door)}")
    return client


def send(client: Client, door: Door, scans: list[dict[str, Any]], *, slow: int = 0, **more: Any) -> dict[str, Any]:
    """Send scans as a device does whose clock is so many seconds slow."""
    clock = int((time.time() - slow) * 1000)
    sent = {"now": clock, "holds": 0, "cursor": 0, "scans": [{"at": clock, **scan} for scan in scans], **more}
    answer = client.post(f"{HERE}{door.pk}/scans/", json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def scan(person: Participant | None = None, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "person": str(person.pk) if person else "", "kind": "in", "how": "name", **more}


def test_a_sheet_binds_a_device_and_it_alone_comes_in(door: Door, device: Client, visitor: Client) -> None:
    address = f"{HERE}{door.pk}/"

    assert device.get(address).status_code == 200
    assert [visitor.get(f"{address}{part}").status_code for part in ("", "list/", "scans/")] == [403, 403, 403]


def test_the_list_has_names_tables_and_badges_that_cannot_be_printed_and_leaves_a_line(
    stage: Stage, people: list[Participant], door: Door, device: Client
) -> None:
    people[0].identity = seal(stage.process_id, {"given_name": "Zoé", "family_name": "Peeters", "phone": "0470"})
    people[0].save()
    actions.agree_to_photos(people[0], is_yes=True, now=timezone.now())
    old = badge_codes(stage, [people[0].pk])[people[0].pk]
    actions.replace_badge(stage, people[0], now=timezone.now())
    new = badge_codes(stage, [people[0].pk])[people[0].pk]

    answer = device.get(f"{HERE}{door.pk}/list/")

    found = answer.json()
    mine = next(one for one in found["people"] if one["id"] == str(people[0].pk))
    assert (mine["given"], mine["family"], mine["language"]) == ("Zoé", "Peeters", "nl")
    assert (mine["badge"], mine["old"]) == (_hashed(found["salt"], new), [_hashed(found["salt"], old)])
    assert (len(found["people"]), [one["id"] for one in found["people"] if one["photos"]]) == (12, [mine["id"]])
    assert not {old, new, "0470"} & set(answer.content.decode().replace('"', " ").split())
    assert list(Opening.objects.values_list("reason", "people", "account_id")) == [("door_list", 12, None)]


def test_scans_are_taken_once_and_other_doors_hear_of_them(
    stage: Stage, people: list[Participant], door: Door, device: Client
) -> None:
    other = actions.make_door(stage, "South", now=timezone.now() - timedelta(hours=1))
    south, made = bound(other), [scan(people[0]), scan(people[1], how="square")]

    told = send(device, door, made, holds=3)
    send(device, door, made)
    heard = send(south, other, [], cursor=0)

    assert [one["outcome"] for one in told["taken"]] == ["taken", "taken"]
    assert {(one["id"], one["door"]) for one in heard["moved"]} == {(str(one.pk), "North") for one in people[:2]}
    assert send(south, other, [], cursor=heard["cursor"])["moved"] == []
    assert Scan.objects.count() == 2
    assert DoorDevice.objects.get(door=door).holds == 0


def test_a_clock_that_is_a_day_slow_is_put_right_and_told(
    people: list[Participant], door: Door, device: Client
) -> None:
    send(device, door, [scan(people[0])], slow=86_400)

    assert abs((Scan.objects.get().at - timezone.now()).total_seconds()) < 60
    assert abs(DoorDevice.objects.get().clock_seconds - 86_400) < 60


def test_one_scan_that_cannot_be_read_does_not_stop_the_others(
    people: list[Participant], door: Door, device: Client
) -> None:
    broken = [{**scan(people[1]), "kind": "dance"}, {"id": "x"}, {**scan(people[2]), "at": "noon"}]

    told = send(device, door, [*broken, scan(people[0])])

    assert [one["person"] for one in told["taken"]] == [str(people[0].pk)]
    assert told["unreadable"] == [broken[0]["id"], "x", broken[2]["id"]]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"scans": 3}', b'{"scans": [], "now": "noon"}', b"\xff"])
def test_what_is_no_batch_at_all_is_refused(door: Door, device: Client, body: bytes) -> None:
    answer = device.post(f"{HERE}{door.pk}/scans/", body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"state": "unreadable"})


def test_a_replaced_device_brings_what_it_holds_and_gets_no_names(
    people: list[Participant], door: Door, device: Client
) -> None:
    newer = bound(door)

    told = send(device, door, [scan(people[0])])

    assert (told["state"], told["moved"], told["taken"][0]["outcome"]) == ("replaced", [], "taken")
    assert device.get(f"{HERE}{door.pk}/list/").status_code == 403
    assert "checks nobody in any more" in device.get(f"{HERE}{door.pk}/").content.decode()
    assert newer.get(f"{HERE}{door.pk}/list/").status_code == 200


def test_binding_twice_on_one_device_changes_nothing(door: Door, device: Client) -> None:
    device.post(f"/d/{sheet_word(door)}")

    assert DoorDevice.objects.count() == 1


@pytest.mark.parametrize("do", ["close", "renew", "shut-out"])
def test_a_sheet_of_a_closed_door_and_an_old_sheet_bind_nothing(
    organiser: Client, visitor: Client, door: Door, do: str
) -> None:
    word = sheet_word(door)
    organiser.post(f"{HERE}{door.pk}/{do}/")

    assert visitor.get(f"/d/{word}").status_code == 410
    assert visitor.get("/d/nothing").status_code == 410


def test_without_javascript_the_page_finds_and_checks_in_once(
    stage: Stage, people: list[Participant], door: Door, device: Client
) -> None:
    address = f"{HERE}{door.pk}/"
    found = device.post(address, {"typed": "person-03"}).content.decode()
    form = {"person": str(people[3].pk), "do": "in", "once": str(uuid.uuid4())}

    first = device.post(address, form).content.decode()
    again = device.post(address, form)

    assert str(people[3].pk) in found
    assert "person-03 is in and has no table yet" in first
    assert again.status_code == 200
    assert Scan.objects.count() == 1
    assert queries.present_in(stage) == {people[3].pk}


def test_a_door_finds_only_those_on_its_list(
    stage: Stage, people: list[Participant], door: Door, device: Client
) -> None:
    Participant.objects.create(process=stage.process, origin="drawn", language="nl", pool_id="alternate-1")

    page = device.post(f"{HERE}{door.pk}/", {"typed": "alternate"}).content.decode()

    assert "Not on the list of this door. Send them to the hall desk." in page
    stranger = Participant.objects.create(process=stage.process, origin="drawn", language="nl")
    assert device.post(f"{HERE}{door.pk}/", {"person": str(stranger.pk), "do": "in"}).status_code == 404
    assert device.post(f"{HERE}{door.pk}/", {"person": "nobody", "do": "in"}).status_code == 404


def test_a_token_that_is_too_old_is_given_anew(people: list[Participant], door: Door, device: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = device.cookies
    body = json.dumps({"now": 0, "scans": []})
    refused = strict.post(f"{HERE}{door.pk}/scans/", body, content_type="application/json")
    token = strict.get(f"{HERE}{door.pk}/scans/").json()["csrf"]

    taken = strict.post(
        f"{HERE}{door.pk}/scans/", body, content_type="application/json", headers={"x-csrftoken": token}
    )

    assert (refused.status_code, taken.status_code) == (403, 200)


def test_the_script_of_a_door_is_given_under_its_own_address(door: Door, device: Client) -> None:
    answer = device.get(f"{HERE}{door.pk}/worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_one_badge_at_two_doors_is_shown_and_settled_by_a_facilitator(
    stage: Stage, people: list[Participant], door: Door, device: Client, client_as: Any, organiser: Client
) -> None:
    other = actions.make_door(stage, "South", now=timezone.now())
    send(device, door, [scan(people[0])])
    told = send(bound(other), other, [scan(people[0])])
    clash = Clash.objects.get()
    facilitator = client_as(Role.FACILITATOR)

    before = organiser.get(HERE).content.decode()
    facilitator.post(f"{HERE}clashes/{clash.pk}/", {"settled": "same"})

    assert told["taken"][0]["outcome"] == "clash"
    assert f"{HERE}clashes/{clash.pk}/" in before
    assert "the same person came in twice" in organiser.get(HERE).content.decode()
