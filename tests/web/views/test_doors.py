"""The two doors for paper: a table's square, and an addressee's link."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.people.links import make_link
from burgertop.foundation.process.actions import open_stage
from burgertop.foundation.process.models import Process, StageKind
from burgertop.stages.report.actions import link_for, name_addressee, renew_link
from burgertop.stages.summit import actions as summit
from burgertop.stages.summit.models import Device, Table
from burgertop.stages.summit.queries import door_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(process: Process) -> Table:
    stage = open_stage(process.stages.get(kind=StageKind.SUMMIT), now=timezone.now())
    summit.lay_tables(stage, [summit.TableDraft(1, ("nl",))], now=timezone.now())
    return Table.objects.get()


@pytest.fixture
def door(table: Table) -> str:
    return f"/t/{door_of(table)}"


def test_looking_at_a_table_s_square_binds_nothing_and_pressing_does(client: Client, table: Table, door: str) -> None:
    page = client.get(door)
    assert (page.status_code, Device.objects.count(), "bt_passes" in client.cookies) == (200, 0, False)

    response = client.post(door)

    assert (response.status_code, response["Location"][3:]) == (302, f"/town/summit/day/tables/{table.pk}/")
    assert Device.objects.count() == 1
    assert client.get(response["Location"]).status_code == 200


def test_a_second_device_writes_beside_the_first_and_a_seventh_is_too_many(
    client: Client, table: Table, door: str
) -> None:
    first = client.post(door)["Location"]
    others = [Client().post(door).status_code for _device in range(6)]

    assert (others, client.get(first).status_code) == ([302, 302, 302, 302, 302, 409], 200)
    assert Device.objects.standing().filter(is_sender=True).count() == 1


def test_a_renewed_square_an_old_and_a_new_device_are_told_in_their_own_language(
    client: Client, table: Table, door: str
) -> None:
    page = client.post(door)["Location"]
    renewed = summit.renew_door(table, now=timezone.now())
    dutch = {"Accept-Language": "nl"}

    shut, own_page = Client().get(door, headers=dutch), client.get(page, headers=dutch)
    again = Client().post(f"/t/{door_of(renewed)}", headers=dutch)

    assert (shut.status_code, own_page.status_code, again.status_code) == (410, 403, 302)
    assert '<html lang="nl"' in shut.content.decode()
    assert "Dit gaat niet open" in shut.content.decode()
    assert '<html lang="nl"' in own_page.content.decode()
    assert Device.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_link_may_be_used_on_two_devices_until_it_is_renewed_and_then_says_so(
    client: Client, process: Process
) -> None:
    stage = open_stage(process.stages.get(kind=StageKind.REPORT), now=timezone.now())
    office = name_addressee(stage, {"nl": "De raad"})
    link = link_for(office, f"/nl/town/report/{stage.slug}/answers/")

    devices = [Client(), Client()]
    before = [device.get(link, follow=True).status_code for device in devices]
    renew_link(office)
    after = [device.get(link, follow=True) for device in devices]

    assert before == [200, 200]
    assert [answer.status_code for answer in after] == [403, 403]
    assert all("Er is een nieuwere link dan de uwe." in answer.content.decode() for answer in after)


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "x" * 3000])
@pytest.mark.parametrize("letter", ["t", "a"])
def test_a_broken_token_says_how_to_go_on(client: Client, db: None, letter: str, token: str) -> None:
    response = client.get(f"/{letter}/{token}")

    assert response.status_code == 410
    assert "This does not open" in response.content.decode()
    assert "bt_passes" not in client.cookies


def test_a_link_lets_in_and_leaves_the_address_bar_clean(client: Client, process: Process) -> None:
    stage = open_stage(process.stages.get(kind=StageKind.REPORT), now=timezone.now())
    office = name_addressee(stage, {"nl": "De raad"})

    response = client.get(link_for(office, "/nl/town/report/report/answers/"))

    assert (response.status_code, response["Location"]) == (302, "/nl/town/report/report/answers/")
    assert "De raad" in client.get(response["Location"]).content.decode()


def test_a_link_for_another_purpose_opens_no_answers(client: Client, process: Process) -> None:
    here = "/nl/town/report/report/answers/"
    client.get(make_link("another", process.pk, uuid.uuid4(), address=here))

    assert client.get(here).status_code == 403
